/** Canonical statements: the W3C and Blockcerts vectors byte for byte, what safe mode refuses, and what costs too much. */

import { expect } from "chai";

import { toCanonicalQuads, type LossEvent, type RdfcOptions } from "../../src/canon/rdfc.ts";
import { toHexDigits } from "../../src/core/bytes.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { sha256OfText } from "../../src/core/sha256.ts";
import { describeVectors, vectorText } from "../support/vector-files.ts";

const STRICT: RdfcOptions = { contexts: ["w3c"], safe: true, withDirection: true };
const GENERIC: RdfcOptions = { contexts: ["w3c", "generic"], safe: true, withDirection: true };
const BLOCKCERTS: RdfcOptions = { contexts: ["blockcerts"], safe: false };

const V2 = "https://www.w3.org/ns/credentials/v2";

function credential(members: JsonObject): JsonObject {
  return {
    "@context": [V2],
    type: ["VerifiableCredential"],
    issuer: "did:web:uni.example",
    credentialSubject: { id: "did:example:graduate" },
    ...members,
  };
}

async function codeOf(document: JsonObject, options: RdfcOptions = STRICT): Promise<string> {
  const outcome = await toCanonicalQuads(document, options).catch((error: unknown) => error);
  return outcome instanceof Refusal ? outcome.code : typeof outcome;
}

