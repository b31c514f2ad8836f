/** Version 2: documents of our own that hold, and one for every rule that they can break. Version 1 is recognised, no more. */

import { expect } from "chai";

import type { Json, JsonObject } from "../../../src/core/json.ts";
import { blockcertsV2 } from "../../../src/formats/blockcerts-v2/blockcerts-v2.ts";
import { shouldBehaveLikeAFormat } from "../../support/format-suite.ts";
import { harmless } from "../blockcerts/harmless.ts";
import {
  assertion,
  claimsOf,
  inner,
  integrityOf,
  ISSUER,
  messageOf,
  parse,
  sign,
  TRANSACTION,
} from "../blockcerts/samples.ts";

const ANCHOR = { sourceId: TRANSACTION, type: "ETHData", chain: "ethereumSepolia" };
const DIGEST = "ab".repeat(32);

/** The assertion with another issuer, or another badge. */
function withBadge(changes: JsonObject): JsonObject {
  return assertion({ badge: { ...inner(assertion(), "badge"), ...changes } });
}

describe("blockcertsV2", () => {
  const documents: JsonObject[] = [];
  before(async () => {
    documents.push(await sign(assertion({ expires: "2039-07-01T00:00:00Z" })));
  });

  shouldBehaveLikeAFormat({ format: blockcertsV2, documents: () => documents, harmless });

  it("opens a document that holds, and says what it claims", async () => {
    const claims = await claimsOf(await sign(assertion({ expires: "2039-07-01T00:00:00Z" })));
    expect(await integrityOf(await sign(assertion()))).to.equal("INTEGRITY_HOLDS");
    expect(claims.format).to.equal("blockcerts-v2");
    expect(claims.anchors[0]).to.include({ kind: "transaction", hash: TRANSACTION, chainId: 11155111 });
    expect(claims.issuers).to.deep.equal([
      {
        id: ISSUER,
        name: "University of Example",
        proof: { kind: "issuer-profile", location: ISSUER, anchor: claims.anchors[0] },
      },
    ]);
    expect(claims.validity).to.deep.equal({ until: "2039-07-01T00:00:00Z" });
    expect(claims.credential).to.include({
      title: "Bachelor of Science",
      holder: "Ada Lovelace",
      issuedOn: "2019-07-01T10:00:00Z",
    });
  });

  it("26: asks the list of the issuer's profile and the one the document carries", async () => {
    const document = assertion()["id"];
    expect((await claimsOf(await sign(assertion()))).statuses).to.deep.equal([
      { kind: "revocation-list", namedBy: "issuer-profile", location: ISSUER, document },
      { kind: "revocation-list", namedBy: "document", location: "https://uni.example/revoked.json", document },
    ]);
  });

  it("finds the recipient of 2.0-alpha inside the recipient", async () => {
    const profile = { type: ["RecipientProfile", "Extension"], name: "Grace Hopper" };
    const { recipientProfile: _, ...rest } = assertion({
      "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/schema/2.0-alpha/context.json"],
      recipient: { type: "email", identity: "grace@uni.example", hashed: false, recipientProfile: profile },
    });
    expect((await claimsOf(await sign(rest))).credential.holder).to.equal("Grace Hopper");
  });

  it("1: refuses a document without a proof, or with another kind of proof", async () => {
    expect(await integrityOf(assertion())).to.equal("PROOF_MISSING");
    expect(await integrityOf({ ...assertion(), signature: { type: "SomeProof" } })).to.equal("FORMAT_UNSUPPORTED");
    expect(await integrityOf({ ...assertion(), signature: "z123" })).to.equal("SHAPE_WRONG");
  });

  it("3: recomputes leaf and root", async () => {
    const document = await sign(assertion());
    expect(await integrityOf({ ...document, issuedOn: "2020-07-01T10:00:00Z" })).to.equal("DIGEST_MISMATCH");
    expect(await integrityOf(await sign(assertion(), { merkleRoot: DIGEST }))).to.equal("ROOT_MISMATCH");
    expect(await integrityOf(await sign(assertion(), { targetHash: DIGEST }))).to.equal("DIGEST_MISMATCH");
    const [step] = inner(document, "signature")["proof"] as readonly JsonObject[];
    const swapped = { proof: [{ left: step?.["right"] ?? "" }] };
    expect(await integrityOf(await sign(assertion(), swapped))).to.equal("ROOT_MISMATCH");
  });

  const malformed: Readonly<Record<string, readonly [changes: JsonObject, code: string]>> = {
    "a leaf of 31 bytes": [{ targetHash: "ab".repeat(31) }, "HASH_MALFORMED"],
    "a leaf in upper case": [{ targetHash: "AB".repeat(32) }, "HASH_MALFORMED"],
    "a root with 0x": [{ merkleRoot: `0x${DIGEST}` }, "HASH_MALFORMED"],
    "a root that is a number": [{ merkleRoot: 7 }, "HASH_MALFORMED"],
    "a path that is no list": [{ proof: null }, "SHAPE_WRONG"],
    "a step with both sides": [{ proof: [{ left: DIGEST, right: DIGEST }] }, "SHAPE_WRONG"],
    "a step with no side": [{ proof: [{}] }, "SHAPE_WRONG"],
    "a step with another side": [{ proof: [{ up: DIGEST }] }, "SHAPE_WRONG"],
    "a step that is a text": [{ proof: [DIGEST] }, "SHAPE_WRONG"],
    "a sibling that is not hexadecimal": [{ proof: [{ left: "zz".repeat(32) }] }, "HASH_MALFORMED"],
    "65 steps": [{ proof: Array.from({ length: 65 }, () => ({ left: DIGEST })) }, "PROOF_TOO_LONG"],
    "no anchor": [{ anchors: [] }, "SHAPE_WRONG"],
    "two anchors": [{ anchors: [ANCHOR, ANCHOR] }, "SHAPE_WRONG"],
    "an anchor on an unknown chain": [{ anchors: [{ ...ANCHOR, chain: "dogecoin" }] }, "SHAPE_WRONG"],
    "an anchor that names an inherited member": [{ anchors: [{ ...ANCHOR, chain: "constructor" }] }, "SHAPE_WRONG"],
    "an Ethereum anchor without a chain": [{ anchors: [{ sourceId: TRANSACTION, type: "ETHData" }] }, "SHAPE_WRONG"],
    "a transaction of 31 bytes": [{ anchors: [{ ...ANCHOR, sourceId: "ab".repeat(31) }] }, "HASH_MALFORMED"],
    "another type beside its own": [{ type: ["MerkleProof2017", "Extension", "Diploma"] }, "SHAPE_WRONG"],
    "a member that nothing protects": [{ grade: "A" }, "MEMBER_UNKNOWN"],
    "an anchor with a member that nothing protects": [{ anchors: [{ ...ANCHOR, to: "0x1" }] }, "MEMBER_UNKNOWN"],
  };
  for (const [what, [changes, code]] of Object.entries(malformed))
    it(`3: refuses ${what}`, async () => {
      expect(await integrityOf(await sign(assertion(), changes))).to.equal(code);
    });

  it("5: refuses a document whose badge has no issuer with an address", async () => {
    expect(await integrityOf(await sign(withBadge({ issuer: null })))).to.equal("SHAPE_WRONG");
    expect(await integrityOf(await sign(withBadge({ issuer: { type: "Profile", name: "Nobody" } })))).to.equal(
      "SHAPE_WRONG",
    );
  });

  it("7 and 8: takes pinned contexts and added terms only", async () => {
    const document = await sign(assertion());
    const contexts = document["@context"] as readonly Json[];
    const added = await sign(
      assertion({ "@context": [...contexts, { grade: "https://uni.example/grade" }], grade: "A" }),
    );
    expect(await integrityOf(added)).to.equal("INTEGRITY_HOLDS");
    for (const context of [
      "https://attacker.example/context.json",
      { badge: null },
      { name: "https://x.example/name" },
    ])
      expect(await integrityOf({ ...document, "@context": [...contexts, context] })).to.equal("CONTEXT_NOT_ALLOWED");
  });

  it("names a word without a meaning", async () => {
    const document = { ...(await sign(assertion())), fakeInfo: "Mother of dragons" };
    expect(await integrityOf(document)).to.equal("MEMBER_UNKNOWN");
    expect(await messageOf(document)).to.include('"fakeInfo"');
  });

  it("10: lists what is not hashed", async () => {
    const document = await sign(assertion({ evidence: "diploma.pdf" }));
    expect((await claimsOf(document)).unprotected).to.deep.equal(['the value "diploma.pdf"']);
    expect(await integrityOf(document)).to.equal("CONTENT_UNPROTECTED");
  });

  const chains = [
    [{ chain: "bitcoinMainnet", type: "BTCOpReturn" }, "unsupported"],
    [{ type: "BTCOpReturn" }, "unsupported"],
    [{ chain: "bitcoinRegtest", type: "BTCOpReturn" }, "mock"],
    [{ chain: "mockchain", type: "Mock" }, "mock"],
    [{ chain: "ethereumMainnet", type: "ETHData" }, 1],
    [{ chain: "ethereumGoerli", type: "ETHData" }, 5],
  ] as const;
  for (const [anchor, chainId] of chains)
    it(`13: ${"chain" in anchor ? anchor.chain : "Bitcoin without a network"} is ${chainId}`, async () => {
      const sourceId = "ab".repeat(32);
      const [claim] = (await claimsOf(await sign(assertion(), { anchors: [{ sourceId, ...anchor }] }))).anchors;
      expect(claim).to.include({ kind: "transaction", hash: `0x${sourceId}`, chainId });
    });

  it("answers any JSON in the shape of its documents, and never throws", async () => {
    const document = await sign(assertion());
    const odd: readonly Json[] = [null, 7, "x", [], {}, [null], { "@id": 7 }, { "@value": {} }, { "@list": [[]] }];
    for (const name of Object.keys(document))
      for (const value of odd) expect(await blockcertsV2.open({ ...document, [name]: value })).to.have.property("kind");
  });

  describe("version 1", () => {
    const documents: Readonly<Record<string, JsonObject>> = {
      "1.2 by its context": {
        "@context": "https://w3id.org/blockcerts/v1",
        type: "BlockchainCertificate",
        document: {},
      },
      "1.1 by its shape": { assertion: {}, certificate: {}, recipient: {}, verify: {}, signature: "H9dl" },
    };
    for (const [what, document] of Object.entries(documents))
      it(`recognises ${what}, and cannot say`, async () => {
        expect(blockcertsV2.detect(document)).to.be.true;
        expect(await integrityOf(document)).to.equal("FORMAT_UNSUPPORTED");
      });

    it("detects without throwing, whatever it is shown", () => {
      const odd = [
        null,
        7,
        [],
        {},
        { "@context": null },
        { signature: null },
        { "@context": [[]] },
        { signature: { type: 7 } },
      ];
      for (const value of odd) expect(blockcertsV2.detect(parse(JSON.stringify(value)))).to.be.false;
    });
  });

  it("refuses versions of two that are not known", async () => {
    const later = assertion({ "@context": ["https://w3id.org/openbadges/v2", "https://w3id.org/blockcerts/v2.7"] });
    expect(await integrityOf(later)).to.equal("FORMAT_UNSUPPORTED");
  });
});
