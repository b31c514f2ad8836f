#!/usr/bin/env node
/** The command line: wires the commands, turns faults into words and exit codes. */

import "./quiet-warnings.ts";

import process from "node:process";

import { Command, CommanderError } from "commander";

import { TestamurError } from "../core/errors.ts";
import { VERSION } from "../core/version.ts";
import { addBadgeCommands } from "./commands/badge.ts";
import { addDemoCommand } from "./commands/demo.ts";
import { addDoctorCommand } from "./commands/doctor.ts";
import { addInitCommand } from "./commands/init.ts";
import { addIssueCommands } from "./commands/issue.ts";
import { addKeyCommands } from "./commands/key.ts";
import { addOpenCommand } from "./commands/open.ts";
import { addRecognitionCommands } from "./commands/recognition.ts";
import { addRevokeCommand } from "./commands/revoke.ts";
import { addServeCommand } from "./commands/serve.ts";
import { addShareCommand } from "./commands/share.ts";
import { addStoreCommands } from "./commands/store.ts";
import { addSuspendCommands } from "./commands/suspend.ts";
import { addVerifyCommand } from "./commands/verify.ts";
import { EXIT, EXIT_OF_FAULT } from "./exit-codes.ts";
import { openShell, type Shell } from "./shell.ts";
import { openTerminal, paint } from "./terminal.ts";

function buildProgram(shell: Shell): Command {
  const program = new Command("testamur")
    .description("Issue credentials in batches anchored on a blockchain, and verify them without asking the issuer.")
    .version(VERSION)
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showSuggestionAfterError();
  addInitCommand(program, shell);
  addDoctorCommand(program, shell);
  addKeyCommands(program, shell);
  addStoreCommands(program, shell);
  addIssueCommands(program, shell);
  addVerifyCommand(program, shell);
  addRevokeCommand(program, shell);
  addSuspendCommands(program, shell);
  addRecognitionCommands(program, shell);
  addShareCommand(program, shell);
  addOpenCommand(program, shell);
  addBadgeCommands(program, shell);
  addServeCommand(program, shell);
  addDemoCommand(program, shell);
  return program;
}

/** Every fault says what, where, and what to do next; the stack is for TESTAMUR_DEBUG only. */
function explain(error: unknown, shell: Shell): number {
  const { say } = shell.terminal;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
  if (!(error instanceof TestamurError)) {
    const isAsked = process.env["TESTAMUR_DEBUG"] !== undefined;
    say(`${paint.tone("bad", "✗")} ${inspect(error, isAsked)} ${paint.faint("INTERNAL")}`);
    if (!isAsked) say("  → this is a fault of ours: please report it with what TESTAMUR_DEBUG=1 shows");
    return EXIT.internal;
  }
  say(`${paint.tone("bad", "✗")} ${error.message} ${paint.faint(error.code)}`);
  for (const problem of error.problems)
    say(`    ${problem.where}: ${problem.what}${problem.next === undefined ? "" : ` → ${problem.next}`}`);
  if (error.next !== undefined) say(`  → ${error.next}`);
  return EXIT_OF_FAULT[error.code];
}

function inspect(error: unknown, withStack: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return (withStack ? error.stack : undefined) ?? error.message;
}

async function main(): Promise<number> {
  const shell = openShell(openTerminal(process), process.env, process.cwd());
  process.on("uncaughtException", (error) => process.exit(explain(error, shell)));
  try {
    await buildProgram(shell).parseAsync(process.argv);
    return shell.exitCode;
  } catch (error) {
    return explain(error, shell);
  }
}

process.stdout.on("error", () => process.exit(0)); // the reader of a pipe has gone: nothing left to say
process.exitCode = await main();
