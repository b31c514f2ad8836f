/** The proof value of merkle-jcs-2026: version, size, index and path as deterministic CBOR, after a multibase `u`. */

import { findMultibase64, toMultibase64 } from "../../core/base64url.ts";
import type { Digest } from "../../core/bytes.ts";
import { parseCbor, toCborBytes, type Cbor } from "../../core/cbor.ts";
import { refuse } from "../../core/refusal.ts";

/** How one leaf hangs in its tree: `index` from 0, `path` the leaf's level first. */
export interface Hanging {
  readonly size: number;
  readonly index: number;
  readonly path: readonly Digest[];
}

/** Characters of a proof value; 33 digests in base64 take less. */
const MAX_CHARACTERS = 2048;

/** Digests in a path: trees have at most 2^32 leaves. */
const MAX_PATH = 32;
const MAX_SIZE = 2 ** 32;

const VERSION = 1;

/** The one text for a leaf's place. */
export function toProofValue({ size, index, path }: Hanging): string {
  const digests = path.map((digest): Cbor => ({ kind: "bytes", value: digest }));
  const items: readonly Cbor[] = [...[VERSION, size, index].map(toInteger), { kind: "array", items: digests }];
  return toMultibase64(toCborBytes({ kind: "array", items }));
}

function toInteger(value: number): Cbor {
  return { kind: "integer", value };
}

/**
 * The place that a proof value states.
 *
 * Each place has exactly one text: longer spellings of a number, bytes after the end and other encodings of the text are
 * refused.
 *
 * @throws {Refusal} `SHAPE_WRONG`; `PROOF_TOO_LONG` above 2,048 characters or 32 digests.
 * @see RFC 8949 §4.2.1, deterministic encoding
 */
export function parseProofValue(text: string): Hanging {
  if (text.length > MAX_CHARACTERS)
    refuse("PROOF_TOO_LONG", `The proofValue has ${text.length} characters; at most ${MAX_CHARACTERS} are read.`);
  const bytes = findMultibase64(text);
  const hanging = bytes === undefined ? undefined : findHanging(parseCbor(bytes));
  if (hanging === undefined) return refuse("SHAPE_WRONG", "The proofValue is not a place in a tree.");
  if (hanging.path.length > MAX_PATH) refuse("PROOF_TOO_LONG", `The path has more than ${MAX_PATH} digests.`);
  if (hanging.size < 1 || hanging.size > MAX_SIZE)
    refuse("SHAPE_WRONG", `A tree of ${hanging.size} leaves is none of ours.`);
  if (hanging.index >= hanging.size)
    refuse("SHAPE_WRONG", `A tree of ${hanging.size} leaves has no leaf ${hanging.index}.`);
  return hanging;
}

function findHanging(item: Cbor): Hanging | undefined {
  const [version, size, index, path, ...others] = item.kind === "array" ? item.items : [];
  if (version?.kind !== "integer" || version.value !== VERSION || others.length > 0) return undefined;
  if (size?.kind !== "integer" || index?.kind !== "integer" || index.value < 0 || path?.kind !== "array") {
    return undefined;
  }
  const digests = path.items.map((one) => (one.kind === "bytes" && one.value.length === 32 ? one.value : undefined));
  return digests.every((digest) => digest !== undefined)
    ? { size: size.value, index: index.value, path: digests }
    : undefined;
}
