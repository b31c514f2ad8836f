/** What the reader of OpenAttestation 2.0 must refuse: one document of our own a rule, its digest right wherever it can be. */

import { expect } from "chai";

import type { Json, JsonObject } from "../../../src/core/json.ts";
import { openAttestationV2 } from "../../../src/formats/openattestation-v2/openattestation-v2.ts";
import { integrityOf, integrityOfBytes } from "../../support/integrity.ts";
import {
  CREDENTIAL,
  issueV2,
  PROOF,
  salt,
  saltAll,
  wrapSaltedV2,
  wrapV2,
} from "../../support/openattestation-samples.ts";
import { slowLeafHashV2 } from "../../support/slow-openattestation.ts";

const HASH = "5eef18e536eedcf87ca97505da0e88b6b71a4db092f431f9094d81042fd80441";
const OTHER = "48a0a28f65b679bdc5d7c834f3bb291cfdc93bf1696fd30eb72f28f48cc94d39";
const SALTED = saltAll(CREDENTIAL) as JsonObject;
const SIGNATURE = wrapV2(CREDENTIAL)["signature"] as JsonObject;

/** A good document with other members beside its data. */
const beside = (members: JsonObject): JsonObject => ({ ...wrapV2(CREDENTIAL), ...members });
/** A good document with a changed signature. */
const signed = (members: JsonObject): JsonObject => beside({ signature: { ...SIGNATURE, ...members } });
/** Good data with one entry more, its digest right. */
const extended = (members: JsonObject): JsonObject => wrapSaltedV2({ ...SALTED, ...members });
/** Good data with one leaf of a text nobody salted properly. */
const leaf = (text: Json): JsonObject => extended({ extra: text });

/** A name of a member that literals cannot give. */
function named(name: string, value: Json): JsonObject {
  return JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as JsonObject;
}

/** Objects within objects. */
function nested(depth: number): Json {
  return depth === 0 ? salt("bottom") : { deeper: nested(depth - 1) };
}

const { version: _version, signature: _signature, ...unsigned } = wrapV2(CREDENTIAL);

