/** What the service counts: verdicts, latencies, load. Labels come from closed lists, never from documents. */

import type { RequestHandler } from "express";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

import type { Report } from "../core/report.ts";

export interface Metrics {
  /** Times every request by route and status class. */
  readonly handler: RequestHandler;
  count(report: Report): void;
  text(): Promise<string>;
}

/** A registry of its own, so that two services in one process do not mix. */
export function openMetrics(inFlight: () => number, routes: readonly string[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const reports = new Counter({
    name: "testamur_reports_total",
    help: "Reports by verdict and headline",
    labelNames: ["verdict", "headline"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "testamur_request_seconds",
    help: "Time to answer by route and status class",
    labelNames: ["route", "status"],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const gauge: Gauge = new Gauge({
    name: "testamur_in_flight",
    help: "Requests being worked on",
    registers: [registry],
    collect: () => gauge.set(inFlight()),
  });
  return {
    handler(request, response, next) {
      const started = performance.now();
      response.once("close", () => {
        const route = routes.includes(request.path) ? request.path : "other";
        seconds.observe(
          { route, status: `${Math.floor(response.statusCode / 100)}xx` },
          (performance.now() - started) / 1000,
        );
      });
      next();
    },
    count: ({ verdict, headline }) => reports.inc({ verdict, headline }),
    text: async () => registry.metrics(),
  };
}
