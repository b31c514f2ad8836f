/** Sealing: what is refused at the roster, what is brought into form, and what is added. */

import { expect } from "chai";

import { ByteWriter } from "../../../src/core/byte-writer.ts";
import { TestamurError } from "../../../src/core/errors.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { openAttestationV2 } from "../../../src/formats/openattestation-v2/openattestation-v2.ts";
import { attach, seal, writeDocument } from "../../../src/formats/openattestation-v2/seal.ts";
import { alone, fixedRandom } from "../../support/format-suite.ts";
import { claimsOf, parseObject } from "../../support/integrity.ts";
import { CREDENTIAL, ISSUER, issueV2, PLACEMENT } from "../../support/openattestation-samples.ts";

/** The places of all problems with a credential. */
function problemsOf(credential: JsonObject): string[] {
  try {
    seal(credential, PLACEMENT, fixedRandom());
  } catch (error) {
    if (error instanceof TestamurError && error.code === "CREDENTIAL_INVALID")
      return error.problems.map(({ where }) => where);
    throw error;
  }
  return [];
}

function withIssuer(changes: JsonObject): JsonObject {
  return { ...CREDENTIAL, issuers: [{ ...ISSUER, ...changes }] };
}

function named(name: string, value: Json): JsonObject {
  return JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as JsonObject;
}

function nested(depth: number): Json {
  return depth === 0 ? "bottom" : { deeper: nested(depth - 1) };
}

const refused: readonly [string, JsonObject, string][] = [
  ["an empty name", { ...CREDENTIAL, recipient: { "": "x" } }, "recipient"],
  ["a name with a dot", { ...CREDENTIAL, "a.b": "x" }, "the credential"],
  ["a name that is a position", { ...CREDENTIAL, grades: { 1: "A" } }, "grades"],
  ["a reserved name", { ...CREDENTIAL, deep: [named("__proto__", "x")] }, "deep.0"],
  ["a name with half a character", { ...CREDENTIAL, recipient: { "\ud800": "x" } }, "recipient"],
  ["half a character", { ...CREDENTIAL, recipient: { name: "\udc00" } }, "recipient.name"],
  ["a number beyond precision", { ...CREDENTIAL, count: 2 ** 53 }, "count"],
  ["a number that is none", { ...CREDENTIAL, score: [Number.NaN] }, "score.0"],
  ["an endless number", { ...CREDENTIAL, score: Number.NEGATIVE_INFINITY }, "score"],
  ["no issuers", { ...CREDENTIAL, issuers: [] }, "issuers"],
  ["17 issuers", { ...CREDENTIAL, issuers: Array.from({ length: 17 }, () => ISSUER) }, "issuers"],
  ["an issuer that is a text", { ...CREDENTIAL, issuers: ["X"] }, "issuers.0"],
  ["an issuer without name", withIssuer({ name: " " }), "issuers.0.name"],
  ["another store", withIssuer({ documentStore: `0x${"ab".repeat(20)}` }), "issuers.0.documentStore"],
  ["a second contract", withIssuer({ tokenRegistry: PLACEMENT.store }), "issuers.0.tokenRegistry"],
  ["a second way of withdrawing", withIssuer({ revocation: { type: "NONE" } }), "issuers.0.revocation"],
  ["no identityProof", withIssuer({ identityProof: "uni.example" }), "issuers.0.identityProof"],
  [
    "a proof by key",
    withIssuer({ identityProof: { type: "DID", location: "uni.example" } }),
    "issuers.0.identityProof.type",
  ],
  [
    "a domain with a path",
    withIssuer({ identityProof: { type: "DNS-TXT", location: "uni.example/law" } }),
    "issuers.0.identityProof.location",
  ],
  [
    "a domain of one label",
    withIssuer({ identityProof: { type: "DNS-TXT", location: "localhost" } }),
    "issuers.0.identityProof.location",
  ],
  ["another chain", { ...CREDENTIAL, network: { chain: "ETH", chainId: "1" } }, "network.chainId"],
  ["another number of issuers", { ...CREDENTIAL, testamurIssuerCount: 2 }, "testamurIssuerCount"],
  ["a date nobody can read", { ...CREDENTIAL, expiresOn: "31/12/2031" }, "expiresOn"],
  ["a day that does not exist", { ...CREDENTIAL, expiresOn: "2031-02-30" }, "expiresOn"],
  ["a time without zone", { ...CREDENTIAL, validFrom: "2031-12-31T00:00:00" }, "validFrom"],
  ["more than 10,000 values", { ...CREDENTIAL, many: Array.from({ length: 10_001 }, () => 0) }, "the credential"],
  ["more than 1 MiB", { ...CREDENTIAL, essay: "é".repeat(524_288) }, "the credential"],
];

