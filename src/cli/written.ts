/** What commands that sign have in common: how they ask for the password, and how they say what was sent. */

import type { Written } from "../chain/carry-out.ts";
import { askPassword } from "./ask.ts";
import { paint } from "./terminal.ts";

export function signing(): { readonly askPassword: () => Promise<string> } {
  return { askPassword: async () => askPassword("Password of the keystore", "--password-file") };
}

/** Where and for how much: for the end of a line. */
export function describeWritten({ block, gasUsed, hash }: Written): string {
  return paint.faint(`· block ${block}, ${gasUsed.toLocaleString("en")} gas, ${hash}`);
}
