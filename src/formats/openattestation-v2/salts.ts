/** Fresh salts: UUIDs of version 4, lower case, 122 random bits each. */

import { toUtf8 } from "../../core/bytes.ts";
import type { RandomSource } from "../../core/ports/answer.ts";

/** Writes a fresh salt into memory, from `at` on. */
export type SaltWriter = (memory: Uint8Array, at: number) => void;

/** Characters of a salt, all of them ASCII. */
export const SALT_LENGTH = 36;

const BATCH = 64;
const UUID_BYTES = 16;
const DIGITS = toUtf8("0123456789abcdef");
const DASH = 0x2d;
/** Where the digits of each byte stand. */
const PLACES = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);
const DASHES = [8, 13, 18, 23];

/**
 * A source that never gives the same salt twice, as long as its random bytes differ.
 *
 * Bytes are drawn for 64 salts at once, since asking the system costs more than making the text.
 */
export function saltSource(random: RandomSource): SaltWriter {
  let bytes = new Uint8Array(0);
  let next = 0;
  return (memory, at) => {
    if (next === bytes.length) {
      bytes = Uint8Array.from(random(BATCH * UUID_BYTES));
      next = 0;
    }
    writeUuid(bytes, next, memory, at);
    next += UUID_BYTES;
  };
}

/** @see RFC 9562 section 5.4 for the two fields that are not random */
function writeUuid(bytes: Uint8Array, from: number, memory: Uint8Array, at: number): void {
  bytes[from + 6] = ((bytes[from + 6] ?? 0) & 0x0f) | 0x40;
  bytes[from + 8] = ((bytes[from + 8] ?? 0) & 0x3f) | 0x80;
  for (let index = 0; index < UUID_BYTES; index++) {
    const byte = bytes[from + index] ?? 0;
    const place = at + (PLACES[index] ?? 0);
    memory[place] = DIGITS[byte >> 4] ?? 0;
    memory[place + 1] = DIGITS[byte & 0x0f] ?? 0;
  }
  for (const place of DASHES) memory[at + place] = DASH;
}
