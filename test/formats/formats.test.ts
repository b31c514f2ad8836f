/** The list of formats: exactly one for a document, or a word on why not. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { TestamurError } from "../../src/core/errors.ts";
import { isObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { detectFormat, formatById, FORMATS, issuingFormatById, ISSUING_FORMATS } from "../../src/formats/formats.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import { integrityOf } from "../support/integrity.ts";
import { CONTENT_V3, CREDENTIAL, issueV2 } from "../support/openattestation-samples.ts";
import { holds } from "../support/property.ts";
import { wrapV3 } from "../support/slow-openattestation.ts";
import { findVectors } from "../support/vectors.ts";

/** Every JSON file of the vectors; some are no documents at all. */
function vectorFiles(): string[] {
  const folders = ["openattestation", "blockcerts", "w3c"]
    .map((name) => findVectors(name))
    .filter((path) => path !== undefined);
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name)),
  );
}

function codeOf(document: JsonObject): string {
  const detected = detectFormat(document);
  return detected.kind === "format" ? detected.format.id : detected.finding.code;
}

const V4 = [
  "https://www.w3.org/ns/credentials/v2",
  "https://schemata.openattestation.com/com/openattestation/4.0/context.json",
];

describe("detectFormat", () => {
  it("tells the versions of OpenAttestation apart", () => {
    expect(codeOf(issueV2())).to.equal("openattestation-v2");
    expect(codeOf(wrapV3(CONTENT_V3))).to.equal("openattestation-v3");
    expect(codeOf({ "@context": V4, type: ["VerifiableCredential"] })).to.equal("FORMAT_UNSUPPORTED");
  });

  it("leaves the version of another shape to the format to refuse", async () => {
    const document = { ...issueV2(), version: "https://schema.openattestation.com/3.0/schema.json" };
    expect(codeOf(document)).to.equal("openattestation-v2");
    expect(await integrityOf(openAttestationV2, document)).to.equal("FORMAT_AMBIGUOUS");
  });

  it("takes a credential without proof for W3C's, which says that the proof is missing", () => {
    const { proof: _, ...raw } = wrapV3(CONTENT_V3);
    expect(codeOf(raw)).to.equal("w3c-vc-v2");
  });

  it("refuses a document of two shapes", () => {
    expect(codeOf({ ...wrapV3(CONTENT_V3), signature: { type: "SHA3MerkleProof" } })).to.equal("FORMAT_AMBIGUOUS");
    expect(codeOf({ ...wrapV3(CONTENT_V3), version: "https://schema.openattestation.com/2.0/schema.json" })).to.equal(
      "FORMAT_AMBIGUOUS",
    );
    expect(codeOf({ ...wrapV3(CONTENT_V3), "@context": V4 })).to.equal("FORMAT_AMBIGUOUS");
  });

  it("says what else a file might be", () => {
    const word = (document: JsonObject): string => {
      const detected = detectFormat(document);
      return detected.kind === "unknown" ? detected.finding.message : detected.kind;
    };
    expect(word(CREDENTIAL)).to.contain("never issued");
    expect(word({ type: "OPEN-ATTESTATION-TYPE-1", cipherText: "" })).to.contain("opened with its key");
    expect(word({ type: ["VerifiablePresentation"] })).to.contain("presentation");
    expect(word({})).to.contain("empty");
    expect(word({ hello: "world" })).to.contain("not a credential");
  });

  it("finds no document of the vectors in two formats", () => {
    for (const file of vectorFiles()) {
      const document: unknown = JSON.parse(readFileSync(file, "utf8"));
      if (isObject(document as Json)) expect(detectFormat(document as JsonObject).kind, file).to.not.equal("ambiguous");
    }
  });

  it("never throws", async () => {
    await holds(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (any) => {
        expect(detectFormat(any as JsonObject).kind).to.be.a("string");
      }),
    );
  });
});

describe("formatById and issuingFormatById", () => {
  it("find every format by its own name", () => {
    for (const format of FORMATS) expect(formatById(format.id)).to.equal(format);
    for (const format of ISSUING_FORMATS) expect(issuingFormatById(format.id)).to.equal(format);
    expect(new Set(FORMATS.map(({ id }) => id)).size).to.equal(FORMATS.length);
  });

  it("say so when there is none", () => {
    expect(formatById("openattestation-v9")).to.equal(undefined);
    for (const id of ["openattestation-v3", "toString", ""])
      expect(() => issuingFormatById(id))
        .to.throw(TestamurError)
        .with.property("code", "FORMAT_NOT_ISSUABLE");
  });
});
