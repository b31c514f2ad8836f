/** Withholding: parts of a credential are signed as digests, so that whoever holds it may leave their contents out. */

import { toJcsBytes } from "../../canon/jcs.ts";
import { findMultibase64, toMultibase64 } from "../../core/base64url.ts";
import { concatBytes } from "../../core/bytes.ts";
import { isArray, isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { keccak256 } from "../../core/keccak.ts";
import type { RandomSource } from "../../core/ports/answer.ts";
import { refuse } from "../../core/refusal.ts";
import { findAt, isAtOrBelow, isPointer, pointerBelow, segmentsOf } from "./json-pointer.ts";
import { WITHHELD } from "./names.ts";
import { insist } from "./rules.ts";

/** Before the bytes of what is withheld, so that no leaf or node of the tree can pass for it. */
const WITHHELD_TAG = Uint8Array.of(3);

const SALT_BYTES = 16;

/** Digests in one document. */
const MAX_DIGESTS = 10_000;

/** Parts at the top that are never withheld, nor anything in them: what a verdict rests on. */
const SHOWN: readonly string[] = [
  "/@context",
  "/id",
  "/type",
  "/issuer",
  "/validFrom",
  "/validUntil",
  "/credentialStatus",
  "/proof",
  "/credentialSubject/id",
];

/** One part and the salt of its digest: who has it can show the part. */
export interface Disclosure {
  readonly salt: Uint8Array;
  /** Where it stands in the whole credential. */
  readonly pointer: string;
  readonly value: Json;
}

/** The digest that stands for a part: `u` and base64url of Keccak-256 over tag, salt and the canonical [pointer, value]. */
export function digestOf({ salt, pointer, value }: Disclosure): string {
  return toMultibase64(keccak256(concatBytes(WITHHELD_TAG, salt, toJcsBytes([pointer, value]))));
}

/**
 * Refuses a place at which nothing may be withheld.
 *
 * @throws {Refusal} `SHAPE_WRONG`
 */
export function insistOnHideable(pointer: string): void {
  insist(isPointer(pointer), `${JSON.stringify(pointer)} is not a JSON pointer.`);
  insist(!isAlwaysShown(pointer), `What stands at ${pointer} always has to be shown.`);
}

/** True for a place that no issuer can let a holder hide: a verdict, or the meaning of the rest, hangs on it. */
export function isAlwaysShown(pointer: string): boolean {
  const plain = pointer.replace(/^\/credentialSubject\/\d+\//, "/credentialSubject/");
  const hasMeaning = segmentsOf(pointer).some(
    (segment) => segment.startsWith("@") || segment.includes(":") || segment === "type",
  );
  return hasMeaning || SHOWN.some((shown) => isAtOrBelow(plain, shown));
}

/**
 * Replaces parts of a credential by their digests.
 *
 * @param pointers  where they stand; none inside another.
 * @param random  16 bytes of salt a part.
 * @returns the credential to be signed, and what shows the parts.
 * @throws {Refusal} `SHAPE_WRONG` for a place that is not there, not hideable, or inside another.
 */
export function withhold(
  credential: JsonObject,
  pointers: readonly string[],
  random: RandomSource,
): { readonly content: JsonObject; readonly disclosures: readonly Disclosure[] } {
  if (pointers.length === 0) return { content: credential, disclosures: [] };
  insistOnApart(pointers);
  const disclosures = pointers.map((pointer) => {
    insistOnHideable(pointer);
    const value = findAt(credential, pointer);
    insist(value !== undefined, `There is nothing at ${pointer}.`);
    return { salt: random(SALT_BYTES), pointer, value };
  });
  const digests = new Map(disclosures.map((disclosure) => [disclosure.pointer, digestOf(disclosure)]));
  return { content: replaceMembers(credential, "", digests), disclosures };
}

/** Refuses places given twice, or one inside another. */
export function insistOnApart(pointers: readonly string[]): void {
  // with the slash below every other character, what lies inside a place follows it directly
  const sorted = pointers.map((pointer) => pointer.replaceAll("/", "\0")).toSorted();
  for (const [at, key] of sorted.entries()) {
    const before = sorted[at - 1];
    const isInside = before !== undefined && (key === before || key.startsWith(`${before}\0`));
    insist(!isInside, `${key.replaceAll("\0", "/")} is named twice, or lies inside another place.`);
  }
}

function replaceMembers(object: JsonObject, pointer: string, digests: ReadonlyMap<string, string>): JsonObject {
  const hidden: string[] = [];
  const shown: [string, Json][] = [];
  for (const [name, member] of Object.entries(object)) {
    const below = pointerBelow(pointer, name);
    const digest = digests.get(below);
    if (digest === undefined) shown.push([name, replaceBelow(member, below, digests)]);
    else hidden.push(digest);
  }
  const rest = Object.fromEntries(shown);
  return hidden.length === 0 ? rest : { ...rest, [WITHHELD]: hidden.toSorted() };
}

function replaceBelow(value: Json, pointer: string, digests: ReadonlyMap<string, string>): Json {
  if (isObject(value)) return replaceMembers(value, pointer, digests);
  if (!isArray(value)) return value;
  return value.map((element, at) => {
    const below = pointerBelow(pointer, at);
    const digest = digests.get(below);
    return digest === undefined ? replaceBelow(element, below, digests) : { [WITHHELD]: [digest] };
  });
}

/**
 * How many parts a credential withholds.
 *
 * @throws {Refusal} `SHAPE_WRONG` for a list that is empty or not in order; `HASH_MALFORMED`, `HASH_TWICE`;
 *   `DOCUMENT_TOO_LARGE` above 10,000.
 */
export function countWithheld(content: JsonObject): number {
  const digests = new Set<string>();
  const visit = (value: Json): void => {
    if (isArray(value)) for (const element of value) visit(element);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (name === WITHHELD) for (const digest of readDigests(member)) addOnce(digests, digest);
      else visit(member);
    }
  };
  visit(content);
  if (digests.size > MAX_DIGESTS)
    refuse("DOCUMENT_TOO_LARGE", `The document withholds more than ${MAX_DIGESTS} parts.`);
  return digests.size;
}

/** The digests of one object, as they have to be written: each in its one spelling, ascending. */
function readDigests(list: Json | undefined): readonly string[] {
  insist(isArray(list) && list.length > 0, "withheld is not a list of digests.");
  const digests = list.map((digest) => {
    const isDigest = typeof digest === "string" && findMultibase64(digest)?.length === 32;
    return isDigest ? digest : refuse("HASH_MALFORMED", `${JSON.stringify(digest)} is not a digest.`);
  });
  insist(
    digests.every((digest, at) => at === 0 || (digests[at - 1] ?? "") <= digest),
    "Withheld digests are not in ascending order.",
  );
  return digests;
}

function addOnce(digests: Set<string>, digest: string): void {
  if (digests.has(digest)) refuse("HASH_TWICE", "A digest is withheld twice.");
  digests.add(digest);
}

/** The digests an object withholds; none for most. */
export function withheldBy(object: JsonObject): readonly string[] {
  return memberOf(object, WITHHELD) === undefined ? [] : readDigests(memberOf(object, WITHHELD));
}
