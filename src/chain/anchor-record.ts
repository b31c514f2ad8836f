/** Whether, when and by whom a root was anchored in a store: the truth that recovery starts from. */

import { toEventSelector } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { AnchorRecord } from "../core/ports/anchoring.ts";
import { toTime } from "./anchor-facts.ts";
import { openBlockReads } from "./block-reads.ts";
import { demandAnswer, demand } from "./demand.ts";
import { openStoreReader } from "./store-standing.ts";
import { logsQuestion, transactionQuestion, type Log } from "./transaction-questions.ts";
import { pinForWriting } from "./transaction-standing.ts";
import type { WritingSession } from "./writing-session.ts";

/** Topic of `DocumentIssued(bytes32 indexed document)`, the same in every generation. */
export const DOCUMENT_ISSUED: Hex = toEventSelector("DocumentIssued(bytes32)");

/** @throws {TestamurError} `CONTRACT_ABSENT`, `NODE_UNAVAILABLE`, `NODE_LYING`. */
export async function findAnchorRecord(
  session: WritingSession,
  store: Hex,
  root: Hex,
  now: Date,
): Promise<AnchorRecord | undefined> {
  const { rpc, network, patience } = session;
  const { block, finalBlock } = await pinForWriting(session, now);
  const reads = openBlockReads(rpc, block, patience);
  const finalReads = finalBlock?.hash === block.hash ? reads : finalBlock && openBlockReads(rpc, finalBlock, patience);
  const ports = { network, reads, finalReads, knownCodeHashes: new Set<Hex>(), lens: { isRefused: true } };
  const reader = openStoreReader(store, ports);
  const inclusion = { leaf: both(root), root: both(root), path: [], nodes: [root] };
  const standing = demandAnswer(await reader.standingOf(inclusion), `root ${root} in store ${store}`);
  if (standing.kind === "no-contract") throw contractAbsent(store, network.name);
  if (!standing.issued) return undefined;
  const facts = demandAnswer(await reader.factsOf(root), `root ${root}`);
  if (facts.block !== undefined && facts.account !== undefined) {
    return {
      root,
      block: facts.block,
      account: facts.account,
      final: standing.final,
      ...(facts.time !== undefined && { time: toTime(facts.time) }),
    };
  }
  const event = await findEvent(session, store, root, facts.block ?? 0, facts.block ?? block.number);
  const anchoredBlock = facts.block ?? event?.block;
  if (anchoredBlock === undefined) {
    throw new TestamurError(
      "NODE_UNAVAILABLE",
      `root ${root} is anchored in ${store}, but the node does not find where`,
    );
  }
  const account = event === undefined ? undefined : await senderOf(session, event);
  return {
    root,
    block: anchoredBlock,
    final: standing.final,
    ...(account !== undefined && { account }),
    ...(facts.time !== undefined && { time: toTime(facts.time) }),
  };
}

export function contractAbsent(address: Hex, place: string): TestamurError {
  return new TestamurError("CONTRACT_ABSENT", `there is no contract at ${address} on ${place}`, {
    next: "check the address and the chain, or deploy a store: testamur store deploy",
  });
}

function both(root: Hex): { readonly stated: Hex; readonly computed: Hex } {
  return { stated: root, computed: root };
}

async function findEvent(
  { rpc, patience }: WritingSession,
  store: Hex,
  root: Hex,
  fromBlock: number,
  toBlock: number,
): Promise<Log | undefined> {
  const filter = { address: store, topics: [DOCUMENT_ISSUED, root], fromBlock, toBlock };
  return demand(await rpc.ask(logsQuestion(filter), patience), `the events of ${store}`)[0];
}

/** Stores of other makers keep no account: the sender of the transaction stands for it. */
async function senderOf({ rpc, patience }: WritingSession, event: Log): Promise<Hex | undefined> {
  const asked = await rpc.ask(transactionQuestion(event.transactionHash), patience);
  return asked.kind === "ok" ? asked.value.from : undefined;
}
