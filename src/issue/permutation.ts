/** A keyed shuffle of the numbers below a size, worked out number by number: no table of all of them, the same for the same key. */

import { createHash } from "node:crypto";

import { TestamurError } from "../core/errors.ts";

/** With round functions drawn at random, seven rounds already leave nothing to tell the shuffle from a random one. */
const ROUNDS = 8;
/** Halves of 16 bits: tables of 1 MiB together. */
export const LARGEST_DOMAIN: number = 2 ** 32;
const BYTES_A_VALUE = 2;

/**
 * A permutation of 0 … `size` − 1: a Feistel network over the smallest square that holds them, walked on while it leads
 * outside (at most four steps on average).
 *
 * @param key  secret; 32 bytes. Who does not have it learns nothing from images about originals.
 * @param size  1 to 2^32.
 * @returns the image of a number below `size`; two numbers never have the same one.
 * @see Black and Rogaway, Ciphers with Arbitrary Finite Domains, CT-RSA 2002 (cycle walking, generalised Feistel)
 */
export function openPermutation(key: Uint8Array, size: number): (index: number) => number {
  if (!Number.isSafeInteger(size) || size < 1 || size > LARGEST_DOMAIN)
    throw new TestamurError("INTERNAL", `${size} numbers cannot be shuffled`);
  const width = Math.max(1, Math.ceil(Math.log2(size) / 2));
  const rounds = drawRounds(key, width);
  return (index) => {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size)
      throw new TestamurError("INTERNAL", `${index} is none of the first ${size} numbers`);
    let image = index;
    do image = runRounds(image, width, rounds);
    while (image >= size); // the numbers outside lie on the same cycles: the walk ends inside
    return image;
  };
}

/** The round functions as tables: one stream of SHAKE-256, keyed, cut into pieces. */
function drawRounds(key: Uint8Array, width: number): readonly Uint16Array[] {
  const values = 2 ** width;
  const stream = createHash("shake256", { outputLength: ROUNDS * values * BYTES_A_VALUE })
    .update(key)
    .digest();
  return Array.from({ length: ROUNDS }, (_, round) =>
    Uint16Array.from({ length: values }, (_, at) => stream.readUInt16BE(BYTES_A_VALUE * (round * values + at))),
  );
}

function runRounds(index: number, width: number, rounds: readonly Uint16Array[]): number {
  const half = 2 ** width;
  let left = Math.floor(index / half);
  let right = index % half;
  for (const round of rounds) [left, right] = [right, (left ^ (round[right] ?? 0)) & (half - 1)];
  return left * half + right;
}
