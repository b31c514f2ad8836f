/** Runs a command to its end and says how long it took and how much memory it had at its height. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import process from "node:process";

import { project } from "./package.ts";

const LOOK_EVERY_MS = 50;

export interface Measured {
  readonly seconds: number;
  /** Resident memory at its highest, all threads together; NaN where the system does not tell (`/proc`). */
  readonly peakMiB: number;
}

/** @throws {Error} with what the command said, where it fails. */
export async function runMeasured(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Measured> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: project,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, CI: "true", ...environment },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_096)));
  let peakMiB = Number.NaN;
  const look = setInterval(() => (peakMiB = readPeak(child.pid) ?? peakMiB), LOOK_EVERY_MS);
  const [code] = (await once(child, "close")) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${said}`);
  return { seconds: (performance.now() - started) / 1_000, peakMiB };
}

/** The kernel keeps the highest value itself, so that no moment is missed between two looks. */
function readPeak(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1_024;
  } catch {
    return undefined; // it has ended, or this system has no /proc
  }
}
