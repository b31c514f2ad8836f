/** `GET /v1/status-lists/…`: the store's status lists for verifiers that do not read chains. */

import { Router } from "express";

import type { RenderedStatusLists } from "../app/rendered-status-lists.ts";
import { findPublishedList } from "../core/list-address.ts";
import { sendProblem } from "./problems.ts";

/** How long others may keep a list: so long a withdrawal may go unseen by them (reliability: 60 s). */
const CACHE = "public, max-age=30";

const RETRY_AFTER_SECONDS = 5;

export function statusListRoutes(lists: RenderedStatusLists): Router {
  const routes = Router();
  routes.get("/v1/status-lists/:chainId/:store/:list/:purpose", async (request, response) => {
    const list = findPublishedList(request.originalUrl); // untrusted: a list has one address
    const answer = list === undefined ? undefined : await lists.signed(list);
    if (answer === undefined) {
      return sendProblem(response, 404, "NOT_FOUND", "This service keeps no such list; addresses are lower case.");
    }
    if (answer.kind === "silent") {
      return sendProblem(
        response,
        503,
        "CHAIN_SILENT",
        `The chain did not answer: ${answer.reason}`,
        RETRY_AFTER_SECONDS,
      );
    }
    response.setHeader("Cache-Control", CACHE);
    response.type("application/vc").send(answer.value);
  });
  return routes;
}
