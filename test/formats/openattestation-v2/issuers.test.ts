/** Who issued a version 2 document, and what speaks against it before anybody is asked. */

import { expect } from "chai";

import type { Claims } from "../../../src/core/claims.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { openAttestationV2 } from "../../../src/formats/openattestation-v2/openattestation-v2.ts";
import { verify } from "../../../src/verify/verify.ts";
import { fakePorts } from "../../support/fake-ports.ts";
import { claimsOf } from "../../support/integrity.ts";
import {
  CREDENTIAL,
  DID,
  DID_ISSUER,
  ISSUER,
  KEY,
  PLACEMENT,
  PROOF,
  SIGNATURE,
  wrapV2,
} from "../../support/openattestation-samples.ts";

const ADDRESS = PLACEMENT.store;
const DNS = { type: "DNS-TXT", location: "uni.example" };

function withIssuers(issuers: unknown, more: JsonObject = {}, besides: JsonObject = {}): JsonObject {
  return wrapV2({ ...CREDENTIAL, issuers: issuers as JsonObject[], ...more }, besides);
}

async function claims(document: JsonObject): Promise<Claims> {
  return claimsOf(openAttestationV2, document);
}

/** The issuer without one member. */
function without(issuer: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(issuer).filter(([key]) => key !== name));
}

const { issuers: _issuers, ...nobody } = CREDENTIAL;

const faults: readonly [string, JsonObject, string][] = [
  ["names no issuers", wrapV2(nobody), "ISSUERS_MALFORMED"],
  ["has an empty list of issuers", withIssuers([]), "ISSUERS_MALFORMED"],
  ["has issuers that are no list", withIssuers({ first: ISSUER }), "ISSUERS_MALFORMED"],
  ["has an issuer that is a text", withIssuers(["University of Example"]), "ISSUERS_MALFORMED"],
  ["has more than 16 issuers", withIssuers(Array.from({ length: 17 }, () => ISSUER)), "ISSUERS_MALFORMED"],
  ["has an issuer without a way of issuing", withIssuers([{ name: "X" }]), "ISSUERS_MALFORMED"],
  ["has a store without identityProof", withIssuers([without(ISSUER, "identityProof")]), "ISSUERS_MALFORMED"],
  ["has a registry without identityProof", withIssuers([{ tokenRegistry: ADDRESS }]), "ISSUERS_MALFORMED"],
  ["has a DID without identityProof", withIssuers([without(DID_ISSUER, "identityProof")]), "ISSUERS_MALFORMED"],
  ["has two stores in one issuer", withIssuers([{ ...ISSUER, certificateStore: ADDRESS }]), "ISSUERS_MALFORMED"],
  ["mixes stores and signatures", withIssuers([ISSUER, DID_ISSUER], {}, { proof: [PROOF] }), "ISSUERS_MALFORMED"],
  [
    "mixes a store and a registry",
    withIssuers([ISSUER, { tokenRegistry: ADDRESS, identityProof: DNS }]),
    "ISSUERS_MALFORMED",
  ],
  [
    "has two registries",
    withIssuers([1, 2].map(() => ({ tokenRegistry: ADDRESS, identityProof: DNS }))),
    "ISSUERS_MALFORMED",
  ],
  ["has a store that is no address", withIssuers([{ ...ISSUER, documentStore: "uni.eth" }]), "ISSUERS_MALFORMED"],
  [
    "has a domain that is missing",
    withIssuers([{ ...ISSUER, identityProof: { type: "DNS-TXT" } }]),
    "ISSUERS_MALFORMED",
  ],
  [
    "vouches for a store by a key",
    withIssuers([{ ...ISSUER, identityProof: DID_ISSUER["identityProof"] }]),
    "ISSUERS_MALFORMED",
  ],
  [
    "says nothing about withdrawal, though it is signed",
    withIssuers([without(DID_ISSUER, "revocation")], {}, { proof: [PROOF] }),
    "ISSUERS_MALFORMED",
  ],
  [
    "is withdrawn in an unknown way",
    withIssuers([{ ...DID_ISSUER, revocation: { type: "CUSTOM" } }], {}, { proof: [PROOF] }),
    "ISSUERS_MALFORMED",
  ],
  [
    "is withdrawn nowhere",
    withIssuers([{ ...DID_ISSUER, revocation: { type: "REVOCATION_STORE" } }], {}, { proof: [PROOF] }),
    "ISSUERS_MALFORMED",
  ],
  ["has no signature, though its issuer signs", withIssuers([DID_ISSUER]), "SIGNATURE_MISSING"],
  [
    "is signed by another key",
    withIssuers([DID_ISSUER], {}, { proof: [{ ...PROOF, verificationMethod: `${DID}#other` }] }),
    "SIGNATURE_MISSING",
  ],
  [
    "has a signature that is no hexadecimal text",
    withIssuers([DID_ISSUER], {}, { proof: [{ ...PROOF, signature: "signed" }] }),
    "SIGNATURE_WRONG",
  ],
  ["shows fewer issuers than it counts", withIssuers([ISSUER], { testamurIssuerCount: 2 }), "ISSUERS_MALFORMED"],
  ["counts its issuers in words", withIssuers([ISSUER], { testamurIssuerCount: "1" }), "ISSUERS_MALFORMED"],
];

