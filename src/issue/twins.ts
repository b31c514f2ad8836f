/** Finds texts that occur twice among millions, in eight bytes a text: suspects first, certainty on a second reading. */

const FIRST_CAPACITY = 1_024;

/** Remembers texts by a number of 53 bits. */
export interface TwinFinder {
  add(text: string): void;
  /** Numbers that occurred more than once: the texts behind them are equal, or (one in 2^53) only look so. */
  suspects(): ReadonlySet<number>;
}

export function openTwinFinder(): TwinFinder {
  let numbers = new Float64Array(FIRST_CAPACITY);
  let count = 0;
  return {
    add(text) {
      if (count === numbers.length) {
        const larger = new Float64Array(2 * count);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[count++] = fingerprint(text);
    },
    suspects() {
      const sorted = numbers.slice(0, count).sort();
      return new Set(sorted.filter((number, at) => at > 0 && number === sorted[at - 1]));
    },
  };
}

/** A number of 53 bits for a text: two running multiplications, mixed at the end. No secret, no cryptography. */
export function fingerprint(text: string): number {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b + unit, 0xcc9e2d51);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ b;
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35) ^ a;
  return (b & 0x1f_ffff) * 0x1_0000_0000 + (a >>> 0);
}
