/** A file's bytes piece by piece, with our words where it cannot be read. The next piece is read while this one is worked on. */

import { open, type FileHandle } from "node:fs/promises";

import { toDiskFault } from "./disk.ts";

/** Small, so that few of a roster's rows are in memory at the same time. */
const CHUNK_BYTES = 65_536;

/** How long a piece can be relied on: for good, or until the next one is asked for. */
export type Kept = "lasting" | "passing";

/** @throws {TestamurError} `FILE_UNREADABLE`. */
export function readFileInPieces(path: string): AsyncGenerator<Uint8Array> {
  return readPieces(path, CHUNK_BYTES, "lasting");
}

/**
 * @param size  bytes of a piece; any piece may have fewer.
 * @param kept  `passing` reads any file through two pieces of memory; what lasts waits for garbage collection.
 * @throws {TestamurError} `FILE_UNREADABLE`.
 */
export async function* readPieces(path: string, size: number, kept: Kept): AsyncGenerator<Buffer> {
  const turns = kept === "passing" ? [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)] : [];
  const memoryFor = (turn: number): Buffer => turns[turn % 2] ?? Buffer.allocUnsafeSlow(size);
  let file: FileHandle | undefined;
  let ahead: Promise<Buffer> | undefined;
  try {
    file = await open(path);
    ahead = readInto(file, memoryFor(0));
    for (let turn = 1; ; turn++) {
      const piece = await ahead;
      if (piece.length === 0) return;
      ahead = readInto(file, memoryFor(turn));
      ahead.catch(() => undefined); // it is heard when its turn comes
      yield piece;
    }
  } catch (error) {
    throw toDiskFault(error, path);
  } finally {
    await Promise.allSettled([ahead]);
    await file?.close();
  }
}

/** @returns what was read; nothing at the end of the file. */
async function readInto(file: FileHandle, memory: Buffer): Promise<Buffer> {
  const { bytesRead } = await file.read(memory);
  return memory.subarray(0, bytesRead);
}
