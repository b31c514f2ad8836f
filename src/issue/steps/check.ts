/** attached → checked: our own verifier reads every written document back; only then do they leave the waiting room. */

import type { SealedNotes } from "../../core/ports/batches.ts";
import type { DocumentDirectory } from "../../core/ports/handing-out.ts";
import { chunksOf } from "../chunks.ts";
import { filesOf, type EntryFile } from "../document-files.ts";
import { inOrder } from "../in-order.ts";
import type { Job } from "../job.ts";
import { patiently } from "../patiently.ts";
import { WHOLE_TREE } from "../second-opinion.ts";
import { openTrail } from "../trail.ts";
import { checkChunk, openSession } from "./check-chunk.ts";
import { countOf } from "./root.ts";

/** Documents that are checked together, their questions travelling to the chain in one go. */
const CHECK_CHUNK = 256;
/** Chunks on their way at the same time. */
const AT_ONCE = 3;

type Notes = EntryFile<SealedNotes>;

/** @throws {TestamurError} `CHECK_FAILED` for the first document that is not good; `NODE_UNAVAILABLE` while it cannot be said. */
export async function checkDocuments(job: Job): Promise<void> {
  await releaseGood(job, job.ports.openDirectory(job.order.out, job.order.id));
  await job.record("checked", { count: countOf(job) });
}

/** Checks what lies in a directory's waiting room and was not found good while it was written, and lets all of it out. */
export async function releaseGood(job: Job, directory: DocumentDirectory): Promise<void> {
  const total = countOf(job);
  let done = foundGood.get(job) ?? 0;
  const check = openSession(job);
  /** Reads and checks a chunk; all of it again, from the disk, where the chain could not be asked. */
  const checkPatiently = async (chunk: readonly Notes[]): Promise<number> =>
    patiently(job, async () => checkChunk(job, chunk, directory, check));
  for await (const checked of inOrder(chunksFrom(job, done), AT_ONCE, checkPatiently)) {
    await job.during("checking");
    done += checked;
    job.tell({ kind: "working", toward: "checked", done, total });
  }
  await job.effect("release-documents", () => directory.release());
}

// --- while the rest is written ---------------------------------------------------------------------------------------

/** How many documents, from the first, this run has found good already. */
const foundGood = new WeakMap<Job, number>();

/** Checks documents while the next are written. */
export interface Follower {
  /** So many lie on the disk now. */
  written(count: number): void;
  /** Looks no further, and returns when nothing is under way any more. Never throws: the last check says what is wrong. */
  end(): Promise<void>;
}

export function followWriting(job: Job, directory: DocumentDirectory): Follower {
  const trail = openTrail();
  const isWorthIt = countOf(job) > WHOLE_TREE; // fewer are written before any could be read
  const following = isWorthIt ? follow(job, directory, trail.isReached).catch(() => undefined) : undefined;
  return {
    written: trail.reach,
    end: async () => {
      trail.end();
      await following;
    },
  };
}

/** Goes on until something is not good: the last check finds it again. */
async function follow(
  job: Job,
  directory: DocumentDirectory,
  isWritten: (count: number) => Promise<boolean>,
): Promise<void> {
  const check = openSession(job);
  let good = 0;
  const chunks = chunksFrom(job, 0, isWritten);
  for await (const checked of inOrder(chunks, AT_ONCE, async (chunk) => checkChunk(job, chunk, directory, check))) {
    good += checked;
    foundGood.set(job, good);
  }
}

/**
 * Files of documents, some at a time.
 *
 * @param first  the documents before this one are left out.
 * @param isWritten  waits until so many documents lie on the disk; false where no more will.
 */
function chunksFrom(
  job: Job,
  first: number,
  isWritten: (count: number) => Promise<boolean> = async () => true,
): AsyncIterable<readonly Notes[]> {
  const files = filesOf(job.ports.batches.readSealedNotes(job.order.id));
  async function* wanted(): AsyncGenerator<Notes> {
    for await (const file of files) {
      if (file.start < first) continue;
      if (!(await isWritten(file.start + file.entries.length))) return;
      yield file;
    }
  }
  return chunksOf(wanted(), CHECK_CHUNK, ({ entries }) => entries.length);
}
