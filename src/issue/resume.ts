/** Picks up batches that something interrupted, and gives up those that nothing has been signed for. */

import { TestamurError } from "../core/errors.ts";
import type { BatchOrder, BatchState } from "../core/ports/batches.ts";
import { advance } from "./advance.ts";
import { isAbandoned, openJob, stateOf, type IssuePorts } from "./job.ts";
import type { IssueResult } from "./result.ts";
import { writeDocuments } from "./steps/attach.ts";
import { releaseGood } from "./steps/check.ts";

/**
 * Finishes a batch from whatever state it is in; a finished one gives its result again.
 *
 * @param id  the batch's id, or a part of it that no other batch has.
 * @throws {TestamurError} `BATCH_UNKNOWN`, and whatever stops it again.
 */
export async function resume(id: string, ports: IssuePorts): Promise<IssueResult> {
  return advance(findOrder(id, ports).id, ports);
}

/**
 * Writes the documents of a finished batch once more, from what is stored, into another directory: for those that were lost.
 *
 * @throws {TestamurError} `BATCH_NEEDS_ATTENTION` for a batch that is not finished; `FILE_EXISTS`, `CHECK_FAILED`.
 */
export async function writeAgain(id: string, out: string, ports: IssuePorts): Promise<void> {
  const job = openJob(findOrder(id, ports).id, ports);
  if (job.state() !== "checked")
    throw new TestamurError("BATCH_NEEDS_ATTENTION", `batch ${job.order.id} is not finished`, {
      next: `finish it first: testamur resume ${job.order.id}`,
    });
  const directory = ports.openDirectory(out, job.order.id);
  await writeDocuments(job, directory);
  await releaseGood(job, directory, true);
}

/** Batches that are neither finished nor given up, oldest first. */
export function listUnfinished(ports: Pick<IssuePorts, "batches">): readonly BatchOrder[] {
  return ports.batches.listBatches().filter(({ id }) => {
    const history = ports.batches.historyOf(id);
    return stateOf(history) !== "checked" && !isAbandoned(history);
  });
}

/** States in which nothing has been signed yet. */
const UNSIGNED: readonly BatchState[] = ["draft", "sealed", "rooted"];

/**
 * Gives a batch up for good.
 *
 * @throws {TestamurError} `BATCH_NEEDS_ATTENTION` once a transaction was signed: it might still be mined.
 */
export async function abandon(id: string, reason: string, ports: IssuePorts): Promise<void> {
  const job = openJob(findOrder(id, ports).id, ports);
  const isUnsigned = UNSIGNED.includes(job.state()) && ports.batches.transactionsOf(job.order.id).length === 0;
  if (!isUnsigned)
    throw new TestamurError(
      "BATCH_NEEDS_ATTENTION",
      `batch ${job.order.id} has a signed transaction: it cannot be given up`,
      {
        next: `finish it: testamur resume ${job.order.id}; single documents can be revoked later`,
      },
    );
  await job.record("abandoned", { reason });
}

/** @throws {TestamurError} `BATCH_UNKNOWN` when no batch, or more than one, has that in its id. */
export function findOrder(id: string, ports: Pick<IssuePorts, "batches">): BatchOrder {
  const exact = ports.batches.findBatch(id);
  if (exact !== undefined) return exact;
  const found = ports.batches.listBatches().filter((order) => id !== "" && order.id.includes(id));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new TestamurError(
    "BATCH_UNKNOWN",
    found.length === 0 ? `there is no batch ${id}` : `${id} may be ${found.length} batches`,
    {
      next: "give the whole id: testamur status lists them",
    },
  );
}
