/**
 * The same mutated documents for each peer and for us. Nothing that a peer refuses is good for us; what a peer accepts is good
 * for us too, except where our policy is stricter. Those exceptions are listed here with their reasons, and they are asserted
 * exactly: one that no longer occurs is a failure.
 */

import { expect } from "chai";

import { openVerifier } from "../../src/app/open-verifier.ts";
import { startLocalDns } from "../../src/cli/demo/local-dns.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { OWNER } from "../chain/support/stores.ts";
import { CHAIN_ID, diploma, issuerProfile, openBlockcertsIssuer, pagesOf } from "../support/blockcerts-issuer.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { startLocalStore } from "../support/local-store.ts";
import { mutationsOf } from "../support/mutations.ts";
import { withPages } from "../support/pages.ts";
import { badge, drafts, issue, ISSUER, KEYS } from "../support/w3c-samples.ts";
import { askBlockcerts } from "./blockcerts-client.ts";
import { oaVerifier } from "./oa-clients.ts";
import { p256Issuer } from "./p256-issuer.ts";
import { dccVerifier, digitalBazaarVerifier, selectiveDisclosure } from "./w3c-clients.ts";

/** Whether a document is accepted; trouble of its own is no acceptance. */
type Judge = (document: JsonObject) => Promise<boolean>;

/** Where we are stricter: why, and at which mutations (`kind path`, and how many of that kind there, if several). */
type Exceptions = Readonly<Record<string, readonly string[]>>;

/** Only `proofValue` and what it leads to is evidence; the other members of the proof are hints that nothing protects. */
const BLOCKCERTS: Exceptions = {
  "a member of the proof that nothing protects is refused where it is unknown, or no text": [
    "renamed proof/id",
    "wrapped proof/id",
    "wrapped proof/created",
    "added proof ×4",
  ],
};

const OPENATTESTATION: Exceptions = {
  "members outside the hashed content are refused where they are unknown": [
    "renamed version",
    "added signature ×4",
    "added  ×4",
  ],
  "the version is one that is known, and a text": ["changed version ×3", "wrapped version"],
  "a hash is exactly 64 hexadecimal digits: what follows them is not cut off": ["changed signature/proof/0"],
};

/** Both clients read a suite they do not know as none; the anchor is the second half of our documents' proof. */
const W3C: Exceptions = {
  "contexts are known addresses, and none is null": ["added @context"],
  "one value is no list where the standard wants one value": [
    "wrapped validFrom",
    "wrapped validUntil",
    "wrapped https://testamur.example/ns#anchorStore",
    "wrapped https://testamur.example/ns#anchorNonce",
    "wrapped proof/0/created",
  ],
  "results are objects, and an empty one says nothing": ["added credentialSubject/result ×2"],
  "the anchor must be there, of our suite": [
    "removed proof/1",
    "changed proof/1/type ×3",
    "wrapped proof/1/type",
    "removed proof/1/cryptosuite",
    "renamed proof/1/cryptosuite",
    "changed proof/1/cryptosuite ×3",
    "wrapped proof/1/cryptosuite",
  ],
  "the anchor has all of its members, and no other": [
    "removed proof/1/proofPurpose",
    "renamed proof/1/proofPurpose",
    "changed proof/1/proofPurpose ×3",
    "wrapped proof/1/proofPurpose",
    "removed proof/1/verificationMethod",
    "renamed proof/1/verificationMethod",
    "changed proof/1/verificationMethod",
    "wrapped proof/1/verificationMethod",
    "removed proof/1/proofValue",
    "renamed proof/1/proofValue",
    "changed proof/1/proofValue ×3",
    "wrapped proof/1/proofValue",
    "added proof/1 ×4",
  ],
};

/** Selective disclosure: both read statements, and we ask beside them that the JSON has its one shape. */
const DERIVED: Exceptions = {
  "contexts are known addresses, and none is null": ["added @context"],
  "one value is no list where the standard wants one value": [
    "wrapped validFrom",
    "wrapped validUntil",
    "wrapped proof/created",
  ],
  "results are objects, and an empty one says nothing": ["added credentialSubject/result ×2"],
};

/** Of each peer, the mutations that one of us accepts and the other does not. */
interface Disagreement {
  readonly onlyTheirs: readonly string[];
  readonly onlyOurs: readonly string[];
}

/** Asks all about every mutation of a document that all of them accept. */
async function disagreements(document: JsonObject, ours: Judge, peers: readonly Judge[]): Promise<Disagreement[]> {
  for (const judge of [ours, ...peers]) expect(await judge(document), "the document itself").to.equal(true);
  const found = peers.map(() => ({ onlyTheirs: [] as string[], onlyOurs: [] as string[] }));
  for (const { kind, path, document: mutated } of mutationsOf(document)) {
    const accepted = await ours(mutated);
    for (const [at, peer] of peers.entries()) {
      if ((await peer(mutated)) !== accepted)
        found[at]?.[accepted ? "onlyOurs" : "onlyTheirs"].push(`${kind} ${path.join("/")}`);
    }
  }
  return found.map(({ onlyTheirs, onlyOurs }) => ({ onlyTheirs: counted(onlyTheirs), onlyOurs: counted(onlyOurs) }));
}

