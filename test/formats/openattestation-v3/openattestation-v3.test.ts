/** OpenAttestation 3.0 as a format: the common suite, the synthetic vectors, what must be refused and what the claims say. */

import { expect } from "chai";
import fc from "fast-check";

import { toHexDigits } from "../../../src/core/bytes.ts";
import type { Claims } from "../../../src/core/claims.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { digestOf, hashLeaves, toTexts } from "../../../src/formats/openattestation/digest.ts";
import { flatten } from "../../../src/formats/openattestation-v3/flatten.ts";
import { openAttestationV3 } from "../../../src/formats/openattestation-v3/openattestation-v3.ts";
import { saltedTexts } from "../../../src/formats/openattestation-v3/salted-leaves.ts";
import { verify } from "../../../src/verify/verify.ts";
import { fakePorts } from "../../support/fake-ports.ts";
import { shouldBehaveLikeAFormat } from "../../support/format-suite.ts";
import { claimsOf, integrityOf } from "../../support/integrity.ts";
import { mutationsOf, type Mutation } from "../../support/mutations.ts";
import { anyCredential, CONTENT_V3, DID, KEY, PLACEMENT, SIGNATURE } from "../../support/openattestation-samples.ts";
import { holds } from "../../support/property.ts";
import { encodeSalts, wrapV3, type Salt } from "../../support/slow-openattestation.ts";
import { findJsonVectors } from "../../support/vectors.ts";

const HASH = "5eef18e536eedcf87ca97505da0e88b6b71a4db092f431f9094d81042fd80441";
const METADATA = CONTENT_V3["openAttestationMetadata"] as Record<string, JsonObject>;
const SUBJECT = CONTENT_V3["credentialSubject"] as JsonObject;

/** Content with other ways of issuing. */
function issuedBy(proof: JsonObject, identityProof: JsonObject = METADATA["identityProof"] ?? {}): JsonObject {
  return { ...CONTENT_V3, openAttestationMetadata: { proof: { ...METADATA["proof"], ...proof }, identityProof } };
}

const SIGNED_CONTENT = issuedBy(
  { method: "DID", value: DID, revocation: { type: "NONE" } },
  { type: "DNS-DID", identifier: "uni.example" },
);
const BY_KEY = { key: KEY, signature: SIGNATURE };

/** A document with a few entries hidden; the digest is that of the whole. */
function hiding(): JsonObject {
  const whole = wrapV3(CONTENT_V3);
  const salts = saltsOf(whole);
  const [gone] = toTexts(
    hashLeaves(saltedTexts([{ path: "name", text: "Bachelor of Laws" }], new Map([["name", salts.get("name") ?? ""]]))),
  );
  const { name: _name, ...rest } = whole;
  salts.delete("name");
  const left = encodeSalts([...salts].map(([path, value]) => ({ value, path })));
  return { ...rest, proof: { ...(whole["proof"] as JsonObject), salts: left, privacy: { obfuscated: [gone ?? ""] } } };
}

function saltsOf(document: JsonObject): Map<string, string> {
  const text = (document["proof"] as JsonObject)["salts"] as string;
  const salts = JSON.parse(Buffer.from(text, "base64").toString("utf8")) as Salt[];
  return new Map(salts.map(({ path, value }) => [path, value]));
}

/** What the standard leaves unprotected. */
function harmless({ kind, path }: Mutation): string | undefined {
  const [first = "", second = ""] = path;
  if (first === "proof" && ["key", "signature"].includes(second)) return "signatures are checked as signatures";
  if (kind === "retyped" && first !== "proof") return "the hash binds no type: what is shown is text";
  return undefined;
}

interface DigestVector {
  readonly name: string;
  readonly data: JsonObject;
  readonly salts: readonly Salt[];
  readonly digest?: string;
  readonly refuse?: string;
}

