/** The OpenAttestation documents of the vectors with what their index says of them; see ORIGIN.md there for their sources. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { findVectors } from "./vectors.ts";

/** One row of the index. */
export interface CorpusDocument {
  readonly file: string;
  readonly format: string;
  /** `true`, `false`, `throws` or `n/a`: digest, path and, for version 3, shape; nothing about chains or DNS. */
  readonly integrity: string;
  readonly notes: string;
  readonly bytes: Uint8Array;
}

/** Documents whose `format` column begins as given; none where the vectors are absent. */
export function corpus(format: string): CorpusDocument[] {
  const index = findVectors("openattestation/INDEX.tsv");
  if (index === undefined) return [];
  const [, ...rows] = readFileSync(index, "utf8").trim().split("\n");
  return rows
    .map((row) => row.split("\t"))
    .filter((columns) => columns[2]?.startsWith(format))
    .map(([file = "", , format = "", integrity = "", notes = ""]) => ({
      file,
      format,
      integrity,
      notes,
      bytes: readFileSync(join(dirname(index), file)),
    }));
}
