/** What is stored of a batch, read from the disk for its tree: once a run, however many steps ask for it. */

import type { Job } from "../job.ts";
import { readLeaves, treeOver, type BatchTree, type StoredLeaves } from "../trees.ts";

interface Kept {
  readonly stored: Promise<StoredLeaves>;
  tree?: BatchTree;
}

/** Another run is another job, and reads for itself. */
const keptOf = new WeakMap<Job, Kept>();

/** How many credentials are stored: what is on the disk is counted, not what we meant to put there. */
export async function countStored(job: Job, expected: number): Promise<number> {
  return (await keep(job, expected).stored).count;
}

/**
 * The tree over the stored credentials.
 *
 * @param count  how many were sealed.
 * @throws {TestamurError} `BATCH_CORRUPT` when there are more or fewer, or two leaves are equal; `TREE_EMPTY` for none.
 */
export async function growStoredTree(job: Job, count: number): Promise<BatchTree> {
  const kept = keep(job, count);
  const stored = await kept.stored;
  return (kept.tree ??= treeOver(job.format.tree, stored, count));
}

/** Gives the memory back, once nobody asks for the tree any more. */
export function letGo(job: Job): void {
  keptOf.delete(job);
}

function keep(job: Job, count: number): Kept {
  const kept = keptOf.get(job) ?? { stored: readLeaves(job.ports.batches.readSealedNotes(job.order.id), count) };
  keptOf.set(job, kept);
  return kept;
}
