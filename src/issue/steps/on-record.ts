/** Whether the chain has the batch's root already, and by whose hand: the question every recovery starts with. */

import { TestamurError } from "../../core/errors.ts";
import type { AnchorRecord, SignedTransaction, TransactionStanding } from "../../core/ports/anchoring.ts";
import type { Hex } from "../../core/bytes.ts";
import type { Job } from "../job.ts";
import { patiently } from "../patiently.ts";

export type Mined = Extract<TransactionStanding, { readonly kind: "mined" }>;

/** The root of a batch that is rooted. */
export function rootOf(job: Job): Hex {
  const { root } = job.detailOf("rooted");
  if (typeof root === "string" && root.startsWith("0x")) return root as Hex;
  throw new TestamurError("BATCH_CORRUPT", `batch ${job.order.id} has no root on record`);
}

/**
 * Goes on to `mined` where the root is on record by our own hand: success, whoever sent the bytes last.
 *
 * @returns whether it did.
 * @throws {TestamurError} `BATCH_NEEDS_ATTENTION` where somebody else anchored this very root.
 */
export async function adoptAnchor(job: Job): Promise<boolean> {
  const anchorer = await job.anchorer();
  const record = await patiently(job, () => anchorer.findAnchor(rootOf(job)));
  if (record === undefined) return false;
  const ours = await findMined(job);
  if (!(await isOurs(job, record, ours !== undefined))) throw foreignAnchor(job, record);
  await job.record("mined", {
    block: record.block,
    transaction: ours?.transaction.hash ?? null,
    blockHash: ours?.standing.blockHash ?? null,
  });
  return true;
}

/** An account tells; a store that keeps none is trusted only beside a transaction of ours that was mined. */
async function isOurs(job: Job, record: AnchorRecord, mined: boolean): Promise<boolean> {
  return record.account === undefined ? mined : record.account.toLowerCase() === job.order.account.toLowerCase();
}

function foreignAnchor(job: Job, record: AnchorRecord): TestamurError {
  const who = record.account ?? "an account the store does not name";
  return new TestamurError(
    "BATCH_NEEDS_ATTENTION",
    `root ${record.root} was anchored in ${job.order.store} by ${who} in block ${record.block}, not by ${job.order.account}`,
    { next: "find out who uses this store and how they came by this root before any document leaves" },
  );
}

/** The transaction of this batch that was mined, if any was. */
export async function findMined(
  job: Job,
): Promise<{ readonly transaction: SignedTransaction; readonly standing: Mined } | undefined> {
  const anchorer = await job.anchorer();
  for (const transaction of job.ports.batches.transactionsOf(job.order.id).toReversed()) {
    const standing = await patiently(job, () => anchorer.standingOf(transaction));
    if (standing.kind === "mined") return { transaction, standing };
  }
  return undefined;
}
