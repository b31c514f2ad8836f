/** The few things we ask of a disk, each durable or not as its name says; disks that are full say so in our words. */

import { mkdir, open, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";

import { TestamurError } from "../core/errors.ts";

/** A part of a file's content: bytes, or text to be written as UTF-8. */
export type Piece = string | Uint8Array;

/** A disk. Tests hand in one that fails at a chosen call, before or after it has done its work. */
export interface Disk {
  /** A new file, not yet flushed. An old file of that name is replaced. */
  writeFile(path: string, pieces: Iterable<Piece> | AsyncIterable<Piece>): Promise<void>;
  /** Makes a file's content durable; its name is so only after `syncDirectory`. */
  syncFile(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Makes names durable: what was created in, moved into or out of a directory. */
  syncDirectory(path: string): Promise<void>;
  /** Makes a directory and those above it, durably. */
  makeDirectory(path: string): Promise<void>;
  /** undefined where there is no such file. */
  readFile(path: string): Promise<Uint8Array | undefined>;
  /** Names in a directory, or undefined where there is none. */
  listDirectory(path: string): Promise<readonly string[] | undefined>;
  removeFile(path: string): Promise<void>;
  removeDirectory(path: string): Promise<void>;
}

/** Only their owner reads what lies in the home directory and the documents that wait. */
const PRIVATE_FILE = 0o600;
const PIECE_CHARACTERS = 1_048_576;

export const nodeDisk: Disk = {
  async writeFile(path, pieces) {
    const file = await open(path, "w", PRIVATE_FILE);
    try {
      for await (const piece of gather(pieces)) await file.writeFile(piece);
    } finally {
      await file.close();
    }
  },
  rename,
  syncFile: flush,
  syncDirectory: flush,
  async makeDirectory(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return; // it was there
    for (let made = path; made !== dirname(first); made = dirname(made)) await nodeDisk.syncDirectory(made);
    await nodeDisk.syncDirectory(dirname(first));
  },
  readFile: async (path) => orNothing(readFile(path)),
  listDirectory: async (path) => orNothing(readdir(path)),
  removeFile: async (path) => rm(path, { force: true }),
  removeDirectory: rmdir,
};

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Small texts are joined before they are written. */
async function* gather(pieces: Iterable<Piece> | AsyncIterable<Piece>): AsyncGenerator<Piece> {
  let gathered = "";
  for await (const piece of pieces) {
    if (typeof piece === "string") gathered += piece;
    if (gathered !== "" && (typeof piece !== "string" || gathered.length >= PIECE_CHARACTERS)) {
      yield gathered;
      gathered = "";
    }
    if (typeof piece !== "string") yield piece;
  }
  if (gathered !== "") yield gathered;
}

async function orNothing<Value>(read: Promise<Value>): Promise<Value | undefined> {
  try {
    return await read;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** The system's own word for what went wrong, if it is one of its errors. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const NO_SPACE = ["ENOSPC", "EDQUOT"];

/** The same error in our words: a full disk is `DISK_FULL`, anything else of the system's `FILE_UNREADABLE`. */
export function toDiskFault(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (error instanceof TestamurError || code === undefined) return error;
  if (NO_SPACE.includes(code))
    return new TestamurError("DISK_FULL", `there is no space left at ${path}`, {
      cause: error,
      next: "make room, then resume the batch: nothing is lost",
    });
  return new TestamurError("FILE_UNREADABLE", `${path} cannot be read or written (${code})`, {
    cause: error,
    next: "check the path and your rights",
  });
}
