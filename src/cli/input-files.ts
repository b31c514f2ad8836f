/** The documents that paths on a command line stand for: files, directories, newline-delimited files. */

import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { TestamurError } from "../core/errors.ts";
import { mayHoldDocument } from "../formats/document-in.ts";
import { linesOf } from "../http/lines.ts";

/** One document as it came. `name` is what people call it: a path, or a path and a line. */
export interface InputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Above this size a file is not even read: the strict reader would refuse it (16 MiB), so only its head is handed on. */
const MAX_BYTES = 16 * 1024 * 1024;
/** In place of a line above it: refused for its length, whatever it holds. */
const OVERLONG = new Uint8Array(MAX_BYTES + 1);
const IMAGE_NAME = /\.(?:png|svg)$/i;
const DOCUMENT_NAME = /\.(?:json|jsonld|opencert|oa|tt)$/i;

/**
 * Reads the documents one after the other, in the order given; directories in the order of their names, their own
 * directories included, hidden files left out.
 *
 * @throws {TestamurError} `FILE_UNREADABLE` naming the path, `USAGE` when a directory holds no document.
 */
export async function* readInputFiles(paths: readonly string[]): AsyncGenerator<InputFile> {
  for (const path of paths) yield* readPath(path);
}

/**
 * The bytes of one file, whatever is in it.
 *
 * @throws {TestamurError} `FILE_UNREADABLE`.
 */
export async function readOneFile(path: string): Promise<Uint8Array> {
  return readCapped(path);
}

async function* readPath(path: string): AsyncGenerator<InputFile> {
  const found = await stat(path).catch((cause: unknown) => unreadable(path, cause));
  let count = 0;
  for await (const inner of found.isDirectory() ? walk(path) : [path])
    for await (const document of readFileOrLines(inner)) {
      count++;
      yield document;
    }
  if (count === 0)
    throw new TestamurError("USAGE", `${path} holds no documents`, {
      next: "documents are .json files, lines of .ndjson files, and badges (.png, .svg)",
    });
}

async function* walk(directory: string): AsyncGenerator<string> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) =>
    unreadable(directory, cause),
  );
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) yield* walk(path);
    else if (DOCUMENT_NAME.test(entry.name) || isLines(entry.name)) yield path;
    else if (IMAGE_NAME.test(entry.name) && mayHoldDocument(await readCapped(path))) yield path;
  }
}

async function* readFileOrLines(path: string): AsyncGenerator<InputFile> {
  if (!isLines(path)) {
    yield { name: path, bytes: await readCapped(path) };
    return;
  }
  try {
    for await (const line of linesOf(createReadStream(path), MAX_BYTES))
      yield { name: `${path}:${line.number}`, bytes: line.kind === "line" ? line.bytes : OVERLONG };
  } catch (cause) {
    unreadable(path, cause);
  }
}

function isLines(name: string): boolean {
  return name.toLowerCase().endsWith(".ndjson");
}

async function readCapped(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_BYTES) return await readFile(path);
    const head: Uint8Array[] = [];
    for await (const chunk of createReadStream(path, { end: MAX_BYTES })) head.push(chunk as Uint8Array);
    return Buffer.concat(head);
  } catch (cause) {
    return unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): never {
  const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";
  throw new TestamurError("FILE_UNREADABLE", `${path} cannot be read (${reason})`, {
    cause,
    next: "check the path and your rights",
  });
}
