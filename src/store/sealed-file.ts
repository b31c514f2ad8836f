/** A batch's sealed credentials in one file: a line each, framed by length and checksum, closed by a count. */

import { createReadStream, existsSync } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

import { fromUtf8 } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { SealedEntry, SealedWriter } from "../core/ports.ts";
import { nodeDisk, toDiskFault } from "./disk.ts";

const PRIVATE_FILE = 0o600;
const FLUSH_BYTES = 1_048_576;
const READ_BYTES = 1_048_576;
/** A credential has at most 1 MiB; with its escapes a line may have this much. */
const MAX_LINE_BYTES = 16 * 1_048_576;
const LINE_FEED = 0x0a;
/** The last line: `end 412`. Without it, the file was cut. */
const END = "end";
/** Between what we note of a credential and its sealed form; JSON text has no tabs of its own. */
const TAB = 0x09;

/** The file of a batch is there once its writer has committed. */
export function isSealedFile(path: string): boolean {
  return existsSync(path);
}

/**
 * Writes a new file beside the old one, if there is any; only `commit` gives it its name.
 *
 * @throws {TestamurError} `DISK_FULL`.
 */
export function openSealedFile(path: string): SealedWriter {
  const unfinished = `${path}.part`;
  let file: FileHandle | undefined;
  let lines: Buffer[] = [];
  let bytes = 0;
  let count = 0;

  async function flush(): Promise<FileHandle> {
    file ??= await open(unfinished, "w", PRIVATE_FILE);
    if (lines.length > 0) await file.writev(lines);
    lines = [];
    bytes = 0;
    return file;
  }
  const words = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      throw toDiskFault(error, path);
    }
  };
  return {
    write: async (entry) =>
      words(async () => {
        const line = toLine(toContent(entry));
        lines.push(line);
        bytes += line.length;
        count++;
        if (bytes >= FLUSH_BYTES) await flush();
      }),
    commit: async () =>
      words(async () => {
        lines.push(toLine(`${END} ${count}`));
        const written = await flush();
        await written.sync();
        await written.close();
        await rename(unfinished, path);
        await nodeDisk.syncDirectory(dirname(path));
      }),
    discard: async () =>
      words(async () => {
        await file?.close();
        await rm(unfinished, { force: true });
      }),
  };
}

/**
 * The entries, in the order in which they were written.
 *
 * @throws {TestamurError} `BATCH_CORRUPT` for a byte that is not the one that was written, and for a file that was cut.
 */
export async function* readSealedFile(path: string): AsyncGenerator<SealedEntry> {
  let count = 0;
  let isClosed = false;
  for await (const line of readLines(path)) {
    if (isClosed) throw corrupt(path, count + 1, "stands behind the end");
    const content = fromLine(line, path, count + 1);
    const tab = content.indexOf(TAB);
    isClosed = tab === -1;
    if (!isClosed) {
      count++;
      yield toEntry(content, tab);
    } else if (fromUtf8(content) !== `${END} ${count}`)
      throw corrupt(path, count + 1, `says ${fromUtf8(content)} after ${count} entries`);
  }
  if (!isClosed) throw corrupt(path, count + 1, "is missing: the file was cut");
}

// --- lines -----------------------------------------------------------------------------------------------------------

function toContent({ sealed, ...notes }: SealedEntry): string {
  return `${JSON.stringify(notes)}\t${sealed}`;
}

/** The sealed form is decoded when somebody asks for it: for the tree, the notes are enough. */
function toEntry(content: Buffer, tab: number): SealedEntry {
  const notes = JSON.parse(content.toString("utf8", 0, tab)) as Omit<SealedEntry, "sealed">;
  return {
    ...notes,
    get sealed() {
      return fromUtf8(content.subarray(tab + 1));
    },
  };
}

/** `<bytes> <checksum, 8 hexadecimal digits> <content>\n`; JSON text has no line breaks of its own. */
function toLine(content: string): Buffer {
  const bytes = Buffer.from(content, "utf8");
  return Buffer.concat([Buffer.from(`${bytes.length} ${checksumOf(bytes)} `), bytes, Buffer.of(LINE_FEED)]);
}

function fromLine(line: Buffer, path: string, number: number): Buffer {
  const head = /^(\d{1,9}) ([0-9a-f]{8}) /.exec(line.toString("latin1", 0, 20));
  if (head === null) throw corrupt(path, number, "has no frame");
  const content = line.subarray(head[0].length);
  if (content.length !== Number(head[1])) throw corrupt(path, number, "does not have its length");
  if (checksumOf(content) !== head[2]) throw corrupt(path, number, "does not have its checksum");
  return content;
}

function checksumOf(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, "0");
}

async function* readLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of openPieces(path)) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield rest.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    restBytes += chunk.length - start;
    if (restBytes > MAX_LINE_BYTES) throw corrupt(path, 0, "is longer than any");
  }
  if (restBytes > 0) yield Buffer.concat(rest); // without its line break: the frame tells whether it is whole
}

async function* openPieces(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) yield chunk as Buffer;
  } catch (error) {
    throw toDiskFault(error, path);
  }
}

function corrupt(path: string, line: number, what: string): TestamurError {
  return new TestamurError("BATCH_CORRUPT", `${path}: line ${line} ${what}`, {
    next: "restore the home directory from a backup; nothing can be made of this batch without its salts",
  });
}
