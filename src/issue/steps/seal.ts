/** draft → sealed: every learner's credential is salted, digested and on disk before anything is built on it. */

import { toHex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { SealedBytes, SealedEntry, SealedWriter } from "../../core/ports/batches.ts";
import { openCredentials } from "../credentials.ts";
import { openSealing, type Job } from "../job.ts";
import { fileNameOf, layoutFor, type Layout } from "../names.ts";
import { findStatusList, openPlacements, toBatchPlace, type BatchPlace } from "../placement.ts";
import { collectProblems } from "../problems.ts";
import { sealLearners, type Holder, type SealedForm } from "../seal-each.ts";
import { countStored } from "./stored-tree.ts";

/** Credentials between two checkpoints and two words about how far it is. */
const SEALING_STEP = 500;

/**
 * @throws {TestamurError} `ROSTER_INVALID` when a file is not the one the order was made with, or a row cannot be issued:
 *   the batch is abandoned then, with nothing left of it.
 */
export async function sealCredentials(job: Job): Promise<void> {
  const { id } = job.order;
  if (!job.ports.batches.hasSealed(id)) await sealAll(job); // a crash may have come right after the commit
  job.ports.endSealing?.();
  await job.record("sealed", { count: await countSealed(job) });
}

async function sealAll(job: Job): Promise<void> {
  const writer = job.ports.batches.openSealedWriter(job.order.id);
  try {
    await writeEntries(job, writer);
  } catch (error) {
    await writer.discard();
    if (error instanceof TestamurError && error.code === "ROSTER_INVALID")
      await job.record("abandoned", { reason: error.message });
    throw error;
  }
  await job.effect("commit-sealed", () => writer.commit());
}

async function writeEntries(job: Job, writer: SealedWriter): Promise<void> {
  const { order, ports } = job;
  const { roster = "", template = "", learnerId, count = 0 } = job.detailOf("draft");
  const problems = collectProblems();
  const place = await placeOfBatch(job);
  const placementOf = openPlacements(place);
  const sources = {
    roster: String(roster),
    template: String(template),
    ...(typeof learnerId === "string" && { learnerId }),
    ...place,
  };
  const { learners, digests } = await openCredentials(sources, problems, ports);
  const seal = openSealing(job.format, Number(count), ports);
  const layout = layoutOf(job);
  let done = 0;
  for await (const { learner, sealed } of sealLearners(learners, placementOf, seal, problems)) {
    await writer.write(await toEntry(job, layout, learner, sealed));
    if (++done % SEALING_STEP === 1) {
      await job.during("sealing");
      job.tell({ kind: "working", toward: "sealed", done, total: Number(count) });
    }
  }
  problems.refuseIfAny("ROSTER_INVALID", "the roster");
  const found = digests();
  if (found.roster !== order.rosterDigest || found.template !== order.templateDigest)
    throw new TestamurError("ROSTER_INVALID", "the roster or its template was changed while it was being issued", {
      next: "nothing was issued: issue again with the files as they are now",
    });
  job.tell({ kind: "working", toward: "sealed", done, total: done });
}

/** What was fixed when the batch was made, and who signs now. */
async function placeOfBatch(job: Job): Promise<BatchPlace> {
  const signer = await job.signer();
  return toBatchPlace(job.order, job.ports.issuer, signer, findStatusList(job.detailOf("draft")));
}

async function toEntry(
  job: Job,
  layout: Layout,
  { row, learnerId }: Holder,
  { leaf, form, toSign }: SealedForm,
): Promise<SealedEntry | SealedBytes> {
  const notes = {
    row,
    ...(learnerId !== undefined && { learnerId }),
    fileName: fileNameOf(job.order.id, row, layout),
    leaf: toHex(leaf),
    ...(toSign !== undefined && { signature: toHex(await sign(job, toSign)) }),
  };
  return typeof form === "string" ? { ...notes, sealed: form } : { ...notes, sealed: form };
}

async function sign(job: Job, bytes: Uint8Array): Promise<Uint8Array> {
  const signer = await job.signer();
  if (signer !== undefined) return signer.sign(bytes);
  throw new TestamurError("INTERNAL", `${job.format.id} wants a signature though its documents carry none`);
}

async function countSealed(job: Job): Promise<number> {
  const expected = Number(job.detailOf("draft")["count"]);
  const count = await countStored(job, expected);
  if (count === expected) return count;
  throw new TestamurError("BATCH_CORRUPT", `${count} credentials are stored for another number of learners`, {
    next: "nothing was anchored: issue again with --again",
  });
}

/** As it was asked for when the batch was created. */
function layoutOf(job: Job): Layout {
  const { layout, count } = job.detailOf("draft");
  return layout === "files" || layout === "lines" ? layout : layoutFor(Number(count));
}
