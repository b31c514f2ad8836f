/** Badges: images that carry their credential, for those who would rather show a picture than send a file. */

import { TestamurError } from "../core/errors.ts";
import { memberOf, isObject } from "../core/json.ts";
import { documentIn } from "../formats/document-in.ts";
import { bakePng, isPng } from "../formats/w3c-vc-v2/bake-png.ts";
import { bakeSvg, isSvg } from "../formats/w3c-vc-v2/bake-svg.ts";
import { isEnvelope } from "../formats/w3c-vc-v2/disclosure.ts";
import { openOwnDocument, readObject } from "./own-document.ts";

export interface BakedBadge {
  readonly image: Uint8Array;
  /** What the holder should know. */
  readonly notices: readonly string[];
}

/**
 * The image with the credential in it, in place of any that was there.
 *
 * @param document  a W3C credential's file.
 * @param image  PNG or SVG.
 * @throws {TestamurError} `USAGE` for another document or another kind of image; `FILE_UNREADABLE` for a torn one.
 */
export async function bakeBadge(document: Uint8Array, image: Uint8Array): Promise<BakedBadge> {
  const own = await openOwnDocument(document);
  if (own.format.id !== "w3c-vc-v2") {
    throw new TestamurError("USAGE", `documents of the format ${own.format.id} are not baked into images`, {
      next: "only W3C credentials are (Open Badges 3.0)",
    });
  }
  const inside = isEnvelope(own.document) ? memberOf(own.document, "credential") : undefined;
  const text = JSON.stringify(isObject(inside) ? inside : own.document);
  return {
    image: bake(image, text),
    notices: isObject(inside)
      ? ["Parts that can be hidden are hidden in a badge: others would not know how to read them."]
      : [],
  };
}

function bake(image: Uint8Array, text: string): Uint8Array {
  if (isPng(image)) return bakePng(image, text);
  if (isSvg(image)) return bakeSvg(image, text);
  throw new TestamurError("USAGE", "the image is neither PNG nor SVG");
}

/**
 * The credential in an image: JSON text, as it was baked.
 *
 * @throws {TestamurError} `USAGE` for a file that is no image, or one that does not hold exactly one credential.
 */
export function unbakeBadge(image: Uint8Array): Uint8Array {
  if (!isPng(image) && !isSvg(image)) throw new TestamurError("USAGE", "the image is neither PNG nor SVG");
  readObject(image);
  return documentIn(image);
}
