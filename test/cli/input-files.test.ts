/** The documents that paths stand for: folders with other things in them, and lines longer than any document. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { readInputFiles, type InputFile } from "../../src/cli/input-files.ts";
import { laterFaultOf } from "../support/faults.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

const MAX_BYTES = 16 * 1024 * 1024;

describe("readInputFiles", () => {
  const temporary = withTemporaryDirectory();
  const read = async (name: string): Promise<readonly InputFile[]> =>
    Array.fromAsync(readInputFiles([join(temporary(), name)]));
  const write = (name: string, content: string): void => writeFileSync(join(temporary(), name), content);

  it("takes badges out of a folder, and leaves pictures and letters alone", async () => {
    mkdirSync(join(temporary(), "folder"));
    write("folder/a.json", "{}");
    const svg = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`;
    write("folder/badge.svg", svg('<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0">{}</b:credential>'));
    write("folder/logo.svg", svg("<title>openbadges</title>"));
    write("folder/torn.svg", svg("").slice(0, -3)); // nobody knows what it held
    write("folder/letter.txt", "openbadges");
    expect((await read("folder")).map(({ name }) => name.slice(temporary().length + 1))).to.deep.equal([
      "folder/a.json",
      "folder/badge.svg",
      "folder/torn.svg",
    ]);
  });

  it("numbers lines as an editor does, and hands on no line longer than a document may be", async () => {
    write("many.ndjson", `{"a":1}\r\n\n${"x".repeat(MAX_BYTES + 1)}\n{"b":2}`);
    const found = await read("many.ndjson");
    expect(found.map(({ name }) => name.split(":").at(-1))).to.deep.equal(["1", "3", "4"]);
    expect(found.map(({ bytes }) => bytes.length > MAX_BYTES)).to.deep.equal([false, true, false]);
  });

  it("is not content with no document at all", async () => {
    write("none.ndjson", "\n");
    mkdirSync(join(temporary(), "empty"));
    expect(await laterFaultOf(async () => read("none.ndjson"))).to.equal("USAGE");
    expect(await laterFaultOf(async () => read("empty"))).to.equal("USAGE");
  });
});
