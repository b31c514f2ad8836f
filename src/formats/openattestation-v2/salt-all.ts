/** Writes a credential as salted JSON text in one pass, with the text of every leaf beside it. */

import type { Problem } from "../../core/errors.ts";
import { isArray, type Json, type JsonArray, type JsonObject } from "../../core/json.ts";
import { MAX_DEPTH, MAX_LEAVES } from "../openattestation/limits.ts";
import { objectToKeyV2 } from "./flatten.ts";

/** What became of a credential; useless where there are problems. */
export interface Salted {
  /** The data of the document: JSON text without white space. */
  readonly text: string;
  /** One text a leaf, as it is hashed. */
  readonly leafTexts: readonly string[];
  /** Everything that cannot be issued, with its path. */
  readonly problems: readonly Problem[];
}

interface Writing {
  readonly nextSalt: () => string;
  /** The text so far; joined once, since a text that grows piece by piece keeps every piece alive. */
  readonly pieces: string[];
  readonly leafTexts: string[];
  readonly problems: Problem[];
}

/** The document is one level above its data. */
const MAX_DATA_DEPTH = MAX_DEPTH - 1;

/**
 * Salts every value of a credential. Texts are brought to Unicode's composed form (NFC) and lose trailing white space,
 * since no verifier shows it.
 */
export function saltAll(credential: JsonObject, nextSalt: () => string): Salted {
  const writing: Writing = { nextSalt, pieces: [], leafTexts: [], problems: [] };
  writeObject(credential, "", 1, writing);
  if (writing.leafTexts.length > MAX_LEAVES)
    problem(writing, "", `has ${writing.leafTexts.length} values; a document has at most ${MAX_LEAVES}`);
  return { text: writing.pieces.join(""), leafTexts: writing.leafTexts, problems: writing.problems };
}

/** @param path  already escaped for JSON, without quotation marks. */
function writeAny(value: Json, path: string, depth: number, writing: Writing): void {
  if (typeof value !== "object" || value === null) return writeLeaf(salted(value, path, writing), path, writing);
  if (Object.keys(value).length === 0) return writeLeaf(isArray(value) ? "[]" : "{}", path, writing);
  if (depth > MAX_DATA_DEPTH) return problem(writing, path, `is nested more than ${MAX_DATA_DEPTH} deep`);
  return isArray(value) ? writeArray(value, path, depth, writing) : writeObject(value, path, depth, writing);
}

function writeObject(object: JsonObject, path: string, depth: number, writing: Writing): void {
  let before = "";
  writing.pieces.push("{");
  for (const [key, value] of Object.entries(object)) {
    const name = nameText(key, path, writing);
    writing.pieces.push(`${before}"${name}":`);
    writeAny(value, path === "" ? name : `${path}.${name}`, depth + 1, writing);
    before = ",";
  }
  writing.pieces.push("}");
}

function writeArray(items: JsonArray, path: string, depth: number, writing: Writing): void {
  for (const [at, item] of items.entries()) {
    writing.pieces.push(at === 0 ? "[" : ",");
    writeAny(item, `${path}.${at}`, depth + 1, writing);
  }
  writing.pieces.push("]");
}

/** The name as JSON text, without quotation marks. */
function nameText(key: string, path: string, writing: Writing): string {
  const objection = objectToKeyV2(key) ?? (key.isWellFormed() ? undefined : { why: "holds half a character" });
  if (objection !== undefined) problem(writing, path, `has a name ${JSON.stringify(key)} that ${objection.why}`);
  return JSON.stringify(key).slice(1, -1);
}

function writeLeaf(text: string, path: string, writing: Writing): void {
  writing.pieces.push(text);
  writing.leafTexts.push(`{"${path}":${text}}`);
}

/** `"uuid:type:value"` as JSON text. Only a text needs escaping. */
function salted(value: string | number | boolean | null, path: string, writing: Writing): string {
  if (typeof value === "string") {
    if (!value.isWellFormed()) problem(writing, path, "holds half a character (a lone surrogate)");
    return `"${writing.nextSalt()}:string:${JSON.stringify(value.normalize("NFC").trimEnd()).slice(1)}`;
  }
  if (typeof value === "number" && !survives(value)) {
    const next = "Write it as a text, in quotation marks.";
    problem(writing, path, `is a number that does not survive being read again (${value})`, next);
  }
  return `"${writing.nextSalt()}:${value === null ? "null" : typeof value}:${value}"`;
}

/** Whole numbers beyond 2^53 stand for their neighbours as well. */
function survives(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function problem(writing: Writing, path: string, what: string, next?: string): void {
  const where = path === "" ? "the credential" : path;
  writing.problems.push(next === undefined ? { where, what } : { where, what, next });
}
