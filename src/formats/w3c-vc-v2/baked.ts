/** What is baked into an image: a credential as JSON, or as a compact JWS; and how much of either an image may hold. */

import { refuse } from "../../core/refusal.ts";

/** Bytes of an image that are read. */
export const MAX_IMAGE_BYTES = 16_777_216;

/** Characters of a baked credential. */
export const MAX_BAKED_CHARACTERS = 1_048_576;

/** A credential found in an image, not yet looked at. */
export interface Baked {
  readonly kind: "json" | "jws";
  /** JSON text for the strict reader, or header, payload and signature joined by dots. */
  readonly text: string;
  /** Further credentials in the same image: which of them is meant nobody can say, so it should not count as valid. */
  readonly others: number;
}

/**
 * Tells JSON from JWS.
 *
 * @throws {Refusal} `FILE_NOT_JSON` for anything else, `DOCUMENT_TOO_LARGE` above 1,048,576 characters.
 */
export function toBaked(text: string, others: number): Baked {
  if (text.length > MAX_BAKED_CHARACTERS) refuse("DOCUMENT_TOO_LARGE", "The credential in the image is too long.");
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return { kind: "json", text: trimmed, others };
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/.test(trimmed)) return { kind: "jws", text: trimmed, others };
  return refuse("FILE_NOT_JSON", "What is baked into the image is neither JSON nor a compact JWS.");
}
