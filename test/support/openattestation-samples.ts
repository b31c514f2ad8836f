/** OpenAttestation credentials and documents of our own, for the rules that no document in the wild breaks. */

import fc from "fast-check";

import type { Json, JsonObject } from "../../src/core/json.ts";
import { attach, seal } from "../../src/formats/openattestation-v2/seal.ts";
import type { Placement } from "../../src/formats/format.ts";
import { alone, fixedRandom } from "./format-suite.ts";
import { parseObject } from "./integrity.ts";
import { slowDigestV2, slowFold } from "./slow-openattestation.ts";

export const PLACEMENT: Placement = { chainId: 1337, store: "0x5fbdb2315678afecb367f032d93f642f64180aa3" };

export const ISSUER: JsonObject = {
  name: "Faculty of Law, University of Example",
  documentStore: PLACEMENT.store,
  identityProof: { type: "DNS-TXT", location: "law.uni.example" },
};

/** A transcript that uses every kind of value. */
export const CREDENTIAL: JsonObject = {
  id: "UE-2026-0042",
  name: "Bachelor of Laws",
  issuedOn: "2026-07-01",
  issuers: [ISSUER],
  recipient: { name: "Zoë Ångström", nric: "S1234567A", contact: { email: "zoe@uni.example" } },
  transcript: [
    { course: "Contract Law", credits: 5, grade: "A" },
    { course: "Tort Law", credits: 2.5, grade: "B+" },
    { course: "Jurisprudence", credits: 0, grade: null },
  ],
  tags: ["law", "2026"],
  withHonours: true,
  remarks: {},
  attachments: [],
};

/** A salted text with a salt that follows from its number. */
export function salt(value: string | number | boolean | null, number = 0): string {
  const type = value === null ? "null" : typeof value;
  return `ee7f3323-1634-4dea-8c12-${String(number).padStart(12, "0")}:${type}:${String(value)}`;
}

/** The same, throughout. */
export function saltAll(value: Json, count: { next: number } = { next: 0 }): Json {
  if (Array.isArray(value)) return value.map((item: Json) => saltAll(item, count));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, saltAll(member, count)]));
  return salt(value, count.next++);
}

/** A document over salted data, whatever rules it breaks: digest and path are right. */
export function wrapSaltedV2(data: JsonObject, more: JsonObject = {}, path: readonly string[] = []): JsonObject {
  const targetHash = slowDigestV2(data);
  return {
    version: "https://schema.openattestation.com/2.0/schema.json",
    data,
    signature: { type: "SHA3MerkleProof", targetHash, proof: path, merkleRoot: slowFold(targetHash, path) },
    ...more,
  };
}

/** A document over content, salted here. */
export function wrapV2(content: JsonObject, more: JsonObject = {}, path: readonly string[] = []): JsonObject {
  return wrapSaltedV2(saltAll(content) as JsonObject, more, path);
}

/** The document that our issuer makes of a credential, alone in its tree. */
export function issueV2(credential: JsonObject = CREDENTIAL, seed = 1): JsonObject {
  const sealed = seal(credential, PLACEMENT, fixedRandom(seed));
  return parseObject(attach(sealed.text, alone(sealed, PLACEMENT).place));
}

/** An issuer that signs with a key of its DID. */
export const DID = "did:ethr:0x5fbdb2315678afecb367f032d93f642f64180aa3";
export const KEY: string = `${DID}#controller`;
export const DID_ISSUER: JsonObject = {
  id: DID,
  name: "University of Example",
  identityProof: { type: "DNS-DID", location: "uni.example", key: KEY },
  revocation: { type: "NONE" },
};

/** A signature that some key could have made, of whatever message: r is the generator's x coordinate, s is 1. */
export const SIGNATURE: string = `0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798${"1".padStart(64, "0")}1b`;

/** A signature as it stands beside the data. */
export const PROOF: JsonObject = {
  type: "OpenAttestationSignature2018",
  created: "2026-07-01T00:00:00Z",
  proofPurpose: "assertionMethod",
  verificationMethod: KEY,
  signature: SIGNATURE,
};

/** Content of version 3, for `wrapV3`. */
export const CONTENT_V3: JsonObject = {
  version: "https://schema.openattestation.com/3.0/schema.json",
  "@context": ["https://www.w3.org/2018/credentials/v1"],
  type: ["VerifiableCredential"],
  name: "Bachelor of Laws",
  issuanceDate: "2026-07-01T00:00:00Z",
  issuer: { id: "https://uni.example", name: "University of Example" },
  credentialSubject: { name: "Zoë Ångström", courses: [{ name: "Tort Law", credits: 5, passed: true }] },
  openAttestationMetadata: {
    proof: { type: "OpenAttestationProofMethod", method: "DOCUMENT_STORE", value: PLACEMENT.store },
    identityProof: { type: "DNS-TXT", identifier: "uni.example" },
  },
};

/** Any text that can be written down. */
const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());

const NAMES_REFUSED = ["__proto__", "constructor", "prototype", "_isBuffer", ""];

/** Names that a member may have: no dots, no numbers, nothing reserved. */
const memberName = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
    fc.constantFrom("$template", "a b", "a[0]", '"', "ё"),
  )
  .filter((name) => !name.includes(".") && !/^\d+$/.test(name) && !NAMES_REFUSED.includes(name));

const number = fc.oneof(
  fc.maxSafeInteger(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value)),
);

const { any: anyJson } = fc.letrec<{ any: Json; object: JsonObject }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc.dictionary(memberName, tie("any"), { maxKeys: 4 }),
}));

/** Credentials that can be issued at `PLACEMENT`, with content of any kind. */
export const anyCredential: fc.Arbitrary<JsonObject> = fc
  .tuple(fc.dictionary(memberName, anyJson, { maxKeys: 6 }), fc.integer({ min: 1, max: 4 }))
  .map(([content, issuers]) => {
    const { network: _network, validFrom: _from, validUntil: _until, expiresOn: _expires, ...rest } = content;
    return { ...rest, issuers: Array.from({ length: issuers }, () => ISSUER) };
  });
