/** Where the document is in a file that somebody hands in: the file itself, or a credential baked into an image. */

import { toUtf8 } from "../core/bytes.ts";
import { Refusal, refuse } from "../core/refusal.ts";
import type { Baked } from "./w3c-vc-v2/baked.ts";
import { findInPng, isPng } from "./w3c-vc-v2/bake-png.ts";
import { findInSvg, isSvg } from "./w3c-vc-v2/bake-svg.ts";

const BRACE = 0x7b;

/**
 * The bytes of the document; a file that is no image is the document.
 *
 * @param file  untrusted.
 * @throws {Refusal} `FILE_NOT_JSON` for an image without a credential; `FORMAT_AMBIGUOUS` for one with several;
 *   `FORMAT_UNSUPPORTED` for a credential in the form of a JWS; what `findInPng` and `findInSvg` refuse.
 */
export function documentIn(file: Uint8Array): Uint8Array {
  if (file[0] === BRACE) return file; // no image begins like this
  if (isPng(file)) return toUtf8(bakedText(findInPng(file)));
  return isSvg(file) ? toUtf8(bakedText(findInSvg(file))) : file;
}

/** False for what looks like an image and holds no credential; one that cannot be read to its end may hold one. */
export function mayHoldDocument(file: Uint8Array): boolean {
  try {
    if (isPng(file)) return findInPng(file) !== undefined;
    return !isSvg(file) || findInSvg(file) !== undefined;
  } catch (error) {
    if (error instanceof Refusal) return true;
    throw error;
  }
}

/** The JSON text; which of several credentials is meant nobody can say. */
function bakedText(baked: Baked | undefined): string {
  if (baked === undefined) return refuse("FILE_NOT_JSON", "The image holds no credential.");
  if (baked.others > 0) {
    return refuse("FORMAT_AMBIGUOUS", `The image holds ${baked.others + 1} credentials; a badge is one.`);
  }
  if (baked.kind === "jws") {
    return refuse("FORMAT_UNSUPPORTED", "The credential in the image is a JSON Web Token, which is not read here.");
  }
  return baked.text;
}
