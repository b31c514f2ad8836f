/** attached → checked: our own verifier reads every written document back; only then do they leave the waiting room. */

import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { SealedNotes } from "../../core/ports/batches.ts";
import type { CheckDepth, DocumentChecker, DocumentDirectory, OwnVerdict } from "../../core/ports/handing-out.ts";
import { chunksOf } from "../chunks.ts";
import { documentsIn, filesOf, placeInFile, type EntryFile } from "../document-files.ts";
import { inOrder } from "../in-order.ts";
import type { Job } from "../job.ts";
import { judgeOwn } from "../own-verdict.ts";
import { patiently } from "../patiently.ts";
import { WHOLE_TREE } from "../second-opinion.ts";
import { rootOf } from "./on-record.ts";
import { countOf } from "./root.ts";

/** Documents that are checked together, their questions travelling to the chain in one go. */
const CHECK_CHUNK = 256;
/** Chunks on their way at the same time. */
const AT_ONCE = 3;

/** Of a larger batch, this many documents have the store asked about each node of their path. */
const SAMPLE = 1_024;

/** @throws {TestamurError} `CHECK_FAILED` for the first document that is not good; `NODE_UNAVAILABLE` while it cannot be said. */
export async function checkDocuments(job: Job): Promise<void> {
  await releaseGood(job, job.ports.openDirectory(job.order.out, job.order.id));
  await job.record("checked", { count: countOf(job) });
}

/**
 * Checks what lies in a directory's waiting room, and lets all of it out.
 *
 * @param mayBeWithdrawn  for documents that were handed out before: withdrawn since, they are still what was issued.
 */
export async function releaseGood(job: Job, directory: DocumentDirectory, mayBeWithdrawn = false): Promise<void> {
  const total = countOf(job);
  const files = filesOf(job.ports.batches.readSealedNotes(job.order.id));
  const chunks = chunksOf(files, CHECK_CHUNK, ({ entries }) => entries.length);
  const check = openSession(job, mayBeWithdrawn);
  let done = 0;
  for await (const checked of inOrder(chunks, AT_ONCE, async (chunk) => checkPatiently(job, chunk, directory, check))) {
    await job.during("checking");
    done += checked;
    job.tell({ kind: "working", toward: "checked", done, total });
  }
  await job.effect("release-documents", () => directory.release());
}

/** @throws {TestamurError} `NODE_UNAVAILABLE` where the chain could not be asked; the next call looks with fresh eyes. */
type Check = (documents: readonly Uint8Array[], depth: CheckDepth) => Promise<readonly OwnVerdict[]>;

function openSession(job: Job, mayBeWithdrawn: boolean): Check {
  let session: Promise<DocumentChecker> | undefined;
  return async (documents, depth) => {
    const opened = (session ??= Promise.resolve(job.ports.openChecker(countOf(job))));
    const verdicts = await checkMany(await opened, documents, rootOf(job), depth);
    const doubt = verdicts.find(({ kind }) => kind === "unsure");
    if (doubt === undefined) return mayBeWithdrawn ? verdicts.map(forgiveWithdrawal) : verdicts;
    if (session === opened) session = undefined;
    throw new TestamurError("NODE_UNAVAILABLE", `a document could not be checked: ${reasonOf(doubt)}`, {
      next: `the documents are written and wait: testamur resume ${job.order.id}`,
    });
  };
}

function forgiveWithdrawal(verdict: OwnVerdict): OwnVerdict {
  return verdict.kind === "withdrawn" ? { kind: "good" } : verdict;
}

/** Reads and checks a chunk; all of it again, from the disk, where the chain could not be asked. */
async function checkPatiently(
  job: Job,
  files: readonly EntryFile<SealedNotes>[],
  directory: DocumentDirectory,
  check: Check,
): Promise<number> {
  return patiently(job, async () => checkChunk(job, files, directory, check));
}

async function checkMany(
  checker: DocumentChecker,
  documents: readonly Uint8Array[],
  root: Hex,
  depth: CheckDepth,
): Promise<readonly OwnVerdict[]> {
  if (checker.checkMany !== undefined) return checker.checkMany(documents, root, depth);
  return Promise.all(documents.map(async (document) => judgeOwn(await checker.check(document), root)));
}

/** @returns how many documents were found good; their bytes are gone then, to whatever thread has looked at them. */
async function checkChunk(
  job: Job,
  files: readonly EntryFile<SealedNotes>[],
  directory: DocumentDirectory,
  check: Check,
): Promise<number> {
  const read = await Promise.all(files.map(async (file) => readDocuments(job, file, directory)));
  const documents = read.flat();
  const sampled = documents
    .filter(({ position }) => isSampled(position, countOf(job)))
    .map((document) => ({ ...document, bytes: new Uint8Array(document.bytes) })); // a view, as a Buffer's slice is one, would take its whole file along
  const others = documents.filter(({ position }) => !isSampled(position, countOf(job)));
  await Promise.all([
    expectGood(job, sampled, async (bytes) => check(bytes, "every-node")),
    expectGood(job, others, async (bytes) => check(bytes, "root")),
  ]);
  return documents.length;
}

/** All of a small batch, of a larger one evenly spread. */
function isSampled(position: number, count: number): boolean {
  return count <= WHOLE_TREE || position % Math.ceil(count / SAMPLE) === 0;
}

interface WrittenDocument {
  readonly bytes: Uint8Array;
  readonly position: number;
  /** File and line, and whose it is, for messages. */
  readonly where: string;
}

async function readDocuments(
  job: Job,
  file: EntryFile<SealedNotes>,
  directory: DocumentDirectory,
): Promise<readonly WrittenDocument[]> {
  const bytes = await directory.read(file.name);
  if (bytes === undefined) throw failure(job, file.name, "it is not where it was written");
  const documents = documentsIn(file.name, bytes);
  if (documents.length !== file.entries.length)
    throw failure(job, file.name, `it holds ${documents.length} documents instead of ${file.entries.length}`);
  return file.entries.map((entry, at) => ({
    bytes: documents[at] ?? new Uint8Array(),
    position: file.start + at,
    where: `${placeInFile(file, at)} (learner ${entry.row})`,
  }));
}

async function expectGood(
  job: Job,
  documents: readonly WrittenDocument[],
  check: (bytes: readonly Uint8Array[]) => Promise<readonly OwnVerdict[]>,
): Promise<void> {
  if (documents.length === 0) return;
  const verdicts = await check(documents.map(({ bytes }) => bytes));
  for (const [at, { where }] of documents.entries()) {
    const verdict = verdicts[at];
    if (verdict?.kind !== "good") throw failure(job, where, reasonOf(verdict));
  }
}

function reasonOf(verdict: OwnVerdict | undefined): string {
  if (verdict === undefined) return "nothing was said of it";
  return verdict.kind === "good" ? "" : verdict.reason;
}

function failure(job: Job, where: string, reason: string): TestamurError {
  return new TestamurError("CHECK_FAILED", `${where} is not good: ${reason}`, {
    next: `nothing was handed out; find the cause, then: testamur resume ${job.order.id}`,
  });
}
