/** Knows the files that people hand in by mistake, by their first bytes: a scan, a print, an archive, a web page. */

interface FileKind {
  readonly name: string;
  readonly signature: readonly number[];
}

const ascii = (letters: string): readonly number[] => Array.from(letters, (letter) => letter.charCodeAt(0));

/** From the formats' own specifications: PDF 2.0 §7.5.2, PNG §5.2, JFIF, GIF89a, APPNOTE 4.3.7, RFC 1952, RIFF, RFC 7515. */
const KINDS: readonly FileKind[] = [
  { name: "a PDF", signature: ascii("%PDF") },
  { name: "a PNG image", signature: [0x89, ...ascii("PNG")] },
  { name: "a JPEG image", signature: [0xff, 0xd8, 0xff] },
  { name: "a GIF image", signature: ascii("GIF8") },
  { name: "a WebP image", signature: ascii("RIFF") },
  { name: "a ZIP archive or an Office document", signature: [...ascii("PK"), 0x03, 0x04] },
  { name: "a gzip archive", signature: [0x1f, 0x8b] },
  { name: "a JSON Web Token", signature: ascii("eyJ") },
];

const LEFT_ANGLE = 0x3c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const MOST_WHITE_SPACE = 1024;

/** What the bytes look like, with its article, or undefined when they look like nothing known: perhaps JSON. */
export function findFileKind(bytes: Uint8Array): string | undefined {
  const start = contentStart(bytes);
  if (bytes[start] === LEFT_ANGLE) return looksLikeHtml(bytes.subarray(start)) ? "a web page (HTML)" : "an XML file";
  return KINDS.find(({ signature }) => startsWith(bytes.subarray(start), signature))?.name;
}

function contentStart(bytes: Uint8Array): number {
  let at = startsWith(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (at < MOST_WHITE_SPACE && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? -1)) at++;
  return at;
}

function looksLikeHtml(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 512)).toLowerCase();
  return /<!doctype html|<html|<head|<body|<script/.test(head);
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
