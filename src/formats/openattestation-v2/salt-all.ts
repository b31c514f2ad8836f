/** Writes a credential as salted JSON text in one pass, with the text of every leaf beside it. */

import type { Problem } from "../../core/errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
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
  const writing: Writing = { nextSalt, leafTexts: [], problems: [] };
  const text = writeObject(credential, "", 1, writing);
  if (writing.leafTexts.length > MAX_LEAVES)
    problem(writing, "", `has ${writing.leafTexts.length} values; a document has at most ${MAX_LEAVES}`);
  return { text, leafTexts: writing.leafTexts, problems: writing.problems };
}

/** @param path  already escaped for JSON, without quotation marks. */
function writeAny(value: Json, path: string, depth: number, writing: Writing): string {
  if (typeof value === "object" && value !== null && depth > MAX_DATA_DEPTH) {
    problem(writing, path, `is nested more than ${MAX_DATA_DEPTH} deep`);
    return "null";
  }
  if (isArray(value)) return value.length === 0 ? leaf("[]", path, writing) : writeArray(value, path, depth, writing);
  if (isObject(value)) return isEmpty(value) ? leaf("{}", path, writing) : writeObject(value, path, depth, writing);
  return leaf(salted(value, path, writing), path, writing);
}

function writeObject(object: JsonObject, path: string, depth: number, writing: Writing): string {
  let text = "";
  for (const key of Object.keys(object)) {
    const objection = objectToKeyV2(key) ?? (key.isWellFormed() ? undefined : { why: "holds half a character" });
    if (objection !== undefined) problem(writing, path, `has a name ${JSON.stringify(key)} that ${objection.why}`);
    const name = JSON.stringify(key).slice(1, -1);
    const below = path === "" ? name : `${path}.${name}`;
    text += `${text === "" ? "" : ","}"${name}":${writeAny(object[key] ?? null, below, depth + 1, writing)}`;
  }
  return `{${text}}`;
}

function writeArray(items: readonly Json[], path: string, depth: number, writing: Writing): string {
  let text = "";
  for (const [at, item] of items.entries())
    text += `${at === 0 ? "" : ","}${writeAny(item, `${path}.${at}`, depth + 1, writing)}`;
  return `[${text}]`;
}

function leaf(text: string, path: string, writing: Writing): string {
  writing.leafTexts.push(`{"${path}":${text}}`);
  return text;
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

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

function problem(writing: Writing, path: string, what: string, next?: string): void {
  const where = path === "" ? "the credential" : path;
  writing.problems.push(next === undefined ? { where, what } : { where, what, next });
}
