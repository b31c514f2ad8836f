/** What the figures were measured on and with. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, release, totalmem, type as systemName } from "node:os";
import { join } from "node:path";
import process from "node:process";

const project = join(import.meta.dirname, "../..");

/** Packages whose versions a reader must know, by the folder that installs them. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  ".": ["merkletreejs", "@openzeppelin/merkle-tree", "hardhat", "esbuild"],
  "test/peers": [
    "@govtechsg/open-attestation",
    "@govtechsg/oa-verify",
    "@digitalbazaar/vc",
    "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
    "@blockcerts/cert-verifier-js",
  ],
};

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly versions: Readonly<Record<string, string>>;
}

export function describeMachine(): Machine {
  const [core] = cpus();
  return {
    processor: core?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemName()} ${release()}`,
    node: process.version,
    versions: Object.fromEntries(
      Object.entries(COMPARED).flatMap(([folder, names]) => names.map((name) => [name, versionOf(folder, name)])),
    ),
  };
}

/** The results themselves do not count as a change. */
export function describeCommit(): string {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: project, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--", ".", ":!bench", ":!BENCHMARKS.md");
  return `${git("rev-parse", "--short=12", "HEAD")}${changed === "" ? "" : "+"}`;
}

function versionOf(folder: string, name: string): string {
  const file = join(project, folder, "node_modules", name, "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}
