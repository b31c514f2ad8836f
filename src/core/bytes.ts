/** Bytes and their hexadecimal text: the two ways a digest is written in this project. */

/** 0x-prefixed lower-case hexadecimal text. */
export type Hex = `0x${string}`;

/** A hash of 32 bytes. */
export type Digest = Uint8Array;

const DIGITS = "0123456789abcdef";
const DIGIT_CODES: Uint8Array = new TextEncoder().encode(DIGITS);
const DIGIT_VALUES: Int8Array = Int8Array.from({ length: 128 }, (_, code) =>
  DIGITS.indexOf(String.fromCharCode(code).toLowerCase()),
);
const IS_LOWER_DIGIT: readonly boolean[] = Array.from(
  DIGIT_VALUES,
  (value, code) => value >= 0 && (code < 0x41 || code > 0x46),
);
const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes as hexadecimal digits, two a byte, without prefix. */
export function toHexDigits(bytes: Uint8Array): string {
  let digits = "";
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) digits += eightBytes(bytes, at); // fewer pieces to be made and joined
  for (; at < bytes.length; at++) digits += String.fromCharCode(high(bytes[at]), low(bytes[at]));
  return digits;
}

function eightBytes(bytes: Uint8Array, at: number): string {
  const a = bytes[at];
  const b = bytes[at + 1];
  const c = bytes[at + 2];
  const d = bytes[at + 3];
  const e = bytes[at + 4];
  const f = bytes[at + 5];
  const g = bytes[at + 6];
  const h = bytes[at + 7];
  // prettier-ignore
  return String.fromCharCode(
    high(a), low(a), high(b), low(b), high(c), low(c), high(d), low(d),
    high(e), low(e), high(f), low(f), high(g), low(g), high(h), low(h),
  );
}

/** The first digit of a byte, as a character code. */
function high(byte = 0): number {
  return DIGIT_CODES[byte >> 4] ?? 0;
}

/** The second one. */
function low(byte = 0): number {
  return DIGIT_CODES[byte & 0x0f] ?? 0;
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
  if (typeof text !== "string" || text.length !== 64) return false;
  for (let at = 0; at < 64; at++) if (IS_LOWER_DIGIT[text.charCodeAt(at)] !== true) return false; // faster than a regular expression
  return true;
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
  const start = text.startsWith("0x") ? 2 : 0;
  const bytes = new Uint8Array((text.length - start) >> 1);
  let isWhole = text.length % 2 === 0;
  for (let at = 0; at < bytes.length; at++) {
    const from = start + 2 * at;
    const byte = (digitAt(text, from) << 4) | digitAt(text, from + 1);
    if (byte < 0) isWhole = false;
    bytes[at] = byte;
  }
  if (!isWhole) throw new RangeError("not hexadecimal text of whole bytes");
  return bytes;
}

/** What a hexadecimal digit of either case stands for; -1 for any other character. */
function digitAt(text: string, at: number): number {
  return DIGIT_VALUES[text.charCodeAt(at)] ?? -1;
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
