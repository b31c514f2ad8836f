/** The command line in a child process, as a person or a script meets it. */

import { spawn } from "node:child_process";
import { resolve } from "node:path";
import process from "node:process";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `testamur` with these arguments in a directory; of the caller's own settings nothing is handed on. */
export async function runTestamur(
  args: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TESTAMUR_"));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: directory,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((done) => child.once("close", done)),
  ]);
  return { code, stdout, stderr };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
