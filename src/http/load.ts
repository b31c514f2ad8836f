/** Keeps the service answering when too many ask: what cannot be served soon is refused at once, with a time to come back. */

import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";

import { sendProblem } from "./problems.ts";

const RETRY_AFTER_SECONDS = 1;

export interface LoadGate {
  readonly handler: RequestHandler;
  /** Requests being worked on now. */
  inFlight(): number;
}

/** Admits `maxInFlight` requests at a time and sheds the rest with 503. */
export function loadGate(maxInFlight: number): LoadGate {
  let working = 0;
  return {
    inFlight: () => working,
    handler(_request, response, next) {
      if (working >= maxInFlight) {
        return sendProblem(
          response,
          503,
          "OVERLOADED",
          "Too many requests at once; try again shortly.",
          RETRY_AFTER_SECONDS,
        );
      }
      working++;
      response.once("close", () => working--);
      next();
    },
  };
}

/** At most `perMinute` requests a minute and client address; 0: no limit. */
export function rateGate(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_request, _response, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: (_request, response) =>
      sendProblem(response, 429, "TOO_MANY_REQUESTS", "This address asked too often.", 60),
  });
}
