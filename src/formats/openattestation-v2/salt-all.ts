/** Writes a credential as salted JSON and hashes its leaves, in one pass from values to bytes. */

import type { ByteWriter } from "../../core/byte-writer.ts";
import type { Problem } from "../../core/errors.ts";
import { isArray, type Json, type JsonArray, type JsonObject } from "../../core/json.ts";
import type { LeafHasher } from "../openattestation/leaf-hasher.ts";
import { MAX_DEPTH, MAX_HASHED_BYTES, MAX_LEAVES } from "../openattestation/limits.ts";
import { headOf, itemPath, memberPath, rootPath, type Path } from "./paths.ts";
import { SALT_LENGTH, type SaltWriter } from "./salts.ts";

/** What a credential is written with. */
export interface Salting {
  readonly out: ByteWriter;
  readonly leaves: LeafHasher;
  readonly writeSalt: SaltWriter;
  /** Hears everything that cannot be issued, with its path. */
  problem(problem: Problem): void;
}

/** The document is one level above its data. */
const MAX_DATA_DEPTH = MAX_DEPTH - 1;

const [QUOTE, COMMA, COLON] = [0x22, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Salts every value of a credential: JSON without white space goes to `out`, each leaf to `leaves`. Texts are brought to
 * Unicode's composed form (NFC) and lose trailing white space, since no verifier shows it.
 */
export function saltAll(credential: JsonObject, salting: Salting): void {
  writeObject(credential, rootPath(), 1, salting);
  const { count, bytes } = salting.leaves;
  if (bytes > MAX_HASHED_BYTES) problem(salting, "", `comes to more than ${MAX_HASHED_BYTES} bytes, paths included`);
  if (count > MAX_LEAVES) problem(salting, "", `has ${count} values; a document has at most ${MAX_LEAVES}`);
}

function writeAny(value: Json, path: Path, depth: number, salting: Salting): void {
  if (salting.leaves.bytes > MAX_HASHED_BYTES) return undefined; // it cannot be issued: the rest need not be written
  if (typeof value !== "object" || value === null) return writeSalted(value, path, salting);
  if (Object.keys(value).length === 0) return writeEmpty(isArray(value) ? "[]" : "{}", path, salting);
  if (depth > MAX_DATA_DEPTH) return problem(salting, path.text, `is nested more than ${MAX_DATA_DEPTH} deep`);
  return isArray(value) ? writeArray(value, path, depth, salting) : writeObject(value, path, depth, salting);
}

function writeObject(object: JsonObject, path: Path, depth: number, salting: Salting): void {
  const { out } = salting;
  let before = OPEN_OBJECT;
  for (const name of Object.keys(object)) {
    const below = name.isWellFormed() ? memberPath(path, name) : { why: "holds half a character" };
    if ("why" in below) {
      problem(salting, path.text, `has a name ${JSON.stringify(name)} that ${below.why}`);
      continue;
    }
    out.byte(before);
    out.bytes(below.label);
    writeAny(object[name] ?? null, below, depth + 1, salting);
    before = COMMA;
  }
  if (before === OPEN_OBJECT) out.byte(OPEN_OBJECT);
  out.byte(CLOSE_OBJECT);
}

function writeArray(items: JsonArray, path: Path, depth: number, salting: Salting): void {
  for (let at = 0; at < items.length; at++) {
    salting.out.byte(at === 0 ? OPEN_ARRAY : COMMA);
    writeAny(items[at] ?? null, itemPath(path, at), depth + 1, salting);
  }
  salting.out.byte(CLOSE_ARRAY);
}

/** A container without members is a leaf of its own, and has no salt. */
function writeEmpty(text: string, path: Path, { out, leaves }: Salting): void {
  const start = out.length;
  out.ascii(text);
  leaves.addLeaf(headOf(path), out.memory, start, out.length);
}

/** `"uuid:type:value"` as JSON text. Only a text needs escaping. */
function writeSalted(value: string | number | boolean | null, path: Path, salting: Salting): void {
  const { out, leaves } = salting;
  const start = out.length;
  const at = out.reserve(1 + SALT_LENGTH);
  out.memory[at] = QUOTE;
  salting.writeSalt(out.memory, at + 1);
  out.length = at + 1 + SALT_LENGTH;
  if (typeof value === "string") {
    if (!value.isWellFormed()) problem(salting, path.text, "holds half a character (a lone surrogate)");
    out.ascii(":string");
    const colon = out.length;
    out.json(value.normalize("NFC").trimEnd());
    out.memory[colon] = COLON; // in place of the text's opening quotation mark
  } else {
    if (typeof value === "number" && !survives(value)) {
      const next = "Write it as a text, in quotation marks.";
      problem(salting, path.text, `is a number that does not survive being read again (${value})`, next);
    }
    out.ascii(`:${value === null ? "null" : typeof value}:${value}`);
    out.byte(QUOTE);
  }
  leaves.addLeaf(headOf(path), out.memory, start, out.length);
}

/** Whole numbers beyond 2^53 stand for their neighbours as well. */
function survives(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function problem(salting: Salting, path: string, what: string, next?: string): void {
  const where = path === "" ? "the credential" : path;
  salting.problem(next === undefined ? { where, what } : { where, what, next });
}
