/** attached → checked: our own verifier reads every written document back; only then do they leave the waiting room. */

import { TestamurError } from "../../core/errors.ts";
import type { Aspect, Finding } from "../../core/findings.ts";
import type { DocumentChecker, DocumentDirectory, SealedEntry } from "../../core/ports.ts";
import { chunksOf } from "../chunks.ts";
import type { Job } from "../job.ts";
import { patiently } from "../patiently.ts";
import { rootOf } from "./on-record.ts";
import { countOf } from "./root.ts";

/** Documents whose questions travel to the chain together. */
const CHECK_CHUNK = 256;

/** Identity and dates are reported to verifiers, not asked here: a DNS record may follow, a document may start later. */
const ASKED: readonly Aspect[] = ["integrity", "signature", "anchor", "status"];

/** @throws {TestamurError} `CHECK_FAILED` for the first document that is not good; `NODE_UNAVAILABLE` while it cannot be said. */
export async function checkDocuments(job: Job): Promise<void> {
  await releaseGood(job, job.ports.openDirectory(job.order.out, job.order.id));
  await job.record("checked", { count: countOf(job) });
}

/** Checks what lies in a directory's waiting room, and lets all of it out. */
export async function releaseGood(job: Job, directory: DocumentDirectory): Promise<void> {
  const total = countOf(job);
  let checker = await job.ports.openChecker();
  for await (const { start, items } of chunksOf(job.ports.batches.readSealed(job.order.id), CHECK_CHUNK)) {
    checker = await checkChunk(job, items, directory, checker);
    await job.during("checking");
    job.tell({ kind: "working", toward: "checked", done: start + items.length, total });
  }
  await job.effect("release-documents", () => directory.release());
}

/** @returns the checker for the next chunk: a new session where the old one could not ask. */
async function checkChunk(
  job: Job,
  entries: readonly SealedEntry[],
  directory: DocumentDirectory,
  checker: DocumentChecker,
): Promise<DocumentChecker> {
  let current: DocumentChecker | undefined = checker;
  return patiently(job, async () => {
    const session = current ?? (await job.ports.openChecker());
    current = undefined; // a second attempt asks with fresh eyes
    await Promise.all(entries.map((entry) => checkOne(job, entry, directory, session)));
    return session;
  });
}

async function checkOne(
  job: Job,
  entry: SealedEntry,
  directory: DocumentDirectory,
  checker: DocumentChecker,
): Promise<void> {
  const bytes = await directory.read(entry.fileName);
  if (bytes === undefined) throw failure(job, entry, "it is not where it was written");
  const { findings, anchor } = await checker.check(bytes);
  const asked = findings.filter(({ aspect }) => ASKED.includes(aspect));
  const bad = asked.find(({ outcome }) => outcome === "fail");
  if (bad !== undefined) throw failure(job, entry, bad.message);
  const doubt = asked.find(({ outcome }) => outcome === "unknown");
  if (doubt !== undefined) throw unsure(job, entry, doubt);
  if (!hasPassed(asked, "integrity") || !hasPassed(asked, "anchor"))
    throw failure(job, entry, "integrity and anchor were not both found good");
  if (anchor?.root !== rootOf(job)) throw failure(job, entry, "it names another root");
}

function hasPassed(findings: readonly Finding[], aspect: Aspect): boolean {
  return findings.some((finding) => finding.aspect === aspect && finding.outcome === "pass");
}

function failure(job: Job, { row, fileName }: SealedEntry, reason: string): TestamurError {
  return new TestamurError("CHECK_FAILED", `${fileName} (learner ${row}) is not good: ${reason}`, {
    next: `nothing was handed out; find the cause, then: testamur resume ${job.order.id}`,
  });
}

/** Could not be said is not bad: the documents wait. */
function unsure(job: Job, { fileName }: SealedEntry, doubt: Finding): TestamurError {
  return new TestamurError("NODE_UNAVAILABLE", `${fileName} could not be checked: ${doubt.message}`, {
    next: `the documents are written and wait: testamur resume ${job.order.id}`,
  });
}
