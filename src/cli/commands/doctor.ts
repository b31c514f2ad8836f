/** `testamur doctor`: is everything in place? Each line is fine, or says what to do. */

import type { Command } from "commander";

import { diagnose } from "../../app/diagnose.ts";
import { EXIT } from "../exit-codes.ts";
import { addSignerOptions, type SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";

const MARKS = { fine: ["good", "✓"], wrong: ["bad", "✗"], doubt: ["warn", "!"] } as const;

export function addDoctorCommand(program: Command, shell: Shell): void {
  addSignerOptions(
    program
      .command("doctor")
      .description("is everything in place? each line says what to do")
      .option("--resolver <url...>", "DNS-over-HTTPS resolvers to ask")
      .option("--json", "JSON on stdout"),
  ).action(async (flags: SignerFlags & { resolver?: readonly string[]; json?: boolean }) => {
    const found = await diagnose(shell.settings(flags));
    if (flags.json === true) shell.terminal.print(JSON.stringify(found));
    else {
      for (const { what, state, detail, next } of found) {
        const [tone, symbol] = MARKS[state];
        shell.terminal.print(`${paint.tone(tone, symbol)} ${what.padEnd(18)} ${harmless(detail)}`);
        if (next !== undefined) shell.terminal.print(`  ${"".padEnd(18)} → ${next}`);
      }
    }
    if (found.some(({ state }) => state === "wrong")) shell.exitCode = EXIT.configuration;
  });
}
