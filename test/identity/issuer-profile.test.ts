/** Issuer profiles: every form of the corpus is read, and an account or a key counts in its own time only. */

import { expect } from "chai";
import fc from "fast-check";

import { isObject, type JsonObject } from "../../src/core/json.ts";
import { parseStrictJson } from "../../src/core/strict-json.ts";
import {
  findSenderFault,
  isGoodAt,
  parseIssuerProfile,
  type AnchoredBy,
  type IssuerProfile,
  type ProfileRules,
} from "../../src/identity/issuer-profile.ts";
import { holds } from "../support/property.ts";
import { describeVectors, vectorBytes } from "../support/vector-files.ts";

const ID = "https://uni.example/profile.json";
const KEY = `${ID}#key-1`;
const SENDER = "0x40Cf9B7DB6FCc742ad0a76B8588C7f8De2b54a60";
/** The key of that account. */
const JWK = {
  kty: "EC",
  crv: "secp256k1",
  x: "6_JKJIXL7PJQT9hnr03yQNda_fUfmfrcZpymkRqsmH4",
  y: "steT4D8LrgwmqASd1EMy6ZyyAqsl-KvNlD7rBhX3za8",
};

function profile(changes: JsonObject = {}): JsonObject {
  return {
    id: ID,
    name: "University of Example",
    publicKey: [{ id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2020-01-01T00:00:00Z" }],
    verificationMethod: [{ id: KEY, type: "EcdsaSecp256k1VerificationKey2019", controller: ID, publicKeyJwk: JWK }],
    assertionMethod: [KEY],
    revocationList: "https://uni.example/revoked.json",
    ...changes,
  };
}

function read(object: JsonObject, rules: ProfileRules = "blockcerts-v3"): IssuerProfile {
  const parsed = parseIssuerProfile(object, rules);
  if (parsed.kind === "malformed") throw new Error(parsed.reason);
  return parsed.profile;
}

function fault(changes: JsonObject, anchored: Partial<AnchoredBy> = {}): string | undefined {
  const own = read(profile(changes));
  return findSenderFault(own, own, {
    sender: SENDER,
    at: new Date("2022-01-01"),
    verificationMethod: KEY,
    ...anchored,
  });
}

function account(members: JsonObject): JsonObject {
  return { publicKey: [{ id: `ecdsa-koblitz-pubkey:${SENDER}`, ...members }] };
}

describe("parseIssuerProfile", () => {
  it("reads accounts, keys and the list of withdrawn documents", () => {
    const { methods, ...rest } = read(profile());
    expect(methods.map(({ id }) => id)).to.deep.equal([KEY]);
    expect(rest).to.deep.equal({
      id: ID,
      name: "University of Example",
      accounts: [{ address: SENDER.toLowerCase(), from: new Date("2020-01-01T00:00:00Z") }],
      mayIssue: [KEY],
      revocationList: "https://uni.example/revoked.json",
    });
  });

  it("says that it lists nothing for issuing", () => {
    const { assertionMethod: _, ...unlisted } = profile();
    expect(read(unlisted)).to.not.have.property("mayIssue");
  });

  const malformed: Readonly<Record<string, JsonObject>> = {
    "without an id": { id: null },
    "with a key that is a text": { publicKey: [SENDER] },
    "with a key without an address": { publicKey: [{ created: "2020-01-01T00:00:00Z" }] },
    "with a date without a zone": account({ created: "2020-01-01T00:00:00" }),
    "with a bare date": account({ created: "2020-01-01" }),
    "with a zone without a colon": account({ created: "2020-01-01T00:00:00+0000" }),
    "with a day that does not exist": account({ created: "2020-02-30T00:00:00Z" }),
    "with a revocation at no time": account({ created: "2020-01-01T00:00:00Z", revoked: "yes" }),
    "with an expiry that is a number": account({ expires: 1_700_000_000 }),
    "with methods for issuing that have no name": { assertionMethod: [7] },
    "with 501 keys": { publicKey: Array.from({ length: 501 }, () => ({ id: SENDER })) },
  };
  for (const [what, changes] of Object.entries(malformed))
    it(`refuses a profile ${what}`, () => {
      expect(parseIssuerProfile(profile(changes), "blockcerts-v3").kind).to.equal("malformed");
    });

  it("reads older dates by the rules of version 2", () => {
    const dates = ["2020-01-01", "2020-01-01T00:00:00+0000", "2020-01-01T00:00:00", "2020-01-01T01:00:00+01:00"];
    for (const created of dates)
      expect(read(profile(account({ created })), "blockcerts-v2").accounts[0]?.from).to.deep.equal(
        new Date("2020-01-01T00:00:00Z"),
      );
    expect(parseIssuerProfile(profile(account({ created: "long ago" })), "blockcerts-v2").kind).to.equal("malformed");
  });

  it("reads older lists by the rules of version 2 only", () => {
    const old = { publicKey: null, issuerKeys: [{ date: "2016-08-28", key: "msBCHdwaQ7N2ypBYupkp6uNxtr9Pg76imj" }] };
    expect(read(profile(old), "blockcerts-v2").accounts.map(({ address }) => address)).to.deep.equal([
      "msBCHdwaQ7N2ypBYupkp6uNxtr9Pg76imj",
    ]);
    expect(read(profile(old)).accounts).to.deep.equal([]);
  });

  it("answers any JSON, and never throws", () =>
    holds(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(profile())), fc.jsonValue()), (changes) => {
        const object = { ...profile(), ...changes } as JsonObject;
        expect(["profile", "malformed"]).to.include(parseIssuerProfile(object, "blockcerts-v3").kind);
      }),
    ));
});

