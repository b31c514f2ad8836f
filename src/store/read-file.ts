/** A file's bytes as a stream, with our words where it cannot be read. */

import { createReadStream } from "node:fs";

import { toDiskFault } from "./disk.ts";

/** Small, so that few of a roster's rows are in memory at the same time. */
const CHUNK_BYTES = 65_536;

/** @throws {TestamurError} `FILE_UNREADABLE`. */
export async function* readFileInPieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield chunk as Uint8Array;
  } catch (error) {
    throw toDiskFault(error, path);
  }
}
