/** `POST /v1/verify` and `/v1/verify/batch`: documents in, reports out, nothing kept. */

import { once } from "node:events";

import { raw, Router, type Request, type Response } from "express";

import { finding } from "../core/findings.ts";
import type { Report } from "../core/report.ts";
import { VERSION } from "../core/version.ts";
import type { Verifier } from "../app/open-verifier.ts";
import { linesOf, type Line } from "./lines.ts";

/** What is read at most: a document, or a line of a batch. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
/** Documents of a batch verified side by side: their chain questions travel together. */
const ABREAST = 256;

/** @param count  told about every report that leaves. */
export function verifyRoutes(verifier: Verifier, count: (report: Report) => void): Router {
  const routes = Router();

  routes.post(
    "/v1/verify",
    raw({ type: () => true, limit: MAX_DOCUMENT_BYTES, inflate: false }),
    async (request, response) => {
      const body: unknown = request.body;
      const report = await verifier.verify(body instanceof Uint8Array ? body : new Uint8Array());
      count(report);
      response.setHeader("Cache-Control", "no-store");
      response.json(report);
    },
  );

  routes.post("/v1/verify/batch", async (request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.type("application/x-ndjson");
    for await (const group of groupsOf(numbered(request))) {
      const reports = await Promise.all(group.map(async (entry) => reportOn(entry, verifier)));
      for (const report of reports) {
        count(report);
        await send(response, `${JSON.stringify(report)}\n`);
      }
    }
    response.end();
  });

  return routes;
}

interface NumberedLine {
  readonly number: number;
  readonly line: Line;
}

async function* numbered(request: Request): AsyncGenerator<NumberedLine> {
  let number = 0;
  for await (const line of linesOf(request, MAX_DOCUMENT_BYTES)) yield { number: ++number, line };
}

async function* groupsOf(lines: AsyncIterable<NumberedLine>): AsyncGenerator<readonly NumberedLine[]> {
  let group: NumberedLine[] = [];
  for await (const line of lines) {
    group.push(line);
    if (group.length < ABREAST) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function reportOn({ number, line }: NumberedLine, verifier: Verifier): Promise<Report> {
  const file = `line ${number}`;
  if (line.kind === "line") return { file, ...(await verifier.verify(line.bytes)) };
  const refused = finding("integrity", "DOCUMENT_TOO_LARGE", "The line is longer than a document may be.");
  return {
    file,
    verdict: "invalid",
    headline: "MALFORMED",
    findings: [refused],
    checkedAt: new Date().toISOString(),
    version: VERSION,
  };
}

/** Waits while the client reads slowly; stops when it has gone. */
async function send(response: Response, text: string): Promise<void> {
  if (response.destroyed) throw new Error("the client has gone");
  if (!response.write(text)) await Promise.race([once(response, "drain"), once(response, "close")]);
}
