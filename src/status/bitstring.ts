/** Bitstring Status Lists: many small numbers in one compressed text, the first of them at the left. */

import { findBase64url, toBase64url } from "../core/base64url.ts";
import { gunzip, gzip } from "./gzip.ts";

/** Entries a list has at least, so that asking for it does not tell who is being looked up. */
export const MIN_ENTRIES = 131_072;

/** Bytes of the compressed text, and of the list it expands to. */
const MAX_TEXT = 1024 * 1024;
const MAX_BYTES = 16 * 1024 * 1024;

/** Bits of one entry: what a number holds without loss, and far more than any status needs. */
export const MAX_ENTRY_BITS = 32;

/** The names of what may be wrong with a list, after `https://www.w3.org/ns/credentials/status-list#`. */
export type BitstringFault =
  "STATUS_VERIFICATION_ERROR" | "STATUS_LIST_LENGTH_ERROR" | "MALFORMED_VALUE_ERROR" | "RANGE_ERROR";

export interface Refused {
  readonly kind: "refused";
  readonly code: BitstringFault;
  readonly reason: string;
}

export type DecodedBitstring =
  | {
      readonly kind: "list";
      readonly bits: Uint8Array;
      /** `multibase`: `u` stands before the text, as it must today. `bare`: none does, as in StatusList2021. */
      readonly spelling: "multibase" | "bare";
    }
  | Refused;

/**
 * The list as `encodedList` text: `u`, then base64url without padding of the GZIP-compressed bits. A list shorter than the
 * least length is filled up with zeros.
 *
 * @see Bitstring Status List 1.0 §3.3
 */
export async function encodeBitstring(bits: Uint8Array): Promise<string> {
  const whole = new Uint8Array(Math.max(bits.length, MIN_ENTRIES / 8));
  whole.set(bits);
  return `u${toBase64url(await gzip(whole))}`;
}

/**
 * The list that a text stands for. Never rejects.
 *
 * @param text  untrusted: at most 1 MiB, expanding to at most 16 MiB. GZIP begins with `H4sI`, so the letter `u` in front is
 * never part of a bare text.
 * @see Bitstring Status List 1.0 §3.4
 */
export async function decodeBitstring(text: string): Promise<DecodedBitstring> {
  if (text.length > MAX_TEXT) return refused("STATUS_LIST_LENGTH_ERROR", "the list is longer than 1 MiB");
  const spelling = text.startsWith("u") ? "multibase" : "bare";
  const compressed = findBase64url(spelling === "multibase" ? text.slice(1) : text);
  if (compressed === undefined) return refused("MALFORMED_VALUE_ERROR", "the list is not base64url text");
  const bits = await gunzip(new Uint8Array(compressed), MAX_BYTES);
  if (bits === "malformed") return refused("MALFORMED_VALUE_ERROR", "the list is not GZIP-compressed");
  if (bits === "too-large") return refused("STATUS_LIST_LENGTH_ERROR", "the list expands to more than 16 MiB");
  return { kind: "list", bits, spelling };
}

/** Where one entry stands in a list whose entries have `size` bits each, 1 to 32; positions count from 0. */
export interface EntryPlace {
  readonly index: number;
  readonly size: number;
}

/** How many entries of that size a list holds. */
export function countEntries(bits: Uint8Array, size: number): number {
  return Math.floor((bits.length * 8) / size);
}

/** The number at a place, its highest bit first; undefined beyond the list's end. */
export function findValue(bits: Uint8Array, { index, size }: EntryPlace): number | undefined {
  if (index >= countEntries(bits, size)) return undefined;
  let value = 0;
  for (let at = index * size; at < (index + 1) * size; at++) value = value * 2 + bitAt(bits, at);
  return value;
}

/**
 * Writes a number at a place.
 *
 * @throws {RangeError} for a place beyond the list's end, or a number that needs more bits.
 */
export function putValue(bits: Uint8Array, { index, size }: EntryPlace, value: number): void {
  if (index >= countEntries(bits, size) || value >= 2 ** size) {
    throw new RangeError(`no room for ${value} at entry ${index} of ${size} bits`);
  }
  for (let at = (index + 1) * size - 1, rest = value; at >= index * size; at--, rest = Math.floor(rest / 2)) {
    const mask = 0x80 >> (at % 8);
    const byte = bits[at >> 3] ?? 0;
    bits[at >> 3] = rest % 2 === 1 ? byte | mask : byte & ~mask;
  }
}

/** Bit 0 is the left-most of the first byte. */
function bitAt(bits: Uint8Array, at: number): number {
  return ((bits[at >> 3] ?? 0) >> (7 - (at % 8))) & 1;
}

/** @param reason  for people, without a full stop. */
export function refused(code: BitstringFault, reason: string): Refused {
  return { kind: "refused", code, reason };
}
