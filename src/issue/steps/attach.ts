/** final → attached: the documents, the registrar's index and the batch's facts, all in the waiting room of the directory. */

import { fromHex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Anchor, DocumentDirectory, OutFile, SealedEntry } from "../../core/ports.ts";
import { chunksOf } from "../chunks.ts";
import type { Job } from "../job.ts";
import { BATCH_FILE, INDEX_FILE } from "../names.ts";
import { batchFacts, indexLines } from "../registrar-files.ts";
import { placeOf, type BatchTree } from "../trees.ts";
import { rootOf } from "./on-record.ts";
import { countOf, regrowTree } from "./root.ts";

/** Documents that are written together. */
const WRITE_CHUNK = 256;

/** @throws {TestamurError} `FILE_EXISTS` for another batch's directory, `DISK_FULL`, `BATCH_CORRUPT`. */
export async function attachDocuments(job: Job): Promise<void> {
  const directory = job.ports.openDirectory(job.order.out, job.order.id);
  await writeDocuments(job, directory);
  await job.record("attached", { count: countOf(job) });
}

/** Everything the batch hands out, into the waiting room of a directory. */
export async function writeDocuments(job: Job, directory: DocumentDirectory): Promise<void> {
  const batch = await regrowTree(job);
  await directory.prepare([INDEX_FILE, BATCH_FILE]);
  await job.effect("write-documents", () => writeAll(job, batch, directory));
}

async function writeAll(job: Job, batch: BatchTree, directory: DocumentDirectory): Promise<void> {
  const { batches } = job.ports;
  const { id } = job.order;
  const total = countOf(job);
  for await (const { start, items } of chunksOf(batches.readSealed(id), WRITE_CHUNK)) {
    await directory.write(items.map((entry, at) => toDocument(job, batch, entry, start + at)));
    await job.during("writing");
    job.tell({ kind: "working", toward: "attached", done: start + items.length, total });
  }
  await directory.writeStream(INDEX_FILE, indexLines(batches.readSealed(id)));
  await directory.write([{ name: BATCH_FILE, text: batchFacts(job.order, anchorOf(job), total) }]);
}

/** The document of one sealed credential: the same bytes, however often it is made. */
export function toDocument(job: Job, batch: BatchTree, entry: SealedEntry, position: number): OutFile {
  const signatures = entry.signature === undefined ? [] : [fromHex(entry.signature)];
  const text = job.format.attach(entry.sealed, placeOf(batch, position), anchorOf(job), signatures);
  return { name: entry.fileName, text };
}

/** The anchor that documents name, as it was recorded when it was final. */
export function anchorOf(job: Job): Anchor {
  const { block, transaction } = job.detailOf("final");
  if (typeof block !== "number")
    throw new TestamurError("BATCH_CORRUPT", `batch ${job.order.id} has no final block on record`);
  return {
    chainId: job.order.chainId,
    store: job.order.store,
    root: rootOf(job),
    block,
    ...(typeof transaction === "string" && { transaction: transaction as `0x${string}` }),
  };
}
