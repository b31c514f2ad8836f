/** sealed → rooted: the tree over what is stored, with a second opinion and a rehearsal before any money is spent. */

import { fromHex, fromUtf8, toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { isObject, type JsonObject } from "../../core/json.ts";
import type { SealedEntry } from "../../core/ports/batches.ts";
import { parseStrictJson } from "../../core/strict-json.ts";
import type { Opened } from "../../formats/format.ts";
import type { Job } from "../job.ts";
import { askSecondOpinion, WHOLE_TREE } from "../second-opinion.ts";
import { placeOf, type BatchTree } from "../trees.ts";
import { growStoredTree } from "./stored-tree.ts";
import { trySignature } from "./trial.ts";

/** Rehearsed of batches that are too large to rehearse whole. */
const REHEARSED = 1_024;

/** @throws {TestamurError} `BATCH_CORRUPT`, `SECOND_OPINION_DIFFERS`, `TREE_EMPTY`. */
export async function plantTree(job: Job): Promise<void> {
  const batch = await growStoredTree(job, countOf(job));
  askSecondOpinion(job.format.tree, batch);
  await rehearse(job, batch);
  await trySignature(job, batch);
  await job.record("rooted", { root: batch.root, count: batch.tree.size });
}

/** The tree of a batch that is rooted, from what is stored: built again unless this run has built it. */
export async function regrowTree(job: Job): Promise<BatchTree> {
  const batch = await growStoredTree(job, countOf(job));
  const { root } = job.detailOf("rooted");
  if (batch.root === root) return batch;
  throw new TestamurError(
    "BATCH_CORRUPT",
    `the stored credentials lead to root ${batch.root}, not to ${String(root)}`,
    {
      next: "restore the home directory from a backup",
    },
  );
}

/** How many credentials the batch has. */
export function countOf(job: Job): number {
  return Number(job.detailOf("sealed")["count"] ?? 0);
}

/**
 * Makes documents of stored credentials as they will be and opens them again: what could not be opened later must not be
 * anchored now.
 */
async function rehearse(job: Job, batch: BatchTree): Promise<void> {
  const { size } = batch.tree;
  const every = size <= WHOLE_TREE ? 1 : Math.ceil(size / REHEARSED);
  let position = 0;
  for await (const { sealed, ...notes } of job.ports.batches.readSealedSample(job.order.id, every)) {
    await openAsDocument(job, { ...notes, sealed: fromUtf8(sealed) }, batch, position);
    position += every;
  }
}

/**
 * Makes a document of a stored credential, with a stand-in for the block, and opens it.
 *
 * @throws {TestamurError} `CHECK_FAILED` when our own reader refuses it.
 */
export async function openAsDocument(job: Job, entry: SealedEntry, batch: BatchTree, position: number): Promise<void> {
  const { chainId, store } = job.order;
  const anchor = { chainId, store, root: batch.root, block: 0, transaction: batch.root };
  const signatures = entry.signature === undefined ? [] : [fromHex(entry.signature)];
  const text = job.format.attach(entry.sealed, placeOf(batch, position), anchor, signatures);
  const reason = findFault(await job.format.open(toObject(text)), batch);
  if (reason === undefined) return;
  throw new TestamurError("CHECK_FAILED", `the document of learner ${entry.row} would not be valid: ${reason}`, {
    next: "no document was handed out; a batch that is not anchored yet can be abandoned and issued again",
  });
}

/** Why a document would not hold, as far as that can be told without a chain. */
function findFault(opened: Opened, { root }: BatchTree): string | undefined {
  if (opened.kind === "refused") return opened.finding.message;
  const { faults, inclusions } = opened.claims;
  const [fault] = faults;
  if (fault !== undefined) return fault.message;
  const isIncluded = inclusions.some((inclusion) => inclusion.root.computed === root);
  const isSound = inclusions.every(({ leaf, root }) => leaf.stated === leaf.computed && root.stated === root.computed);
  return isIncluded && isSound ? undefined : "its digest does not lead to the root";
}

function toObject(text: string): JsonObject {
  const value = parseStrictJson(toUtf8(text));
  return isObject(value) ? value : {};
}
