/** What DID documents list, in all the ways they are written; and those that can be read in two ways. */

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type { Json, JsonObject } from "../../src/core/json.ts";
import { findDidDocument } from "../../src/identity/did-document.ts";
import { findVerificationMethod } from "../../src/identity/verification-method.ts";
import { findVectors } from "../support/vectors.ts";

const DID = "did:web:uni.example";
const ED25519 = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const P256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
const SECP256K1 = "zQ3shWbMURApEGeYEYbyfMoPbuW5qCmM7gtWkwnhGf2LLkv2M";
const STORE = "eip155:1337:0x5FbDB2315678afecb367f032d93F642f64180aa3";

function method(changes: JsonObject = {}): JsonObject {
  return { id: `${DID}#key-1`, type: "Multikey", controller: DID, publicKeyMultibase: ED25519, ...changes };
}

function read(changes: JsonObject) {
  return findDidDocument({ id: DID, ...changes }, DID);
}

describe("findDidDocument", () => {
  it("reads methods by reference, embedded, and by their short names", () => {
    const document = read({
      verificationMethod: [method(), method({ id: "#key-2", publicKeyMultibase: P256 })],
      assertionMethod: [`${DID}#key-1`, "#key-2", method({ id: "#key-3" })],
      authentication: ["#key-1"],
    });
    expect(document?.methods.map(({ id }) => id)).to.deep.equal([`${DID}#key-1`, `${DID}#key-2`, `${DID}#key-3`]);
    expect(document?.listed.assertionMethod).to.deep.equal([`${DID}#key-1`, `${DID}#key-2`, `${DID}#key-3`]);
    expect(document?.listed.authentication).to.deep.equal([`${DID}#key-1`]);
  });

  it("reads a document that lists nothing", () => {
    expect(read({})).to.deep.equal({
      id: DID,
      methods: [],
      listed: { assertionMethod: [], authentication: [] },
    });
  });

  it("reads the documents of the DCC as they are published", () => {
    const folder = findVectors("w3c/dcc/dids");
    if (folder === undefined) return;
    for (const name of ["legacy", "oidf"]) {
      const id = `did:web:digitalcredentials.github.io:vc-test-fixtures:dids:${name}`;
      const published = JSON.parse(readFileSync(join(folder, `${name}.did.json`), "utf8")) as JsonObject;
      // the second one gives the same method twice, whole: it has one reading all the same
      const document = findDidDocument(published, id);
      expect(document?.listed.assertionMethod, name).to.have.length(1);
      expect(document?.methods[0]?.publicKey?.curve, name).to.equal("Ed25519");
    }
  });

  const refused: readonly [string, JsonObject][] = [
    ["another id", { id: "did:web:evil.example" }],
    ["an id in another case", { id: "did:web:UNI.example" }],
    ["no id", { id: null }],
    ["methods that are no list", { verificationMethod: method() }],
    ["a method that is no object", { verificationMethod: [`${DID}#key-1`] }],
    ["a method without id", { verificationMethod: [{ type: "Multikey", controller: DID }] }],
    ["a method without controller", { verificationMethod: [{ id: "#k", type: "Multikey" }] }],
    ["a purpose that is no list", { assertionMethod: `${DID}#key-1` }],
    ["a purpose with something else", { assertionMethod: [7] }],
    ["one id for two methods", { verificationMethod: [method(), method({ publicKeyMultibase: P256 })] }],
    ["one id, short and long", { verificationMethod: [method(), method({ id: "#key-1", publicKeyMultibase: P256 })] }],
    [
      "an embedded method that differs",
      { verificationMethod: [method()], assertionMethod: [method({ publicKeyMultibase: P256 })] },
    ],
    [
      "more methods than any issuer has",
      { verificationMethod: Array.from({ length: 101 }, (_, at) => method({ id: `#${at}` })) },
    ],
  ];
  for (const [what, changes] of refused) {
    it(`refuses ${what}`, () => expect(read(changes)).to.equal(undefined));
  }
});

