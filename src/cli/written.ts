/** What commands that sign have in common: how they read numbers, ask for the password, and say what was sent. */

import type { Written } from "../chain/carry-out.ts";
import { TestamurError } from "../core/errors.ts";
import { askPassword } from "./ask.ts";
import { paint } from "./terminal.ts";

export function signing(): { readonly askPassword: () => Promise<string> } {
  return { askPassword: async () => askPassword("Password of the keystore", "--password-file") };
}

/** Where and for how much: for the end of a line. */
export function describeWritten({ block, gasUsed, hash }: Written): string {
  return paint.faint(`· block ${block}, ${gasUsed.toLocaleString("en")} gas, ${hash}`);
}

/** @throws {TestamurError} `USAGE` for anything but a whole number from `least`. */
export function parseCount(text: string, what: string, least: number): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  if (count >= least) return count;
  throw new TestamurError("USAGE", `${what}: "${text}" is not a whole number from ${least}`);
}
