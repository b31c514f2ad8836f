/** The small faces of the command line: exit codes, spreadsheet cells, hostile text on a terminal. */

import { expect } from "chai";

import { exitOfVerdicts } from "../../src/cli/exit-codes.ts";
import { renderReport } from "../../src/cli/render-report.ts";
import { csvCell, csvHeader, csvRow } from "../../src/cli/report-csv.ts";
import { harmless, table } from "../../src/cli/terminal.ts";
import { HEADLINES, finding } from "../../src/core/findings.ts";
import type { Report } from "../../src/core/report.ts";
import { wordingOf } from "../../src/core/wording.ts";

const report: Report = {
  file: "a.json",
  verdict: "valid",
  headline: "VALID",
  findings: [finding("integrity", "INTEGRITY_HOLDS", "The document is exactly what was issued.")],
  credential: { holder: "\u202Eevil\u001b[31m", content: {} },
  checkedAt: "2026-11-22T10:31:00.000Z",
  version: "0",
};

describe("exitOfVerdicts", () => {
  it("is 0 when all are valid, 1 when one is invalid, 3 when one could not be checked", () => {
    expect(exitOfVerdicts(["valid", "valid"])).to.equal(0);
    expect(exitOfVerdicts(["valid", "inconclusive"])).to.equal(3);
    expect(exitOfVerdicts(["inconclusive", "invalid", "valid"])).to.equal(1);
  });
});

describe("csvCell", () => {
  for (const start of ["=1+1", "+1", "-1", "@a", "\tx", "\rx"]) {
    it(`marks ${JSON.stringify(start)} as text`, () => expect(csvCell(start)).to.equal(`"'${start}"`));
  }
  it("doubles quotes", () => expect(csvCell('a"b')).to.equal('"a""b"'));
  it("gives a row as many cells as the header", () => {
    expect(csvRow(report).split('","').length).to.equal(csvHeader().split(",").length);
  });
});

describe("harmless", () => {
  it("shows control and direction characters as escapes", () => {
    expect(harmless("a\u001b[2Jb\u202Ec\u200Bd")).to.equal("a\\u{1b}[2Jb\\u{202e}c\\u{200b}d");
  });
  it("leaves names of every script as they are", () => {
    for (const name of ["Zoë Ångström", "محمد", "李小龍", "தமிழ்", "O’Neil"]) expect(harmless(name)).to.equal(name);
  });
});

describe("renderReport", () => {
  it("never sends a document's control characters to a terminal", () => {
    const screen = renderReport(report).join("\n");
    expect(screen).not.to.contain("\u202E");
    expect(screen).not.to.contain("evil\u001b");
  });
});

describe("wordingOf", () => {
  for (const headline of HEADLINES) {
    it(`has a sentence and a next step for ${headline}, without the words of the trade`, () => {
      const { sentence, next, word } = wordingOf({ headline });
      for (const text of [sentence, next, word])
        expect(text)
          .to.match(/\S/)
          .and.not.match(/hash|merkle|\brpc node\b/i);
    });
  }
  it("says when entries are hidden and when the network is a test network", () => {
    expect(wordingOf({ headline: "VALID", hidden: 3 }).sentence).to.contain("hidden 3 entries");
    expect(wordingOf({ headline: "VALID", hidden: 1 }).sentence).to.contain("1 entry");
    expect(wordingOf({ headline: "VALID", network: "test" }).sentence).to.contain("test network");
  });
});

describe("table", () => {
  it("aligns columns and cuts what is too long", () => {
    expect(
      table(
        [
          ["a", "bb"],
          ["ccc", "d"],
        ],
        80,
      ),
    ).to.deep.equal(["a    bb", "ccc  d"]);
    expect(table([["x".repeat(50), "y"]], 80)[0]).to.equal(`${"x".repeat(35)}…  y`);
    expect(table([["a", "y".repeat(60)]], 40)[0]).to.equal(`a  ${"y".repeat(36)}…`);
    expect(table([["a", "y".repeat(60)]], Number.POSITIVE_INFINITY)[0]).to.equal(`a  ${"y".repeat(60)}`);
  });
});
