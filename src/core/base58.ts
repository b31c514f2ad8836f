/** Base58 in Bitcoin's alphabet: how keys and signatures are written after a multibase `z`. A door of `@scure/base`. */

import { base58 } from "@scure/base";

/** The bytes as base58btc text, without the multibase letter. */
export function toBase58(bytes: Uint8Array): string {
  return base58.encode(bytes);
}

/**
 * The bytes that base58btc text stands for, or undefined for any other text.
 *
 * @param maxLength  characters read at most: decoding takes quadratic time, and the document chose the length.
 */
export function findBase58(text: string, maxLength: number): Uint8Array | undefined {
  if (text.length > maxLength || !/^[1-9A-HJ-NP-Za-km-z]*$/.test(text)) return undefined;
  return base58.decode(text);
}

/** The bytes as multibase text: `z` and base58btc. */
export function toMultibase58(bytes: Uint8Array): string {
  return `z${toBase58(bytes)}`;
}

/** The bytes of multibase text that starts with `z`, or undefined for any other text; at most 512 characters. */
export function findMultibase58(text: string): Uint8Array | undefined {
  return text.startsWith("z") ? findBase58(text.slice(1), 512) : undefined;
}
