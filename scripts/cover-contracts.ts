/** Runs the contracts' mocha tests under Hardhat's coverage and fails if a line of `contracts/` was never reached. */
import { spawnSync } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ABOUT_THE_BYTES, copyContracts } from "./mutate-contracts/copy.ts";

/** Lines of contracts that no test reached, as `file:line`; fewer than ten files in the report is a broken report. */
function uncoveredLines(lcov: string): readonly string[] {
  const records = lcov.split("end_of_record").filter((record) => record.includes("SF:contracts/"));
  if (records.length < 10) throw new Error(`coverage of ${records.length} files only: the report is not whole`);
  return records.flatMap((record) => {
    const file = /SF:(.*)/.exec(record)?.[1] ?? "";
    return [...record.matchAll(/^DA:(\d+),0$/gm)].map(([, line]) => `${file}:${line}`);
  });
}

const folder = await copyContracts();
try {
  const hardhat = join(folder, "node_modules", ".bin", "hardhat");
  const args = ["test", "mocha", "--coverage", "--grep-exclude", ABOUT_THE_BYTES];
  const { status } = spawnSync(hardhat, args, { cwd: folder, stdio: "inherit" });
  const uncovered = uncoveredLines(await readFile(join(folder, "coverage", "lcov.info"), "utf8"));
  for (const line of uncovered) console.log(`not covered: ${line}`);
  process.exitCode = status === 0 && uncovered.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}
