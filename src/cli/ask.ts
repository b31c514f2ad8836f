/** Asking a person, on a terminal only: a script gets an error that names the flag instead of a question nobody answers. */

import process from "node:process";

import { confirm, isCancel, password, text } from "@clack/prompts";

import { TestamurError } from "../core/errors.ts";

/** True where somebody can answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** @throws {TestamurError} `USAGE` naming `flag` where nobody can answer; `APPROVAL_NEEDED` when the person stops. */
export async function askText(message: string, flag: string, initialValue?: string): Promise<string> {
  insist(flag);
  return answered(
    await text({
      message,
      ...(initialValue !== undefined && { initialValue }),
      validate: (value) => ((value ?? "").trim() === "" ? "Please type something." : undefined),
      output: process.stderr,
    }),
  );
}

/** The same for a secret, which is not shown. */
export async function askPassword(message: string, flag: string): Promise<string> {
  insist(flag);
  return answered(await password({ message, output: process.stderr }));
}

/** A yes or no; no is the default. */
export async function askConfirm(message: string, flag: string): Promise<boolean> {
  insist(flag);
  return answered(await confirm({ message, initialValue: false, output: process.stderr }));
}

function insist(flag: string): void {
  if (!canAsk())
    throw new TestamurError("USAGE", "this needs an answer, and there is no terminal to ask on", {
      next: `say it with ${flag}`,
    });
}

function answered<Value>(value: Value | symbol): Exclude<Value, symbol> {
  if (isCancel(value)) throw new TestamurError("APPROVAL_NEEDED", "stopped; nothing was done");
  return value as Exclude<Value, symbol>; // the only symbol is the one for "cancelled"
}
