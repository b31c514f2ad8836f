/** The pinned contexts: every file has its bytes, every loader its file, and no context lets a name mean something else. */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { CATALOGUE } from "../../src/canon/contexts/catalogue.ts";
import { isPinned, loadContext } from "../../src/canon/contexts/context-set.ts";
import { isArray, isObject, type Json } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";

const FOLDER = join(import.meta.dirname, "../../src/canon/contexts/files");

const PINNED = Object.entries(CATALOGUE).flatMap(([set, contexts]) =>
  Object.entries(contexts).map(([url, pinned]) => ({ set, url, pinned })),
);

/** Every term defined anywhere in a context, with the address it stands for. */
function termsOf(context: Json | undefined): readonly (readonly [string, string])[] {
  if (isArray(context)) return context.flatMap(termsOf);
  if (!isObject(context)) return [];
  return Object.entries(context).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    if (isObject(value)) {
      const id = value["@id"] ?? value["@reverse"];
      const nested = termsOf(value["@context"]);
      return typeof id === "string" ? [[name, id], ...nested] : nested;
    }
    return typeof value === "string" ? [[name, value]] : [];
  });
}

describe("the catalogue of contexts", () => {
  it("pins the bytes of every file", () => {
    for (const { url, pinned } of PINNED) {
      const sha256 = createHash("sha256")
        .update(readFileSync(join(FOLDER, pinned.file)))
        .digest("hex");
      expect(sha256, url).to.equal(pinned.sha256);
    }
  });

  // W3C VC Data Model 2.0, appendix B.1
  it("holds the published base context", () => {
    expect(CATALOGUE.w3c["https://www.w3.org/ns/credentials/v2"]?.sha256).to.equal(
      "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    );
  });

  it("loads the very file it names", async () => {
    for (const { url, pinned } of PINNED) {
      const { default: loaded } = await pinned.load();
      expect(loaded, url).to.deep.equal(JSON.parse(readFileSync(join(FOLDER, pinned.file), "utf8")));
    }
  });

  it("names every file of the folder, and each file's origin is written down", () => {
    const files = readdirSync(FOLDER);
    expect([...new Set(PINNED.map(({ pinned }) => pinned.file))].toSorted()).to.deep.equal(files.toSorted());
    const licences = readFileSync(join(FOLDER, "../LICENCES.md"), "utf8");
    for (const file of files) expect(licences, file).to.contain(`\`${file}\``);
  });
});

describe("loadContext", () => {
  it("knows an address only in the sets asked for", async () => {
    expect(isPinned(["w3c"], "https://www.w3.org/ns/credentials/examples/v2")).to.equal(false);
    expect(isPinned(["w3c", "generic"], "https://www.w3.org/ns/credentials/examples/v2")).to.equal(true);
    for (const url of [
      "https://www.w3.org/ns/credentials/v2/",
      "http://www.w3.org/ns/credentials/v2",
      "toString",
      "__proto__",
    ]) {
      const error = await loadContext(["w3c", "generic", "blockcerts"], url).catch((caught: unknown) => caught);
      expect(error, url).to.be.instanceOf(Refusal).with.property("code", "CONTEXT_NOT_ALLOWED");
    }
  });

  it("gives each set its own copy of an address", async () => {
    const url = "https://www.w3.org/2018/credentials/v1";
    expect(await loadContext(["w3c"], url)).to.not.deep.equal(await loadContext(["blockcerts"], url));
  });
});

describe("the contexts that documents shown to people may name", () => {
  const terms = Object.values(CATALOGUE.w3c).map(({ file }) => ({
    file,
    terms: termsOf(
      (JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Readonly<Record<string, Json>>)["@context"],
    ),
  }));

  it("rename no keyword but @id and @type: a document cannot include or nest behind a plain name", () => {
    for (const { file, terms: all } of terms) {
      for (const [name, meaning] of all) {
        if (name.startsWith("@") || !meaning.startsWith("@")) continue;
        expect(["@id", "@type", "@value"], `${file} ${name}`).to.contain(meaning);
      }
    }
  });

  it("have one name for each statement a verdict rests on", () => {
    const weighty = [
      "validFrom",
      "validUntil",
      "credentialStatus",
      "credentialSubject",
      "issuer",
      "issuanceDate",
      "expirationDate",
      "proof",
    ];
    for (const { file, terms: all } of terms) {
      for (const word of weighty) {
        const ends = new RegExp(`[#:/]${word}$`);
        const names = new Set(all.filter(([, meaning]) => ends.test(meaning)).map(([name]) => name));
        expect(
          [...names].filter((name) => name !== word),
          `${file} ${word}`,
        ).to.deep.equal([]);
      }
    }
  });
});
