/** `testamur` as a person or a script runs it: a process of its own. */

import { spawn } from "node:child_process";
import { resolve } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs to its end in `directory`, without colours and without the settings of whoever runs the tests. */
export async function runCli(
  directory: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliRun> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TESTAMUR_"));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: directory,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once("close", done)),
  ]);
  return { code, stdout, stderr };
}
