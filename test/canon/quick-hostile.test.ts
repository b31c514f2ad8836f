/**
 * The quick reader against the reference processor on documents that somebody changed with intent: the very same
 * statements, in the same order and under the same names, or no answer. Never one where the reference refuses.
 * Some thousand documents at hand; more than 100,000 with THOROUGH=true, which takes some minutes.
 */

import { expect } from "chai";
import fc from "fast-check";

import { ADDRESSES, FILES } from "../../src/canon/contexts/catalogue.ts";
import type { ContextSet } from "../../src/canon/contexts/context-set.ts";
import { findQuads } from "../../src/canon/quick-quads.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../src/core/json.ts";
import { anySteps, change, HOSTILE_NAMES, type Vocabulary } from "../support/hostile-json.ts";
import { referenceQuads } from "../support/reference-quads.ts";
import { describeVectors, vectorText } from "../support/vector-files.ts";
import { badge } from "../support/w3c-samples.ts";

const THOROUGH = process.env["THOROUGH"] === "true";
const SEED = Number(process.env["SEED"] ?? 20_261_124);
const V2 = "https://www.w3.org/ns/credentials/v2";
const BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const IDS = ["urn:x:a", "urn:x:b", "https://uni.example/c", "_:b0", "_:b1", "_:c14n0", "relative", "@id", "schema:x"];

/** True when the quick reader answered; fails when the reference does not say exactly the same. */
async function answers(document: JsonObject, sets: readonly ContextSet[]): Promise<boolean> {
  const quads = await findQuads(document, sets);
  if (quads === undefined) return false;
  expect(quads, JSON.stringify(document)).to.deep.equal(await referenceQuads(document, sets));
  return true;
}

async function wordsOf(sets: readonly ContextSet[]): Promise<readonly string[]> {
  const files = [...new Set(sets.flatMap((set) => Object.values(ADDRESSES[set])))];
  const words = new Set<string>();
  for (const file of files) collect((await FILES[file]?.load())?.default as Json, words);
  return [...words].sort();
}

/** Every name in a context document, of contexts inside it too. */
function collect(value: Json, words: Set<string>): void {
  if (isArray(value)) for (const item of value) collect(item, words);
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) {
      if (!name.startsWith("@")) words.add(name);
      collect(member, words);
    }
}

function unsigned(document: JsonObject): JsonObject {
  const { proof: _, signature: _signature, ...content } = document;
  return content;
}

/** Changes documents at random; at least the given share has to be answered, or nothing was compared. */
async function compare(documents: readonly JsonObject[], sets: readonly ContextSet[], runs: number, share: number) {
  const vocabulary: Vocabulary = { words: await wordsOf(sets), ids: IDS };
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(), anySteps, async (choice, steps) => {
      const document = documents[choice % documents.length] ?? {};
      if (await answers(change(document, steps, vocabulary), sets)) answered += 1;
    }),
    { numRuns: runs, seed: SEED },
  );
  console.info(`      ${answered} of ${runs} changed documents answered`);
  expect(answered).to.be.greaterThan(runs * share);
}

const CONFIGURATION: JsonObject = {
  "@context": [V2, BADGES],
  type: "DataIntegrityProof",
  cryptosuite: "eddsa-rdfc-2022",
  created: "2026-06-30T12:00:00Z",
  verificationMethod: "did:web:uni.example#key-1",
  proofPurpose: "assertionMethod",
};

/** Things of all kinds, two of them of one id, two unnamed ones alike, a number and a text beside each other. */
const CROWDED: JsonObject = {
  "@context": [V2, BADGES],
  id: "urn:x:a",
  type: ["VerifiableCredential", "OpenBadgeCredential"],
  name: ["One", "Two", "Two"],
  issuer: { id: "urn:x:b", type: "Profile", url: "https://uni.example/", address: { type: "Address", postalCode: "1" } },
  validFrom: "2026-01-01T00:00:00Z",
  credentialStatus: [{ id: "urn:x:s", type: "BitstringStatusListEntry", statusListIndex: "5", statusPurpose: "revocation" }],
  credentialSchema: { id: "https://uni.example/schema", type: "JsonSchema" },
  evidence: [{ type: ["Evidence"], narrative: "x" }, { type: ["Evidence"], narrative: "x" }],
  credentialSubject: {
    type: ["AchievementSubject"],
    identifier: [{ type: "IdentityObject", hashed: false, identityHash: "a", identityType: "name" }],
    result: [{ type: ["Result"], value: "5" }, { type: ["Result"], value: "5" }, { type: ["Result"], value: "6" }],
    creditsEarned: 180.5,
    achievement: {
      id: "urn:x:b",
      type: ["Achievement"],
      name: "x",
      alignment: [{ type: ["Alignment"], targetName: "x", targetUrl: "https://uni.example/", targetType: "CFItem" }],
      image: { id: "https://uni.example/i.png", type: "Image", caption: "x" },
      resultDescription: [{ id: "urn:x:r", type: ["ResultDescription"], name: "x", valueMax: "6" }],
    },
  },
  "https://example.org/p": [5, "5", true, 1.5, { "https://example.org/q": "x" }],
}; // prettier-ignore

