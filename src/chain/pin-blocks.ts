/** Chooses the block that a whole verification is read at, and the newest block that can no longer change. */

import type { JsonRpc } from "./json-rpc.ts";
import type { Network } from "./networks.ts";
import type { Patience } from "./patience.ts";
import { reasonOf, type RpcOutcome } from "./rpc-outcome.ts";
import { blockQuestion, type Block } from "./rpc-questions.ts";

/** Which block to read at; absent: the newest. */
export type AsOf = { readonly block: number } | { readonly time: Date };

export interface PinnedBlocks {
  readonly kind: "pinned";
  readonly block: Block;
  /** The newest final block not after `block`; undefined while nothing is final. */
  readonly finalBlock: Block | undefined;
}

export type PinAnswer =
  | PinnedBlocks
  | { readonly kind: "behind"; readonly reason: string }
  | { readonly kind: "silent"; readonly reason: string };

/** Blocks looked at in one round trip while searching for a moment: 16 pieces each time. */
const PROBES = 15;

/** Never rejects: a node that is behind or silent is an answer. */
export async function pinBlocks(
  rpc: JsonRpc,
  network: Network,
  asOf: AsOf | undefined,
  now: Date,
  patience: Patience,
): Promise<PinAnswer> {
  const [head, finalized] = await Promise.all([
    lowestBlock(rpc, "latest", patience),
    network.finality.kind === "tag" ? lowestBlock(rpc, "finalized", patience) : undefined,
  ]);
  if (head.kind !== "ok") return { kind: "silent", reason: reasonOf(head) };
  const age = ageProblem(head.value, network, asOf, now);
  if (age !== undefined) return { kind: "behind", reason: age };
  const [block, final] = await Promise.all([
    findBlock(rpc, head.value, asOf, patience),
    finalized ?? confirmedBlock(rpc, head.value, network, patience),
  ]);
  if (block.kind === "not-found") {
    return { kind: "behind", reason: `the node's newest block is ${head.value.number}` };
  }
  if (block.kind !== "ok") return { kind: "silent", reason: reasonOf(block) };
  if (final.kind !== "ok" && final.kind !== "not-found") return { kind: "silent", reason: reasonOf(final) };
  const newestFinal = final.kind === "ok" ? final.value : undefined;
  const isFinal = newestFinal !== undefined && block.value.number <= newestFinal.number;
  return { kind: "pinned", block: block.value, finalBlock: isFinal ? block.value : newestFinal };
}

/** The block that every node has: the lowest of what they name, confirmed by those that must agree. */
async function lowestBlock(rpc: JsonRpc, tag: "latest" | "finalized", patience: Patience): Promise<RpcOutcome<Block>> {
  if (rpc.agreement <= 1) return rpc.ask(blockQuestion(tag), patience);
  const outcomes = await rpc.askEach(blockQuestion(tag), patience);
  const numbers = outcomes.flatMap((outcome) => (outcome.kind === "ok" ? [outcome.value.number] : []));
  if (numbers.length === 0) return outcomes[0] ?? { kind: "not-found" };
  return rpc.ask(blockQuestion(Math.min(...numbers)), patience);
}

/** What is wrong with the node's newest block, or with our clock. Replays need a head that has reached the moment. */
function ageProblem(head: Block, network: Network, asOf: AsOf | undefined, now: Date): string | undefined {
  const { maxHeadAgeSeconds } = network;
  if (asOf !== undefined && ("block" in asOf || asOf.time.getTime() < head.timestamp * 1000)) return undefined;
  if (maxHeadAgeSeconds === undefined) return undefined;
  const ageSeconds = Math.round(now.getTime() / 1000 - head.timestamp);
  if (Math.abs(ageSeconds) <= maxHeadAgeSeconds) return undefined;
  const time = new Date(head.timestamp * 1000).toISOString();
  return ageSeconds > 0
    ? `the node's newest block, ${head.number}, is from ${time}: ${ageSeconds} s ago, ${maxHeadAgeSeconds} s are allowed`
    : `the node's newest block, ${head.number}, is from ${time}, which this machine's clock has not reached`;
}

async function confirmedBlock(
  rpc: JsonRpc,
  head: Block,
  { finality }: Network,
  patience: Patience,
): Promise<RpcOutcome<Block>> {
  const number = head.number + 1 - (finality.kind === "confirmations" ? finality.count : 1);
  if (number === head.number) return { kind: "ok", value: head };
  return number < 0 ? { kind: "not-found" } : rpc.ask(blockQuestion(number), patience);
}

async function findBlock(
  rpc: JsonRpc,
  head: Block,
  asOf: AsOf | undefined,
  patience: Patience,
): Promise<RpcOutcome<Block>> {
  if (asOf === undefined) return { kind: "ok", value: head };
  if ("block" in asOf) {
    return asOf.block > head.number ? { kind: "not-found" } : rpc.ask(blockQuestion(asOf.block), patience);
  }
  return lastBlockUntil(rpc, head, Math.floor(asOf.time.getTime() / 1000), patience);
}

/** The last block whose time is not after `timestamp`; "not-found" before the first block. */
async function lastBlockUntil(
  rpc: JsonRpc,
  head: Block,
  timestamp: number,
  patience: Patience,
): Promise<RpcOutcome<Block>> {
  if (head.timestamp <= timestamp) return { kind: "ok", value: head };
  let found: Block | undefined;
  let low = 0; // no block below `low` is the answer
  let high = head.number; // a block known to be later
  while (low < high) {
    const step = Math.max(1, Math.ceil((high - low) / (PROBES + 1)));
    const numbers = Array.from({ length: PROBES }, (_, at) => low + at * step).filter((number) => number < high);
    const probes = await Promise.all(numbers.map(async (number) => rpc.ask(blockQuestion(number), patience)));
    for (const probe of probes) {
      if (probe.kind !== "ok") return probe;
      if (probe.value.timestamp <= timestamp) {
        found = probe.value;
        low = probe.value.number + 1;
      } else {
        high = Math.min(high, probe.value.number);
      }
    }
  }
  return found === undefined ? { kind: "not-found" } : { kind: "ok", value: found };
}
