/** Reads what contracts return, to the byte: an answer that is longer, shorter or out of range is none. */

import type { Hex } from "../core/bytes.ts";

const WORD_DIGITS = 64;

/**
 * Exactly `count` words of 32 bytes.
 *
 * @returns the words as numbers, or undefined when the length is another.
 */
export function parseWords(data: Hex, count: number): readonly bigint[] | undefined {
  if (data.length !== 2 + count * WORD_DIGITS) return undefined;
  return Array.from({ length: count }, (_, at) => {
    const start = 2 + at * WORD_DIGITS;
    return BigInt(`0x${data.slice(start, start + WORD_DIGITS)}`);
  });
}

/** Exactly one word, 0 or 1. */
export function parseBool(data: Hex): boolean | undefined {
  const [word] = parseWords(data, 1) ?? [];
  return word === 0n ? false : word === 1n ? true : undefined;
}

/** The word as a number, if a JavaScript number can hold it. */
export function toSafeNumber(word: bigint | undefined): number | undefined {
  return word === undefined || word > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(word);
}

/** The word as an address, lower case, if it is one. */
export function toAddress(word: bigint | undefined): Hex | undefined {
  return word === undefined || word >> 160n !== 0n ? undefined : `0x${word.toString(16).padStart(40, "0")}`;
}

/** The first four bytes: the selector of a function or of a custom error. */
export function selectorOf(data: Hex): Hex {
  return `0x${data.slice(2, 10)}`;
}