describe("isGoodAt", () => {
  const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
  const times = { from: day("2020-01-01"), revoked: day("2024-01-01"), expires: day("2023-01-01") };

  it("begins after the creation, and ends at revocation or expiry, whichever comes first", () => {
    expect(isGoodAt(times, day("2020-01-01"))).to.be.false;
    expect(isGoodAt(times, day("2020-01-02"))).to.be.true;
    expect(isGoodAt(times, day("2022-12-31"))).to.be.true;
    expect(isGoodAt(times, day("2023-01-01"))).to.be.false;
    expect(isGoodAt({ ...times, expires: day("2025-01-01") }, day("2024-01-01"))).to.be.false;
  });

  it("has no bounds that are not stated", () => {
    expect(isGoodAt({}, day("1970-01-01"))).to.be.true;
  });
});

describe("findSenderFault", () => {
  it("finds none where account and key are the issuer's", () => {
    expect(fault({})).to.equal(undefined);
    expect(fault({}, { sender: SENDER.toLowerCase() })).to.equal(undefined);
  });

  it("judges the account at the time of the block, not now", () => {
    expect(fault(account({ created: "2020-01-01T00:00:00Z", revoked: "2023-01-01T00:00:00Z" }))).to.equal(undefined);
    expect(fault(account({ created: "2020-01-01T00:00:00Z", revoked: "2021-01-01T00:00:00Z" }))).to.include("was not");
    expect(fault(account({ created: "2022-06-01T00:00:00Z" }))).to.include("was not");
  });

  it("lets a key that was replaced and came back count in each of its times", () => {
    const id = `ecdsa-koblitz-pubkey:${SENDER}`;
    const publicKey = [
      { id, created: "2018-01-01T00:00:00Z", revoked: "2019-01-01T00:00:00Z" },
      { id, created: "2021-01-01T00:00:00Z" },
    ];
    expect(fault({ publicKey })).to.equal(undefined);
    expect(fault({ publicKey }, { at: new Date("2020-01-01") })).to.include("was not");
  });

  it("refuses an account that is not listed, and one of another chain's spelling", () => {
    expect(fault({}, { sender: `0x${"11".repeat(20)}` })).to.include("is not the issuer's");
    expect(fault({ publicKey: [] })).to.include("is not the issuer's");
  });

  it("refuses a key that is not listed, not for issuing, not the sender's, or at its end", () => {
    const method = { id: KEY, type: "EcdsaSecp256k1VerificationKey2019", controller: ID };
    expect(fault({}, { verificationMethod: `${ID}#key-2` })).to.include("lists no key");
    expect(fault({ verificationMethod: [{ id: KEY }, 7] })).to.include("lists no key");
    expect(fault({ verificationMethod: [{ ...method, publicKeyJwk: JWK, revoked: "soon" }] })).to.include(
      "lists no key",
    );
    expect(fault({ assertionMethod: [`${ID}#key-2`] })).to.include("not for issuing");
    expect(fault({ verificationMethod: [{ ...method, publicKeyJwk: { ...JWK, y: JWK.x } }] })).to.include(
      "not the one of",
    );
    const ended = { ...method, publicKeyJwk: JWK, revoked: "2021-06-01T00:00:00Z" };
    expect(fault({ verificationMethod: [ended] })).to.include("had ended");
    expect(fault({ verificationMethod: [{ ...ended, revoked: "2023-06-01T00:00:00Z" }] })).to.equal(undefined);
  });

  it("asks for no key where the document names none", () => {
    const { verificationMethod: _, ...old } = profile();
    const own = read(old);
    expect(findSenderFault(own, own, { sender: SENDER, at: new Date("2022-01-01") })).to.equal(undefined);
  });
});

