/** The state machine of a batch: from whatever state it is in to the last one, one step after the other. */

import { TestamurError } from "../core/errors.ts";
import type { BatchState, BatchTransition } from "../core/ports/batches.ts";
import type { MainState } from "./checkpoints.ts";
import { isAbandoned, openJob, type IssuePorts, type Job } from "./job.ts";
import type { IssueResult } from "./result.ts";
import { resultOf } from "./result.ts";
import { attachDocuments } from "./steps/attach.ts";
import { checkDocuments } from "./steps/check.ts";
import { plantTree } from "./steps/root.ts";
import { sealCredentials } from "./steps/seal.ts";
import { awaitBlock, awaitFinality } from "./steps/settle.ts";
import { sendAnchor, signAnchor } from "./steps/sign.ts";

/** What leads out of each state; every step records the state it reaches before anything else happens. */
const STEPS: Readonly<Record<Exclude<MainState, "checked">, (job: Job) => Promise<void>>> = {
  draft: sealCredentials, //     credentials → salted, digested, on disk
  sealed: plantTree, //          leaves → tree, second opinion, rehearsal
  rooted: signAnchor, //         root → approved, signed, on disk
  signed: sendAnchor, //         bytes → node
  broadcast: awaitBlock, //      node → block
  mined: awaitFinality, //       block → beyond reorganisation
  final: attachDocuments, //     anchor → documents in the waiting room
  attached: checkDocuments, //   documents → read back by our own verifier, handed out
};

/**
 * Brings a batch to its end. Killed at any point, it can be called again: the chain is asked before anything is repeated.
 *
 * @throws {TestamurError} what stopped it; the batch rests in the state it reached.
 */
export async function advance(id: string, ports: IssuePorts): Promise<IssueResult> {
  const job = openJob(id, ports);
  if (isAbandoned(ports.batches.historyOf(id)))
    throw new TestamurError("BATCH_NEEDS_ATTENTION", `batch ${id} was abandoned: it cannot go on`, {
      next: "issue again: a new batch is made",
    });
  for (let state = job.state(); state !== "checked"; state = job.state()) await takeStep(job, STEPS[state]);
  return resultOf(job);
}

async function takeStep(job: Job, step: (job: Job) => Promise<void>): Promise<void> {
  try {
    await step(job);
  } catch (error) {
    await setAside(job, error);
    throw error;
  }
}

/** Why a batch rests, for those who look at it later. */
const SIDE_STATES: Readonly<Partial<Record<TestamurError["code"], BatchState>>> = {
  DISK_FULL: "paused",
  BATCH_NEEDS_ATTENTION: "needs-attention",
  BATCH_CORRUPT: "needs-attention",
  SECOND_OPINION_DIFFERS: "needs-attention",
  CHECK_FAILED: "needs-attention",
  ROOT_NOT_USABLE: "abandoned", // a root that cannot be anchored stays so; nothing was signed for it
};

async function setAside(job: Job, error: unknown): Promise<void> {
  if (!(error instanceof TestamurError)) return;
  const state = SIDE_STATES[error.code];
  if (state === undefined) return;
  const detail: BatchTransition["detail"] = { code: error.code, reason: error.message };
  try {
    await job.record(state, detail);
  } catch {
    // a disk that is full has no room for this row either: the error itself is on its way to a person
  }
}
