/** The Blockcerts development corpus: its index, its documents, and what each of them must give. */

import { isObject, type JsonObject } from "../../../src/core/json.ts";
import { parseStrictJson } from "../../../src/core/strict-json.ts";
import { vectorBytes, vectorText } from "../../support/vector-files.ts";

/** A row of INDEX.tsv, by column. */
export type Row = Readonly<Record<string, string>>;

/** The rows about documents. */
export function corpusRows(): readonly Row[] {
  const [head = "", ...lines] = vectorText("blockcerts/INDEX.tsv").trim().split("\n");
  const columns = head.split("\t");
  return lines
    .map((line) => Object.fromEntries(line.split("\t").map((cell, at) => [columns[at] ?? "", cell])))
    .filter((row) => row["role"] === "document");
}

/** A document of the corpus, strictly read. */
export function corpusDocument(file: string): JsonObject {
  const document = parseStrictJson(vectorBytes(`blockcerts/${file}`));
  if (!isObject(document)) throw new Error(`${file} is no object`);
  return document;
}

/** The cells of a column that has one for each proof. */
export function cellsOf(row: Row, column: string): readonly string[] {
  return (row[column] ?? "-").split(" ; ");
}
