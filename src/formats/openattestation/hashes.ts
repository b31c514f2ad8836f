/** The hashes that an OpenAttestation document states: each checked whole before any of it is decoded. */

import { fromHex, isDigestDigits, toHex, type Digest, type Hex } from "../../core/bytes.ts";
import type { Inclusion } from "../../core/claims.ts";
import { type Json, type JsonArray } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { foldSorted } from "../../merkle/sorted-tree.ts";
import { toTexts, type Hashes } from "./digest.ts";

/** More siblings than any tree has: 2^64 leaves. */
const MAX_PATH = 64;
/** Genuine documents hide a handful; this bounds the work. */
const MAX_HIDDEN = 10_000;

/** Where a document says it hangs in its tree: hexadecimal digits without prefix. */
export interface StatedPlace {
  readonly targetHash: string;
  readonly merkleRoot: string;
  /** Siblings, the leaf's level first. */
  readonly path: readonly string[];
}

/** A hash as this standard writes it: 64 lower-case digits. @throws {Refusal} `HASH_MALFORMED`. */
export function readHash(value: Json | undefined, where: string): string {
  return isDigestDigits(value) ? value : refuse("HASH_MALFORMED", `${where} must be 64 lower-case hexadecimal digits.`);
}

/** The siblings of a path. @throws {Refusal} `PROOF_TOO_LONG` above 64, `HASH_MALFORMED`. */
export function readPath(values: JsonArray, where: string): readonly string[] {
  if (values.length > MAX_PATH)
    refuse("PROOF_TOO_LONG", `${where} has ${values.length} steps; no tree is deeper than ${MAX_PATH}.`);
  return readHashes(values, where);
}

/** The hashes of hidden entries. @throws {Refusal} `DOCUMENT_TOO_LARGE` above 10,000, `HASH_MALFORMED`, `HASH_TWICE`. */
export function readHidden(values: JsonArray, where: string): readonly string[] {
  refuseManyHidden(values.length);
  const hashes = readHashes(values, where);
  if (new Set(hashes).size < hashes.length) refuse("HASH_TWICE", `${where} lists the same hash twice.`);
  return hashes;
}

/** @throws {Refusal} `DOCUMENT_TOO_LARGE` above 10,000. */
export function refuseManyHidden(count: number): void {
  if (count > MAX_HIDDEN)
    refuse("DOCUMENT_TOO_LARGE", `The document has ${count} hidden entries; the limit is ${MAX_HIDDEN}.`);
}

/** The place of each is put into words only where it is needed. */
function readHashes(values: JsonArray, where: string): readonly string[] {
  return values.map((value, at) => (isDigestDigits(value) ? value : readHash(value, `${where}[${at}]`)));
}

/** Stops when a hidden hash belongs to an entry that is shown. @throws {Refusal} `HASH_TWICE`. */
export function refuseShownAndHidden(hidden: readonly string[], shown: Hashes): void {
  if (hidden.length === 0) return;
  const visible = new Set(toTexts(shown));
  for (const hash of hidden)
    if (visible.has(hash)) refuse("HASH_TWICE", `An entry that is shown is listed as hidden, too (${hash}).`);
}

/** What is stated of leaf and root beside what follows from the digest that was computed. */
export function inclusionOf(place: StatedPlace, digest: Digest): Inclusion {
  const nodes = foldSorted(digest, place.path.map(fromHex)).map(toHex);
  const leaf = toHex(digest);
  return {
    leaf: { stated: prefixed(place.targetHash), computed: leaf },
    root: { stated: prefixed(place.merkleRoot), computed: nodes.at(-1) ?? leaf },
    path: place.path.map(prefixed),
    nodes,
  };
}

function prefixed(digits: string): Hex {
  return `0x${digits}`;
}