describe("readTrust of version 2", () => {
  for (const [what, document, code] of faults) {
    it(`makes a document invalid that ${what}`, async () => {
      const found = await claims(document);
      expect(found.faults.map((fault) => fault.code)).to.deep.equal([code]);
      expect([found.anchors, found.signatures, found.statuses]).to.deep.equal([[], [], []]);
      const report = await verify(new TextEncoder().encode(JSON.stringify(document)), {}, fakePorts());
      expect(report.verdict).to.equal("invalid");
      expect(report.findings[0]?.code).to.equal("INTEGRITY_HOLDS");
    });
  }

  it("reads the store of the oldest documents, for which nobody vouches", async () => {
    const found = await claims(
      withIssuers([{ name: "X", certificateStore: ADDRESS.toUpperCase().replace("0X", "0x") }]),
    );
    expect(found.anchors).to.deep.include({ kind: "document-store", address: ADDRESS, inclusion: found.inclusions[0] });
    expect(found.issuers).to.deep.equal([{ name: "X", proof: { kind: "none", account: ADDRESS } }]);
    expect(found.faults).to.deep.equal([]);
  });

  it("asks every issuer of a document with several", async () => {
    const found = await claims(withIssuers([ISSUER, { ...ISSUER, documentStore: `0x${"ab".repeat(20)}` }]));
    expect([found.anchors.length, found.statuses.length, found.issuers.length]).to.deep.equal([2, 2, 2]);
  });

  it("reads a token registry, which withdraws nothing", async () => {
    const found = await claims(withIssuers([{ tokenRegistry: ADDRESS, identityProof: DNS }]));
    expect(found.anchors.map(({ kind }) => kind)).to.deep.equal(["token-registry"]);
    expect(found.statuses).to.deep.equal([]);
  });

  it("reads a signing issuer: the message is the root, the key is the issuer's", async () => {
    const proof = { ...PROOF, verificationMethod: KEY.toUpperCase() };
    const found = await claims(withIssuers([DID_ISSUER], {}, { proof: [proof] }));
    const message = found.inclusions[0]?.root.computed;
    expect(found.signatures).to.deep.equal([{ kind: "eip191", did: DID, key: KEY, message, signature: SIGNATURE }]);
    expect(found.anchors).to.deep.equal([]);
    expect(found.statuses).to.deep.equal([{ kind: "not-offered" }]);
    expect(found.issuers[0]?.proof).to.deep.equal({ kind: "dns-did", domain: "uni.example", key: KEY });
  });

  it("takes a signature of an unknown type for unknown, not for none", async () => {
    const found = await claims(withIssuers([DID_ISSUER], {}, { proof: [{ ...PROOF, type: "Other2030" }] }));
    expect(found.signatures).to.deep.equal([{ kind: "unknown", what: "Other2030" }]);
  });

  it("takes an identityProof of an unknown type for unknown, not for none", async () => {
    const found = await claims(withIssuers([{ ...ISSUER, identityProof: { type: "ENS" } }]));
    expect(found.issuers[0]?.proof.kind).to.equal("unknown");
  });

  it("asks a revocation store or a responder about every node", async () => {
    const store = { ...DID_ISSUER, revocation: { type: "REVOCATION_STORE", location: ADDRESS } };
    const ocsp = { ...DID_ISSUER, revocation: { type: "OCSP_RESPONDER", location: "https://ocsp.uni.example" } };
    const found = await claims(withIssuers([store, ocsp], {}, { proof: [PROOF] }));
    const [inclusion] = found.inclusions;
    expect(found.statuses).to.deep.equal([
      { kind: "store-nodes", address: ADDRESS, inclusion },
      { kind: "ocsp", location: "https://ocsp.uni.example", nodes: inclusion?.nodes },
    ]);
  });

  it("asks what a store's issuer names beside the store", async () => {
    const ocsp = { type: "OCSP_RESPONDER", location: "https://ocsp.uni.example" };
    const kinds = async (revocation: JsonObject): Promise<string[]> =>
      (await claims(withIssuers([{ ...ISSUER, revocation }]))).statuses.map(({ kind }) => kind);
    expect(await kinds(ocsp)).to.deep.equal(["store-nodes", "ocsp"]);
    expect(await kinds({ type: "REVOCATION_STORE" })).to.deep.equal(["store-nodes"]);
    expect(await kinds({ type: "NONE" })).to.deep.equal(["store-nodes"]);
  });

  it("looks nothing up for a document that names a chain, but not which", async () => {
    for (const network of [
      { chain: "ETH" },
      { chain: "ETH", chainId: "0x1" },
      "ETH",
      { chain: "ETH", chainId: "01" },
    ]) {
      const found = await claims(withIssuers([ISSUER], { network }));
      expect([...found.anchors, ...found.statuses].map(({ kind }) => kind)).to.deep.equal(["unknown", "unknown"]);
      expect(found).to.not.have.property("chainId");
    }
  });

  it("does not take a foreign document's number of issuers for bound", async () => {
    expect((await claims(wrapV2(CREDENTIAL))).issuerCountBound).to.equal(false);
    expect((await claims(withIssuers([ISSUER], { testamurIssuerCount: 1 }))).issuerCountBound).to.equal(true);
  });
});

