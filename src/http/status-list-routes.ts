/** `GET /v1/status-lists/…`: the store's status lists for verifiers that do not read chains. */

import { Router } from "express";

import type { ListQuestion, RenderedStatusLists } from "../app/rendered-status-lists.ts";
import { sendProblem } from "./problems.ts";

/** Entries of a list: as many as the W3C wants at least, and as many as a batch may have credentials four times over. */
const MIN_ENTRIES = 131_072;
const MAX_ENTRIES = 4_194_304;
const ENTRIES_PER_WORD = 256;

/** How long others may keep a list: so long a withdrawal may go unseen by them (reliability: 60 s). */
const CACHE = "public, max-age=30";

const RETRY_AFTER_SECONDS = 5;

export function statusListRoutes(lists: RenderedStatusLists): Router {
  const routes = Router();
  routes.get("/v1/status-lists/:chainId/:store/:list/:purpose", async (request, response) => {
    const question = findQuestion(request.params, request.query["entries"]);
    const answer = question === undefined ? undefined : await lists.signed(question);
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

/** Untrusted: one spelling of each part, so that a list has one address. */
function findQuestion(
  { chainId = "", store = "", list = "", purpose = "" }: Readonly<Record<string, string | undefined>>,
  count: unknown,
): ListQuestion | undefined {
  const isShaped = /^[1-9]\d{0,14}$/.test(chainId) && /^0x[0-9a-f]{40}$/.test(store) && /^0x[0-9a-f]{64}$/.test(list);
  const entries = findEntries(count);
  if (!isShaped || entries === undefined || (purpose !== "revocation" && purpose !== "suspension")) return undefined;
  return { chainId: Number(chainId), store: `0x${store.slice(2)}`, list: `0x${list.slice(2)}`, purpose, entries };
}

function findEntries(count: unknown): number | undefined {
  if (count === undefined) return MIN_ENTRIES;
  const entries = typeof count === "string" && /^[1-9]\d{5,6}$/.test(count) ? Number(count) : 0;
  return entries > MIN_ENTRIES && entries <= MAX_ENTRIES && entries % ENTRIES_PER_WORD === 0 ? entries : undefined;
}
