/** Badges baked into PNG images: one uncompressed iTXt chunk with the keyword `openbadgecredential`. */

import { concatBytes, fromUtf8, toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { Refusal, refuse } from "../../core/refusal.ts";
import { MAX_BAKED_CHARACTERS, MAX_IMAGE_BYTES, toBaked, type Baked } from "./baked.ts";
import { crc32 } from "./crc32.ts";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const KEYWORD = "openbadgecredential";

/** After the keyword: its end, no compression, method 0, no language, no translated keyword. */
const PLAIN = Uint8Array.of(0, 0, 0, 0, 0);

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** The chunk with length, type and checksum. */
  readonly whole: Uint8Array;
}

/** True for bytes that begin as every PNG image does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * The first credential baked into a PNG image, or undefined where there is none.
 *
 * @param png  untrusted; at most 16 MiB.
 * @throws {Refusal} `SHAPE_WRONG` for an image that is torn, checksums that differ, a compressed chunk, bytes after the
 *   end; `DOCUMENT_TOO_LARGE`; `FILE_NOT_JSON`.
 * @see Open Badges 3.0 §5.3.1, PNG Third Edition §5 and §11.3.3.4
 */
export function findInPng(png: Uint8Array): Baked | undefined {
  const [first, ...others] = readChunks(png).filter(isBadge);
  return first === undefined ? undefined : toBaked(readText(first), others.length);
}

/**
 * The image with the credential in it, in place of any that was there.
 *
 * @param text  the credential's JSON, or a compact JWS.
 * @throws {TestamurError} `FILE_UNREADABLE` for bytes that are not a whole PNG image.
 */
export function bakePng(png: Uint8Array, text: string): Uint8Array {
  try {
    const chunks = readChunks(png).filter((chunk) => !isBadge(chunk));
    const badge = toChunk("iTXt", concatBytes(toUtf8(KEYWORD), PLAIN, toUtf8(text)));
    return concatBytes(
      SIGNATURE,
      ...chunks.slice(0, -1).map(({ whole }) => whole),
      badge,
      ...chunks.slice(-1).map(({ whole }) => whole),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TestamurError("FILE_UNREADABLE", `the image cannot be baked: ${error.message}`, { cause: error });
  }
}

function readChunks(png: Uint8Array): readonly Chunk[] {
  if (png.length > MAX_IMAGE_BYTES) refuse("DOCUMENT_TOO_LARGE", `The image has more than ${MAX_IMAGE_BYTES} bytes.`);
  if (!isPng(png)) refuse("SHAPE_WRONG", "The image is not a PNG.");
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (chunks.at(-1)?.type !== "IEND") {
    const chunk = readChunk(png, view, at);
    if ((chunks.length === 0) !== (chunk.type === "IHDR"))
      refuse("SHAPE_WRONG", "The image does not begin with its header.");
    chunks.push(chunk);
    at += chunk.whole.length;
  }
  if (at !== png.length) refuse("SHAPE_WRONG", "Something else follows the end of the image.");
  return chunks;
}

function readChunk(png: Uint8Array, view: DataView, at: number): Chunk {
  if (at + 12 > png.length) refuse("SHAPE_WRONG", "The image is torn off.");
  const length = view.getUint32(at);
  const end = at + 12 + length;
  if (end > png.length) refuse("SHAPE_WRONG", "The image is torn off.");
  const typed = png.subarray(at + 4, end - 4);
  if (crc32(typed) !== view.getUint32(end - 4)) refuse("SHAPE_WRONG", "A checksum of the image differs.");
  const type = String.fromCharCode(...typed.subarray(0, 4));
  return { type, data: typed.subarray(4), whole: png.subarray(at, end) };
}

function isBadge({ type, data }: Chunk): boolean {
  if (!["iTXt", "tEXt", "zTXt"].includes(type)) return false;
  const end = data.indexOf(0);
  return end === KEYWORD.length && toUtf8(KEYWORD).every((byte, at) => data[at] === byte);
}

function readText({ type, data }: Chunk): string {
  const head = KEYWORD.length;
  if (type !== "iTXt" || data[head + 1] !== 0)
    refuse("SHAPE_WRONG", "The credential in the image is compressed, or in the wrong kind of chunk.");
  const languageEnd = data.indexOf(0, head + 3);
  const start = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1) + 1;
  if (start <= 0) refuse("SHAPE_WRONG", "The chunk of the credential is torn.");
  if (data.length - start > MAX_BAKED_CHARACTERS)
    refuse("DOCUMENT_TOO_LARGE", "The credential in the image is too long.");
  try {
    return fromUtf8(data.subarray(start));
  } catch {
    return refuse("SHAPE_WRONG", "The credential in the image is not UTF-8.");
  }
}

function toChunk(type: string, data: Uint8Array): Uint8Array {
  const typed = concatBytes(toUtf8(type), data);
  const frame = new Uint8Array(8);
  const view = new DataView(frame.buffer);
  view.setUint32(0, data.length);
  view.setUint32(4, crc32(typed));
  return concatBytes(frame.subarray(0, 4), typed, frame.subarray(4));
}
