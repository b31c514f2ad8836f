/** Base64 in the URL alphabet, without padding: what follows a multibase `u`. A door of `@scure/base`. */

import { base64urlnopad } from "@scure/base";

/** The bytes as base64url text without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes);
}

/**
 * The bytes that base64url text stands for, or undefined for any other text.
 *
 * One text for every array of bytes: padding, foreign letters and loose bits at the end are refused (RFC 4648 §3.5).
 */
export function findBase64url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  try {
    return base64urlnopad.decode(text);
  } catch {
    return undefined; // a length that no bytes give, or bits left over
  }
}

/** The bytes as multibase text: `u` and base64url. */
export function toMultibase64(bytes: Uint8Array): string {
  return `u${toBase64url(bytes)}`;
}

/** The bytes of multibase text that starts with `u`, or undefined for any other text. */
export function findMultibase64(text: string): Uint8Array | undefined {
  return text.startsWith("u") ? findBase64url(text.slice(1)) : undefined;
}