const refusals: readonly [string, JsonObject, string][] = [
  ["an unknown version", beside({ version: "2.1" }), "FORMAT_UNSUPPORTED"],
  ["a version that is no text", beside({ version: 2 }), "FORMAT_UNSUPPORTED"],
  [
    "the version of another shape",
    beside({ version: "https://schema.openattestation.com/3.0/schema.json" }),
    "FORMAT_AMBIGUOUS",
  ],
  ["a schema that is no text", beside({ schema: {} }), "SHAPE_WRONG"],
  ["a document without signature", { ...unsigned, version: "1.0" }, "PROOF_MISSING"],
  ["an unknown member at the top", beside({ recipient: "Somebody else" }), "MEMBER_UNKNOWN"],
  ["an unknown member of the signature", signed({ signer: "me" }), "MEMBER_UNKNOWN"],
  ["an unknown member of privacy", beside({ privacy: { note: "x" } }), "MEMBER_UNKNOWN"],
  ["an unknown member of a proof entry", beside({ proof: [{ ...PROOF, by: "me" }] }), "MEMBER_UNKNOWN"],
  ["another type of signature", signed({ type: "SHA2MerkleProof" }), "SHAPE_WRONG"],
  ["a path that is no list", signed({ proof: HASH }), "SHAPE_WRONG"],
  ["hidden hashes that are no list", beside({ privacy: { obfuscatedData: HASH } }), "SHAPE_WRONG"],
  ["privacy that is no object", beside({ privacy: [] }), "SHAPE_WRONG"],
  ["a signature that is no object", beside({ signature: "SHA3MerkleProof" }), "SHAPE_WRONG"],
  ["data that is no object", beside({ data: [] }), "SHAPE_WRONG"],
  ["a proof that is no list", beside({ proof: PROOF }), "SHAPE_WRONG"],
  ["a proof entry that is no object", beside({ proof: ["signed"] }), "SHAPE_WRONG"],
  [
    "a proof entry for another purpose",
    beside({ proof: [{ ...PROOF, proofPurpose: "authentication" }] }),
    "SHAPE_WRONG",
  ],
  ["an empty name", extended(named("", salt("x"))), "KEY_EMPTY"],
  ["a name with a dot", extended(named("a.b", salt("x"))), "KEY_DOTTED"],
  ["a name that is a position", extended({ list: { "0": salt("x") } }), "KEY_NUMERIC"],
  ["the name __proto__", extended(named("__proto__", salt("x"))), "KEY_RESERVED"],
  ["the name constructor", extended({ deep: { constructor: salt("x") } }), "KEY_RESERVED"],
  ["the name prototype", extended({ prototype: salt("x") }), "KEY_RESERVED"],
  ["the name _isBuffer", extended({ _isBuffer: salt(true) }), "KEY_RESERVED"],
  ["a leaf without salt", leaf("plain"), "LEAF_UNSALTED"],
  ["a leaf that is a number", leaf(5), "LEAF_UNSALTED"],
  ["a leaf that is null", leaf(null), "LEAF_UNSALTED"],
  ["a leaf whose salt is in upper case", leaf(salt("x").toUpperCase()), "LEAF_UNSALTED"],
  ["a leaf whose salt is another UUID", leaf("550e8400-e29b-11d4-a716-446655440000:string:x"), "LEAF_UNSALTED"],
  ["a leaf of an unknown type", leaf(salt("x").replace("string", "object")), "LEAF_TYPE_UNKNOWN"],
  ["a number written otherwise", leaf(salt("1.50").replace("string", "number")), "LEAF_TEXT_NOT_CANONICAL"],
  ["a number beyond precision", leaf(salt("9007199254740993").replace("string", "number")), "LEAF_TEXT_NOT_CANONICAL"],
  ["a number that is none", leaf(salt(Number.NaN)), "LEAF_TEXT_NOT_CANONICAL"],
  ["an endless number", leaf(salt(Number.POSITIVE_INFINITY)), "LEAF_TEXT_NOT_CANONICAL"],
  ["a truth that is neither", leaf(salt("yes").replace("string", "boolean")), "LEAF_TEXT_NOT_CANONICAL"],
  ["a null with a text", leaf(salt("nil").replace("string", "null")), "LEAF_TEXT_NOT_CANONICAL"],
  ["a hash with a prefix", signed({ targetHash: `0x${HASH}` }), "HASH_MALFORMED"],
  ["a hash in upper case", signed({ merkleRoot: HASH.toUpperCase() }), "HASH_MALFORMED"],
  ["a hash that is too short", signed({ proof: [HASH.slice(2)] }), "HASH_MALFORMED"],
  ["a hash that is too long", beside({ privacy: { obfuscatedData: [`${HASH}00`] } }), "HASH_MALFORMED"],
  ["a hash that is null", signed({ targetHash: null }), "HASH_MALFORMED"],
  ["a hash that is missing", beside({ signature: { type: "SHA3MerkleProof", proof: [] } }), "HASH_MALFORMED"],
  ["a hidden hash listed twice", beside({ privacy: { obfuscatedData: [HASH, OTHER, HASH] } }), "HASH_TWICE"],
  [
    "a leaf both shown and hidden",
    beside({ privacy: { obfuscatedData: [slowLeafHashV2("id", SALTED["id"] ?? null)] } }),
    "HASH_TWICE",
  ],
  [
    "a path of 65 steps",
    wrapV2(
      CREDENTIAL,
      {},
      Array.from({ length: 65 }, () => HASH),
    ),
    "PROOF_TOO_LONG",
  ],
  ["data nested too deep", extended({ nested: nested(70) }), "JSON_TOO_DEEP"],
  [
    "more than 10,000 leaves",
    extended({ many: Array.from({ length: 10_001 }, (_, at) => salt(at, at)) }),
    "DOCUMENT_TOO_LARGE",
  ],
  [
    "more than 10,000 hidden leaves",
    beside({ privacy: { obfuscatedData: Array.from({ length: 10_001 }, () => HASH) } }),
    "DOCUMENT_TOO_LARGE",
  ],
  ["data with another digest", beside({ data: { ...SALTED, id: salt("UE-2026-0043") } }), "DIGEST_MISMATCH"],
  ["a hidden leaf too many", beside({ privacy: { obfuscatedData: [HASH] } }), "DIGEST_MISMATCH"],
  ["a path that leads elsewhere", signed({ proof: [HASH] }), "ROOT_MISMATCH"],
];

describe("openAttestationV2.open", () => {
  it("accepts the document that all others here were made from", async () => {
    expect(await integrityOf(openAttestationV2, wrapV2(CREDENTIAL))).to.equal("INTEGRITY_HOLDS");
  });

  for (const [what, document, code] of refusals) {
    it(`refuses ${what}`, async () => expect(await integrityOf(openAttestationV2, document)).to.equal(code));
  }

  it("refuses a member named twice, though both readings were anchored", async () => {
    const text = JSON.stringify(issueV2()).replace('"data":', '"data":{},"\\u0064ata":');
    expect(await integrityOfBytes(openAttestationV2, new TextEncoder().encode(text))).to.equal("JSON_KEY_TWICE");
  });

  it("leaves Object as it was", async () => {
    await integrityOf(openAttestationV2, extended({ a: named("__proto__", { polluted: salt("x") }) }));
    expect({}).to.not.have.property("polluted");
  });

  it("accepts the deepest and the longest that is allowed", async () => {
    const path = Array.from({ length: 64 }, () => HASH);
    const document = wrapSaltedV2({ ...SALTED, nested: nested(60) }, {}, path);
    expect(await integrityOf(openAttestationV2, document)).to.equal("INTEGRITY_HOLDS");
  });

  it("accepts empty containers, which are leaves, and all four versions", async () => {
    expect(await integrityOf(openAttestationV2, extended({ a: {}, b: [], c: [{}, []] }))).to.equal("INTEGRITY_HOLDS");
    for (const version of ["1.0", "open-attestation/2.0", "open-attestation/3.0"])
      expect(await integrityOf(openAttestationV2, beside({ version }))).to.equal("INTEGRITY_HOLDS");
  });
});
