/** The pinned contexts: every file has its bytes, every loader its file, and no context lets a name mean something else. */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { ADDRESSES, FILES } from "../../src/canon/contexts/catalogue.ts";
import { isPinned, loadContext } from "../../src/canon/contexts/context-set.ts";
import { isArray, isObject, type Json } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";

const FOLDER = join(import.meta.dirname, "../../src/canon/contexts/files");

/** The context of a file of the folder, as JSON. */
function readContext(file: string): Json | undefined {
  return (JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Readonly<Record<string, Json>>)["@context"];
}

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
  it("pins the bytes of every file, and loads that very file", async () => {
    for (const [file, pinned] of Object.entries(FILES)) {
      const bytes = readFileSync(join(FOLDER, file));
      expect(createHash("sha256").update(bytes).digest("hex"), file).to.equal(pinned.sha256);
      expect(createHash("sha384").update(bytes).digest("hex"), file).to.equal(pinned.sha384);
      expect((await pinned.load()).default, file).to.deep.equal(JSON.parse(bytes.toString("utf8")));
    }
  });

  // W3C VC Data Model 2.0, appendix B.1
  it("holds the published base context", () => {
    expect(ADDRESSES.w3c["https://www.w3.org/ns/credentials/v2"]).to.equal("credentials-v2.json");
    expect(FILES["credentials-v2.json"]?.sha256).to.equal(
      "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    );
  });

  it("names every file of the folder at some address, and each file's origin is written down", () => {
    const files = readdirSync(FOLDER).toSorted();
    expect(Object.keys(FILES).toSorted()).to.deep.equal(files);
    expect([...new Set(Object.values(ADDRESSES).flatMap((set) => Object.values(set)))].toSorted()).to.deep.equal(files);
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
  const terms = Object.values(ADDRESSES.w3c).map((file) => ({ file, terms: termsOf(readContext(file)) }));

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
