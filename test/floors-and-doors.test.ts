/** Proves that the guard of the house barks: a planted import that breaks a floor or a door is refused by the linter. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";

import { DOORS, FLOORS } from "../oxlint.config.ts";

const project = resolve(import.meta.dirname, "..");

describe("floors and doors", () => {
  let house: string;

  before(() => {
    house = mkdtempSync(join(tmpdir(), "testamur-house-"));
    for (const file of ["oxlint.config.ts", "tsconfig.json", "package.json"])
      cpSync(join(project, file), join(house, file));
    symlinkSync(join(project, "node_modules"), join(house, "node_modules"));
  });

  after(() => rmSync(house, { recursive: true, force: true }));

  /** What the linter says of one planted file. */
  function lint(file: string, text: string): string {
    const path = join(house, "src", file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    const run = spawnSync(process.execPath, ["node_modules/oxlint/bin/oxlint", `src/${file}`], {
      cwd: house,
      encoding: "utf8",
    });
    rmSync(path);
    return `${run.stdout}${run.stderr}`;
  }

  const planted: readonly [string, string, string][] = [
    ["refuses a room of the same floor", "verify/planted.ts", `export * from "../chain/networks.ts";`],
    ["refuses a room above", "core/planted.ts", `export * from "../formats/format.ts";`],
    ["refuses it from a folder further down", "formats/some/planted.ts", `export * from "../../verify/verify.ts";`],
    ["refuses a package beside its door", "verify/planted.ts", `export * from "viem";`],
    ["refuses a package's sub-path beside its door", "merkle/planted.ts", `export * from "@noble/hashes/sha3.js";`],
    ["refuses a Node built-in in a browser-safe room", "identity/planted.ts", `export * from "node:fs";`],
    [
      "refuses a package even inside another package's door",
      "core/keccak.ts",
      `export * from "@noble/curves/abstract/utils.js";`,
    ],
  ];
  for (const [sentence, file, text] of planted) {
    it(sentence, () => expect(lint(file, text)).to.contain("no-restricted-imports"));
  }

  it("accepts a package at its door and a room below", () => {
    const said = lint("core/keccak.ts", `export { keccak_256 } from "@noble/hashes/sha3.js";\n`);
    expect(said).to.contain("0 errors");
    expect(lint("verify/planted.ts", `export type { Claims } from "../core/claims.ts";\n`)).to.contain("0 errors");
  });

  it("knows every room there is", () => {
    const rooms = readdirSync(join(project, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(FLOORS.flat()).to.include.members(rooms);
  });

  it("gives every runtime dependency a door", async () => {
    const { default: manifest } = await import("../package.json", { with: { type: "json" } });
    expect(Object.keys(DOORS)).to.include.members(Object.keys(manifest.dependencies));
  });
});
