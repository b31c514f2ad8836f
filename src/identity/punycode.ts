/** The letters behind an `xn--` label, for people to see: what a name looks like is not what it is. */

/** RFC 3492 §5. */
const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_CODE_POINT = 128;

/**
 * The Unicode text of a label that begins with `xn--`, or undefined when it is not well formed.
 *
 * @param label  at most 63 characters, lower case.
 * @see RFC 3492 §6.2
 */
export function findUnicodeLabel(label: string): string | undefined {
  const [, plain = "", encoded = ""] = /^xn--(?:([a-z0-9-]*)-)?([a-z0-9]+)$/.exec(label) ?? [];
  if (label.length > 63) return undefined;
  const letters = plain.split("").map((letter) => letter.charCodeAt(0));
  const digits = encoded.split("").map(digitOf);
  return digits.length > 0 && insertAll(letters, digits) ? String.fromCodePoint(...letters) : undefined;
}

/** Puts every code point that the digits stand for at its place among the letters; false when they stand for none. */
function insertAll(letters: number[], digits: readonly number[]): boolean {
  let codePoint = INITIAL_CODE_POINT;
  let position = 0;
  let bias = INITIAL_BIAS;
  let at = 0;
  while (at < digits.length) {
    const number = readNumber(digits, at, bias);
    if (number === undefined) return false;
    const count = letters.length + 1;
    bias = adapt(number.value, count, at === 0);
    at = number.end;
    codePoint += Math.floor((position + number.value) / count);
    position = (position + number.value) % count;
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) return false;
    letters.splice(position++, 0, codePoint);
  }
  return true;
}

/** One number of variable length, least digit first, and where the next begins. */
function readNumber(
  digits: readonly number[],
  start: number,
  bias: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  let weight = 1;
  for (let at = start, k = BASE; ; at++, k += BASE) {
    const digit = digits[at];
    if (digit === undefined || digit < 0) return undefined;
    value += digit * weight;
    if (value > 0x7fffffff) return undefined;
    const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
    if (digit < threshold) return { value, end: at + 1 };
    weight *= BASE - threshold;
  }
}

/** The next number's expected size, learned from this one (§6.1). */
function adapt(value: number, count: number, isFirst: boolean): number {
  let delta = Math.floor(value / (isFirst ? DAMP : 2));
  delta += Math.floor(delta / count);
  let k = 0;
  for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) delta = Math.floor(delta / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * delta) / (delta + SKEW));
}

/** a to z are 0 to 25, 0 to 9 are 26 to 35; anything else is -1. */
function digitOf(letter: string): number {
  if (/^[a-z]$/.test(letter)) return letter.charCodeAt(0) - 97;
  return /^\d$/.test(letter) ? Number(letter) + 26 : -1;
}