describe("openAttestationV3", () => {
  shouldBehaveLikeAFormat({
    format: openAttestationV3,
    documents: () => [
      wrapV3(CONTENT_V3),
      wrapV3({ ...CONTENT_V3, network: { chain: "ETH", chainId: "1" } }, [HASH, HASH]),
      wrapV3(SIGNED_CONTENT, [], BY_KEY),
      hiding(),
    ],
    harmless,
  });

  // computed with open-attestation 6.9.7
  const vectors = (findJsonVectors("openattestation/vectors/v3-digest.json") ?? []) as DigestVector[];
  for (const { name, data, salts, digest, refuse } of vectors) {
    it(refuse === undefined ? `gives the digest of the vector ${name}` : `refuses the vector ${name}`, () => {
      const texts = (): string[] => saltedTexts(flatten(data), new Map(salts.map(({ path, value }) => [path, value])));
      if (refuse !== undefined) expect(texts).to.throw(Refusal).with.property("code", refuse);
      else expect(toHexDigits(digestOf(hashLeaves(texts())))).to.equal(digest);
    });
  }

  it("opens any document that the slow writer makes, and notices any change but of type", async () => {
    await holds(
      fc.asyncProperty(anyCredential, fc.nat(), async (credential, pick) => {
        const document = wrapV3(withoutEmpty({ ...credential, ...CONTENT_V3, proof: {} }) as JsonObject);
        expect(await integrityOf(openAttestationV3, document)).to.equal("INTEGRITY_HOLDS");
        const mutations = [...mutationsOf(document)].filter((mutation) => harmless(mutation) === undefined);
        const mutation = mutations[pick % mutations.length];
        expect(await integrityOf(openAttestationV3, mutation?.document ?? {})).to.not.equal("INTEGRITY_HOLDS");
      }),
    );
  });

  it("hands out text, since the hash binds no type", async () => {
    const { credential, evidence } = await claimsOf(openAttestationV3, wrapV3(CONTENT_V3));
    expect(evidence).to.deep.equal({ typesBound: false });
    expect((credential.content as JsonObject)["credentialSubject"]).to.deep.equal({
      name: "Zoë Ångström",
      courses: [{ name: "Tort Law", credits: "5", passed: "true" }],
    });
    expect(credential).to.deep.include({
      title: "Bachelor of Laws",
      holder: "Zoë Ångström",
      issuedOn: "2026-07-01T00:00:00Z",
    });
  });
});

