/** The smallest images there are. */

import { deflateSync } from "node:zlib";

import { concatBytes, toUtf8 } from "../../src/core/bytes.ts";
import { crc32 } from "../../src/formats/w3c-vc-v2/crc32.ts";

export const SVG: Uint8Array = toUtf8(
  '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>',
);

/** A black PNG of one pixel, with further chunks before its end. */
export function png(...chunks: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk("IHDR", Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)),
    pngChunk("IDAT", new Uint8Array(deflateSync(Uint8Array.of(0, 0)))),
    ...chunks,
    pngChunk("IEND", new Uint8Array()),
  );
}

export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const typed = concatBytes(toUtf8(type), data);
  const numbers = new Uint8Array(8);
  new DataView(numbers.buffer).setUint32(0, data.length);
  new DataView(numbers.buffer).setUint32(4, crc32(typed));
  return concatBytes(numbers.subarray(0, 4), typed, numbers.subarray(4));
}