function parse(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

describe("toCanonicalQuads", () => {
  it("gives the same text for the same statements in another order", async () => {
    const one = credential({ name: "Degree", description: "Of science" });
    const other = Object.fromEntries(Object.entries(one).toReversed());
    expect(await toCanonicalQuads(one, STRICT)).to.equal(await toCanonicalQuads(other, STRICT));
  });

  it("refuses, in safe mode, whatever the contexts give no meaning", async () => {
    expect(await codeOf(credential({}))).to.equal("string");
    const meaningless: readonly JsonObject[] = [
      { grade: "A" },
      { type: ["VerifiableCredential", "Diploma"] },
      { evidence: { id: "relative", type: "https://example.org/Type" } },
      { credentialSubject: { id: "did:example:graduate", degree: "BSc" } },
      { id: "not absolute" },
    ];
    for (const members of meaningless)
      expect(await codeOf(credential(members)), JSON.stringify(members)).to.equal("MEMBER_UNKNOWN");
  });

  it("names a look-alike letter in what it refuses", async () => {
    const error = await toCanonicalQuads(credential({ "vali\u0501From": "2026" }), STRICT).catch(
      (caught: unknown) => caught,
    );
    expect(error).to.be.instanceOf(Refusal).with.property("message").that.contains("(U+0501)");
  });

  it("refuses contexts outside its sets, whether named, nested or imported", async () => {
    const foreign = "https://example.org/context";
    const documents: readonly JsonObject[] = [
      credential({ "@context": [V2, foreign] }),
      credential({ "@context": [V2, "https://www.w3.org/ns/credentials/examples/v2"] }),
      credential({ "@context": [V2, { "@import": foreign }] }),
      credential({ credentialSubject: { "@context": foreign, id: "did:example:graduate" } }),
      credential({ "@context": [V2, "./relative"] }),
    ];
    for (const document of documents)
      expect(await codeOf(document), JSON.stringify(document["@context"])).to.equal("CONTEXT_NOT_ALLOWED");
  });

  it("refuses a protected term redefined", async () => {
    expect(
      await codeOf(credential({ "@context": [V2, { VerifiableCredential: "https://example.org/Other" }] })),
    ).to.equal("SHAPE_WRONG");
  });

  it("takes text with a direction into the statements, where that is asked for", async () => {
    const document = credential({ name: { "@value": "شهادة", "@language": "ar", "@direction": "rtl" } });
    expect(await toCanonicalQuads(document, STRICT)).to.contain("<https://www.w3.org/ns/i18n#ar_rtl>");
    expect(await codeOf(document, { contexts: ["w3c"], safe: true })).to.equal("MEMBER_UNKNOWN");
  });

  it("reports what is dropped where safe mode is off", async () => {
    const events: LossEvent[] = [];
    const document = credential({ grade: "A" });
    const text = await toCanonicalQuads(document, {
      contexts: ["w3c"],
      safe: false,
      onEvent: (event) => events.push(event),
    });
    expect(text).to.equal(await toCanonicalQuads(credential({}), STRICT));
    expect(events).to.deep.include({ code: "invalid property", what: "grade" });
  });

  it("keeps the sets apart, in whatever order they are used", async () => {
    const redefined: JsonObject = {
      "@context": ["https://www.w3.org/2018/credentials/v1", { VerifiableCredential: "https://example.org/Other" }],
      id: "urn:uuid:0f0e0d0c-0b0a-4908-8706-050403020100",
      type: ["VerifiableCredential"],
    };
    for (let round = 0; round < 2; round++) {
      expect(await codeOf(redefined, STRICT)).to.equal("SHAPE_WRONG");
      expect(await codeOf(redefined, BLOCKCERTS)).to.equal("string");
    }
  });

  it("refuses entangled unnamed parts soon, instead of trying every order", async function () {
    this.timeout(20_000);
    // a complete graph of unnamed nodes: every one looks like every other
    const nodes = Array.from({ length: 12 }, (_, at) => `_:n${at}`);
    const graph: Json = nodes.map((id) => ({
      "@id": id,
      "https://example.org/knows": nodes.filter((other) => other !== id).map((other) => ({ "@id": other })),
    }));
    const started = performance.now();
    expect(await codeOf({ "@graph": graph }, { contexts: [], safe: false })).to.equal("FORMAT_UNSUPPORTED");
    expect(performance.now() - started).to.be.lessThan(10_000);
  });

  it("refuses, before it starts, documents of too many objects and members of too many values", async () => {
    const options: RdfcOptions = { contexts: [], safe: true };
    const values = (count: number): Json => Array.from({ length: count }, (_, at) => `value ${at}`);
    const things = (count: number): Json =>
      Array.from({ length: count }, (_, at) => ({ "@id": `urn:x:${at % 3}`, "https://example.org/p": values(500) }));
    const objects = Array.from({ length: 100 }, () => Array.from({ length: 50 }, () => ({})));
    expect(await codeOf({ "@id": "urn:x:a", "https://example.org/p": values(2_000) }, options)).to.equal("string");
    expect(await codeOf({ "@id": "urn:x:a", "https://example.org/p": values(2_001) }, options)).to.equal(
      "FORMAT_UNSUPPORTED",
    );
    expect(await codeOf({ "@graph": things(12) }, options)).to.equal("string");
    expect(await codeOf({ "@graph": things(13) }, options)).to.equal("FORMAT_UNSUPPORTED");
    expect(await codeOf({ "https://example.org/p": objects }, options)).to.equal("FORMAT_UNSUPPORTED");
    // an id is repeated in each statement about its thing, and may be a picture: a few are fine, thousands are not
    const picture = `data:image/png;base64,${"A".repeat(200_000)}`;
    const members = (count: number): JsonObject =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, 0]));
    expect(await codeOf(credential({ credentialSubject: { id: picture, ...members(1_000) } }))).to.equal(
      "FORMAT_UNSUPPORTED",
    );
    expect(await codeOf({ "@id": picture, "https://example.org/p": values(50) }, options)).to.equal("string");
    let deep: Json = "x";
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(await codeOf({ "https://example.org/p": deep }, options)).to.equal("JSON_TOO_DEEP");
  });
});