/** Content without empty containers and with none of the names that version 3 refuses. */
function withoutEmpty(value: Json): Json | undefined {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutEmpty(item)).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  const members = Object.entries(value)
    .filter(([key]) => !/[[\]]/.test(key))
    .map(([key, member]) => [key, withoutEmpty(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : (Object.fromEntries(members) as JsonObject);
}

/** A good document with a changed proof. */
const proven = (members: JsonObject): JsonObject => {
  const document = wrapV3(CONTENT_V3);
  return { ...document, proof: { ...(document["proof"] as JsonObject), ...members } };
};
/** A good document with another salt list. */
const salted = (change: (salts: Salt[]) => Json): JsonObject => {
  const salts = [...saltsOf(wrapV3(CONTENT_V3))].map(([path, value]) => ({ value, path }));
  return proven({ salts: encodeSalts(change(salts)) });
};
/** Good content with one entry more, its digest right. */
const extended = (members: JsonObject): JsonObject => wrapV3({ ...CONTENT_V3, ...members });
const lacking = (part: string, member: string): JsonObject => {
  const { [member]: _gone, ...rest } = METADATA[part] ?? {};
  return wrapV3({ ...CONTENT_V3, openAttestationMetadata: { ...METADATA, [part]: rest } });
};
const { proof: _proof, ...raw } = wrapV3(CONTENT_V3);

function nested(depth: number): Json {
  return depth === 0 ? "bottom" : { deeper: nested(depth - 1) };
}

const refusals: readonly [string, JsonObject, string][] = [
  ["a document without proof", raw, "PROOF_MISSING"],
  ["an unknown version", extended({ version: "3.1" }), "FORMAT_UNSUPPORTED"],
  ["no version", wrapV3(Object.fromEntries(Object.entries(CONTENT_V3).slice(1))), "SHAPE_WRONG"],
  [
    "the version of another shape",
    extended({ version: "https://schema.openattestation.com/2.0/schema.json" }),
    "FORMAT_AMBIGUOUS",
  ],
  ["a proof that is no object", { ...raw, proof: [] }, "SHAPE_WRONG"],
  ["an unknown member of the proof", proven({ by: "me" }), "MEMBER_UNKNOWN"],
  ["an unknown member of privacy", proven({ privacy: { obfuscated: [], note: "x" } }), "MEMBER_UNKNOWN"],
  ["another type of proof", proven({ type: "OpenAttestationHashProof2018" }), "SHAPE_WRONG"],
  ["another purpose", proven({ proofPurpose: "authentication" }), "SHAPE_WRONG"],
  ["no identifier", lacking("identityProof", "identifier"), "SHAPE_WRONG"],
  ["no type of identity", lacking("identityProof", "type"), "SHAPE_WRONG"],
  ["no method", lacking("proof", "method"), "SHAPE_WRONG"],
  ["no value", lacking("proof", "value"), "SHAPE_WRONG"],
  ["no metadata", extended({ openAttestationMetadata: "none" }), "SHAPE_WRONG"],
  ["an empty name", extended({ "": "x" }), "KEY_EMPTY"],
  ["a name with a dot", extended({ "a.b": "x" }), "KEY_DOTTED"],
  ["a name with a bracket", extended({ "a[0]": "x" }), "KEY_BRACKETED"],
  ["a reserved name", extended(JSON.parse('{"__proto__":"x"}') as JsonObject), "KEY_RESERVED"],
  ["an empty object", extended({ remarks: {} }), "CONTAINER_EMPTY"],
  ["an empty list", extended({ subject: { list: [] } }), "CONTAINER_EMPTY"],
  ["content nested too deep", extended({ nested: nested(70) }), "JSON_TOO_DEEP"],
  ["salts that are no base64", proven({ salts: "***" }), "SALT_MALFORMED"],
  ["salts with white space", proven({ salts: `${encodeSalts([])}\n` }), "SALT_MALFORMED"],
  ["salts that are no JSON", proven({ salts: Buffer.from("salt").toString("base64") }), "SALT_MALFORMED"],
  ["salts that are no list", proven({ salts: encodeSalts({}) }), "SALT_MALFORMED"],
  ["a salt with another member", salted((salts) => salts.map((salt) => ({ ...salt, note: "x" }))), "SALT_MALFORMED"],
  [
    "a salt in upper case",
    salted((salts) => salts.map((salt) => ({ ...salt, value: salt.value.toUpperCase() }))),
    "SALT_MALFORMED",
  ],
  ["a salt that is too short", salted((salts) => salts.map((salt) => ({ ...salt, value: "00" }))), "SALT_MALFORMED"],
  ["a salt without path", salted((salts) => salts.map(({ value }) => ({ value, place: "name" }))), "SALT_MALFORMED"],
  ["a value without salt", salted((salts) => salts.slice(1) as unknown as Json), "SALT_PATHS_DIFFER"],
  [
    "a salt without value",
    salted((salts) => [...salts, { value: HASH, path: "nothing" }] as unknown as Json),
    "SALT_PATHS_DIFFER",
  ],
  ["two salts for one value", salted((salts) => [...salts, salts[0]] as unknown as Json), "SALT_PATHS_DIFFER"],
  ["a hash in upper case", proven({ targetHash: HASH.toUpperCase() }), "HASH_MALFORMED"],
  ["a hash with a prefix", proven({ proofs: [`0x${HASH}`] }), "HASH_MALFORMED"],
  ["a hidden hash listed twice", proven({ privacy: { obfuscated: [HASH, HASH] } }), "HASH_TWICE"],
  ["a leaf both shown and hidden", proven({ privacy: { obfuscated: [shownHash()] } }), "HASH_TWICE"],
  ["a path of 65 steps", proven({ proofs: Array.from({ length: 65 }, () => HASH) }), "PROOF_TOO_LONG"],
  ["content with another digest", { ...wrapV3(CONTENT_V3), name: "Doctor of Laws" }, "DIGEST_MISMATCH"],
  ["a path that leads elsewhere", proven({ proofs: [HASH] }), "ROOT_MISMATCH"],
];

function shownHash(): string {
  const [hash = ""] = toTexts(hashLeaves(saltedTexts(flatten({ name: CONTENT_V3["name"] ?? "" }), saltsOfName())));
  return hash;
}

function saltsOfName(): ReadonlyMap<string, string> {
  return new Map([["name", saltsOf(wrapV3(CONTENT_V3)).get("name") ?? ""]]);
}

describe("openAttestationV3.open", () => {
  for (const [what, document, code] of refusals) {
    it(`refuses ${what}`, async () => expect(await integrityOf(openAttestationV3, document)).to.equal(code));
  }

  it("accepts names that are numbers, which its paths keep apart from positions", async () => {
    const document = extended({ credentialSubject: { ...SUBJECT, scores: { 0: "a" }, list: ["b"] } });
    expect(await integrityOf(openAttestationV3, document)).to.equal("INTEGRITY_HOLDS");
  });
});

describe("readTrust of version 3", () => {
  const claims = async (content: JsonObject, more: JsonObject = {}): Promise<Claims> =>
    claimsOf(openAttestationV3, wrapV3(content, [], more));

  it("claims a store, its nodes and a domain", async () => {
    const found = await claims({ ...CONTENT_V3, network: { chain: "ETH", chainId: "11155111" } });
    const place = { address: PLACEMENT.store, chainId: 11155111, inclusion: found.inclusions[0] };
    expect(found.anchors).to.deep.equal([{ kind: "document-store", ...place }]);
    expect(found.statuses).to.deep.equal([{ kind: "store-nodes", ...place }]);
    expect(found.issuers).to.deep.equal([
      {
        name: "University of Example",
        id: "https://uni.example",
        proof: { kind: "dns-txt", domain: "uni.example", account: PLACEMENT.store, chainId: 11155111 },
      },
    ]);
  });

  it("claims a token registry, which withdraws nothing", async () => {
    const found = await claims(issuedBy({ method: "TOKEN_REGISTRY" }));
    expect([found.anchors.map(({ kind }) => kind), found.statuses]).to.deep.equal([["token-registry"], []]);
  });

  it("claims a signature over the root by the key beside it", async () => {
    const found = await claims(SIGNED_CONTENT, BY_KEY);
    const message = found.inclusions[0]?.root.computed;
    expect(found.signatures).to.deep.equal([{ kind: "eip191", did: DID, key: KEY, message, signature: SIGNATURE }]);
    expect(found.issuers[0]?.proof).to.deep.equal({ kind: "dns-did", domain: "uni.example", key: KEY });
    expect([found.anchors, found.statuses]).to.deep.equal([[], [{ kind: "not-offered" }]]);
  });

  it("claims a DID for an identity by DID, whatever the document calls it", async () => {
    const content = issuedBy(
      { method: "DID", value: DID, revocation: { type: "NONE" } },
      { type: "DID", identifier: "did:example:other" },
    );
    expect((await claims(content, BY_KEY)).issuers[0]?.proof).to.deep.equal({ kind: "did", did: DID, key: KEY });
  });

  it("begins with the later of issuance and start", async () => {
    const found = await claims({
      ...CONTENT_V3,
      validFrom: "2026-08-01T00:00:00Z",
      expirationDate: "2031-01-01T00:00:00Z",
    });
    expect(found.validity).to.deep.equal({ from: "2026-08-01T00:00:00Z", until: "2031-01-01T00:00:00Z" });
  });

  const did = { method: "DID", value: DID, revocation: { type: "NONE" } };
  const byDid = { type: "DID", identifier: DID };
  const faults: readonly [string, JsonObject, JsonObject, string][] = [
    ["an unknown method", issuedBy({ method: "NOTARY" }), {}, "ISSUERS_MALFORMED"],
    ["a store that is no address", issuedBy({ value: "uni.eth" }), {}, "ISSUERS_MALFORMED"],
    ["a store vouched for by a key", issuedBy({}, byDid), {}, "ISSUERS_MALFORMED"],
    ["a key vouched for by DNS-TXT", issuedBy(did), BY_KEY, "ISSUERS_MALFORMED"],
    ["a DID that is none", issuedBy({ ...did, value: "uni.example" }, byDid), BY_KEY, "ISSUERS_MALFORMED"],
    ["no revocation", issuedBy({ method: "DID", value: DID }, byDid), BY_KEY, "ISSUERS_MALFORMED"],
    ["an unknown revocation", issuedBy({ ...did, revocation: { type: "X" } }, byDid), BY_KEY, "ISSUERS_MALFORMED"],
    ["a revocation that is a text", issuedBy({ ...did, revocation: "NONE" }, byDid), BY_KEY, "ISSUERS_MALFORMED"],
    ["no signature", issuedBy(did, byDid), {}, "SIGNATURE_MISSING"],
    ["a signature without key", issuedBy(did, byDid), { signature: SIGNATURE }, "SIGNATURE_MISSING"],
    ["a signature that is no hexadecimal text", issuedBy(did, byDid), { ...BY_KEY, signature: "x" }, "SIGNATURE_WRONG"],
  ];
  for (const [what, content, more, code] of faults) {
    it(`makes a document invalid that has ${what}`, async () => {
      expect((await claims(content, more)).faults.map((fault) => fault.code)).to.deep.equal([code]);
      const bytes = new TextEncoder().encode(JSON.stringify(wrapV3(content, [], more)));
      expect((await verify(bytes, {}, fakePorts())).verdict).to.equal("invalid");
    });
  }
});
