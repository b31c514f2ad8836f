/** The example roster and template that the package brings are ones a faculty could issue as they are. */

import { resolve } from "node:path";

import { expect } from "chai";

import { toEd25519PublicKey } from "../../src/core/ed25519.ts";
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

  for (const [template, format, reported] of [
    ["degree", "w3c-vc-v2", []],
    // the grades: Blockcerts has no words for a transcript of its own
    ["blockcerts", "blockcerts-v3", ["torts", "contracts", "constitutional", "criminal", "property", "equity"]],
  ] as const) {
    it(`can be issued as ${format} from the same roster`, async () => {
      const issuer = "did:web:law.uni.example";
      const verificationMethod = `${issuer}#key-1`;
      const publicKey = { curve: "Ed25519", bytes: toEd25519PublicKey(new Uint8Array(32).fill(1)) } as const;
      const ports = portsOver({ ledger: openLedger(), batches: openMemoryStore(), files: {} });
      const anchorer = openLedger().anchorer();
      const preflight = async () => ({ ...(await anchorer.preflight()), chainId: 11_155_111 });
      const request = {
        roster: example("roster.csv"),
        template: example(`${template}.template.json`),
        format,
        out: "/nowhere",
      } as const;
      const { count, notices } = await dryRun(request, {
        ...ports,
        readFile: readFileInPieces,
        openAnchorer: () => ({ ...anchorer, preflight }),
        openSigner: () => ({ issuer, verificationMethod, publicKey, sign: () => new Uint8Array(64) }),
        issuer,
      });
      expect(count).to.equal(1_000);
      for (const column of reported)
        expect(
          notices.some(({ where }) => where.endsWith(`column ${column}`)),
          column,
        ).to.equal(true);
      if (reported.length === 0) expect(notices).to.deep.equal([]);
    }).timeout(60_000);
  }

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
