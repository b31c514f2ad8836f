/** How the documents of a batch lie in files: names, lines, and which document is where. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { toUtf8 } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import type { SealedEntry } from "../../src/core/ports/batches.ts";
import { documentsIn, filesOf } from "../../src/issue/document-files.ts";
import { issue } from "../../src/issue/issue.ts";
import { fileNameOf, layoutFor, LINES_PER_FILE, MOST_FILES } from "../../src/issue/names.ts";
import { resume } from "../../src/issue/resume.ts";
import { collect, streamOf } from "../support/collect.ts";
import { openLedger } from "../support/fake-ledger.ts";
import {
  expectConsistent,
  filesOf as rosterFiles,
  portsOver,
  requestTo,
  rosterOf,
  type World,
} from "../support/issuing.ts";
import { openMemoryStore } from "../support/memory-store.ts";

const BATCH = "20261124-3f9a2c7b";

function entryOf(row: number): SealedEntry {
  return { row, fileName: fileNameOf(BATCH, row, "lines"), leaf: "0x00", sealed: "{}" };
}

describe("documents in files", () => {
  it("names a file after its learner, a file of lines after its first one", () => {
    expect(fileNameOf(BATCH, 123, "files")).to.equal("3f9a2c7b-000123.json");
    expect(fileNameOf(BATCH, 1, "lines")).to.equal("3f9a2c7b-000001.ndjson");
    expect(fileNameOf(BATCH, LINES_PER_FILE, "lines")).to.equal("3f9a2c7b-000001.ndjson");
    expect(fileNameOf(BATCH, LINES_PER_FILE + 1, "lines")).to.equal("3f9a2c7b-001001.ndjson");
  });

  it("takes lines only above a hundred thousand", () => {
    expect(layoutFor(MOST_FILES)).to.equal("files");
    expect(layoutFor(MOST_FILES + 1)).to.equal("lines");
  });

  it("gathers the documents of one file, with the position of the first", async () => {
    const rows = Array.from({ length: 2 * LINES_PER_FILE + 1 }, (_, at) => entryOf(at + 1));
    const files = await collect(filesOf(streamOf(...rows)));
    expect(files.map(({ name, start, entries }) => [name, start, entries.length])).to.deep.equal([
      ["3f9a2c7b-000001.ndjson", 0, 1_000],
      ["3f9a2c7b-001001.ndjson", 1_000, 1_000],
      ["3f9a2c7b-002001.ndjson", 2_000, 1],
    ]);
    expect(await collect(filesOf(streamOf<SealedEntry>()))).to.deep.equal([]);
  });

  it("finds each document again in the bytes of a file", () => {
    const bytes = toUtf8('{"a":1}\n{"b":2}\n');
    expect(documentsIn("x.json", bytes)).to.deep.equal([bytes]);
    expect(documentsIn("x.ndjson", bytes)).to.deep.equal([toUtf8('{"a":1}\n'), toUtf8('{"b":2}\n')]);
    expect(documentsIn("x.ndjson", toUtf8('{"a":1}\n{"b"'))).to.have.length(2);
    expect(documentsIn("x.ndjson", toUtf8(""))).to.deep.equal([]);
  });
});

describe("a batch in lines", () => {
  let directory = "";
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "testamur-lines-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  function worldOf(count: number): World {
    return { ledger: openLedger(), batches: openMemoryStore(), files: rosterFiles(rosterOf(count)) };
  }

  it("is issued, checked and listed with the line of each learner", async () => {
    const world = worldOf(1_003);
    const out = join(directory, "out");
    const { batch, count } = await issue({ ...requestTo(out), layout: "lines" }, portsOver(world));
    expect(count).to.equal(1_003);
    await expectConsistent(world, batch, 1_003);
    const names = readdirSync(out).filter((name) => name.endsWith(".ndjson"));
    expect(names).to.have.length(2);
    const lines = names.map((name) => readFileSync(join(out, name), "utf8").trimEnd().split("\n"));
    expect(lines.map(({ length }) => length)).to.deep.equal([1_000, 3]);
    const index = readFileSync(join(out, "index.csv"), "utf8");
    expect(index).to.include(`"1002","S-1002","${names[1]}:2"`);
    expect(JSON.parse(lines[1]?.[1] ?? "")).to.have.nested.property("signature.type");
  });

  it("hands nothing out when a line is missing on the disk", async () => {
    const world = worldOf(5);
    const out = join(directory, "out");
    const ports = portsOver(world);
    const cutting = {
      ...ports,
      checkpoint: (name: string) => {
        if (name !== "after:attached") return;
        const [room = ""] = readdirSync(out).filter((entry) => entry.startsWith(".unchecked"));
        const [file = ""] = readdirSync(join(out, room)).filter((entry) => entry.endsWith(".ndjson"));
        const path = join(out, room, file);
        writeFileSync(path, readFileSync(path, "utf8").split("\n").slice(0, 4).join("\n"));
      },
    };
    const failure: unknown = await issue({ ...requestTo(out), layout: "lines" }, cutting).catch(
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(TestamurError).with.property("code", "CHECK_FAILED");
    expect((failure as TestamurError).message).to.include("holds 4 documents instead of 5");
    expect(readdirSync(out).filter((name) => !name.startsWith("."))).to.deep.equal([]);
    const [order] = world.batches.listBatches();
    const again = await resume(order?.id ?? "", ports).catch((error: unknown) => error);
    expect(again).to.have.property("code", "CHECK_FAILED");
  });
});
