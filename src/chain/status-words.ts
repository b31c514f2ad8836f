/** The words of a store's status lists: how they are asked for and what the answer must look like. */

import { concatHex, encodeAbiParameters, toFunctionSelector } from "viem";

import type { Hex } from "../core/bytes.ts";
import { parseWords } from "./abi-answers.ts";

/** Entries of one word; entry i of a list is bit i % 256 (the least significant first) of word i / 256. */
export const ENTRIES_PER_WORD = 256;

/** What can be done to entries, in the order in which the contract numbers it. */
export const STATUS_ACTS = ["revoke", "suspend", "reinstate"] as const;
export type StatusAct = (typeof STATUS_ACTS)[number];

/** Both bitmaps of a range of words, in order. */
export interface StatusWords {
  readonly revoked: readonly bigint[];
  readonly suspended: readonly bigint[];
}

/** Where an entry stands: its word, and the mask of its bit there. */
export interface WordPlace {
  readonly word: number;
  readonly mask: bigint;
}

const STATUS_WORDS: Hex = toFunctionSelector("statusWords(bytes32,uint256,uint256)");
const ARGUMENTS = [{ type: "bytes32" }, { type: "uint256" }, { type: "uint256" }] as const;

/** Offset of the first array in the answer: two offsets stand before it. */
const FIRST_ARRAY = 64n;
const WORD_BYTES = 32;

/** @param index  a whole number from 0. */
export function placeOf(index: number): WordPlace {
  return { word: Math.floor(index / ENTRIES_PER_WORD), mask: 1n << BigInt(index % ENTRIES_PER_WORD) };
}

/** `statusWords(list, firstWord, count)`. */
export function statusWordsCall(list: Hex, firstWord: number, count: number): Hex {
  return concatHex([STATUS_WORDS, encodeAbiParameters(ARGUMENTS, [list, BigInt(firstWord), BigInt(count)])]);
}

/**
 * The two arrays of `count` words each, in the one way the compiler lays them out.
 *
 * @returns undefined for any other bytes.
 */
export function parseStatusWords(data: Hex, count: number): StatusWords | undefined {
  const words = parseWords(data, 2 + 2 * (1 + count));
  const second = FIRST_ARRAY + BigInt(WORD_BYTES * (1 + count));
  if (words === undefined || words[0] !== FIRST_ARRAY || words[1] !== second) return undefined;
  if (words[2] !== BigInt(count) || words[3 + count] !== BigInt(count)) return undefined;
  return { revoked: words.slice(3, 3 + count), suspended: words.slice(4 + count) };
}
