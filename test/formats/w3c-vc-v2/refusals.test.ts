/** What the reader refuses, rule by rule: the data model, Data Integrity, the limits, and spellings that hide statements. */

import { expect } from "chai";

import { textOf, type Json, type JsonObject } from "../../../src/core/json.ts";
import { ANCHOR_NONCE, ANCHOR_STORE, STATUS_LIST } from "../../../src/formats/w3c-vc-v2/names.ts";
import { toProofValue } from "../../../src/formats/w3c-vc-v2/proof-value.ts";
import { GENERIC } from "../../../src/formats/w3c-vc-v2/profile.ts";
import { readerOf, w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { firstFault, issue, ISSUER, type Issued } from "../../support/w3c-samples.ts";

const V2 = "https://www.w3.org/ns/credentials/v2";
const OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const CREDENTIAL_ID = "urn:uuid:5c0a0b5e-6f0a-4c0e-8b0a-1d5a3b0c7e11";

/** The code a document is refused with, or "opened". */
async function codeOf(document: JsonObject): Promise<string> {
  const opened = await w3cVcV2.open(document);
  return opened.kind === "refused" ? opened.finding.code : "opened";
}

describe("the reader of W3C credentials", () => {
  let issued: Issued;
  let document: JsonObject;
  let signature: JsonObject;
  let anchor: JsonObject;
  before(async () => {
    issued = await issue();
    ({ document } = issued);
    [signature, anchor] = document["proof"] as unknown as [JsonObject, JsonObject];
  });

  /** Every change is refused with the code. */
  async function refuses(code: string, changes: readonly JsonObject[]): Promise<void> {
    for (const change of changes)
      expect(await codeOf({ ...document, ...change }), JSON.stringify(change).slice(0, 200)).to.equal(code);
  }

  it("refuses contexts that are not a list, do not begin with the base, are unknown, inline, or too many", async () => {
    const contexts: readonly Json[] = [
      V2,
      [],
      [OB3, V2],
      [V2, "https://example.org/context"],
      [V2, "https://www.w3.org/ns/credentials/examples/v2"],
      [V2, "https://www.w3.org/ns/credentials/undefined-terms/v2"],
      [V2, { name: "https://example.org/name" }],
      [V2, 7],
      [V2, null],
      [V2, [OB3]],
      [V2, ...Array.from({ length: 8 }, () => OB3)],
    ];
    await refuses(
      "CONTEXT_NOT_ALLOWED",
      contexts.map((context) => ({ "@context": context })),
    );
    const { "@context": _, ...without } = document;
    expect(await codeOf(without)).to.equal("CONTEXT_NOT_ALLOWED");
  });

  it("refuses a context below the top, unless it is an embedded credential's and known", async () => {
    const endorsement = (context: Json): JsonObject => ({
      "@context": context,
      id: "urn:uuid:00000000-0000-4000-8000-000000000001",
      type: ["VerifiableCredential", "EndorsementCredential"],
      issuer: "did:web:state.example",
      credentialSubject: { id: CREDENTIAL_ID, type: ["EndorsementSubject"], endorsementComment: "Sound." },
    });
    await refuses("CONTEXT_NOT_ALLOWED", [
      { issuer: { "@context": [V2], id: ISSUER } },
      { credentialSubject: { "@context": [V2], id: "did:example:graduate" } },
      { endorsement: [endorsement([V2, { name: "https://example.org/name" }])] },
      { endorsement: [{ "@context": [V2], id: "did:example:graduate" }] },
      { evidence: [endorsement([V2, OB3])] },
    ]);
    expect(await codeOf({ ...document, endorsement: [endorsement([V2, OB3])] })).to.equal("opened");
  });

  it("refuses members and types that the contexts do not map", async () => {
    await refuses("MEMBER_UNKNOWN", [
      { grade: "A" },
      { type: ["VerifiableCredential", "Diploma"] },
      { credentialSubject: { id: "did:example:graduate", grade: "A" } },
      { evidence: { type: "Transcript" } },
      { termsOfUse: { type: "https://example.org/Policy", obligation: "none" } },
    ]);
  });

  it("refuses ids, issuers and types that are not what the data model says", async () => {
    await refuses("SHAPE_WRONG", [
      { id: "not a URL" },
      { id: ["urn:x:a", "urn:x:b"] },
      { id: 7 },
      { id: null },
      { id: "_:b0" },
      { type: [] },
      { type: "AchievementCredential" },
      { type: ["VerifiableCredential", 7] },
      { issuer: null },
      { issuer: "uni" },
      { issuer: { name: "Uni" } },
      { issuer: { id: null } },
      { issuer: [ISSUER] },
      { credentialSubject: [] },
      { credentialSubject: {} },
      { credentialSubject: "did:example:graduate" },
      { credentialSubject: [{ id: "did:example:graduate" }, {}] },
      { credentialSubject: { id: ["did:example:a", "did:example:b"] } },
    ]);
  });

  it("refuses dates without a zone, without a day in the calendar, or in the wrong order", async () => {
    for (const name of ["validFrom", "validUntil"]) {
      await refuses("SHAPE_WRONG", [
        { [name]: "2026-06-30" },
        { [name]: "2026-06-30T00:00:00" },
        { [name]: "2026-02-30T00:00:00Z" },
        { [name]: "2026-06-30T24:00:00Z" },
        { [name]: "2026-06-30T00:00:00+15:00" },
        { [name]: "10000-06-30T00:00:00Z" },
        { [name]: "2026-06-30 00:00:00Z" },
        { [name]: ["2026-06-30T00:00:00Z"] },
        { [name]: 1782777600 },
      ]);
    }
    await refuses("SHAPE_WRONG", [{ validFrom: "2036-06-30T00:00:01Z" }]);
    expect(await codeOf({ ...document, validFrom: "2026-06-30T00:00:00.123+05:30" })).to.equal("opened");
  });

  it("refuses names and descriptions that are more than text with a language", async () => {
    await refuses("SHAPE_WRONG", [
      { name: 7 },
      { name: { "@value": "BSc", "@language": "en", url: "https://uni.example" } },
      { name: { "@value": 7 } },
      { description: { "@language": "en" } },
      { issuer: { id: ISSUER, name: ["Uni", 7] } },
    ]);
    expect(
      await codeOf({ ...document, name: [{ "@value": "BSc", "@language": "en", "@direction": "ltr" }, "BSc"] }),
    ).to.equal("opened");
  });

  it("refuses statuses, schemas, terms, evidence and refresh services without a type or with a wrong id", async () => {
    const id = "https://uni.example/x";
    for (const name of ["credentialStatus", "credentialSchema", "termsOfUse", "evidence", "refreshService"]) {
      await refuses("SHAPE_WRONG", [
        { [name]: { id } },
        { [name]: "x" },
        { [name]: [{ type: "x" }, 7] },
        { [name]: { type: "x", id: [id] } },
        { [name]: {} },
      ]);
    }
    await refuses("SHAPE_WRONG", [
      { credentialSchema: { type: "JsonSchema" } },
      { credentialSchema: { type: "JsonSchema", id: "https ://x" } },
    ]);
  });

  it("refuses related resources without digest, named twice, or other than our copy", async () => {
    const digestSRI = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU";
    expect(await codeOf({ ...document, relatedResource: { id: V2, digestSRI } })).to.equal("opened");
    expect(
      await codeOf({ ...document, relatedResource: [{ id: "https://uni.example/x", digestSRI: "sha384-AAAA" }] }),
    ).to.equal("opened");
    await refuses("SHAPE_WRONG", [
      { relatedResource: { id: V2 } },
      { relatedResource: { digestSRI } },
      {
        relatedResource: [
          { id: V2, digestSRI },
          { id: V2, digestSRI },
        ],
      },
      { relatedResource: { id: V2, digestSRI: digestSRI.replace("l/H", "l/I") } },
      { relatedResource: { id: V2, digestMultibase: "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k" } },
      { relatedResource: { id: V2, digestSRI: 7 } },
    ]);
    const suite = { relatedResource: { id: V2, digestMultibase: "uJKGMkOmFbVJhEfKTduMC2XCyvRAYLjOVmZWwIH1wQ7k" } };
    expect((await readerOf(GENERIC).open({ ...document, ...suite })).kind).to.equal("opened");
  });

  it("refuses null, empty lists and empty objects: they state nothing, so no statement of theirs is signed", async () => {
    await refuses("SHAPE_WRONG", [{ name: null }, { issuer: { id: ISSUER, url: null } }]);
    await refuses("CONTAINER_EMPTY", [{ issuer: { id: ISSUER, image: [] } }, { issuer: { id: ISSUER, image: {} } }]);
  });

  it("refuses other spellings of a statement, which could hide it: addresses and keywords as names", async () => {
    const { validUntil, ...endless } = document;
    const hidden: readonly JsonObject[] = [
      { "https://www.w3.org/2018/credentials#validUntil": validUntil ?? "" },
      { "@included": [{ id: CREDENTIAL_ID, validUntil: validUntil ?? "" }] },
      { "@graph": [{ id: CREDENTIAL_ID, validUntil: validUntil ?? "" }] },
      { "@nest": { validUntil: validUntil ?? "" } },
      { "@reverse": { name: "x" } },
      { "@id": CREDENTIAL_ID },
      { "@type": "VerifiableCredential" },
      { "cred:validUntil": validUntil ?? "" },
      { issuer: { id: ISSUER, [ANCHOR_STORE]: "x" } },
    ];
    for (const change of hidden)
      expect(await codeOf({ ...endless, ...change }), JSON.stringify(change)).to.equal("MEMBER_UNKNOWN");
  });

  it("refuses names that software finds on every object", async () => {
    for (const name of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
      const polluted = JSON.parse(JSON.stringify(document).replace('"name":', `"${name}":"x","name":`)) as JsonObject;
      expect(await codeOf(polluted), name).to.equal("KEY_RESERVED");
    }
    expect(Object.hasOwn(Object.prototype, "polluted")).to.equal(false);
  });

  it("refuses a document without proof, with an empty set, or with something else there", async () => {
    const { proof: _, ...unsigned } = document;
    expect(await codeOf(unsigned)).to.equal("PROOF_MISSING");
    await refuses("SHAPE_WRONG", [
      { proof: [] },
      { proof: "z1" },
      { proof: null },
      { proof: [signature, "z1"] },
      { proof: [{ ...signature, type: "" }, anchor] },
      { proof: [signature, signature, anchor] },
      { proof: [signature, anchor, anchor] },
      { proof: [signature, anchor, { ...anchor, verificationMethod: `${ISSUER}#store-2` }] },
      { proof: [anchor, ...Array.from({ length: 8 }, (_, at) => ({ ...signature, nonce: String(at) }))] },
    ]);
  });

  it("refuses a proof without what its suite needs, or with more than a proof may say", async () => {
    const changes: readonly JsonObject[] = [
      { verificationMethod: "key-1" },
      { verificationMethod: ISSUER },
      { verificationMethod: `${ISSUER}#` },
      { verificationMethod: "urn:uuid:4ca4a241-fc3b-4d92-97f5-e4ad3f2e5b3a#key-1" },
      { verificationMethod: { id: `${ISSUER}#key-1` } },
      { proofPurpose: "authentication" },
      { proofPurpose: ["assertionMethod"] },
      { proofValue: "" },
      { proofValue: (textOf(signature, "proofValue") ?? "").slice(0, -2) },
      { proofValue: `${textOf(signature, "proofValue")}1` },
      { proofValue: (textOf(signature, "proofValue") ?? "").replace("z", "u") },
      { created: "yesterday" },
      { expires: "2036-01-01T00:00:00" },
      { domain: 7 },
      { challenge: {} },
      { id: 7 },
      { previousProof: [] },
      { previousProof: 7 },
      { "@context": document["@context"] ?? [] },
    ];
    await refuses(
      "SHAPE_WRONG",
      changes.map((change) => ({ proof: [{ ...signature, ...change }, anchor] })),
    );
    for (const name of ["verificationMethod", "proofPurpose", "proofValue"]) {
      const { [name]: _, ...lacking } = signature;
      expect(await codeOf({ ...document, proof: [lacking, anchor] }), name).to.equal("SHAPE_WRONG");
    }
    expect(await codeOf({ ...document, proof: [{ ...signature, note: "hello" }, anchor] })).to.equal("MEMBER_UNKNOWN");
    expect(await codeOf({ ...document, proof: [{ ...signature, previousProof: "urn:x:a" }, anchor] })).to.equal(
      "PROOF_MISSING",
    );
  });

  it("cannot say anything of a document whose proofs are all of other suites", async () => {
    const { [ANCHOR_STORE]: _, [ANCHOR_NONCE]: __, ...foreign } = document;
    const proof = { type: "DataIntegrityProof", cryptosuite: "bbs-2023", proofValue: "u2" };
    const opened = await w3cVcV2.open({ ...foreign, proof });
    expect(opened.kind === "refused" && [opened.finding.code, opened.finding.outcome]).to.deep.equal([
      "FORMAT_UNSUPPORTED",
      "unknown",
    ]);
  });

  it("faults a document of ours that lost its signature or its anchor", async () => {
    expect(await firstFault({ ...document, proof: [anchor] }, issued.root)).to.equal("SIGNATURE_MISSING");
    expect(await firstFault({ ...document, proof: [signature] }, issued.root)).to.equal("ANCHOR_MISSING");
    expect(
      await firstFault({ ...document, proof: [{ ...signature, cryptosuite: "eddsa-2022" }, anchor] }, issued.root),
    ).to.equal("SIGNATURE_MISSING");
  });

  it("faults keys and stores that are not the issuer's", async () => {
    const other = "did:web:other.example";
    expect(
      await firstFault(
        { ...document, proof: [{ ...signature, verificationMethod: `${other}#key-1` }, anchor] },
        issued.root,
      ),
    ).to.equal("SIGNATURE_KEY_NOT_LISTED");
    expect(
      await firstFault(
        { ...document, proof: [signature, { ...anchor, verificationMethod: `${other}#store-1` }] },
        issued.root,
      ),
    ).to.equal("ISSUER_RECORD_CONTRADICTS");
    expect(await firstFault({ ...document, issuer: other }, issued.root)).to.equal("SIGNATURE_KEY_NOT_LISTED");
  });

  it("refuses an anchor proof of more or other members, and members of the anchor in another spelling", async () => {
    const { proofPurpose: _, ...lacking } = anchor;
    const proofs: readonly JsonObject[] = [
      ...["created", "expires", "id", "previousProof", "nonce", "domain"].map((name) => ({
        ...anchor,
        [name]: "2026-06-30T00:00:00Z",
      })),
      lacking,
      { ...anchor, proofPurpose: "authentication" },
      { ...anchor, verificationMethod: ISSUER },
      { ...anchor, proofValue: 7 },
    ];
    await refuses(
      "SHAPE_WRONG",
      proofs.map((proof) => ({ proof: [signature, proof] })),
    );
    const store = textOf(document, ANCHOR_STORE) ?? "";
    await refuses("SHAPE_WRONG", [
      { [ANCHOR_STORE]: store.toUpperCase() },
      { [ANCHOR_STORE]: store.replace("0x5fb", "0x5FB") },
      { [ANCHOR_STORE]: store.replace("eip155:", "eip155:0") },
      { [ANCHOR_STORE]: store.slice(0, -1) },
      { [ANCHOR_STORE]: `${store}0` },
      { [ANCHOR_STORE]: store.replace("31337", "9999999999999999") },
      { [ANCHOR_STORE]: [store] },
      { [ANCHOR_NONCE]: "uAAAAAAAAAAAAAAAAAAAA" },
      { [ANCHOR_NONCE]: "uAAAAAAAAAAAAAAAAAAAAAB" },
      { [ANCHOR_NONCE]: 7 },
      { [STATUS_LIST]: "uAAAAAAAAAAAAAAAAAAAAAA" },
      { [STATUS_LIST]: 7 },
    ]);
    for (const name of [ANCHOR_STORE, ANCHOR_NONCE]) {
      const { [name]: __, ...without } = document;
      expect(await codeOf(without), name).to.equal("SHAPE_WRONG");
    }
  });

  it("refuses a path that does not fit its place, and finds another root by one that does", async () => {
    const digest = new Uint8Array(32).fill(7);
    const proofOf = (size: number, index: number, length: number): JsonObject => ({
      proof: [
        signature,
        { ...anchor, proofValue: toProofValue({ size, index, path: Array.from({ length }, () => digest) }) },
      ],
    });
    for (const [size, index, length] of [
      [1, 0, 1],
      [2, 1, 0],
      [5, 4, 3],
      [5, 2, 2],
      [5, 2, 4],
      [2 ** 32, 0, 31],
    ] as const) {
      await refuses("ROOT_MISMATCH", [proofOf(size, index, length)]);
    }
    expect(await firstFault({ ...document, ...proofOf(5, 2, 3) }, issued.root)).to.equal("ROOT_NOT_ANCHORED");
  });

  it("keeps the limits: bytes, depth, members, texts", async () => {
    const nested = (levels: number): Json =>
      levels === 0 ? "x" : { id: `urn:x:${levels}`, type: ["Profile"], parentOrg: nested(levels - 1) };
    await refuses("JSON_TOO_DEEP", [{ issuer: { id: ISSUER, type: ["Profile"], parentOrg: nested(64) } }]);
    await refuses("DOCUMENT_TOO_LARGE", [
      { name: "x".repeat(262_145) },
      { name: "\u00e9".repeat(131_073) },
      { name: Array.from({ length: 5 }, () => "x".repeat(220_000)) },
      { evidence: Array.from({ length: 6_667 }, (_, at) => ({ id: `urn:x:${at}`, type: "Evidence", name: "x" })) },
    ]);
    expect(await codeOf({ ...document, name: "x".repeat(262_144) })).to.equal("opened");
  });

  it("cannot say anything of a document that would take too long", async () => {
    const names = Array.from({ length: 2_001 }, (_, at) => `name ${at}`);
    await refuses("FORMAT_UNSUPPORTED", [{ name: names }]);
  });
});

describe("the reader of credentials signed as statements only", () => {
  it("has doubts about objects of the credential's own id: statements could have been moved there", async () => {
    const { document, root } = await issue();
    const { [ANCHOR_STORE]: _, [ANCHOR_NONCE]: __, proof, ...content } = document;
    const [signature] = proof as readonly Json[];
    const moved = {
      ...content,
      proof: signature ?? null,
      issuer: { id: ISSUER, type: ["Profile"], parentOrg: { id: CREDENTIAL_ID, type: ["Profile"] } },
    };
    const opened = await w3cVcV2.open(moved);
    expect(opened.kind === "opened" && opened.claims.unprotected).to.deep.equal(["/issuer/parentOrg"]);
    expect(await firstFault(moved, root)).to.equal("CONTENT_UNPROTECTED");
  });
});
