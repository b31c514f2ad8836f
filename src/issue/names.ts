/** The names a batch gives: to itself and to its files. None is made from learner data. */

import { toHexDigits } from "../core/bytes.ts";
import type { RandomSource } from "../core/ports/answer.ts";

/** The registrar's list of what was issued, beside the documents. */
export const INDEX_FILE = "index.csv";
/** What the batch is and where it was anchored, beside the documents: JSON, but not by name, since all `.json` are documents. */
export const BATCH_FILE = "batch.info";

/** How documents lie in their directory: each in a file, or many in one, a line each. */
export type Layout = "files" | "lines";

/** Batches above this are laid out in lines unless somebody asks for files: no tool likes a directory of a million. */
export const MOST_FILES = 100_000;
/** Documents in one file of lines: a few megabytes. */
export const LINES_PER_FILE = 1_000;

const ROW_DIGITS = 6;

/** A new batch's id: its day and eight random digits. */
export function newBatchId(now: Date, random: RandomSource): string {
  return `${now.toISOString().slice(0, 10).replaceAll("-", "")}-${toHexDigits(random(4))}`;
}

/** The layout of a batch for which nobody asked for one. */
export function layoutFor(count: number): Layout {
  return count > MOST_FILES ? "lines" : "files";
}

/**
 * `3f9a2c7b-000123.json`: the batch's random part and the learner's number; or `3f9a2c7b-000001.ndjson`, with the number
 * of the first learner in it.
 */
export function fileNameOf(batch: string, row: number, layout: Layout): string {
  const first = layout === "files" ? row : row - ((row - 1) % LINES_PER_FILE);
  const extension = layout === "files" ? "json" : "ndjson";
  return `${batch.slice(batch.indexOf("-") + 1)}-${String(first).padStart(ROW_DIGITS, "0")}.${extension}`;
}