describe("findVerificationMethod", () => {
  const find = (changes: JsonObject) => findVerificationMethod(method(changes), DID);
  /** A method without the multibase key, and with something else. */
  const bare = (changes: JsonObject) => {
    const { publicKeyMultibase: _, ...rest } = method(changes);
    return findVerificationMethod(rest, DID);
  };

  it("reads Multikeys of every curve", () => {
    expect(find({})?.publicKey?.curve).to.equal("Ed25519");
    expect(find({ publicKeyMultibase: P256 })?.publicKey?.curve).to.equal("P-256");
    expect(find({ publicKeyMultibase: SECP256K1 })?.account?.address).to.match(/^0x[0-9a-f]{40}$/);
    expect(find({ type: "Ed25519VerificationKey2020" })?.publicKey?.curve).to.equal("Ed25519");
  });

  it("reads JSON Web Keys", () => {
    const jwk = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
    expect(bare({ type: "JsonWebKey", publicKeyJwk: jwk })?.publicKey?.curve).to.equal("Ed25519");
    expect(bare({ type: "JsonWebKey", publicKeyJwk: { ...jwk, d: "secret" } })?.publicKey).to.equal(undefined);
    expect(bare({ type: "Multikey", publicKeyJwk: jwk })?.publicKey).to.equal(undefined);
  });

  it("reads the JSON Web Key of an account", () => {
    const publicKeyJwk = {
      kty: "EC",
      crv: "secp256k1",
      x: "iG37xQtFl9Xe4jaLji9MIYueJ_5ZloknwLoEz9dZ2Mo",
      y: "BFDx1ysbmHHFZ5nP4yCOXgRqXGFosHFddmwlq7COpsI",
    };
    const { address } = find({ publicKeyMultibase: SECP256K1 })?.account ?? {};
    expect(bare({ type: "JsonWebKey", publicKeyJwk })?.account).to.deep.equal({ address });
    const off: Json = { ...publicKeyJwk, y: publicKeyJwk.x };
    expect(bare({ type: "JsonWebKey", publicKeyJwk: off })?.account).to.equal(undefined);
    expect(bare({ type: "JsonWebKey", publicKeyJwk: { ...publicKeyJwk, d: "x" } })?.account).to.equal(undefined);
  });

  it("reads accounts, which are of one chain", () => {
    for (const type of ["BlockchainVerificationMethod2021", "EcdsaSecp256k1RecoveryMethod2020"]) {
      expect(bare({ type, blockchainAccountId: STORE })?.account).to.deep.equal({
        chainId: 1337,
        address: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
      });
    }
    for (const blockchainAccountId of [
      STORE.slice(7),
      `${STORE}0`,
      STORE.replace("1337", "01337"),
      `${STORE.slice(12)}@eip155:1`,
    ]) {
      const found = bare({ type: "BlockchainVerificationMethod2021", blockchainAccountId });
      expect(found).to.include({ type: "BlockchainVerificationMethod2021" });
      expect(found?.account).to.equal(undefined);
    }
  });

  it("gives no key where the kind is foreign, the header wrong, or two are given", () => {
    const none = [
      find({ type: "Ed25519VerificationKey2018" }),
      find({ type: "Ed25519VerificationKey2020", publicKeyMultibase: P256 }),
      find({ type: "Ed25519VerificationKey2020", publicKeyMultibase: SECP256K1 }),
      find({ publicKeyMultibase: "z42twTcNeSYcnqg1FLuSFs2bsGH3ZqbRHFmvS9XMsYhjxvHN" }),
      find({ publicKeyMultibase: 7 }),
      find({ publicKeyJwk: {} }),
      find({ blockchainAccountId: STORE }),
      bare({}),
    ];
    for (const found of none) {
      expect(found).to.include({ id: `${DID}#key-1` });
      expect(found).to.not.have.any.keys("publicKey", "account");
    }
  });

  it("knows the moment from which a key is not good any more", () => {
    expect(find({})?.until).to.equal(undefined);
    expect(find({ expires: "2030-01-01T00:00:00Z" })?.until).to.deep.equal(new Date("2030-01-01T00:00:00Z"));
    const both = find({ expires: "2030-01-01T00:00:00Z", revoked: "2026-01-01T00:00:00.5+01:00" });
    expect(both?.until).to.deep.equal(new Date("2025-12-31T23:00:00.500Z"));
    for (const revoked of [
      "2026-01-01",
      "2026-01-01T00:00:00",
      "2026-13-01T00:00:00Z",
      "2026-02-30T00:00:00Z",
      "soon",
      true,
      null,
    ]) {
      expect(find({ revoked }), String(revoked)).to.equal(undefined);
    }
  });
});
