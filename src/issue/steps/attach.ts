/** final → attached: the documents, the registrar's index and the batch's facts, all in the waiting room of the directory. */

import { ByteWriter } from "../../core/byte-writer.ts";
import { fromHex, fromUtf8, toHex, toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Anchor } from "../../core/ports/anchoring.ts";
import type { SealedBytes, SealedEntry } from "../../core/ports/batches.ts";
import type { DocumentDirectory, OutFile } from "../../core/ports/handing-out.ts";
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
import { letGo } from "./stored-tree.ts";

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
  letGo(job);
}

async function writeAll(job: Job, batch: BatchTree, directory: DocumentDirectory): Promise<void> {
  const { batches } = job.ports;
  const { id } = job.order;
  const total = countOf(job);
  const chunks = chunksOf(filesOf(batches.readSealedBytes(id)), WRITE_CHUNK, ({ entries }) => entries.length);
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
  await directory.writeStream(INDEX_FILE, indexLines(batches.readSealedNotes(id)));
  await directory.write([{ name: BATCH_FILE, bytes: toUtf8(batchFacts(job.order, anchorOf(job), total)) }]);
}

/** Where the documents of a file are written, one file after the other. */
const lines = new ByteWriter();

/** A file of documents: the same bytes, however often it is made. */
export function toFile(job: Job, batch: BatchTree, { name, start, entries }: EntryFile): OutFile {
  const anchor = anchorOf(job);
  lines.clear();
  for (const [at, entry] of entries.entries()) {
    const place = placeOf(batch, start + at);
    // between the tree and this reading somebody may have changed what is stored
    if (entry.leaf !== toHex(place.leaf)) throw changed(job, entry);
    writeDocument(job, entry, place, anchor);
  }
  return { name, bytes: lines.toBytes() };
}

function changed({ order }: Job, { row }: Pick<SealedEntry, "row">): TestamurError {
  return new TestamurError(
    "BATCH_CORRUPT",
    `the stored credential of learner ${row} of ${order.id} is another one now`,
    {
      next: "restore the home directory from a backup",
    },
  );
}

/** The document of one sealed credential: a line with its line break. */
function writeDocument(
  { format }: Job,
  { sealed, signature }: SealedEntry | SealedBytes,
  place: TreePlace,
  anchor: Anchor,
): void {
  if (typeof sealed !== "string" && format.writeDocument !== undefined) format.writeDocument(lines, sealed, place);
  else {
    const text = typeof sealed === "string" ? sealed : fromUtf8(sealed);
    lines.bytes(toUtf8(format.attach(text, place, anchor, signature === undefined ? [] : [fromHex(signature)])));
  }
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
