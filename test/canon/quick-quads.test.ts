/** The quick reader against the reference processor: the same statements, or no answer; never one where the other refuses. */

import { expect } from "chai";
import * as fc from "fast-check";

import { findQuads } from "../../src/canon/quick-quads.ts";
import { toCanonicalQuads, type RdfcOptions } from "../../src/canon/rdfc.ts";
import { isObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { mutationsOf } from "../support/mutations.ts";
import { holds } from "../support/property.ts";
import { describeVectors, vectorText } from "../support/vector-files.ts";
import { badge } from "../support/w3c-samples.ts";

const QUICK: RdfcOptions = { contexts: ["w3c", "generic"], safe: true, withDirection: true };
const REFERENCE: RdfcOptions = { ...QUICK, byReference: true };

async function canonical(document: JsonObject, options: RdfcOptions): Promise<string> {
  return toCanonicalQuads(document, options).catch(
    (error: unknown) => `refused: ${error instanceof Error ? error.name : ""}`,
  );
}

/** True when the quick reader answered; fails when it answered differently. */
async function answers(document: JsonObject, where: string): Promise<boolean> {
  const quads = await findQuads(document, REFERENCE.contexts).catch(() => undefined);
  if (quads === undefined) return false;
  expect(await canonical(document, QUICK), where).to.equal(await canonical(document, REFERENCE));
  return true;
}

function unsigned(document: JsonObject): JsonObject {
  const { proof: _, ...content } = document;
  return content;
}

const BADGE = unsigned(badge());

describe("findQuads", () => {
  it("answers for badges, and says what the reference says", async () => {
    expect(await answers(BADGE, "badge")).to.equal(true);
    expect(
      await answers({ ...BADGE, "https://testamur.example/ns#anchorNonce": "uAAAA" }, "with an address as a name"),
    ).to.equal(true);
  });

  it("says the same of every document with one thing changed, or nothing where the reference refuses", async function () {
    this.timeout(120_000);
    let answered = 0;
    for (const { document, kind, path } of mutationsOf(BADGE)) {
      if (await answers(document, `${kind} ${path.join("/")}`)) answered += 1;
    }
    expect(answered).to.be.greaterThan(50);
  });

  it("says the same of documents made of the contexts' own words", async () => {
    const text = fc.constantFrom(
      "x",
      "A b",
      "https://uni.example/x",
      "urn:x:y",
      "did:web:uni.example",
      "id",
      "type",
      "Profile",
      "2026-06-30T00:00:00Z",
      '\u00e9\n"\\',
      "",
    );
    const scalar = fc.oneof(
      text,
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(1e21, 1e-7, 0.5, -0, 100),
    );
    const type = fc.constantFrom(
      "Profile",
      "Achievement",
      "AchievementSubject",
      "Alignment",
      "Result",
      "Image",
      "Address",
      "VerifiableCredential",
      "JsonSchema",
      "Nothing",
      "https://example.org/T",
    );
    const name = fc.constantFrom(
      "name",
      "description",
      "image",
      "url",
      "achievement",
      "creator",
      "address",
      "result",
      "value",
      "creditsEarned",
      "issuer",
      "evidence",
      "alignment",
      "targetUrl",
      "parentOrg",
      "inLanguage",
      "validFrom",
      "tag",
      "termsOfUse",
      "credentialSubject",
      "unknown",
      "https://example.org/p",
      "endorsement",
      "otherIdentifier",
      "resultDescription",
      "allowedValue",
    );
    const { node } = fc.letrec<{ node: JsonObject; value: Json }>((tie) => ({
      node: fc
        .record(
          {
            id: fc.constantFrom("urn:x:a", "urn:x:b", "https://uni.example/c", "_:b", "relative"),
            type: fc.oneof(type, fc.array(type, { minLength: 1, maxLength: 3 })),
            members: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
          },
          { requiredKeys: [] },
        )
        .map(({ members, ...rest }) => ({ ...rest, ...members })),
      value: fc.oneof(
        { maxDepth: 3 },
        scalar,
        fc.array(scalar, { maxLength: 3 }),
        tie("node"),
        fc.array(tie("node"), { maxLength: 2 }),
      ),
    }));
    let answered = 0;
    await holds(
      fc.asyncProperty(node, async (members) => {
        const document = { ...BADGE, ...members, "@context": BADGE["@context"] ?? [] };
        if (await answers(document, JSON.stringify(members))) answered += 1;
      }),
      2,
    );
    expect(answered).to.be.greaterThan(5);
  });

  it("gives no answer to what it does not read: value objects, nested contexts, graphs, lists, unknown words", async () => {
    const context = BADGE["@context"] ?? [];
    for (const change of [
      { name: { "@value": "x", "@language": "en" } },
      { issuer: { "@context": context, id: "did:web:uni.example" } },
      { "@context": "https://www.w3.org/ns/credentials/v2" },
      { "@context": ["https://www.w3.org/ns/credentials/v2", { name: "https://example.org/name" }] },
      { "@graph": [] },
      { "@id": "urn:x:a" },
      { grade: "A" },
      { id: "_:b" },
      { name: null },
      { name: [] },
      { evidence: {} },
      { credentialSchema: { id: "urn:x:a", type: "JsonSchema", jsonSchema: { a: 1 } } },
    ] as readonly JsonObject[]) {
      expect(await findQuads({ ...BADGE, ...change }, REFERENCE.contexts), JSON.stringify(change)).to.equal(undefined);
    }
  });
});

describeVectors("w3c/INDEX.tsv", "the quick reader on documents of other issuers", () => {
  it("says what the reference says, of most of them", async function () {
    this.timeout(120_000);
    const files = vectorText("w3c/INDEX.tsv")
      .split("\n")
      .map((line) => line.split("\t")[0] ?? "")
      .filter((file) => /^(?:dcc|1edtech|w3c-di|w3c-vcdm2|w3c-recognized).*\.json$/.test(file));
    let read = 0;
    let answered = 0;
    for (const file of files) {
      const document = JSON.parse(vectorText(`w3c/${file}`)) as Json;
      if (!isObject(document) || !Array.isArray(document["@context"])) continue;
      read += 1;
      if (await answers(unsigned(document), file)) answered += 1;
    }
    expect(answered).to.be.greaterThan(read / 3);
  });
});
