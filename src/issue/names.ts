/** The names a batch gives: to itself and to its files. None is made from learner data. */

import { toHexDigits } from "../core/bytes.ts";
import type { RandomSource } from "../core/ports.ts";

/** The registrar's list of what was issued, beside the documents. */
export const INDEX_FILE = "index.csv";
/** What the batch is and where it was anchored, beside the documents: JSON, but not by name, since all `.json` are documents. */
export const BATCH_FILE = "batch.info";

const ROW_DIGITS = 6;

/** A new batch's id: its day and eight random digits. */
export function newBatchId(now: Date, random: RandomSource): string {
  return `${now.toISOString().slice(0, 10).replaceAll("-", "")}-${toHexDigits(random(4))}`;
}

/** `3f9a2c7b-000123.json`: the batch's random part and the learner's number. */
export function fileNameOf(batch: string, row: number): string {
  return `${batch.slice(batch.indexOf("-") + 1)}-${String(row).padStart(ROW_DIGITS, "0")}.json`;
}
