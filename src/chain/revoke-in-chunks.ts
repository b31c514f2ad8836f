/** Revokes many nodes: leaves out what is done, splits what is too much for one block (faults 62 and 63). */

import { encodeFunctionData } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";
import { openBlockReads } from "./block-reads.ts";
import { carryOutChunks } from "./carry-out-chunks.ts";
import type { WritePorts, Written } from "./carry-out.ts";
import { demand } from "./demand.ts";
import { blockQuestion } from "./rpc-questions.ts";
import type { Wish } from "./sign-transaction.ts";
import type { StoreFacts } from "./store-facts.ts";
import { openStoreNodes } from "./store-nodes.ts";
import { chunksOf } from "./turn.ts";
import type { WritingSession } from "./writing-session.ts";

/** One transaction, and what it revoked. */
export interface Revoked extends Written {
  readonly nodes: readonly Hex[];
}

export interface Revocation {
  readonly store: Hex;
  readonly facts: StoreFacts;
  readonly nodes: readonly Hex[];
  readonly reason: number;
}

/** At about 27,000 gas each; smaller where the chain's blocks are. */
const MOST_NODES = 500;

export async function revokeInChunks(
  ports: WritePorts,
  revocation: Revocation,
  onChunk: (done: Revoked) => void = () => undefined,
): Promise<readonly Revoked[]> {
  const { store, facts, nodes } = revocation;
  if (facts.generation !== "classic") {
    throw new TestamurError("CONTRACT_UNKNOWN", `store ${store} is of a generation whose revoking we do not do`, {
      next: "use the tools of its makers",
    });
  }
  const session = await ports.open();
  const done: Revoked[] = [];
  const chunks = chunksOf(await findLeft(session, store, nodes), MOST_NODES);
  await carryOutChunks(
    ports,
    chunks,
    (some) => wishFor(revocation, some),
    (written, some) => {
      const revoked = { ...written, nodes: some };
      done.push(revoked);
      onChunk(revoked);
    },
  );
  return done;
}

/** The nodes that are not revoked yet, each once, in the order given. */
export async function findLeft(
  { rpc, network, patience }: WritingSession,
  store: Hex,
  nodes: readonly Hex[],
): Promise<readonly Hex[]> {
  const block = demand(await rpc.ask(blockQuestion("latest"), patience), "the newest block");
  const reader = openStoreNodes(openBlockReads(rpc, block, patience), network.chainId, store, { isRefused: false });
  const once = [...new Set(nodes)];
  const said = await Promise.all(once.map(reader.isRevoked));
  return once.filter((node, at) => {
    const answer = said[at];
    if (answer?.kind === "bool") return !answer.value;
    const reason = answer !== undefined && "reason" in answer ? answer.reason : "no contract";
    throw new TestamurError("NODE_UNAVAILABLE", `whether ${node} is revoked in ${store}: ${reason}`, {
      next: "nothing was sent; try again when the node answers",
    });
  });
}

function wishFor({ store, facts, reason }: Revocation, nodes: readonly Hex[]): Wish {
  const data = facts.codeKnown
    ? encodeFunctionData({ abi: documentStoreAbi, functionName: "revokeWithReason", args: [nodes, reason] })
    : encodeFunctionData({ abi: documentStoreAbi, functionName: "bulkRevoke", args: [nodes] });
  const what = nodes.length === 1 ? `revoking ${nodes[0] ?? ""}` : `revoking ${nodes.length} nodes`;
  return { to: store, data, what: `${what} in ${store}` };
}
