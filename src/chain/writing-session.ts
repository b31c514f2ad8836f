/** The way to the chain for everything that writes: the chain id is asked anew before every act. */

import { TestamurError } from "../core/errors.ts";
import type { Answer } from "../core/ports/answer.ts";
import { demandAnswer } from "./demand.ts";
import type { Fetch } from "./http-post.ts";
import type { JsonRpc } from "./json-rpc.ts";
import type { Network } from "./networks.ts";
import { openNodes } from "./open-nodes.ts";
import { openPatience, type Patience } from "./patience.ts";
import { openServingNodes } from "./serving-nodes.ts";

export interface WritingOptions {
  /** http(s) addresses of nodes; those of another chain are passed over. */
  readonly rpcUrls: readonly string[];
  /** The chain to write to; absent: the one that the first node serves when it is first asked, and no other from then on. */
  readonly chainId?: number;
  /** Chains that the table does not know, or knows otherwise. */
  readonly networks?: readonly Network[];
  readonly deadlineMs?: number;
  readonly budgetMs?: number;
  readonly fetch?: Fetch;
}

/** One act: nodes that have just said that they serve the chain, and the patience for it. */
export interface WritingSession {
  readonly rpc: JsonRpc;
  readonly network: Network;
  readonly patience: Patience;
}

/**
 * @returns a function that opens a session for one act; it throws `CHAIN_WRONG` when no node serves the chain any more,
 *   `NODE_UNAVAILABLE` when none answers.
 * @throws {TestamurError} `CONFIGURATION_INVALID` when an address cannot be understood.
 */
export function openWriting(options: WritingOptions): () => Promise<WritingSession> {
  const rpc = openNodes(options.rpcUrls, options);
  let expected = options.chainId;
  return async () => {
    const patience = openPatience(options.budgetMs);
    const nodes = openServingNodes(rpc, options.networks);
    const first = expected ?? demandAnswer(await nodes.defaultChain(patience), "the chain id");
    if (first === "none") {
      throw new TestamurError("CONFIGURATION_INVALID", "no node to write through is named", {
        next: "name one: --rpc http://127.0.0.1:8545",
      });
    }
    const serving = demandAnswer(await nodes.of(first, patience), `chain ${first}`);
    if (serving === "none") throw wrongChain(first, await nodes.defaultChain(patience));
    expected = first;
    return { ...serving, patience };
  };
}

function wrongChain(expected: number, found: Answer<number | "none">): TestamurError {
  const why = found.kind === "silent" ? found.reason : `the node serves chain ${found.value}`;
  return new TestamurError("CHAIN_WRONG", `${why}, expected ${expected}`, {
    next: "nothing was signed; use a node of the right chain (--rpc)",
  });
}
