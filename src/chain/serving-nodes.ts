/** Finds out which node serves which chain: each address is asked once, and a dead one does not hold up the others. */

import type { Answer } from "../core/ports.ts";
import { answer, silent } from "./answers.ts";
import type { JsonRpc } from "./json-rpc.ts";
import type { Patience } from "./patience.ts";
import type { RpcEndpoint } from "./rpc-endpoint.ts";
import { reasonOf, type RpcOutcome } from "./rpc-outcome.ts";
import { chainIdQuestion } from "./rpc-questions.ts";

export interface ServingNodes {
  /** The chain of the address named first; "none" where no address is named. */
  defaultChain(patience: Patience): Promise<Answer<number | "none">>;
  /**
   * The nodes of a chain; "none" when every node has said that it serves another. Silent while one that has not
   * answered may be the one.
   */
  of(chainId: number, patience: Patience): Promise<Answer<JsonRpc | "none">>;
}

/** A node that did not say its chain is not asked again for a moment: a thousand documents must not each wait for it. */
const SILENCE_MAX_AGE_MS = 2_000;
/** How long the slower ones may take, once the first node of the wanted chain has answered. */
const GRACE_MS = 200;

interface Identity {
  readonly asked: Promise<RpcOutcome<number>>;
  staleAtMs: number;
}

export function openServingNodes(rpc: JsonRpc): ServingNodes {
  const chainIds = new Map<RpcEndpoint, number>();
  const identities = new Map<RpcEndpoint, Identity>();

  async function identify(endpoint: RpcEndpoint, patience: Patience): Promise<RpcOutcome<number>> {
    const known = identities.get(endpoint);
    if (known !== undefined && performance.now() < known.staleAtMs) return known.asked;
    const identity = {
      asked: rpc.among([endpoint]).ask(chainIdQuestion(), patience),
      staleAtMs: Number.POSITIVE_INFINITY,
    };
    identities.set(endpoint, identity);
    const outcome = await identity.asked;
    if (outcome.kind === "ok") chainIds.set(endpoint, outcome.value);
    else identity.staleAtMs = performance.now() + SILENCE_MAX_AGE_MS;
    return outcome;
  }

  /** Settles when all have answered, or shortly after the first one of the chain has. */
  async function identifyUntil(chainId: number, patience: Patience): Promise<readonly RpcOutcome<number>[]> {
    const asked = rpc.endpoints.map(async (endpoint) => identify(endpoint, patience));
    const all = Promise.all(asked);
    if (rpc.agreement > 1 || asked.length === 1) return all;
    const enough = new Promise<readonly RpcOutcome<number>[]>((resolve) => {
      const watch = async (one: Promise<RpcOutcome<number>>): Promise<void> => {
        const outcome = await one;
        if (outcome.kind === "ok" && outcome.value === chainId) setTimeout(resolve, GRACE_MS, [outcome]);
      };
      for (const one of asked) void watch(one);
    });
    return Promise.race([all, enough]);
  }

  return {
    async defaultChain(patience) {
      const [first] = rpc.endpoints;
      if (first === undefined) return answer("none");
      // not the second one's chain instead: asked at the wrong chain, a good document would be called not issued
      const outcome = await identify(first, patience);
      return outcome.kind === "ok" ? answer(outcome.value) : silent(reasonOf(outcome));
    },
    async of(chainId, patience) {
      const outcomes = await identifyUntil(chainId, patience);
      const serving = rpc.endpoints.filter((endpoint) => chainIds.get(endpoint) === chainId);
      if (serving.length > 0) return answer(rpc.among(serving));
      for (const outcome of outcomes) if (outcome.kind !== "ok") return silent(reasonOf(outcome));
      return answer("none");
    },
  };
}