describe("the validity of version 2", () => {
  const validity = async (dates: JsonObject): Promise<Claims["validity"]> =>
    (await claims(wrapV2({ ...CREDENTIAL, ...dates }))).validity;

  it("is open where nothing is said", async () => {
    expect(await validity({})).to.deep.equal({});
    expect(await validity({ expiresOn: null, validUntil: "" })).to.deep.equal({});
  });

  it("begins and ends where the document says", async () => {
    const dates = { validFrom: "2026-01-01", expiresOn: "2031-01-01T00:00:00+08:00" };
    expect(await validity(dates)).to.deep.equal({ from: "2026-01-01", until: "2031-01-01T00:00:00+08:00" });
  });

  it("ends at the earliest of two ends, and at an unreadable one before all", async () => {
    expect(await validity({ expiresOn: "2031-01-01", validUntil: "2030-01-01" })).to.deep.equal({
      until: "2030-01-01",
    });
    expect(await validity({ expiresOn: "2031-01-01", validUntil: "soon" })).to.deep.equal({ until: "soon" });
    const morning = "2031-01-01T06:00:00Z"; // before the end of that day, though after its beginning
    expect(await validity({ expiresOn: "2031-01-01", validUntil: morning })).to.deep.equal({ until: morning });
    const day = "January 1, 2031"; // read by JavaScript, but not by our check
    expect(await validity({ expiresOn: "2030-01-01", validUntil: day })).to.deep.equal({ until: day });
    expect(await validity({ expiresOn: 2031 })).to.deep.equal({ until: "2031" });
  });
});
