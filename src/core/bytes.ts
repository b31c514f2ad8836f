/** Bytes and their hexadecimal text: the two ways a digest is written in this project. */

/** 0x-prefixed lower-case hexadecimal text. */
export type Hex = `0x${string}`;

/** A hash of 32 bytes. */
export type Digest = Uint8Array;

const HEX_PAIR: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes as hexadecimal digits, two a byte, without prefix. */
export function toHexDigits(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) digits += HEX_PAIR[byte];
  return digits;
}

/** The bytes as `0x…` text. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${toHexDigits(bytes)}`;
}

/** True for `0x` and an even number of hexadecimal digits, in either case. */
export function isHex(text: unknown): text is Hex {
  return typeof text === "string" && /^0x(?:[0-9a-fA-F]{2})*$/.test(text);
}

/** True for exactly 64 lower-case hexadecimal digits without prefix: how OpenAttestation writes a hash. */
export function isDigestDigits(text: unknown): text is string {
  return typeof text === "string" && /^[0-9a-f]{64}$/.test(text);
}

/** True for `0x` and 40 hexadecimal digits in either case. */
export function isAddress(text: unknown): text is Hex {
  return typeof text === "string" && /^0x[0-9a-fA-F]{40}$/.test(text);
}

/**
 * The bytes that hexadecimal text stands for.
 *
 * @param text  an even number of hexadecimal digits, with or without `0x`; check it first where others wrote it.
 * @throws {RangeError} when it is anything else.
 */
export function fromHex(text: string): Uint8Array {
  const digits = text.startsWith("0x") ? text.slice(2) : text;
  if (!/^(?:[0-9a-fA-F]{2})*$/.test(digits)) throw new RangeError("not hexadecimal text of whole bytes");
  const bytes = new Uint8Array(digits.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = (digitAt(digits, 2 * at) << 4) | digitAt(digits, 2 * at + 1);
  return bytes;
}

/** What a hexadecimal digit stands for: the low bits of its code, and nine more for a letter of either case. */
function digitAt(digits: string, at: number): number {
  const code = digits.charCodeAt(at);
  return (code & 0x0f) + (code >> 6) * 9;
}

/** The UTF-8 bytes of a text. A lone surrogate becomes U+FFFD: refuse such texts before. */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/**
 * The text that UTF-8 bytes stand for; a byte order mark is kept as a character.
 *
 * @throws {TypeError} when the bytes are not valid UTF-8 (overlong forms and surrogates included).
 */
export function fromUtf8(bytes: Uint8Array): string {
  return strictDecoder.decode(bytes);
}

/** Negative, zero or positive as `a` stands before, equals or stands after `b`, byte by byte. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** All the parts, one after the other, in a new array. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
