import { expect } from "chai";
import fc from "fast-check";

import { TestamurError } from "../../src/core/errors.ts";
import { collectProblems, LISTED_PROBLEMS } from "../../src/issue/problems.ts";
import { openRoster, type RosterRow } from "../../src/issue/roster.ts";
import { collect, streamOf } from "../support/collect.ts";
import { holds } from "../support/property.ts";

const utf8 = new TextEncoder();

interface Read {
  readonly columns: readonly string[];
  readonly rows: readonly RosterRow[];
  readonly notices: readonly string[];
}

/** A roster read to its end, or the fault with its problems. */
async function read(...chunks: readonly (string | Uint8Array)[]): Promise<Read> {
  const problems = collectProblems();
  const bytes = chunks.map((chunk) => (typeof chunk === "string" ? utf8.encode(chunk) : chunk));
  const roster = await openRoster(streamOf(...bytes), "roster.csv", problems);
  const rows = await collect(roster.rows);
  problems.refuseIfAny("ROSTER_INVALID", "roster.csv");
  return { columns: roster.columns, rows, notices: roster.notices().map(({ what }) => what) };
}

async function refusalOf(...chunks: readonly (string | Uint8Array)[]): Promise<TestamurError> {
  try {
    await read(...chunks);
  } catch (error) {
    if (error instanceof TestamurError) return error;
    throw error;
  }
  return expect.fail("the roster was accepted");
}

/** Where the problems are. */
async function places(...chunks: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  const error = await refusalOf(...chunks);
  expect(error.code).to.equal("ROSTER_INVALID");
  return error.problems.map(({ where }) => where);
}

const cellsOf = ({ rows }: Read): readonly (readonly string[])[] => rows.map(({ cells }) => cells);