describeVectors("w3c/w3c-di-eddsa", "canonical documents of W3C vc-di-eddsa and vc-di-ecdsa", () => {
  const cases: readonly (readonly [
    folder: string,
    document: string,
    proof: string,
    hash: "SHA-256" | "SHA-384",
    suffix: string,
  ])[] = [
    ["w3c-di-eddsa/eddsa-rdfc-2022", "canonDocDataInt", "proofCanonDataInt", "SHA-256", "DataInt"],
    ["w3c-di-eddsa/Ed25519Signature2020", "canonDocEdSig", "proofCanonEdSig", "SHA-256", "EdSig"],
    ["w3c-di-ecdsa/ecdsa-rdfc-2019-p256", "canonDocECDSAP256", "proofCanonECDSAP256", "SHA-256", "ECDSAP256"],
    ["w3c-di-ecdsa/ecdsa-rdfc-2019-p384", "canonDocECDSAP384", "proofCanonECDSAP384", "SHA-384", "ECDSAP384"],
  ];
  for (const [folder, canonDocument, canonProof, hash, suffix] of cases) {
    it(`are met byte for byte (${folder})`, async () => {
      const { proof: _, ...unsigned } = parse(vectorText(`w3c/${folder}/signed${suffix}.json`));
      const config = parse(vectorText(`w3c/${folder}/proofConfig${suffix}.json`));
      expect(await toCanonicalQuads(unsigned, { ...GENERIC, hash })).to.equal(
        vectorText(`w3c/${folder}/${canonDocument}.txt`),
      );
      expect(await toCanonicalQuads(config, { ...GENERIC, hash })).to.equal(
        vectorText(`w3c/${folder}/${canonProof}.txt`),
      );
    });
  }
});

describeVectors("blockcerts/canonical", "canonical documents of Blockcerts", () => {
  /** The preparation of a document whose proofs are a list (or one) before the proof checked. */
  function prepared(text: string, before: number | "single" | "signature"): JsonObject {
    const document: Record<string, Json> = { ...parse(text) };
    if (before === "signature") delete document["signature"];
    else if (before === "single") delete document["proof"];
    else document["proof"] = (document["proof"] as readonly Json[]).slice(0, before);
    document["@context"] = [...[document["@context"] ?? []].flat(), { "@vocab": "http://fallback.org/" }] as Json;
    return document;
  }

  const cases: readonly (readonly [document: string, before: number | "single" | "signature", canonical: string])[] = [
    ["v2.0-alpha/py-valid", "signature", "hashed-v2.0-alpha-py-valid"],
    ["v3.0/ethereum-sepolia-v3", "single", "hashed-v3.0-ethereum-sepolia-v3"],
    ["v3.1/mocknet-v3-valid", 1, "hashed-v3.1-mocknet-v3-valid-proof1"],
    [
      "v3.1/mocknet-vc-v2-data-integrity-proof-multiple-signatures",
      0,
      "hashed-v3.1-mocknet-vc-v2-data-integrity-proof-multiple-signatures-proof0",
    ],
    [
      "v3.1/mocknet-vc-v2-data-integrity-proof-multiple-signatures",
      1,
      "hashed-v3.1-mocknet-vc-v2-data-integrity-proof-multiple-signatures-proof1",
    ],
    ["v3.1/schema-3.1-example-multisigned", 1, "hashed-v3.1-schema-3.1-example-multisigned-proof1"],
    [
      "v3.2/mocknet-vc-v2-name-description-multilingual",
      "single",
      "hashed-v3.2-mocknet-vc-v2-name-description-multilingual",
    ],
    ["vp/mocknet-verifiable-presentation", "single", "hashed-vp-mocknet-verifiable-presentation"],
  ];
  for (const [document, before, canonical] of cases) {
    it(`are met byte for byte (${canonical})`, async () => {
      const text = await toCanonicalQuads(
        prepared(vectorText(`blockcerts/documents/${document}.json`), before),
        BLOCKCERTS,
      );
      const expected = vectorText(`blockcerts/canonical/${canonical}.nq`);
      expect(toHexDigits(sha256OfText(text))).to.equal(toHexDigits(sha256OfText(expected)));
    });
  }
});
