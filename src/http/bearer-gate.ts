/** Lets those pass who know a token (RFC 6750); the comparison takes as long for a wrong one as for the right one. */

import { createHash, timingSafeEqual } from "node:crypto";

import type { RequestHandler } from "express";

import { sendProblem } from "./problems.ts";

/** @param token  absent: everybody passes. */
export function bearerGate(token: string | undefined): RequestHandler {
  if (token === undefined) return (_request, _response, next) => next();
  const expected = digestOf(token);
  return (request, response, next) => {
    const given = /^Bearer ([\x21-\x7e]+)$/i.exec(request.get("Authorization") ?? "")?.[1];
    if (given !== undefined && timingSafeEqual(digestOf(given), expected)) return next();
    response.setHeader("WWW-Authenticate", "Bearer");
    sendProblem(response, 401, "TOKEN_NEEDED", "Signing needs the token of this service, as Authorization: Bearer …");
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
