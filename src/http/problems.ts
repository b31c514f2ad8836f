/** Problems as RFC 9457 tells them: what went wrong with a request, never with a document (that is a report). */

import type { ErrorRequestHandler, Response } from "express";

import { TestamurError, type FaultCode } from "../core/errors.ts";

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

const RETRY_AFTER_SECONDS = 1;

const TYPE_BASE = "https://testamur.example/problems#";

/** The HTTP status of every fault there is. */
const STATUS_OF_FAULT: Readonly<Record<FaultCode, number>> = {
  USAGE: 400,
  ROSTER_INVALID: 422,
  TEMPLATE_INVALID: 422,
  CREDENTIAL_INVALID: 422,
  PATH_NOT_HIDEABLE: 422,
  PATH_TOO_LONG: 422,
  TREE_EMPTY: 422,
  FORMAT_NOT_ISSUABLE: 422,
  FILE_UNREADABLE: 400,
  FILE_EXISTS: 409,
  BATCH_UNKNOWN: 404,
  CONFIGURATION_INVALID: 500,
  KEY_MISSING: 500,
  KEYSTORE_INVALID: 500,
  PASSWORD_WRONG: 500,
  KEY_WELL_KNOWN: 500,
  NODE_UNAVAILABLE: 503,
  NODE_LYING: 503,
  CHAIN_WRONG: 500,
  CONTRACT_ABSENT: 409,
  CONTRACT_UNKNOWN: 409,
  STORE_PAUSED: 409,
  ROLE_MISSING: 403,
  FUNDS_INSUFFICIENT: 409,
  FEE_ABOVE_CAP: 409,
  TRANSACTION_REVERTED: 409,
  ROOT_ALREADY_ANCHORED: 409,
  ROOT_NOT_USABLE: 409,
  BATCH_NEEDS_ATTENTION: 409,
  APPROVAL_NEEDED: 403,
  BATCH_CORRUPT: 500,
  SECOND_OPINION_DIFFERS: 500,
  CHECK_FAILED: 500,
  DATABASE_LOCKED: 503,
  DATABASE_CORRUPT: 500,
  DISK_FULL: 507,
  DOCUMENT_TOO_COSTLY: 422,
  TOO_BUSY: 503,
  INTERNAL: 500,
};

/** The address of a problem that has a code of ours. */
export function problemType(code: string): string {
  return `${TYPE_BASE}${code}`;
}

/** Ends the answer with a problem; `retryAfterSeconds` tells a client when to come back. */
export function sendProblem(
  response: Response,
  status: number,
  code: string,
  detail: string,
  retryAfterSeconds?: number,
): void {
  if (retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(retryAfterSeconds));
  const problem: ProblemDetails = { type: problemType(code), title: titleOf(code), status, detail };
  response.status(status).type("application/problem+json").send(JSON.stringify(problem));
}

/** The last handler: faults by their table, parser errors by their status, all else 500 without a word about its cause. */
export const problemHandler: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  if (response.headersSent) {
    response.destroy(); // an answer that began cannot become a problem: cut it off, so that nobody takes it for whole
    return;
  }
  if (error instanceof TestamurError) {
    const status = STATUS_OF_FAULT[error.code];
    return sendProblem(response, status, error.code, error.message, status === 503 ? RETRY_AFTER_SECONDS : undefined);
  }
  const status = httpStatusOf(error);
  if (status === 413)
    return sendProblem(response, 413, "DOCUMENT_TOO_LARGE", "The body is larger than this service reads.");
  if (status !== undefined && status < 500)
    return sendProblem(response, status, "REQUEST_MALFORMED", "The request could not be read.");
  request.app.locals["report"]?.(error);
  sendProblem(response, 500, "INTERNAL", "Something went wrong here; it was logged under this request's id.");
};

/** A code as a short sentence. */
export function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The status that express' own parsers put on their errors. */
function httpStatusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("status" in error)) return undefined;
  return typeof error.status === "number" ? error.status : undefined;
}
