/** broadcast → mined → final: watches what was sent until no reorganisation can take it back, and mends what time breaks. */

import { TestamurError } from "../../core/errors.ts";
import type { Anchorer, SignedTransaction, TransactionStanding } from "../../core/ports/anchoring.ts";
import type { Job } from "../job.ts";
import { patiently } from "../patiently.ts";
import { adoptAnchor, findMined, rootOf } from "./on-record.ts";
import { raiseFee, signAnew } from "./sign.ts";

/** Blocks that a transaction may stay pending before its fee is raised. */
const STUCK_AFTER = 10;
/** Times in a row that a node must say "not there" before we believe that a reorganisation took the anchor. */
const GONE_AFTER = 3;

/** broadcast → mined, back to signed with a higher fee, or back to rooted where the nonce is used up. */
export async function awaitBlock(job: Job): Promise<void> {
  const anchorer = await job.anchorer();
  for (let waited = 0; !(await adoptAnchor(job)); waited++) {
    const transaction = newestOf(job);
    const standing = await patiently(job, () => anchorer.standingOf(transaction));
    if (await hasMoved(job, anchorer, transaction, standing, waited)) return;
    job.tell({ kind: "waiting", reason: "waiting for a block" });
    await patiently(job, () => anchorer.nextBlock());
  }
}

/** @returns whether the job went back. */
async function hasMoved(
  job: Job,
  anchorer: Anchorer,
  transaction: SignedTransaction,
  standing: TransactionStanding,
  waited: number,
): Promise<boolean> {
  switch (standing.kind) {
    case "replaced":
      await signAnew(job, "another transaction of this account used the nonce");
      return true;
    case "unknown": // dropped, or never arrived: the same bytes again
      await job.effect("send-transaction", () => patiently(job, () => anchorer.broadcast(transaction)));
      return false;
    case "pending":
      return waited > 0 && waited % STUCK_AFTER === 0 ? raiseWithinCap(job, anchorer, transaction) : false;
    case "reverted":
      if (!standing.final) return false;
      await signAnew(job, "the store refused the transaction");
      throw reverted(job, transaction, standing.block);
    case "mined":
      if (standing.final && waited >= GONE_AFTER) throw unsupported(job, transaction, standing.block);
      return false; // the store does not show it yet: only the store is believed
  }
}

/** Fees that are above our cap are waited out, not fought. */
async function raiseWithinCap(job: Job, anchorer: Anchorer, stuck: SignedTransaction): Promise<boolean> {
  try {
    await raiseFee(job, anchorer, stuck);
    return true;
  } catch (error) {
    if (!(error instanceof TestamurError) || error.code !== "FEE_ABOVE_CAP") throw error;
    job.tell({ kind: "waiting", reason: `waiting for lower fees: ${error.message}` });
    return false;
  }
}

/** mined → final, or back to broadcast where a reorganisation took the anchor. */
export async function awaitFinality(job: Job): Promise<void> {
  const anchorer = await job.anchorer();
  for (let gone = 0; gone < GONE_AFTER;) {
    const record = await patiently(job, () => anchorer.findAnchor(rootOf(job)));
    if (record?.final === true) {
      await recordFinal(job, record.block);
      return;
    }
    gone = record === undefined ? gone + 1 : 0;
    job.tell({
      kind: "waiting",
      reason: record === undefined ? "the node does not show the anchor" : "waiting until it is final",
    });
    await patiently(job, () => anchorer.nextBlock());
  }
  await job.record("broadcast", { transaction: newestOf(job).hash, reason: "a reorganisation took the anchor" });
}

/** The block may be another one than before, and the transaction the one with the higher fee. */
async function recordFinal(job: Job, block: number): Promise<void> {
  const ours = await findMined(job);
  await job.record("final", {
    block: ours?.standing.block ?? block,
    blockHash: ours?.standing.blockHash ?? null,
    transaction: ours?.transaction.hash ?? null,
    gasUsed: ours === undefined ? null : String(ours.standing.gasUsed),
  });
}

function newestOf(job: Job): SignedTransaction {
  const newest = job.ports.batches.transactionsOf(job.order.id).at(-1);
  if (newest !== undefined) return newest;
  throw new TestamurError(
    "BATCH_NEEDS_ATTENTION",
    `batch ${job.order.id} lost its anchor and has no transaction of its own`,
    {
      next: "look up the store's events: the root was anchored from outside this database",
    },
  );
}

function reverted(job: Job, { hash }: SignedTransaction, block: number): TestamurError {
  return new TestamurError(
    "BATCH_NEEDS_ATTENTION",
    `transaction ${hash} was refused by ${job.order.store} in block ${block}`,
    {
      next: "check roles and pause of the store (store roles), then resume the batch",
    },
  );
}

function unsupported(job: Job, { hash }: SignedTransaction, block: number): TestamurError {
  return new TestamurError(
    "BATCH_NEEDS_ATTENTION",
    `the node says that transaction ${hash} succeeded in block ${block}, but ${job.order.store} does not have the root`,
    { next: "ask another node: this one contradicts itself" },
  );
}
