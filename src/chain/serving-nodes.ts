/** Finds out which node serves which chain: each address is asked once, and a dead one does not hold up the others. */

import { isLoopback } from "../core/guarded-fetch.ts";
import type { Answer } from "../core/ports/answer.ts";
import { answer, silent } from "./answers.ts";
import type { JsonRpc } from "./json-rpc.ts";
import { inPlaceOf, networkOf, type Network } from "./networks.ts";
import type { Patience } from "./patience.ts";
import type { RpcEndpoint } from "./rpc-endpoint.ts";
import { reasonOf, type RpcOutcome } from "./rpc-outcome.ts";
import { chainIdQuestion, genesisQuestion } from "./rpc-questions.ts";

/** The nodes of one chain, and which chain that is. */
export interface Serving {
  readonly rpc: JsonRpc;
  readonly network: Network;
}

export interface ServingNodes {
  /** The chain of the address named first; "none" where no address is named. */
  defaultChain(patience: Patience): Promise<Answer<number | "none">>;
  /**
   * The nodes of a chain; "none" when every node has said that it serves another. Silent while one that has not
   * answered may be the one, and where one says so whose first block is another chain's.
   */
  of(chainId: number, patience: Patience): Promise<Answer<Serving | "none">>;
}

/** A node that did not say its chain is not asked again for a moment: a thousand documents must not each wait for it. */
const SILENCE_MAX_AGE_MS = 2_000;
/** How long the slower ones may take, once the first node of the wanted chain has answered. */
const GRACE_MS = 200;

interface Identified {
  readonly network: Network;
  /** Why it is not the network whose id it has. */
  readonly impostor?: string;
}

interface Identity {
  readonly asked: Promise<RpcOutcome<Identified>>;
  staleAtMs: number;
}

/** @param known  chains that the table does not know, or knows otherwise. */
export function openServingNodes(rpc: JsonRpc, known: readonly Network[] = []): ServingNodes {
  const served = new Map<RpcEndpoint, Identified>();
  const identities = new Map<RpcEndpoint, Identity>();

  async function identify(endpoint: RpcEndpoint, patience: Patience): Promise<RpcOutcome<Identified>> {
    const earlier = identities.get(endpoint);
    if (earlier !== undefined && performance.now() < earlier.staleAtMs) return earlier.asked;
    const identity = {
      asked: askNetwork(rpc.among([endpoint]), endpoint, known, patience),
      staleAtMs: Number.POSITIVE_INFINITY,
    };
    identities.set(endpoint, identity);
    const outcome = await identity.asked;
    if (outcome.kind === "ok") served.set(endpoint, outcome.value);
    else identity.staleAtMs = performance.now() + SILENCE_MAX_AGE_MS;
    return outcome;
  }

  /** Settles when all have answered, or shortly after the first one of the chain has. */
  async function identifyUntil(chainId: number, patience: Patience): Promise<readonly RpcOutcome<Identified>[]> {
    const asked = rpc.endpoints.map(async (endpoint) => identify(endpoint, patience));
    const all = Promise.all(asked);
    if (rpc.agreement > 1 || asked.length === 1) return all;
    const enough = new Promise<readonly RpcOutcome<Identified>[]>((resolve) => {
      const watch = async (one: Promise<RpcOutcome<Identified>>): Promise<void> => {
        const outcome = await one;
        if (outcome.kind === "ok" && outcome.value.network.chainId === chainId)
          setTimeout(resolve, GRACE_MS, [outcome]);
      };
      for (const one of asked) void watch(one);
    });
    return Promise.race([all, enough]);
  }

  /** Where a public network and a chain on this machine have the same id, the public one is meant. */
  function servingNow(chainId: number): Serving | undefined {
    const all = rpc.endpoints.flatMap((endpoint) => {
      const { network, impostor } = served.get(endpoint) ?? {};
      return network?.chainId === chainId && impostor === undefined ? [{ endpoint, network }] : [];
    });
    const network = (all.find((one) => one.network.genesis !== undefined) ?? all[0])?.network;
    if (network === undefined) return undefined;
    const own = all.filter((one) => one.network.genesis === network.genesis).map(({ endpoint }) => endpoint);
    return { rpc: rpc.among(own), network };
  }

  return {
    async defaultChain(patience) {
      const [first] = rpc.endpoints;
      if (first === undefined) return answer("none");
      // not the second one's chain instead: asked at the wrong chain, a good document would be called not issued
      const outcome = await identify(first, patience);
      if (outcome.kind !== "ok") return silent(reasonOf(outcome));
      const { network, impostor } = outcome.value;
      return impostor === undefined ? answer(network.chainId) : silent(impostor);
    },
    async of(chainId, patience) {
      const outcomes = await identifyUntil(chainId, patience);
      const serving = servingNow(chainId);
      if (serving !== undefined) return answer(serving);
      for (const outcome of outcomes) {
        if (outcome.kind !== "ok") return silent(reasonOf(outcome));
        const { network, impostor } = outcome.value;
        if (impostor !== undefined && network.chainId === chainId) return silent(impostor);
      }
      return answer("none");
    },
  };
}

/** Both questions leave in one POST, and are asked once a node: a chain's first block does not change. */
async function askNetwork(
  node: JsonRpc,
  endpoint: RpcEndpoint,
  known: readonly Network[],
  patience: Patience,
): Promise<RpcOutcome<Identified>> {
  const [chainId, first] = await Promise.all([
    node.ask(chainIdQuestion(), patience),
    node.ask(genesisQuestion(), patience),
  ]);
  if (chainId.kind !== "ok") return chainId;
  const network = networkOf(chainId.value, known);
  if (network.genesis === undefined) return { kind: "ok", value: { network } };
  if (first.kind !== "ok") return first;
  if (first.value === network.genesis) return { kind: "ok", value: { network } };
  if (network.kind === "test" && isLoopback(new URL(endpoint.name).hostname))
    return { kind: "ok", value: { network: inPlaceOf(network) } };
  const impostor = `${endpoint.name} says that it serves chain ${network.chainId}, but its first block ${first.value} is not the one of ${network.name}`;
  return { kind: "ok", value: { network, impostor } };
}
