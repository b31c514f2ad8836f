/** The verifier as a service: middleware in order, routes, problems. Holds no state but counters, so many may run side by side. */

import { randomUUID } from "node:crypto";

import express, { type Express, type RequestHandler } from "express";
import helmet from "helmet";
import type { Logger } from "pino";

import type { Verifier } from "../app/open-verifier.ts";
import type { RenderedStatusLists } from "../app/rendered-status-lists.ts";
import type { VcApi } from "../app/vc-api.ts";
import { bearerGate } from "./bearer-gate.ts";
import { loadGate, rateGate } from "./load.ts";
import { openMetrics } from "./metrics.ts";
import { docsPage, openApiDocument, operationsOf } from "./openapi.ts";
import { problemHandler, sendProblem } from "./problems.ts";
import { statusListRoutes } from "./status-list-routes.ts";
import { vcApiRoutes } from "./vc-api/vc-api-routes.ts";
import { verifyRoutes } from "./verify-routes.ts";

export interface ServiceOptions {
  readonly verifier: Verifier;
  /** Absent: only `/v1` is spoken. */
  readonly vcApi?: VcApi;
  /** Absent: the store's lists are not published here. */
  readonly statusLists?: RenderedStatusLists;
  /** Who knows it may have credentials signed; absent: whoever asks, where there is an issuer at all. */
  readonly issueToken?: string;
  /** Whether documents can be verified now: the chain answers. */
  isReady(): Promise<boolean>;
  readonly log: Logger;
  /** Requests worked on at a time; the rest is shed with 503. */
  readonly maxInFlight: number;
  /** Requests a minute and client address; 0: no limit. */
  readonly requestsPerMinute: number;
}

export interface Service {
  readonly app: Express;
  /** From now on `/readyz` says no, so that a balancer sends nothing new. */
  retire(): void;
}

const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

export function openService(options: ServiceOptions): Service {
  const { log, verifier, vcApi, statusLists } = options;
  const operations = operationsOf({
    vcApi: vcApi !== undefined,
    signing: vcApi?.issuer !== undefined,
    practice: vcApi?.statusLists !== undefined,
    statusLists: statusLists !== undefined,
  });
  const paths = operations.map(({ path }) => path);
  let retired = false;
  const gate = loadGate(options.maxInFlight);
  const metrics = openMetrics(gate.inFlight, paths);
  const openApi = JSON.stringify(openApiDocument(operations));
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", "simple").set("trust proxy", false);
  app.locals["report"] = (error: unknown) => log.error({ err: error }, "unexpected");

  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], frameAncestors: ["'none'"] },
        useDefaults: false,
      },
    }),
  );
  app.use(requestId, metrics.handler, logged(log, paths));
  app.get("/healthz", (_request, response) => void response.type("text/plain").send("ok\n"));
  app.get("/readyz", async (_request, response) => {
    if (!retired && (await options.isReady())) response.type("text/plain").send("ready\n");
    else
      sendProblem(response, 503, "NOT_READY", retired ? "This service is stopping." : "The chain does not answer.", 5);
  });
  app.get("/metrics", async (_request, response) => void response.type("text/plain").send(await metrics.text()));
  app.get("/openapi.json", (_request, response) => void response.type("application/json").send(openApi));
  app.get("/docs", (_request, response) => void response.type("html").send(docsPage(operations)));
  app.use(rateGate(options.requestsPerMinute), gate.handler);
  app.use(verifyRoutes(verifier, metrics.count));
  if (statusLists !== undefined) app.use(statusListRoutes(statusLists));
  if (vcApi !== undefined) app.use(vcApiRoutes(vcApi, metrics.count, bearerGate(options.issueToken)));
  app.use((_request, response) => sendProblem(response, 404, "NOT_FOUND", "There is nothing here; see /docs."));
  app.use(problemHandler);
  return { app, retire: () => void (retired = true) };
}

/** Every answer carries an id; a sensible one of the client's is kept. */
const requestId: RequestHandler = (request, response, next) => {
  const given = request.get("Request-Id");
  const id = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  response.locals["requestId"] = id;
  response.setHeader("Request-Id", id);
  next();
};

/** One line an answer: no bodies, no query strings, no addresses of people. */
function logged(log: Logger, paths: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once("close", () => {
      log.info(
        {
          id: response.locals["requestId"],
          method: request.method,
          route: paths.includes(request.path) ? request.path : "other",
          status: response.statusCode,
          ms: Math.round(performance.now() - started),
        },
        "answered",
      );
    });
    next();
  };
}
