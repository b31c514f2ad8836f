/** Starts a local chain as a child process and stops it again: for the demo, and for tests that want the real thing. */

import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

import { TestamurError } from "../../core/errors.ts";

export interface LocalChain {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const START_DEADLINE_MS = 60_000;
/** Hardhat wants to start in a folder with a package.json; where the user stands may be none. */
const PACKAGE = fileURLToPath(new URL("../../../", import.meta.url));
/** This very file's ending: sources run as they are in a checkout, as JavaScript in the package. */
const ENDING = import.meta.url.endsWith(".ts") ? "ts" : "js";

/**
 * A Hardhat node with chain id 1337 and 20 funded accounts. It ends with this process, however this process ends.
 *
 * @param port  0: any free port.
 * @throws {TestamurError} `CONFIGURATION_INVALID` when Hardhat is not installed or the node does not start.
 */
export async function startLocalChain(port = 0): Promise<LocalChain> {
  const script = fileURLToPath(new URL(`./local-chain-process.${ENDING}`, import.meta.url));
  const child = spawn(process.execPath, [script, String(port)], {
    cwd: PACKAGE,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const complaints: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
  const url = await firstLine(child, complaints);
  return { url, pid: child.pid ?? 0, stop: async () => stop(child) };
}

async function firstLine(child: Child, complaints: readonly string[]): Promise<string> {
  const deadline = setTimeout(() => child.kill("SIGKILL"), START_DEADLINE_MS);
  let text = "";
  for await (const part of child.stdout.setEncoding("utf8")) {
    text += String(part);
    if (text.includes("\n")) break;
  }
  clearTimeout(deadline);
  if (text.includes("\n")) return text.slice(0, text.indexOf("\n"));
  const missing = complaints.some((line) => line.includes("ERR_MODULE_NOT_FOUND"));
  throw new TestamurError(
    "CONFIGURATION_INVALID",
    missing
      ? "Hardhat, the local chain, is not installed"
      : `the local chain did not start: ${complaints.join("").slice(0, 400)}`,
    {
      next: missing
        ? "npm install hardhat@3, or give the address of a node with --rpc"
        : "try again; if it stays so, report it",
    },
  );
}

async function stop(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.stdin.end();
  const impatient = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(impatient);
}
