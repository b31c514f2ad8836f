/** The example roster and template that the package brings are ones a faculty could issue as they are. */

import { resolve } from "node:path";

import { expect } from "chai";

import { dryRun } from "../../src/issue/dry-run.ts";
import { collectProblems } from "../../src/issue/problems.ts";
import { openRoster } from "../../src/issue/roster.ts";
import { readFileInPieces } from "../../src/store/read-file.ts";
import { collect } from "../support/collect.ts";
import { openLedger } from "../support/fake-ledger.ts";
import { portsOver } from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";

const example = (name: string): string => resolve(import.meta.dirname, "../../examples", name);
const SCRIPTS = [
  "Latin",
  "Arabic",
  "Hebrew",
  "Han",
  "Hiragana",
  "Hangul",
  "Devanagari",
  "Tamil",
  "Cyrillic",
  "Greek",
  "Thai",
  "Ethiopic",
];

describe("the examples", () => {
  it("can be issued without a problem and without a notice", async () => {
    const ports = portsOver({ ledger: openLedger(), batches: openMemoryStore(), files: {} });
    const request = {
      roster: example("roster.csv"),
      template: example("transcript.template.json"),
      format: "openattestation-v2",
      out: "/nowhere",
    } as const;
    const { count, notices } = await dryRun(request, { ...ports, readFile: readFileInPieces });
    expect(count).to.equal(1_000);
    expect(notices).to.deep.equal([]);
  });

  it("hold names in many scripts", async () => {
    const { columns, rows } = await openRoster(
      readFileInPieces(example("roster.csv")),
      "roster.csv",
      collectProblems(),
    );
    const names = (await collect(rows)).map(({ cells }) => cells[columns.indexOf("name")] ?? "");
    for (const script of SCRIPTS)
      expect(names.filter((name) => new RegExp(`\\p{Script=${script}}`, "u").test(name)).length, script).to.be.at.least(
        5,
      );
  });
});
