/** Fresh salts: UUIDs of version 4, lower case, 122 random bits each. */

import { toUtf8 } from "../../core/bytes.ts";
import type { RandomSource } from "../../core/ports.ts";

const BATCH = 64;
const UUID_BYTES = 16;
const UUID_LENGTH = 36;
const DIGITS = toUtf8("0123456789abcdef");
const DASH = 0x2d;
const ascii = new TextDecoder();

/**
 * A source that never gives the same salt twice, as long as its random bytes differ.
 *
 * Bytes are drawn for 64 salts at once, since asking the system costs more than making the text.
 */
export function saltSource(random: RandomSource): () => string {
  let texts = "";
  let at = 0;
  return () => {
    if (at === texts.length) {
      texts = uuids(random(BATCH * UUID_BYTES));
      at = 0;
    }
    at += UUID_LENGTH;
    return texts.slice(at - UUID_LENGTH, at);
  };
}

/** The UUIDs, one after the other, that random bytes make. */
function uuids(bytes: Uint8Array): string {
  const text = new Uint8Array((bytes.length / UUID_BYTES) * UUID_LENGTH);
  for (let from = 0, at = 0; from < bytes.length; from += UUID_BYTES, at += UUID_LENGTH)
    writeUuid(bytes.subarray(from, from + UUID_BYTES), text.subarray(at, at + UUID_LENGTH));
  return ascii.decode(text);
}

/** @see RFC 9562 section 5.4 for the two fields that are not random */
function writeUuid(bytes: Uint8Array, text: Uint8Array): void {
  let at = 0;
  for (const [index, random] of bytes.entries()) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text[at++] = DASH;
    const byte = index === 6 ? (random & 0x0f) | 0x40 : index === 8 ? (random & 0x3f) | 0x80 : random;
    text[at++] = DIGITS[byte >> 4] ?? 0;
    text[at++] = DIGITS[byte & 0x0f] ?? 0;
  }
}
