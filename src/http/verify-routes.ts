/** `POST /v1/verify` and `/v1/verify/batch`: documents in, reports out, nothing kept. */

import { once } from "node:events";

import { raw, Router, type Request, type Response } from "express";

import { TestamurError, type FaultCode } from "../core/errors.ts";
import { finding, type Headline } from "../core/findings.ts";
import type { Report, Verdict } from "../core/report.ts";
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
  if (line.kind === "too-long") {
    return refused(file, "MALFORMED", "invalid", "DOCUMENT_TOO_LARGE", "The line is longer than a document may be.");
  }
  try {
    return { file, ...(await verifier.verify(line.bytes)) };
  } catch (error) {
    // an answer that began cannot become a problem: the line says it, and the others go on
    if (!(error instanceof TestamurError) || !UNREAD.includes(error.code)) throw error;
    return refused(file, "UNSUPPORTED", "inconclusive", "FORMAT_UNSUPPORTED", `Not read: ${error.message}.`);
  }
}

/** Faults of reading one document, which say nothing about the others. */
const UNREAD: readonly FaultCode[] = ["DOCUMENT_TOO_COSTLY", "TOO_BUSY"];

function refused(
  file: string,
  headline: Headline,
  verdict: Verdict,
  code: "DOCUMENT_TOO_LARGE" | "FORMAT_UNSUPPORTED",
  message: string,
): Report {
  const findings = [finding("integrity", code, message)];
  return { file, verdict, headline, findings, checkedAt: new Date().toISOString(), version: VERSION };
}

/** Waits while the client reads slowly; stops when it has gone. */
async function send(response: Response, text: string): Promise<void> {
  if (response.destroyed) throw new Error("the client has gone");
  if (!response.write(text)) await Promise.race([once(response, "drain"), once(response, "close")]);
}