function counted(mutations: readonly string[]): readonly string[] {
  return [...Map.groupBy(mutations, (mutation) => mutation)]
    .map(([mutation, { length }]) => (length === 1 ? mutation : `${mutation} ×${length}`))
    .sort();
}

function expectExactly({ onlyTheirs, onlyOurs }: Disagreement, exceptions: Exceptions): void {
  expect(onlyOurs, "accepted by us alone").to.deep.equal([]);
  expect(onlyTheirs, "accepted by the peer alone").to.deep.equal(Object.values(exceptions).flat().sort());
}

/** A peer that throws has not accepted. */
function mayThrow(judge: Judge): Judge {
  return async (document) => judge(document).catch(() => false);
}

/** Ourselves, as far as the signature goes. */
function signatureJudge(): Judge {
  const verifier = openVerifier({ offline: true });
  return async (mutated) => {
    const { findings } = await verifier.verify(mutated);
    const signatures = findings.filter(({ aspect }) => aspect === "signature");
    return (
      signatures.length > 0 &&
      !findings.some(({ outcome }) => outcome === "fail") &&
      signatures.every(({ code }) => code === "SIGNATURE_HOLDS")
    );
  };
}

describe("a mutated document", () => {
  const node = withLocalNode(CHAIN_ID);

  it("is refused by us and by Blockcerts' own verifier", async () => {
    const issuer = await openBlockcertsIssuer(node());
    const [document = {}] = await issuer.issueBatch([diploma(1), diploma(2), diploma(3)]);
    const pages = pagesOf(issuerProfile(LOCAL_KEYS[0]!, OWNER));
    const verifier = openVerifier({ rpc: node().url, allowedHosts: ["uni.example"] });
    const ours: Judge = async (mutated) =>
      withPages(pages, async () => (await verifier.verify(mutated)).verdict === "valid");
    const peer: Judge = async (mutated) => (await askBlockcerts(mutated, node(), pages)).status === "success";
    const [found] = await disagreements(document, ours, [peer]);
    expectExactly(found!, BLOCKCERTS);
  });

  it("is refused by us and by oa-verify", async () => {
    const store = await startLocalStore();
    const records = { "uni.example": [`openatts net=ethereum netId=1337 addr=${store.address}`] };
    const dns = await startLocalDns(records);
    try {
      const identityProof = { type: "DNS-TXT", location: "uni.example" };
      const issuers = [{ name: "University of Example", documentStore: store.address, identityProof }];
      const [text = ""] = await store.issueBatch([
        { name: "Bachelor", issuers, recipient: { name: "Ada", honours: true, credits: 180 } },
        { name: "Bachelor", issuers },
      ]);
      const verifier = openVerifier({ rpc: store.chain.url, dns: { resolvers: [dns.url] } });
      const ours: Judge = async (mutated) => (await verifier.verify(mutated)).verdict === "valid";
      const oa = oaVerifier(store.chain.url, records);
      const peer = mayThrow(async (mutated) => (await oa(mutated)).isValid);
      const [found] = await disagreements(JSON.parse(text) as JsonObject, ours, [peer]);
      expectExactly(found!, OPENATTESTATION);
    } finally {
      await dns.stop();
      await store.stop();
    }
  });

  it("is refused by us, by @digitalbazaar/vc and by the DCC's verifier: as far as the signature goes", async () => {
    const key = toMultikey(KEYS[`${ISSUER}#key-1`]!);
    const did = `did:key:${key}`;
    const method = `${did}#${key}`;
    const [signature = {}, anchor = {}] = drafts();
    const proof = [
      { ...signature, verificationMethod: method },
      { ...anchor, verificationMethod: `${did}#store-1` },
    ];
    const issuer = { id: did, type: ["Profile"], name: "Example University" };
    const { document } = await issue(badge({ issuer, proof }));
    const ours = signatureJudge();
    const bazaar = await digitalBazaarVerifier({
      "@context": ["https://www.w3.org/ns/did/v1"],
      id: did,
      verificationMethod: [{ id: method, type: "Multikey", controller: did, publicKeyMultibase: key }],
      assertionMethod: [method],
    });
    const peers = [
      async (mutated: JsonObject) => bazaar(mutated, new Date("2027-01-01T00:00:00Z")),
      await dccVerifier(),
    ];
    const [byBazaar, byDcc] = await disagreements(document, ours, peers.map(mayThrow));
    expectExactly(byBazaar!, W3C);
    expectExactly(byDcc!, W3C);
  });

  it("is refused by us and by the package for ecdsa-sd-2023, with the proof that a holder derived", async () => {
    const { issuer, secretKeyMultibase, did } = p256Issuer();
    const bazaar = await selectiveDisclosure(issuer, secretKeyMultibase, new Date("2027-01-01T00:00:00Z"));
    const { proof: _, ...credential } = badge({ issuer: { id: did, type: ["Profile"], name: "Example University" } });
    const base = await bazaar.issue(credential, ["/issuer", "/validFrom"]);
    const document = await bazaar.derive(base, ["/validUntil", "/name", "/credentialSubject"]);
    const [found] = await disagreements(document, signatureJudge(), [mayThrow(bazaar.verifies)]);
    expectExactly(found!, DERIVED);
  });
});
