/** Random names for documents, proofs and subjects. */

import { toHexDigits } from "../../core/bytes.ts";

/**
 * A random UUID as a URN.
 *
 * @param bytes  16 random ones; 122 of their bits are used.
 * @see RFC 9562, section 5.4
 */
export function toUuid(bytes: Uint8Array): string {
  const marked = Uint8Array.from(bytes);
  marked[6] = ((marked[6] ?? 0) & 0x0f) | 0x40;
  marked[8] = ((marked[8] ?? 0) & 0x3f) | 0x80;
  const digits = toHexDigits(marked);
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ].map(([from, to]) => digits.slice(from, to));
  return `urn:uuid:${parts.join("-")}`;
}
