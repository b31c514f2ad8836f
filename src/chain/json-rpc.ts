/** Asks the nodes of one chain: deadlines, rate limits, repetition, fail-over and, if wanted, agreement of several. */

import type { Fetch } from "./http-post.ts";
import type { Patience } from "./patience.ts";
import { openRpcEndpoint, type RpcEndpoint } from "./rpc-endpoint.ts";
import { isTrouble, type RpcOutcome, type RpcQuestion, type RpcTrouble } from "./rpc-outcome.ts";

/** No single call waits longer than this (fault 31). */
const DEADLINE_MS = 8_000;

/** Attempts a node, the first one included. */
const MAX_ATTEMPTS = 3;

export interface JsonRpcOptions {
  readonly deadlineMs?: number;
  /**
   * How many nodes must give equal answers to questions about a pinned block; 1: the first good answer counts.
   * Fewer addresses than that can never agree.
   */
  readonly agreement?: number;
  readonly fetch?: Fetch;
}

export interface JsonRpc {
  /** How many nodes must give equal answers about a pinned block. */
  readonly agreement: number;
  /** The nodes that may be asked, the preferred one first. */
  readonly endpoints: readonly RpcEndpoint[];
  /** Settles within the patience that is left. Never rejects. */
  ask<Value>(question: RpcQuestion<Value>, patience: Patience): Promise<RpcOutcome<Value>>;
  /** What each node answers, in the order of `endpoints`. */
  askEach<Value>(question: RpcQuestion<Value>, patience: Patience): Promise<readonly RpcOutcome<Value>[]>;
  /** The same questions to only some of the nodes. */
  among(endpoints: readonly RpcEndpoint[]): JsonRpc;
}

/**
 * @param urls  http(s) addresses of nodes of the same chain.
 * @throws {TypeError} when one is no address.
 */
export function openJsonRpc(urls: readonly string[], options: JsonRpcOptions = {}): JsonRpc {
  const fetch: Fetch = options.fetch ?? (async (...request) => globalThis.fetch(...request));
  return rpcOf(
    urls.map((url) => openRpcEndpoint(url, fetch)),
    options,
  );
}

function rpcOf(endpoints: readonly RpcEndpoint[], options: JsonRpcOptions): JsonRpc {
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const agreement = options.agreement ?? 1;

  async function askEach<Value>(
    question: RpcQuestion<Value>,
    patience: Patience,
  ): Promise<readonly RpcOutcome<Value>[]> {
    return Promise.all(endpoints.map(async (endpoint) => askOneOf([endpoint], question, patience, deadlineMs)));
  }

  return {
    agreement,
    endpoints,
    askEach,
    among: (some) => rpcOf(some, options),
    async ask(question, patience) {
      if (agreement <= 1 || question.isPinned !== true) return askOneOf(endpoints, question, patience, deadlineMs);
      return agree(await askEach(question, patience), agreement);
    },
  };
}

/** The first good answer; a node that lied or refused this question is not asked it again. */
async function askOneOf<Value>(
  endpoints: readonly RpcEndpoint[],
  question: RpcQuestion<Value>,
  patience: Patience,
  deadlineMs: number,
): Promise<RpcOutcome<Value>> {
  const open = new Map(endpoints.map((endpoint) => [endpoint, question.isEffect === true ? 1 : MAX_ATTEMPTS]));
  let last: RpcTrouble = { kind: "unavailable", reason: "there is no node to ask" };
  for (let endpoint = mostRested(open); endpoint !== undefined; endpoint = mostRested(open)) {
    const remainingMs = patience.remainingMs();
    const restMs = endpoint.restMs();
    if (remainingMs <= 0) return { kind: "unavailable", reason: `gave up waiting: ${last.reason}` };
    if (restMs >= remainingMs) return endpoint.trouble() ?? last;
    if (restMs > 0) await sleep(restMs);
    const startedMs = performance.now();
    const outcome = await endpoint.attempt(question, Math.min(deadlineMs, patience.remainingMs()));
    if (!isTrouble(outcome)) {
      patience.noteAnswer(startedMs);
      return outcome;
    }
    last = outcome;
    const refused = outcome.kind === "unavailable" && outcome.error !== undefined;
    if (refused) patience.noteAnswer(startedMs);
    else patience.noteTrouble(startedMs);
    if (refused && question.isEffect === true) return outcome;
    const left = (open.get(endpoint) ?? 1) - 1;
    if (left === 0 || refused || outcome.kind === "lying") open.delete(endpoint);
    else open.set(endpoint, left);
  }
  return last;
}

/** The node that may be asked soonest; of several, the one named first. */
function mostRested(open: ReadonlyMap<RpcEndpoint, number>): RpcEndpoint | undefined {
  let best: RpcEndpoint | undefined;
  for (const endpoint of open.keys()) {
    if (best === undefined || endpoint.restMs() < best.restMs()) best = endpoint;
  }
  return best;
}

/** The common answer of at least `count` nodes, none of the others contradicting. */
function agree<Value>(outcomes: readonly RpcOutcome<Value>[], count: number): RpcOutcome<Value> {
  const settled = outcomes.filter((outcome) => outcome.kind === "ok" || outcome.kind === "reverted");
  const [first] = settled;
  if (first === undefined) return outcomes.find(isTrouble) ?? { kind: "not-found" };
  if (settled.some((outcome) => contentOf(outcome) !== contentOf(first))) {
    return { kind: "lying", reason: "the nodes contradict each other about the same block" };
  }
  if (settled.length < count) {
    return { kind: "unavailable", reason: `${settled.length} nodes answered, ${count} must agree` };
  }
  return first;
}

/** What must be equal: values and revert data, not the words around them. */
function contentOf(outcome: RpcOutcome<unknown>): string {
  const content = outcome.kind === "ok" ? outcome.value : outcome.kind === "reverted" ? outcome.data : outcome.kind;
  return JSON.stringify([outcome.kind, content], (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

async function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
