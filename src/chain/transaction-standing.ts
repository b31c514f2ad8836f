/** Where a transaction stands, read from reality: a receipt counts only when the chain itself lists the transaction. */

import { TestamurError } from "../core/errors.ts";
import type { SignedTransaction, TransactionStanding } from "../core/ports/anchoring.ts";
import { demand, nodeFault } from "./demand.ts";
import { pinBlocks, type PinnedBlocks } from "./pin-blocks.ts";
import { blockQuestion, nonceQuestion, type Block } from "./rpc-questions.ts";
import { receiptQuestion, transactionQuestion, type Receipt } from "./transaction-questions.ts";
import type { WritingSession } from "./writing-session.ts";

/** @throws {TestamurError} `NODE_UNAVAILABLE`, `NODE_LYING`. */
export async function readStanding(
  session: WritingSession,
  transaction: SignedTransaction,
  now: Date,
): Promise<TransactionStanding> {
  const { rpc, patience } = session;
  const [receipt, known, pinned] = await Promise.all([
    rpc.ask(receiptQuestion(transaction.hash), patience),
    rpc.ask(transactionQuestion(transaction.hash), patience),
    pinForWriting(session, now),
  ]);
  if (receipt.kind === "ok") return standingOf(session, receipt.value, pinned);
  if (receipt.kind !== "not-found") throw nodeFault(receipt, `the receipt of ${transaction.hash}`);
  if (known.kind === "ok") return { kind: "pending" };
  if (known.kind !== "not-found") throw nodeFault(known, `transaction ${transaction.hash}`);
  return (await isReplaced(session, transaction, pinned)) ? { kind: "replaced" } : { kind: "unknown" };
}

/** A receipt with the block that was checked to hold it. */
export interface ProvenReceipt {
  readonly receipt: Receipt;
  readonly block: Block;
}

/**
 * The receipt, once the block it names is part of the chain and lists the transaction (fault 37).
 *
 * @throws {TestamurError} `NODE_LYING` when the chain does not bear the receipt out, even at a second look.
 */
export async function proveReceipt(session: WritingSession, receipt: Receipt): Promise<ProvenReceipt> {
  const { rpc, patience } = session;
  const { transactionHash: hash } = receipt;
  let current = receipt;
  // twice, because a reorganisation may fall between the two questions
  for (let look = 0; look < 2; look++) {
    const block = await rpc.ask(blockQuestion(current.block), patience);
    const isThere =
      block.kind === "ok" && block.value.hash === current.blockHash && block.value.transactions.includes(hash);
    if (isThere) return { receipt: current, block: block.value };
    if (block.kind !== "ok" && block.kind !== "not-found") throw nodeFault(block, `block ${current.block}`);
    current = demand(await rpc.ask(receiptQuestion(hash), patience), `the receipt of ${hash}`);
  }
  throw new TestamurError(
    "NODE_LYING",
    `the node has a receipt for ${hash} in block ${current.block}, but that block does not list it`,
    { next: "ask another node (--rpc): nothing is taken as mined" },
  );
}

/** Head and final block, without the rules for readers: a node that is behind delays a writer, nothing more. */
export async function pinForWriting({ rpc, network, patience }: WritingSession, now: Date): Promise<PinnedBlocks> {
  const { maxHeadAgeSeconds: _, ...unhurried } = network;
  const pinned = await pinBlocks(rpc, unhurried, undefined, now, patience);
  if (pinned.kind === "pinned") return pinned;
  throw new TestamurError("NODE_UNAVAILABLE", `the newest block: ${pinned.reason}`, {
    next: "try again when the node answers",
  });
}

async function standingOf(
  session: WritingSession,
  found: Receipt,
  { finalBlock }: PinnedBlocks,
): Promise<TransactionStanding> {
  const { receipt } = await proveReceipt(session, found);
  const { block, blockHash, gasUsed, succeeded } = receipt;
  const isOld = finalBlock !== undefined && block <= finalBlock.number;
  const final = isOld && (await isUndisputed(session, receipt));
  return succeeded ? { kind: "mined", block, blockHash, gasUsed, final } : { kind: "reverted", block, final };
}

/** No other node of the chain knows another block in its place. */
async function isUndisputed({ rpc, patience }: WritingSession, { block, blockHash }: Receipt): Promise<boolean> {
  if (rpc.endpoints.length === 1) return true;
  const outcomes = await rpc.askEach(blockQuestion(block), patience);
  return outcomes.every((outcome) => outcome.kind !== "ok" || outcome.value.hash === blockHash);
}

/** The nonce was used by a final transaction, and no node has a receipt of ours. */
async function isReplaced(
  { rpc, patience }: WritingSession,
  { hash, from, nonce }: SignedTransaction,
  { finalBlock }: PinnedBlocks,
): Promise<boolean> {
  if (finalBlock === undefined) return false;
  const [used, receipts] = await Promise.all([
    rpc.ask(nonceQuestion(from, finalBlock), patience),
    rpc.askEach(receiptQuestion(hash), patience),
  ]);
  if (receipts.some((receipt) => receipt.kind === "ok")) return false;
  return demand(used, `how many transactions ${from} has sent`) > nonce;
}
