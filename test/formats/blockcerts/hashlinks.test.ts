/** Hashlinks: found wherever they stand, read as far as they can be, and compared with what they lead to. */

import { expect } from "chai";

import { toMultibase58 } from "../../../src/core/base58.ts";
import { concatBytes, fromHex, toUtf8 } from "../../../src/core/bytes.ts";
import { sha256 } from "../../../src/core/sha256.ts";
import { findHashlinks, followable } from "../../../src/formats/blockcerts/hashlinks.ts";
import { readStatements } from "../../../src/formats/blockcerts/statements.ts";

const WORLD = "hl:zQmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e";
const WORLD_SHA256 = "0x7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";

function linksIn(text: string): readonly { readonly state: string; readonly urls: readonly string[] }[] {
  return findHashlinks(readStatements(`<urn:a> <urn:p> "${text}" .\n`));
}

describe("findHashlinks", () => {
  it("finds one in an address", () => {
    const graph = readStatements(`<urn:a> <urn:p> <${WORLD}> .\n`);
    expect(findHashlinks(graph)).to.deep.equal([{ link: WORLD, state: "not-checked", sha256: WORLD_SHA256, urls: [] }]);
  });

  it("says that a digest of another kind is unreadable", () => {
    const sha512 = toMultibase58(concatBytes(Uint8Array.of(0x13, 0x20), new Uint8Array(32)));
    expect(linksIn(`hl:${sha512}`)).to.have.nested.property("[0].state", "unreadable");
  });

  it("leaves metadata alone that is none", () => {
    for (const metadata of [
      toMultibase58(fromHex("ff")),
      toMultibase58(fromHex("a10f01")),
      toMultibase58(fromHex("80")),
    ])
      expect(linksIn(`${WORLD}:${metadata}`)).to.deep.include({
        link: `${WORLD}:${metadata}`,
        state: "not-checked",
        sha256: WORLD_SHA256,
        urls: [],
      });
  });

  it("takes no other text for one", () => {
    expect(linksIn("hl:zshort xhl:zQm html:zQmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e")).to.deep.equal([]);
  });

  it("stops at a hundred", () => {
    const links = Array.from({ length: 150 }, (_, at) =>
      toMultibase58(concatBytes(Uint8Array.of(0x12, 0x20), sha256(toUtf8(`picture ${at}`)))),
    );
    expect(linksIn(links.map((link) => `hl:${link}`).join(" "))).to.have.length(100);
  });
});

describe("followable", () => {
  it("leaves out what names no address, and what has no digest that can be checked", () => {
    const links = [
      { link: "hl:z1", state: "not-checked", sha256: WORLD_SHA256, urls: ["https://uni.example/seal.png"] },
      { link: "hl:z2", state: "not-checked", sha256: WORLD_SHA256, urls: [] },
      { link: "hl:z3", state: "unreadable", sha256: null, urls: ["https://uni.example/seal.png"] },
    ] as const;
    expect(followable(links).map(({ link }) => link)).to.deep.equal(["hl:z1"]);
  });
});
