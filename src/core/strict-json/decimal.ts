/** Whether JavaScript can hold the decimal value that a number is written with. */

/** A decimal value apart from its spelling: `digits` without zeros at either end, times ten to the power of `exponent`. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

const ZERO = 0x30;

/** Any decimal of so many digits is kept by a double: DBL_DIG of IEEE 754 binary64. */
export const SAFE_DIGITS = 15;

/**
 * True when the number's decimal value is the one that JavaScript prints back: `1.0`, `1E2`, `-0` and `0.1` are kept;
 * `9007199254740993`, `1e400`, `1e-400` and `0.12345678901234567890` are not.
 *
 * @param token  a number in JSON's grammar, of any length; takes linear time.
 * @see ECMA-262 Number::toString: the shortest decimal that reads back as the same number
 */
export function isKept(token: string): boolean {
  if (token.length <= SAFE_DIGITS && !/[eE]/.test(token)) return true;
  const value = Number(token);
  if (!Number.isFinite(value)) return false;
  const [written, printed] = [toDecimal(token), toDecimal(String(value))];
  return written.digits === printed.digits && (written.digits === "" || written.exponent === printed.exponent);
}

/** The sign is left out: it is always kept, but for zero, where it says nothing. */
function toDecimal(token: string): Decimal {
  const [mantissa = "", exponent = "0"] = (token.startsWith("-") ? token.slice(1) : token).toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const all = whole + fraction;
  let start = 0;
  let end = all.length;
  while (start < end && all.charCodeAt(start) === ZERO) start++;
  while (end > start && all.charCodeAt(end - 1) === ZERO) end--;
  return { digits: all.slice(start, end), exponent: Number(exponent) - fraction.length + (all.length - end) };
}
