/** The proof value of merkle-jcs-2026: version, size, index and path as deterministic CBOR, after a multibase `u`. */

import { findMultibase64, toMultibase64 } from "../../core/base64url.ts";
import { concatBytes, type Digest } from "../../core/bytes.ts";
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
const UNSIGNED = 0x00;
const BYTES = 0x40;
const ARRAY = 0x80;

const DIGEST_HEAD = Uint8Array.from(head(BYTES, 32));

/** The one text for a leaf's place. */
export function toProofValue({ size, index, path }: Hanging): string {
  const place = [
    ...head(ARRAY, 4),
    ...head(UNSIGNED, VERSION),
    ...head(UNSIGNED, size),
    ...head(UNSIGNED, index),
    ...head(ARRAY, path.length),
  ];
  const bytes = concatBytes(Uint8Array.from(place), ...path.flatMap((digest) => [DIGEST_HEAD, digest]));
  return toMultibase64(bytes);
}

/**
 * The place that a proof value states.
 *
 * Each place has exactly one text: what was read is written again and compared, so longer spellings of a number, bytes
 * after the end and other encodings of the text are refused.
 *
 * @throws {Refusal} `SHAPE_WRONG`; `PROOF_TOO_LONG` above 2,048 characters or 32 digests.
 * @see RFC 8949 §4.2.1, deterministic encoding
 */
export function parseProofValue(text: string): Hanging {
  if (text.length > MAX_CHARACTERS)
    refuse("PROOF_TOO_LONG", `The proofValue has ${text.length} characters; at most ${MAX_CHARACTERS} are read.`);
  const bytes = findMultibase64(text);
  const hanging = bytes === undefined ? undefined : findHanging(bytes);
  if (bytes === undefined || hanging === undefined || toProofValue(hanging) !== text) {
    return refuse("SHAPE_WRONG", "The proofValue is not a place in a tree.");
  }
  if (hanging.path.length > MAX_PATH) refuse("PROOF_TOO_LONG", `The path has more than ${MAX_PATH} digests.`);
  if (hanging.size < 1 || hanging.size > MAX_SIZE)
    refuse("SHAPE_WRONG", `A tree of ${hanging.size} leaves is none of ours.`);
  if (hanging.index >= hanging.size)
    refuse("SHAPE_WRONG", `A tree of ${hanging.size} leaves has no leaf ${hanging.index}.`);
  return hanging;
}

function findHanging(bytes: Uint8Array): Hanging | undefined {
  const reader = headReader(bytes);
  if (reader.next(ARRAY) !== 4 || reader.next(UNSIGNED) !== VERSION) return undefined;
  const size = reader.next(UNSIGNED);
  const index = reader.next(UNSIGNED);
  const length = reader.next(ARRAY);
  if (size === undefined || index === undefined || length === undefined || length > bytes.length / 32) return undefined;
  const path: Digest[] = [];
  for (let at = 0; at < length; at++) {
    if (reader.next(BYTES) !== 32) return undefined;
    const digest = reader.take(32);
    if (digest.length < 32) return undefined;
    path.push(digest);
  }
  return { size, index, path };
}

/** The head of a CBOR item: its kind in the upper three bits, then a number in as few bytes as it takes. */
function head(kind: number, number: number): readonly number[] {
  if (number < 24) return [kind | number];
  if (number < 0x100) return [kind | 24, number];
  if (number < 0x1_0000) return [kind | 25, number >> 8, number & 0xff];
  if (number < 0x1_0000_0000) return [kind | 26, ...bigEndian(number)];
  return [kind | 27, ...bigEndian(Math.floor(number / 0x1_0000_0000)), ...bigEndian(number % 0x1_0000_0000)];
}

function bigEndian(number: number): readonly number[] {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256);
}

interface HeadReader {
  /** The number in the next head, or undefined where the next item is of another kind or there is none. */
  readonly next: (kind: number) => number | undefined;
  readonly take: (count: number) => Uint8Array;
}

function headReader(bytes: Uint8Array): HeadReader {
  let at = 0;
  return {
    next: (kind) => {
      const first = bytes[at];
      if (first === undefined || (first & 0xe0) !== kind) return undefined;
      at += 1;
      const short = first & 0x1f;
      if (short < 24) return short;
      const width = [1, 2, 4, 8][short - 24] ?? 0;
      const digits = bytes.subarray(at, at + width);
      at += width;
      if (digits.length < width || width === 0) return undefined;
      return digits.reduce((number, digit) => number * 256 + digit, 0);
    },
    take: (count) => {
      const taken = bytes.slice(at, at + count);
      at += count;
      return taken;
    },
  };
}