describe("openRoster", () => {
  describe("reads", () => {
    for (const [name, separator] of [
      ["commas", ","],
      ["semicolons", ";"],
      ["tabs", "\t"],
    ] as const)
      it(`cells between ${name}`, async () => {
        const found = await read(
          ["name", "id"].join(separator),
          "\n",
          ["Zoë, or ; not", "7"].map((cell) => `"${cell}"`).join(separator),
        );
        expect(found.columns).to.deep.equal(["name", "id"]);
        expect(cellsOf(found)).to.deep.equal([["Zoë, or ; not", "7"]]);
      });

    it("the separator outside quotation marks, however many others stand inside", async () => {
      const found = await read('"a,b,c,d,e";id\n1;2\n');
      expect(found.columns).to.deep.equal(["a,b,c,d,e", "id"]);
    });

    for (const [name, end] of [
      ["line feeds", "\n"],
      ["CRLF", "\r\n"],
      ["carriage returns", "\r"],
    ] as const)
      it(`lines that end in ${name}, the last one or not`, async () => {
        expect(cellsOf(await read(`name,id${end}A,1${end}B,2`))).to.deep.equal([
          ["A", "1"],
          ["B", "2"],
        ]);
        expect(cellsOf(await read(`name,id${end}A,1${end}B,2${end}`))).to.deep.equal([
          ["A", "1"],
          ["B", "2"],
        ]);
      });

    it("mixed line ends", async () => {
      expect(cellsOf(await read("name\r\nA\nB\r\nC"))).to.deep.equal([["A"], ["B"], ["C"]]);
    });

    it("a byte order mark as nothing", async () => {
      expect((await read("\ufeffname,id\nA,1\n")).columns).to.deep.equal(["name", "id"]);
    });

    it("line breaks and doubled quotation marks inside cells", async () => {
      expect(cellsOf(await read('name,note\nA,"one\r\ntwo ""three"""\n'))).to.deep.equal([["A", 'one\r\ntwo "three"']]);
    });

    it("formula-like cells as the texts they are", async () => {
      const cells = ["=1+1", "+49 30 1234", "-2", "@home", '=HYPERLINK(""http://x"")'];
      const found = await read(`a,b,c,d,e\n${cells.map((cell) => `"${cell}"`).join(",")}\n`);
      expect(cellsOf(found)[0]).to.deep.equal(["=1+1", "+49 30 1234", "-2", "@home", '=HYPERLINK("http://x")']);
    });

    it("one column without any separator", async () => {
      expect(cellsOf(await read("name\nA\nB\n"))).to.deep.equal([["A"], ["B"]]);
    });

    it("blank lines as no learners, and still counts them as rows", async () => {
      const { rows } = await read("name,id\n\nA,1\n,\n  ,\nB,2\n\n");
      expect(rows.map(({ row, place }) => [row, place])).to.deep.equal([
        [1, 3],
        [2, 6],
      ]);
    });

    it("the same whatever pieces the bytes come in", async () => {
      const text = '\ufeffname;stadt\r\n"Ärger; ""so""";Łódź\r\n"عمر\r\nחיים";東京\r\n';
      const whole = cellsOf(await read(text));
      const bytes = utf8.encode(text);
      await holds(
        fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
          const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
          const pieces = edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge));
          expect(cellsOf(await read(...pieces))).to.deep.equal(whole);
        }),
      );
    });

    it("any cells back that a CSV writer wrote", async () => {
      const cell = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.trim().normalize("NFC"));
      const fit = cell.filter((text) => !/[\p{Cc}\ufffd]/u.test(text));
      await holds(
        fc.asyncProperty(fc.array(fc.tuple(fit, fit, fit), { minLength: 1, maxLength: 6 }), async (table) => {
          const lines = table.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
          const found = await read(`a,b,c\n${lines.join("\n")}\n,,x\n`);
          const kept = table.filter((cells) => cells.some((text) => text !== ""));
          expect(cellsOf(found)).to.deep.equal([...kept, ["", "", "x"]]);
        }),
      );
    });
  });

  describe("tidies, and says so:", () => {
    it("white space around a cell", async () => {
      const found = await read("name,id\n  A \t,\u00a01\nB,2\n");
      expect(cellsOf(found)).to.deep.equal([
        ["A", "1"],
        ["B", "2"],
      ]);
      expect(found.notices).to.have.length(1);
      expect(found.notices[0]).to.contain("2 cells");
    });

    it("letters in pieces (NFD) become whole (NFC)", async () => {
      const found = await read(`name\n${"Zoë".normalize("NFD")}\n`);
      expect(cellsOf(found)).to.deep.equal([["Zoë".normalize("NFC")]]);
      expect(found.notices[0]).to.contain("NFC");
    });

    it("and says nothing where nothing was tidied", async () => {
      expect((await read("name\nZoë\n")).notices).to.deep.equal([]);
    });
  });

  describe("refuses", () => {
    it("an empty file", async () => {
      expect(await places("")).to.deep.equal(["roster.csv"]);
      expect(await places("\ufeff")).to.deep.equal(["roster.csv"]);
    });
    it("a header without rows", async () => expect(await places("name,id\n\n\n")).to.deep.equal(["roster.csv"]));
    it("a column without a name", async () =>
      expect(await places("name,,id,\n1,2,3,4\n")).to.deep.equal([
        "roster.csv row 1, column 2",
        "roster.csv row 1, column 4",
      ]));
    it("two columns of one name, white space aside", async () =>
      expect(await places("name,id, name\n1,2,3\n")).to.deep.equal(["roster.csv row 1, column 3"]));
    it("rows with too few or too many cells, all of them, with their numbers", async () =>
      expect(await places("a,b\n1\n1,2\n1,2,3\n")).to.deep.equal(["roster.csv row 2", "roster.csv row 4"]));
    it("control characters, with row and column", async () =>
      expect(await places("name,id\nA,1\nB\u0000,2\nC,\u0085\n")).to.deep.equal([
        "roster.csv row 3, column name",
        "roster.csv row 4, column id",
      ]));
    it("letters that were lost before", async () =>
      expect(await places("name\nM\ufffdller\n")).to.deep.equal(["roster.csv row 2, column name"]));
    it("a cell longer than a spreadsheet's", async () =>
      expect(await places(`name\n${"x".repeat(32_768)}\n`)).to.deep.equal(["roster.csv row 2, column name"]));
    it("Latin-1, naming the line", async () => {
      const bytes = Uint8Array.from("name,id\nA,1\nM\u00fcller,2\n", (letter) => letter.charCodeAt(0));
      expect(await places(bytes)).to.deep.equal(["roster.csv line 3"]);
      expect(await places(bytes.subarray(0, 9), bytes.subarray(9, 13), bytes.subarray(13))).to.deep.equal([
        "roster.csv line 3",
      ]);
    });
    it("a character that the file's end cut off", async () =>
      expect(await places(utf8.encode("name\nZo\u00eb").subarray(0, -1))).to.deep.equal(["roster.csv line 2"]));
    it("UTF-16", async () => expect(await places(Uint8Array.of(0xff, 0xfe, 0x61, 0x00))).to.deep.equal(["roster.csv"]));
    it("spreadsheets and PDFs", async () => {
      expect(await places("PK\u0003\u0004 and so on")).to.deep.equal(["roster.csv"]);
      expect(await places("%PDF-1.7 and so on")).to.deep.equal(["roster.csv"]);
      expect(await places(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1))).to.deep.equal(["roster.csv"]);
    });
    it("a quotation mark that never closes", async () =>
      expect(await places('name,id\nA,1\n"B,2\nC,3\n')).to.deep.equal(["roster.csv row 3"]));
    it("a quotation mark inside a cell", async () =>
      expect(await places('name,id\n5" disk,1\n')).to.deep.equal(["roster.csv row 2"]));
    it("a row that never ends, without reading all of it into memory", async () =>
      expect(await places("name\n", `"${"x".repeat(1_100_000)}`, "y".repeat(1_000_000))).to.deep.equal([
        "roster.csv row 2",
      ]));

    it("everything at once, and lists a hundred", async () => {
      const error = await refusalOf(`a,b\n${"1\n".repeat(250)}`);
      expect(error.problems).to.have.length(LISTED_PROBLEMS);
      expect(error.message).to.contain("250 problems");
      expect(error.problems.every(({ next }) => next !== undefined)).to.equal(true);
    });
  });

  it("takes time in proportion to hostile text", async () => {
    for (const hostile of [
      '"'.repeat(100_000),
      ",".repeat(100_000),
      '""",'.repeat(25_000),
      "a\r".repeat(50_000),
      " ".repeat(100_000),
    ]) {
      const start = process.cpuUsage();
      await read(`name,id\n${hostile}`).catch(() => undefined);
      await read(hostile).catch(() => undefined);
      expect(process.cpuUsage(start).user / 1_000).to.be.lessThan(8_000); // not the wall clock: machines are shared
    }
  });
});
