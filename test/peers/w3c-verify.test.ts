/** What other projects' clients say of our W3C documents: the signature holds, the anchor beside it does not disturb them. */

import { expect } from "chai";

import type { Json, JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { MAY_WITHHOLD } from "../../src/formats/w3c-vc-v2/names.ts";
import { badge, drafts, issue, ISSUER, KEYS, PLACEMENT } from "../support/w3c-samples.ts";
import { dccVerifier, digitalBazaarVerifier } from "./w3c-clients.ts";

const NOW = new Date("2027-01-01T00:00:00Z");
const KEY = `${ISSUER}#key-1`;

function multikey(): string {
  const key = KEYS[KEY];
  if (key === undefined) throw new Error("no key");
  return toMultikey(key);
}

const DID_DOCUMENT: JsonObject = {
  "@context": ["https://www.w3.org/ns/did/v1"],
  id: ISSUER,
  verificationMethod: [{ id: KEY, type: "Multikey", controller: ISSUER, publicKeyMultibase: multikey() }],
  assertionMethod: [KEY],
};

function tampered(document: JsonObject): readonly JsonObject[] {
  const [signature = {}, anchor = {}] = document["proof"] as readonly JsonObject[];
  return [
    { ...document, name: "Master of Science" },
    { ...document, "https://testamur.example/ns#anchorStore": `eip155:1:${PLACEMENT.store}` },
    { ...document, proof: [{ ...signature, created: "2026-06-30T12:00:01Z" }, anchor] },
  ];
}

describe("@digitalbazaar/vc", () => {
  it("verifies our documents, with the proofs in either order, and refuses them altered", async () => {
    const verifies = await digitalBazaarVerifier(DID_DOCUMENT);
    const { document } = await issue();
    expect(await verifies(document, NOW)).to.equal(true);
    expect(await verifies({ ...document, proof: (document["proof"] as readonly Json[]).toReversed() }, NOW)).to.equal(
      true,
    );
    for (const other of tampered(document)) expect(await verifies(other, NOW)).to.equal(false);
  });

  it("verifies a document of which parts may be withheld, taken out of its envelope", async () => {
    const verifies = await digitalBazaarVerifier(DID_DOCUMENT);
    const { document } = await issue(badge({ [MAY_WITHHOLD]: ["/credentialSubject/result/1"] }));
    expect(await verifies(document["credential"] as JsonObject, NOW)).to.equal(true);
  });
});

describe("the verifier of the Digital Credentials Consortium", () => {
  it("finds our signature valid beside the anchor, and not after a change", async () => {
    const did = `did:key:${multikey()}`;
    const [signature = {}, anchor = {}] = drafts();
    const proof = [
      { ...signature, verificationMethod: `${did}#${multikey()}` },
      { ...anchor, verificationMethod: `${did}#store-1` },
    ];
    const { document } = await issue(
      badge({ issuer: { id: did, type: ["Profile"], name: "Example University" }, proof }),
    );
    const isValid = await dccVerifier();
    expect(await isValid(document)).to.equal(true);
    for (const other of tampered(document)) expect(await isValid(other)).to.equal(false);
  });
});
