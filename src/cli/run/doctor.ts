/** What `testamur doctor` does: each line is fine, or says what to do. */

import { diagnose } from "../../app/diagnose.ts";
import { EXIT } from "../exit-codes.ts";
import type { SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";

export interface DoctorFlags extends SignerFlags {
  readonly resolver?: readonly string[];
  readonly json?: boolean;
}

const MARKS = { fine: ["good", "✓"], wrong: ["bad", "✗"], doubt: ["warn", "!"] } as const;

export async function runDoctor(flags: DoctorFlags, shell: Shell): Promise<void> {
  const found = await diagnose(await shell.settings(flags));
  if (flags.json === true) shell.terminal.print(JSON.stringify(found));
  else {
    for (const { what, state, detail, next } of found) {
      const [tone, symbol] = MARKS[state];
      shell.terminal.print(`${paint.tone(tone, symbol)} ${what.padEnd(18)} ${harmless(detail)}`);
      if (next !== undefined) shell.terminal.print(`  ${"".padEnd(18)} → ${next}`);
    }
  }
  if (found.some(({ state }) => state === "wrong")) shell.exitCode = EXIT.configuration;
}
