/** A batch's sealed credentials in one file: a line each, framed by length and checksum, closed by a count. */

import { existsSync } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

import { fromUtf8, toUtf8 } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { SealedBytes, SealedEntry, SealedNotes, SealedWriter } from "../core/ports/batches.ts";
import { nodeDisk, toDiskFault } from "./disk.ts";
import { readPieces, type Kept } from "./read-file.ts";

const PRIVATE_FILE = 0o600;
const FLUSH_BYTES = 1_048_576;
const READ_BYTES = 1_048_576;
/** A credential has at most 1 MiB; with its escapes a line may have this much. */
const MAX_LINE_BYTES = 16 * 1_048_576;
const LINE_FEED = 0x0a;
const LINE_END: Uint8Array = Buffer.of(LINE_FEED);
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
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let count = 0;

  async function flush(): Promise<FileHandle> {
    file ??= await open(unfinished, "w", PRIVATE_FILE);
    if (pieces.length > 0) await file.writev(pieces);
    pieces = [];
    bytes = 0;
    return file;
  }
  function add(...content: readonly Uint8Array[]): void {
    const head = headOf(content);
    pieces.push(head, ...content, LINE_END);
    bytes += content.reduce((sum, { length }) => sum + length, head.length + 1);
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
        add(...toContent(entry));
        count++;
        if (bytes >= FLUSH_BYTES) await flush();
      }),
    commit: async () =>
      words(async () => {
        add(toUtf8(`${END} ${count}`));
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
 * The entries, in the order in which they were written; their sealed forms are views of what was read.
 *
 * @throws {TestamurError} `BATCH_CORRUPT` for a byte that is not the one that was written, and for a file that was cut.
 */
export async function* readSealedFile(path: string): AsyncGenerator<SealedBytes> {
  for await (const content of readContents(path, "lasting")) yield toEntry(content);
}

/**
 * What is noted of the first of each so many entries, and its sealed form; all others are read, and compared with their checksums, too.
 * However large the file is, it is read through the same two pieces of memory.
 *
 * @throws {TestamurError} as `readSealedFile`.
 */
export async function* readSealedSample(path: string, every: number): AsyncGenerator<SealedBytes> {
  let position = 0;
  for await (const content of readContents(path, "passing"))
    if (position++ % every === 0) yield toEntry(Buffer.from(content));
}

/**
 * What is noted of the entries, without their sealed forms, which are read and compared with their checksums all the same.
 *
 * @throws {TestamurError} as `readSealedFile`.
 */
export async function* readSealedNotes(path: string): AsyncGenerator<SealedNotes> {
  for await (const content of readContents(path, "passing")) yield toNotes(content, content.indexOf(TAB));
}

/**
 * The entries' contents, each as it was written, up to the end that was written behind them.
 *
 * @param kept  `passing`: a content is good until the next one is asked for.
 */
async function* readContents(path: string, kept: Kept): AsyncGenerator<Buffer> {
  let count = 0;
  let isClosed = false;
  for await (const lines of readLines(path, kept))
    for (const line of lines) {
      if (isClosed) throw corrupt(path, count + 1, "stands behind the end");
      const content = fromLine(line, path, count + 1);
      isClosed = !content.includes(TAB);
      if (!isClosed) {
        count++;
        yield content;
      } else if (fromUtf8(content) !== `${END} ${count}`)
        throw corrupt(path, count + 1, `says ${fromUtf8(content)} after ${count} entries`);
    }
  if (!isClosed) throw corrupt(path, count + 1, "is missing: the file was cut");
}

/** The same entries, each made text when somebody asks for it. */
export async function* withTexts(entries: AsyncIterable<SealedBytes>): AsyncGenerator<SealedEntry> {
  for await (const { sealed: bytes, ...notes } of entries)
    yield {
      ...notes,
      get sealed() {
        return fromUtf8(bytes);
      },
    };
}

// --- lines -----------------------------------------------------------------------------------------------------------

/** In two pieces: the sealed form is not copied to stand behind its notes. */
function toContent({ sealed, ...notes }: SealedEntry | SealedBytes): readonly Uint8Array[] {
  return [Buffer.from(`${JSON.stringify(notes)}\t`), typeof sealed === "string" ? toUtf8(sealed) : sealed];
}

function toEntry(content: Buffer): SealedBytes {
  const tab = content.indexOf(TAB);
  return { ...toNotes(content, tab), sealed: content.subarray(tab + 1) };
}

function toNotes(content: Buffer, tab: number): SealedNotes {
  return JSON.parse(content.toString("utf8", 0, tab)) as SealedNotes;
}

/** What stands before a content: `<bytes> <checksum, 8 hexadecimal digits> `. JSON text has no line breaks of its own. */
function headOf(content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, piece) => sum + piece.length, 0);
  return Buffer.from(`${length} ${checksumOf(...content)} `);
}

function fromLine(line: Buffer, path: string, number: number): Buffer {
  const head = /^(\d{1,9}) ([0-9a-f]{8}) /.exec(line.toString("latin1", 0, 20));
  if (head === null) throw corrupt(path, number, "has no frame");
  const content = line.subarray(head[0].length);
  if (content.length !== Number(head[1])) throw corrupt(path, number, "does not have its length");
  if (checksumOf(content) !== head[2]) throw corrupt(path, number, "does not have its checksum");
  return content;
}

function checksumOf(...pieces: readonly Uint8Array[]): string {
  return pieces
    .reduce((sum, piece) => crc32(piece, sum), 0)
    .toString(16)
    .padStart(8, "0");
}

/** The lines that end in each piece of the file. */
async function* readLines(path: string, kept: Kept): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of readPieces(path, READ_BYTES, kept)) {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      lines.push(rest.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...rest, chunk.subarray(start, end)]));
      rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) rest.push(Buffer.from(chunk.subarray(start)));
    restBytes += chunk.length - start;
    yield lines;
    if (restBytes > MAX_LINE_BYTES) throw corrupt(path, 0, "is longer than any");
  }
  if (restBytes > 0) yield [Buffer.concat(rest)]; // without its line break: the frame tells whether it is whole
}

function corrupt(path: string, line: number, what: string): TestamurError {
  return new TestamurError("BATCH_CORRUPT", `${path}: line ${line} ${what}`, {
    next: "restore the home directory from a backup; nothing can be made of this batch without its salts",
  });
}
