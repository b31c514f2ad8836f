/** Which documents share a file: those that stand side by side under one name. */

import type { SealedBytes, SealedEntry, SealedNotes } from "../core/ports/batches.ts";

/** One file of documents: one in a `.json` file, up to a thousand in an `.ndjson` file, a line each. */
export interface EntryFile<Entry = SealedEntry | SealedBytes> {
  readonly name: string;
  /** The first one's position in the batch. */
  readonly start: number;
  readonly entries: readonly Entry[];
}

const LINES = ".ndjson";
const LINE_FEED = 0x0a;

/** The files of a batch, in order. */
export async function* filesOf<Entry extends SealedNotes>(
  entries: AsyncIterable<Entry>,
): AsyncGenerator<EntryFile<Entry>> {
  let gathered: Entry[] = [];
  let start = 0;
  for await (const entry of entries) {
    const [first] = gathered;
    if (first !== undefined && first.fileName !== entry.fileName) {
      yield { name: first.fileName, start, entries: gathered };
      start += gathered.length;
      gathered = [];
    }
    gathered.push(entry);
  }
  const [first] = gathered;
  if (first !== undefined) yield { name: first.fileName, start, entries: gathered };
}

/** Where one document lies: its file, and in a file of lines the line, `3f9a2c7b-000001.ndjson:12`. */
export function placeInFile({ name }: Pick<EntryFile, "name">, at: number): string {
  return name.endsWith(LINES) ? `${name}:${at + 1}` : name;
}

/** The documents in the bytes of a file, as views. */
export function documentsIn(name: string, bytes: Uint8Array): readonly Uint8Array[] {
  if (!name.endsWith(LINES)) return [bytes];
  const documents: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start) + 1 || bytes.length;
    documents.push(bytes.subarray(start, end));
    start = end;
  }
  return documents;
}
