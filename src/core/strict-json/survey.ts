/** One look over the bytes of a document before it is read: how much there is, and whether its numbers are kept. */

import { isKept, SAFE_DIGITS } from "./decimal.ts";
import type { JsonLimits } from "./limits.ts";

export interface Survey {
  /** At least as many as there are values: one, and one more for each comma and each opening bracket outside of texts. */
  readonly values: number;
  /** As many as there are members: the colons outside of texts. */
  readonly members: number;
  /** No deeper than the limit, and no number that JavaScript might change; minus zero is one. */
  readonly isPlain: boolean;
}

const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LETTER_E = 0x65;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LOWER_CASE = 0x20;

/** Longer numbers are left to the exact reader. */
const LONGEST_NUMBER = 64;

/** Counts what stands outside of texts, up to the end or to the first limit that is broken. Of no use for other than JSON. */
export function survey(bytes: Uint8Array, limits: JsonLimits): Survey {
  let values = 1;
  let members = 0;
  let depth = 0;
  let isPlain = true;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? SPACE;
    if (byte <= SPACE) continue;
    if (byte === QUOTE) at = textEnd(bytes, at);
    else if (byte === COLON) members++;
    else if (byte === COMMA) values++;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth++;
      values++;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    else if (byte === MINUS || isDigit(byte)) {
      const end = numberEnd(bytes, at);
      isPlain &&= isPlainNumber(bytes, at, end);
      at = end - 1;
    }
    if (values > limits.maxValues || depth > limits.maxDepth) return { values, members, isPlain: false };
  }
  return { values, members, isPlain };
}

/** Where the closing quote stands of the text that opens at `start`, or the end of the document. */
function textEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function numberEnd(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  while (end < bytes.length && isNumberByte(bytes[end] ?? SPACE)) end++;
  return end;
}

function isPlainNumber(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] === MINUS && bytes[start + 1] === ZERO) return false;
  if (end - start <= SAFE_DIGITS && !hasExponent(bytes, start, end)) return true;
  return end - start <= LONGEST_NUMBER && isKept(String.fromCharCode(...bytes.subarray(start, end)));
}

function hasExponent(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (isLetterE(bytes[at] ?? SPACE)) return true;
  return false;
}

function isLetterE(byte: number): boolean {
  return (byte | LOWER_CASE) === LETTER_E;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isNumberByte(byte: number): boolean {
  return isDigit(byte) || byte === POINT || byte === PLUS || byte === MINUS || isLetterE(byte);
}
