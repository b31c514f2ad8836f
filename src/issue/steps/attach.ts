/** final → attached: the documents, the registrar's index and the batch's facts, all in the waiting room of the directory. */

import { fromHex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Anchor, DocumentDirectory, OutFile, SealedEntry } from "../../core/ports.ts";
import { chunksOf } from "../chunks.ts";
import { filesOf, type EntryFile } from "../document-files.ts";
import type { Job } from "../job.ts";
import { BATCH_FILE, INDEX_FILE } from "../names.ts";
import { batchFacts, indexLines } from "../registrar-files.ts";
import type { TreePlace } from "../../formats/format.ts";
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
  let done = 0;
  for await (const files of chunksOf(filesOf(batches.readSealed(id)), WRITE_CHUNK, ({ entries }) => entries.length)) {
    await directory.write(files.map((file) => toFile(job, batch, file)));
    await job.during("writing");
    done += files.reduce((sum, { entries }) => sum + entries.length, 0);
    job.tell({ kind: "working", toward: "attached", done, total });
  }
  await directory.writeStream(INDEX_FILE, indexLines(batches.readSealed(id)));
  await directory.write([{ name: BATCH_FILE, text: batchFacts(job.order, anchorOf(job), total) }]);
}

/** A file of documents: the same bytes, however often it is made. */
export function toFile(job: Job, batch: BatchTree, { name, start, entries }: EntryFile): OutFile {
  const anchor = anchorOf(job);
  const texts = entries.map((entry, at) => toDocument(job, entry, placeOf(batch, start + at), anchor));
  return { name, text: texts.join("") };
}

/** The document of one sealed credential, as text that ends in a line break. */
function toDocument(job: Job, { sealed, signature }: SealedEntry, place: TreePlace, anchor: Anchor): string {
  return job.format.attach(sealed, place, anchor, signature === undefined ? [] : [fromHex(signature)]);
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
