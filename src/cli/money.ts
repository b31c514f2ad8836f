/** Amounts of a chain's own currency, as people read and write them. */

import { TestamurError } from "../core/errors.ts";

const WEI_DIGITS = 18;

/** `0.0011`: wei as whole coins, at most six digits after the point, rounded up so that no cost looks smaller than it is. */
export function toCoins(wei: bigint): string {
  const unit = 10n ** BigInt(WEI_DIGITS - 6);
  const micro = (wei + unit - 1n) / unit;
  const text = micro.toString().padStart(7, "0");
  return `${text.slice(0, -6)}.${text.slice(-6)}`.replace(/0+$/, "").replace(/\.$/, "");
}

/** @throws {TestamurError} `USAGE` for a text that is no amount. */
export function parseCoins(text: string, what: string): bigint {
  const match = /^(\d{1,9})(?:\.(\d{1,18}))?$/.exec(text);
  if (match === null)
    throw new TestamurError("USAGE", `${what}: "${text}" is not an amount`, { next: "for example 0.005" });
  return BigInt(`${match[1] ?? "0"}${(match[2] ?? "").padEnd(WEI_DIGITS, "0")}`);
}
