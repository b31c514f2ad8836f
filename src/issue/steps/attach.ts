/** final → attached: the documents, the registrar's index and the batch's facts, all in the waiting room of the directory. */

import { concatBytes, fromHex, toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Anchor, DocumentDirectory, OutFile, SealedEntry } from "../../core/ports.ts";
import { chunksOf } from "../chunks.ts";
import { filesOf, type EntryFile } from "../document-files.ts";
import { inOrder } from "../in-order.ts";
import type { Job } from "../job.ts";
import { BATCH_FILE, INDEX_FILE } from "../names.ts";
import { batchFacts, indexLines } from "../registrar-files.ts";
import type { TreePlace } from "../../formats/format.ts";
import { placeOf, type BatchTree } from "../trees.ts";
import { rootOf } from "./on-record.ts";
import { countOf, regrowTree } from "./root.ts";

/** Documents that are written together. */
const WRITE_CHUNK = 256;
/** The next documents are made while the disk takes these in. */
const AT_ONCE = 2;

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
  const chunks = chunksOf(filesOf(batches.readSealed(id)), WRITE_CHUNK, ({ entries }) => entries.length);
  const write = async (files: readonly EntryFile[]): Promise<number> => {
    await directory.write(files.map((file) => toFile(job, batch, file)));
    return files.reduce((sum, { entries }) => sum + entries.length, 0);
  };
  let done = 0;
  for await (const written of inOrder(chunks, AT_ONCE, write)) {
    await job.during("writing");
    done += written;
    job.tell({ kind: "working", toward: "attached", done, total });
  }
  await directory.writeStream(INDEX_FILE, indexLines(batches.readSealed(id)));
  await directory.write([{ name: BATCH_FILE, bytes: toUtf8(batchFacts(job.order, anchorOf(job), total)) }]);
}

/** A file of documents: the same bytes, however often it is made. */
export function toFile(job: Job, batch: BatchTree, { name, start, entries }: EntryFile): OutFile {
  const anchor = anchorOf(job);
  const documents = entries.map((entry, at) => toUtf8(toDocument(job, entry, placeOf(batch, start + at), anchor)));
  return { name, bytes: documents.length === 1 ? (documents[0] ?? new Uint8Array()) : concatBytes(...documents) };
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
