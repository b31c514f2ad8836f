/**
 * `npm run bench`: ours and the others on the same documents, by turns. `npm run bench -- ROW…` runs some rows, `--quick` a small
 * trial that is printed and not kept, `--large` also a million documents. Renews bench/results.json and BENCHMARKS.md.
 */

import process from "node:process";
import { parseArgs } from "node:util";

import { describeCommit } from "./machine.ts";
import { printResult } from "./print.ts";
import { runRace } from "./race.ts";
import { keepResults } from "./results.ts";
import type { RowResult, Setting } from "./row.ts";
import { findRow, ROW_NAMES } from "./rows.ts";

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, large: { type: "boolean", default: false } },
  allowPositionals: true,
});

const narrate = (text: string): void => console.error(`  ${text}`);

async function runRow(name: string, setting: Setting): Promise<RowResult> {
  const row = await findRow(name);
  console.error(`${name}: ${row.title}`);
  const found = row.kind === "race" ? await runRace(name, row, setting, narrate) : await row.measure(setting);
  return { row: name, title: row.title, measuredAt: new Date().toISOString(), commit: describeCommit(), ...found };
}

let failed = false;
for (const name of positionals.length > 0 ? positionals : ROW_NAMES) {
  try {
    const result = await runRow(name, values);
    printResult(result);
    if (!values.quick) await keepResults([result]);
  } catch (error) {
    failed = true; // the others are worth having all the same
    console.error(error);
  }
}
process.exit(failed ? 1 : 0); // Hardhat keeps its sockets open
