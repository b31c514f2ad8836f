/** rooted → signed → broadcast: the bytes are on disk before they are sent, and the very same bytes are sent again. */

import { TestamurError } from "../../core/errors.ts";
import type { Anchorer, Preflight, SignedTransaction } from "../../core/ports/anchoring.ts";
import { stateOf, type IssuePlan, type Job } from "../job.ts";
import { patiently } from "../patiently.ts";
import { findStatusList } from "../placement.ts";
import { adoptAnchor, rootOf } from "./on-record.ts";
import { countOf } from "./root.ts";

/** Raising by a tenth each time, a fee is twice what it was after seven times: more is a matter for a person. */
const MAX_RAISES = 7;

/**
 * rooted → signed.
 *
 * @throws {TestamurError} what preflight finds; `APPROVAL_NEEDED` when a person says no; `BATCH_NEEDS_ATTENTION` while
 *   another batch of the same account waits for its transaction.
 */
export async function signAnchor(job: Job): Promise<void> {
  if (await adoptAnchor(job)) return;
  const anchorer = await job.anchorer();
  const signed = await findUsable(job, anchorer); // a crash may have come right after it was stored
  if (signed === undefined) {
    refuseQueue(job);
    await askApproval(job, anchorer);
    await signNew(job, await patiently(job, () => anchorer.sign(rootOf(job))));
  } else await recordSigned(job, signed);
}

/** signed → broadcast, or back to rooted where the transaction can never be mined. */
export async function sendAnchor(job: Job): Promise<void> {
  if (await adoptAnchor(job)) return;
  const anchorer = await job.anchorer();
  const transaction = await findUsable(job, anchorer);
  if (transaction === undefined) {
    await signAnew(job, "another transaction of this account used the nonce");
    return;
  }
  try {
    await job.effect("send-transaction", () => patiently(job, () => anchorer.broadcast(transaction)));
  } catch (error) {
    if (!(error instanceof TestamurError) || error.code !== "FEE_ABOVE_CAP") throw error;
    await raiseFee(job, anchorer, transaction); // the node wants more than these bytes offer
    return;
  }
  await job.record("broadcast", { transaction: transaction.hash });
}

/** Stores what was signed, then says so: from here on these bytes are found after any crash. */
async function signNew(job: Job, transaction: SignedTransaction): Promise<void> {
  await job.effect("record-transaction", () => job.ports.batches.recordTransaction(job.order.id, transaction));
  await recordSigned(job, transaction);
}

/**
 * Signs the same call with the same nonce and a higher fee: only one of the two can ever be mined.
 *
 * @throws {TestamurError} `FEE_ABOVE_CAP` above the cap, and when raising did not help before.
 */
export async function raiseFee(job: Job, anchorer: Anchorer, stuck: SignedTransaction): Promise<void> {
  const tries = job.ports.batches.transactionsOf(job.order.id).filter(({ nonce }) => nonce === stuck.nonce).length;
  if (tries > MAX_RAISES)
    throw new TestamurError(
      "FEE_ABOVE_CAP",
      `the fee was raised ${MAX_RAISES} times, and no block took the transaction`,
      {
        next: `wait for lower fees, then: testamur resume ${job.order.id}`,
      },
    );
  const raised = await patiently(job, () => anchorer.sign(rootOf(job), { nonce: stuck.nonce, raiseAbove: stuck }));
  await signNew(job, raised);
}

/** Back to `rooted`: the nonces of all that was signed are used up in final blocks, so a new one is safe. */
export async function signAnew(job: Job, reason: string): Promise<void> {
  await job.record("rooted", { root: rootOf(job), count: countOf(job), reason });
}

/** The newest transaction of the batch that can still be mined. */
async function findUsable(job: Job, anchorer: Anchorer): Promise<SignedTransaction | undefined> {
  const newest = job.ports.batches.transactionsOf(job.order.id).at(-1);
  if (newest === undefined) return undefined;
  const standing = await patiently(job, () => anchorer.standingOf(newest));
  const isSpent = standing.kind === "replaced" || (standing.kind === "reverted" && standing.final);
  return isSpent ? undefined : newest;
}

async function recordSigned(job: Job, { hash, nonce }: SignedTransaction): Promise<void> {
  await job.record("signed", { transaction: hash, nonce });
}

async function askApproval(job: Job, anchorer: Anchorer): Promise<void> {
  const { order, ports } = job;
  const preflight = await patiently(job, () => anchorer.preflight());
  const place = `chain ${preflight.chainId}, store ${preflight.store}`;
  if (preflight.chainId !== order.chainId || preflight.store.toLowerCase() !== order.store.toLowerCase())
    throw new TestamurError(
      "CHAIN_WRONG",
      `batch ${order.id} is for chain ${order.chainId}, store ${order.store}; we are at ${place}`,
      {
        next: "use the node and the store that the batch was made for",
      },
    );
  if ((await ports.approve?.(planOf(job, preflight))) === false)
    throw new TestamurError(
      "APPROVAL_NEEDED",
      `batch ${order.id} is ready, but nobody approved it: nothing was signed`,
      {
        next: `approve it with: testamur resume ${order.id}`,
      },
    );
}

function planOf(job: Job, preflight: Preflight): IssuePlan {
  const mirror = findStatusList(job.detailOf("draft"))?.mirror;
  return {
    batch: job.order.id,
    count: countOf(job),
    root: rootOf(job),
    entry: job.format.entry,
    preflight,
    ...(mirror !== undefined && { statusListsUrl: mirror.url }),
  };
}

/** One account signs for one batch at a time: else two batches would fight for a nonce. */
function refuseQueue(job: Job): void {
  const { batches } = job.ports;
  const waiting = batches
    .listBatches()
    .filter(
      ({ id, account, chainId }) =>
        id !== job.order.id && account === job.order.account && chainId === job.order.chainId,
    )
    .find(({ id }) => ["signed", "broadcast"].includes(stateOf(batches.historyOf(id))));
  if (waiting === undefined) return;
  throw new TestamurError(
    "BATCH_NEEDS_ATTENTION",
    `batch ${waiting.id} of the same account waits for its transaction`,
    {
      next: `finish it first: testamur resume ${waiting.id}`,
    },
  );
}