describeVectors("blockcerts/issuer", "the profiles of the Blockcerts corpus", () => {
  const files: Readonly<Record<string, readonly [rules: ProfileRules, accounts: number]>> = {
    "issuer/cert-issuer-example-profile.json": ["blockcerts-v3", 1],
    "issuer/got-issuer_live.json": ["blockcerts-v2", 1],
    "issuer/hyland-issuer-profile-mocknet-merkleproof2019.json": ["blockcerts-v3", 1],
    "issuer/hyland-issuer-profile-secp256k1.json": ["blockcerts-v3", 0],
    "issuer/issuer-blockcerts-unsigned.json": ["blockcerts-v3", 3],
    "issuer/issuer-blockcerts-v1.json": ["blockcerts-v2", 1],
    "issuer/issuer-blockcerts-v2a.json": ["blockcerts-v2", 2],
    "issuer/issuer-blockcerts.json": ["blockcerts-v3", 3],
    "issuer/issuer-profile-mainnet-example.json": ["blockcerts-v2", 4],
    "issuer/issuer-testnet-v2.json": ["blockcerts-v2", 1],
    "made/issuer-eth.json": ["blockcerts-v2", 1],
    "made/issuer-eth-case-sensitive.json": ["blockcerts-v2", 1],
  };
  for (const [file, [rules, accounts]] of Object.entries(files))
    it(`${file} lists ${accounts} accounts`, () => {
      expect(read(objectIn(file), rules).accounts).to.have.length(accounts);
    });

  it("bind the sender of the Sepolia document to its issuer", () => {
    const own = read(objectIn("issuer/issuer-blockcerts.json"));
    const verificationMethod = `${own.id}#key-1`;
    const at = new Date("2022-11-02T02:33:24Z");
    expect(findSenderFault(own, own, { sender: SENDER.toLowerCase(), at, verificationMethod })).to.equal(undefined);
    const key = { ...own, mayIssue: [] };
    expect(findSenderFault(own, key, { sender: SENDER, at, verificationMethod })).to.include("not for issuing");
  });

  function objectIn(file: string): JsonObject {
    const value = parseStrictJson(vectorBytes(`blockcerts/${file}`));
    if (!isObject(value)) throw new Error(`${file} is no object`);
    return value;
  }
});