/** Members of a credential that the reference refuses, or states otherwise than one would think. */
const TRAPS: Readonly<Record<string, JsonObject>> = {
  "a compact address with a space": { issuer: { id: "urn:x:i", "schema:a b": "x" } },
  "JSON that looks like a thing": { credentialSchema: { type: "JsonSchema", jsonSchema: { type: "JsonSchema" } } },
  "a number and a text of one type": { validFrom: [5, "5"] },
  "two numbers of one text": { "https://example.org/p": [0.3, 0.30000000000000004] },
  "a type twice, once by its address": {
    type: "urn:x:T",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": { id: "urn:x:T" },
  },
  "no type": { issuer: { id: "urn:x:i", type: [] } },
  "an unnamed node with a name": { issuer: { id: "_:b0", name: "x" } },
  "a keyword as purpose": { type: "DataIntegrityProof", proofPurpose: "type" },
  "a number with an exponent": { "https://example.org/p": 1.5e-7 },
  "a list in a list": { name: [["x"]] },
  "an empty list": { name: [] },
  "an empty object": { evidence: {} },
  "a bracket in an address": { issuer: "urn:x:<y>" },
  "another context inside": { issuer: { "@context": {}, id: "urn:x:i", type: "Profile" } },
  "a proof": { proof: { type: "DataIntegrityProof", proofPurpose: "assertionMethod" } },
};

describe("findQuads, asked by somebody hostile", function () {
  this.timeout(3_600_000);

  it("says what the reference says of changed credentials and proof configurations, or nothing", async () => {
    const documents = [unsigned(badge()), CROWDED, CONFIGURATION];
    for (const document of documents) expect(await answers(document, ["w3c"])).to.equal(true);
    await compare(documents, ["w3c"], THOROUGH ? 80_000 : 3_000, 0.1);
  });

  it("says what the reference says under any list of contexts, or nothing", async () => {
    const sets: readonly ContextSet[] = ["w3c", "generic", "blockcerts"];
    const urls = sets.flatMap((set) => Object.keys(ADDRESSES[set]));
    const vocabulary: Vocabulary = { words: await wordsOf(sets), ids: IDS };
    const list = fc.array(fc.constantFrom(V2, V2, BADGES, ...urls, `${V2} ${BADGES}`, "relative"), { maxLength: 4 });
    const runs = THOROUGH ? 20_000 : 1_000;
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(list, anySteps, async (contexts, steps) => {
        const document = { "@context": contexts, id: "urn:x:a", type: ["VerifiableCredential"], name: "x" };
        if (await answers(change(document, steps, vocabulary), sets)) answered += 1;
      }),
      { numRuns: runs, seed: SEED },
    );
    console.info(`      ${answered} of ${runs} answered`);
    expect(answered).to.be.greaterThan(runs / 50);
  });

  it("accepts no list of two contexts that the reference refuses", async () => {
    const sets: readonly ContextSet[] = ["w3c"];
    const urls = Object.keys(ADDRESSES.w3c);
    let answered = 0;
    for (const one of urls)
      for (const other of urls) {
        const document = { "@context": [one, other], "https://example.org/p": "x" };
        if (await answers(document, sets)) answered += 1;
      }
    expect(answered).to.be.greaterThan(urls.length);
  });

  it("does not answer where a quicker reader would differ from the reference", async () => {
    for (const [trap, members] of Object.entries(TRAPS)) {
      const document = { "@context": [V2, BADGES], id: "urn:x:a", type: ["VerifiableCredential"], ...members };
      expect(await findQuads(document, ["w3c"]), trap).to.equal(undefined);
    }
    expect(await findQuads({ "@context": [V2], id: "urn:x:a" }, ["w3c"]), "nothing said").to.equal(undefined);
    expect(await findQuads({ "@context": [V2], type: [] }, ["w3c"]), "no type").to.equal(undefined);
    for (const contexts of [[`${V2} ${BADGES}`], [V2, "relative"], Array.from({ length: 11 }, () => V2)])
      expect(await findQuads({ ...CROWDED, "@context": contexts }, ["w3c"]), contexts.join()).to.equal(undefined);
  });

  it("reads no member that has a name of the language or of an object's prototype", async () => {
    for (const name of HOSTILE_NAMES.filter((one) => !one.includes(":") && one !== "id" && one !== "type")) {
      const document = { ...CROWDED, issuer: Object.fromEntries([[name, "x"]]) };
      expect(await findQuads(document, ["w3c"]), name).to.equal(undefined);
    }
  });
});

describeVectors("w3c/INDEX.tsv", "the quick reader on changed documents of other issuers", () => {
  it("says what the reference says, or nothing", async function () {
    this.timeout(3_600_000);
    const documents = filesOf("w3c", /^(?:dcc|1edtech|w3c-di|w3c-vcdm2|w3c-recognized).*\.json$/);
    const sets: readonly ContextSet[] = ["w3c", "generic"];
    let answered = 0;
    for (const document of documents) if (await answers(document, sets)) answered += 1;
    console.info(`      ${answered} of ${documents.length} documents answered as they are`);
    expect(answered).to.be.greaterThan(documents.length / 4);
    await compare(documents, sets, THOROUGH ? 30_000 : 1_000, 0.02);
  });
});

describeVectors("blockcerts/INDEX.tsv", "the quick reader on Blockcerts", () => {
  it("says what the reference says of them and of changed ones, or nothing", async function () {
    this.timeout(3_600_000);
    const documents = filesOf("blockcerts", /^documents\/v[23p].*\.json$/).map((document) => ({
      ...document,
      "@context": [...[document["@context"] ?? []].flat(), { "@vocab": "http://fallback.org/" }] as Json,
    }));
    let answered = 0;
    for (const document of documents) if (await answers(document, ["blockcerts"])) answered += 1;
    console.info(`      ${answered} of ${documents.length} documents answered as they are`);
    await compare(documents, ["blockcerts"], THOROUGH ? 20_000 : 1_000, 0.02);
  });
});

/** Documents of the vectors, without their proofs. */
function filesOf(folder: string, names: RegExp): readonly JsonObject[] {
  return vectorText(`${folder}/INDEX.tsv`)
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "")
    .filter((file) => names.test(file))
    .map((file) => JSON.parse(vectorText(`${folder}/${file}`)) as Json)
    .filter((document) => isObject(document))
    .map(unsigned);
}
