/** Where faults are planted in a copy of the contracts, and judged by a copy of their tests. */
import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ABOUT_THE_BYTES, copyContracts } from "./copy.ts";

export type Outcome = "passes" | "fails" | "does not compile";

export interface Workshop {
  /** Writes a source of the copy. */
  readonly write: (file: string, source: string) => Promise<void>;
  /** Builds what changed and runs the tests named: mocha files first, then Solidity files, up to the first failure. */
  readonly run: (tests: readonly string[]) => Promise<Outcome>;
  readonly remove: () => Promise<void>;
}

/** Hardhat's code for a compilation that failed. */
const COMPILATION_FAILED = "HHE910";

/** A fresh copy to plant faults in. Nothing that notices every change may judge, so the snapshots are left out. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = await copyContracts();
  await compileFaster(join(folder, "hardhat.config.ts"));
  const run = async (...command: readonly string[]): Promise<Outcome> => await outcomeOf(folder, command);
  return {
    write: async (file, source) => {
      await writeFile(join(folder, file), source);
    },
    run: async (tests) => {
      const mocha = tests.filter((test) => test.endsWith(".ts"));
      const solidity = tests.filter((test) => test.endsWith(".sol"));
      const options = ["--no-config", "--extension", "ts", "--timeout", "60000", "--bail"];
      const outcome = await run("mocha", ...options, "--grep", ABOUT_THE_BYTES, "--invert", ...mocha);
      if (outcome !== "passes" || solidity.length === 0) return outcome;
      // All Solidity tests are compiled, even for one: invariant runs need the handlers' artifacts too.
      const built = await run("hardhat", "build", "--quiet", "--no-contracts");
      return built === "passes" ? await run("hardhat", "test", "solidity", "--no-compile", ...solidity) : built;
    },
    remove: async () => {
      await rm(folder, { recursive: true });
    },
  };
}

/** The old code generator takes half the time; what the contracts do is the same. */
async function compileFaster(config: string): Promise<void> {
  const text = await readFile(config, "utf8");
  if (!text.includes("viaIR: true"))
    throw new Error("hardhat.config.ts does not set viaIR any more: compile otherwise");
  await writeFile(config, text.replace("viaIR: true", "viaIR: false"));
}

async function outcomeOf(folder: string, [tool = "", ...args]: readonly string[]): Promise<Outcome> {
  const child = spawn(join(folder, "node_modules", ".bin", tool), args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => output.push(part));
  const code = await new Promise<number | null>((settle, fail) => {
    child.on("error", fail);
    child.on("close", settle);
  });
  if (code === 0) return "passes";
  return Buffer.concat(output).includes(COMPILATION_FAILED) ? "does not compile" : "fails";
}