describe("seal of version 2", () => {
  for (const [what, credential, where] of refused) {
    it(`refuses ${what}`, () => expect(problemsOf(credential)).to.deep.equal([where]));
  }

  it("refuses what is nested deeper than readers go, and accepts what is not", async () => {
    const where = `nested${".deeper".repeat(62)}`;
    expect(problemsOf({ ...CREDENTIAL, nested: nested(100) })).to.deep.equal([where]);
    expect((await claimsOf(openAttestationV2, issueV2({ ...CREDENTIAL, nested: nested(62) }))).faults).to.be.empty;
  });

  it("names every problem at once", () => {
    const credential = { ...withIssuer({ name: "" }), count: 1e300, recipient: { name: "\ud800" } };
    expect(problemsOf(credential)).to.have.members(["issuers.0.name", "count", "recipient.name"]);
  });

  it("says what to write instead of a number that does not survive", () => {
    expect(() => seal({ ...CREDENTIAL, count: 2 ** 60 }, PLACEMENT, fixedRandom()))
      .to.throw(TestamurError)
      .with.nested.property("problems[0].next");
  });

  it("composes characters and cuts trailing white space, which no verifier shows", async () => {
    const document = issueV2({ ...CREDENTIAL, recipient: { name: " Zoe\u0308 Å \u00a0\n" } });
    const { credential } = await claimsOf(openAttestationV2, document);
    expect(credential.holder).to.equal(" Zoë Å");
    expect(JSON.stringify(document["data"])).to.contain(`:string: Zoë Å"`);
  });

  it("adds the chain and the number of issuers", async () => {
    const { content } = (await claimsOf(openAttestationV2, issueV2())).credential;
    expect(content).to.deep.include({ network: { chain: "local", chainId: "1337" }, testamurIssuerCount: 1 });
  });

  it("leaves a chain that the credential names as it is", async () => {
    const network = { chain: "Campus", chainId: "1337" };
    const { content } = (await claimsOf(openAttestationV2, issueV2({ ...CREDENTIAL, network }))).credential;
    expect(content).to.deep.include({ network });
  });

  it("accepts the store in either case", () => {
    const upper = PLACEMENT.store.toUpperCase().replace("0X", "0x");
    expect(problemsOf(withIssuer({ documentStore: upper }))).to.deep.equal([]);
  });

  it("uses no salt twice, even for equal values", () => {
    const { text } = seal({ ...CREDENTIAL, same: Array.from({ length: 200 }, () => "x") }, PLACEMENT, fixedRandom());
    const salts = text.match(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [];
    expect(salts.length).to.be.greaterThan(200);
    expect(new Set(salts).size).to.equal(salts.length);
  });

  it("does not change the credential", () => {
    const before = structuredClone(CREDENTIAL);
    seal(CREDENTIAL, PLACEMENT, fixedRandom());
    expect(CREDENTIAL).to.deep.equal(before);
  });
});

describe("writeDocument of version 2", () => {
  it("writes what attach gives, behind what is written already", () => {
    const sealed = seal({ ...CREDENTIAL, odd: "é\u2028🎓" }, PLACEMENT, fixedRandom());
    const { place } = alone(sealed, PLACEMENT);
    const out = new ByteWriter();
    for (const _ of [1, 2]) writeDocument(out, sealed.bytes ?? new Uint8Array(), place);
    expect(out.toText()).to.equal(attach(sealed.text, place).repeat(2));
  });
});

describe("attach of version 2", () => {
  it("refuses sealed text of another leaf, and text that was cut", () => {
    const one = seal(CREDENTIAL, PLACEMENT, fixedRandom(1));
    const other = seal(CREDENTIAL, PLACEMENT, fixedRandom(2));
    for (const text of [other.text, one.text.slice(0, -1), one.text.slice(1), ""])
      expect(() => attach(text, alone(one, PLACEMENT).place))
        .to.throw(TestamurError)
        .with.property("code", "BATCH_CORRUPT");
  });

  it("writes what the strict reader reads", () => {
    const sealed = seal({ ...CREDENTIAL, odd: '\u2028"\\\u0000\u007f🎓' }, PLACEMENT, fixedRandom());
    expect(parseObject(attach(sealed.text, alone(sealed, PLACEMENT).place))).to.have.all.keys(
      "version",
      "data",
      "signature",
    );
  });
});
