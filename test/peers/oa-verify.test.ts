/** What OpenAttestation's own clients say of our documents, and what we say of theirs, on one real chain. */

import { expect } from "chai";

import { openVerifier, type Verifier } from "../../src/app/open-verifier.ts";
import { startLocalDns, type LocalDns } from "../../src/cli/demo/local-dns.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { redactV2 } from "../../src/formats/openattestation-v2/redact.ts";
import { startLocalStore, type LocalStore } from "../support/local-store.ts";
import { oaVerifier, openAttestation, type Fragment, type PeerVerdict } from "./oa-clients.ts";

const DOMAIN = "law.uni.example";

interface WrappedV2 {
  readonly signature: { readonly targetHash: string; readonly merkleRoot: string };
}

describe("OpenAttestation's own clients", () => {
  let store: LocalStore;
  let dns: LocalDns;
  let peer: (document: object) => Promise<PeerVerdict>;
  let ours: Verifier;
  let documents: readonly JsonObject[];

  const credential = (learner: number): JsonObject => ({
    name: "Bachelor of Laws",
    issuers: [
      {
        name: "University of Example",
        documentStore: store.address,
        identityProof: { type: "DNS-TXT", location: DOMAIN },
      },
    ],
    recipient: { name: `Learner ${learner}`, honours: learner % 2 === 0, credits: 180 },
    transcript: [
      { course: "Torts", grade: "A" },
      { course: "Equity", grade: "B+" },
    ],
  });

  before(async () => {
    store = await startLocalStore();
    const records = { [DOMAIN]: [`openatts net=ethereum netId=1337 addr=${store.address}`] };
    dns = await startLocalDns(records);
    peer = oaVerifier(store.chain.url, records);
    documents = (await store.issueBatch(Array.from({ length: 5 }, (_, learner) => credential(learner)))).map(
      (text) => JSON.parse(text) as JsonObject,
    );
  });
  beforeEach(() => {
    ours = openVerifier({ rpc: store.chain.url, dns: { resolvers: [dns.url] } }); // a new session sees new blocks
  });
  after(async () => {
    await dns.stop();
    await store.stop();
  });

  it("call every document of a batch of ours valid: hash, status, identity", async () => {
    for (const document of documents) {
      const { isValid, fragments } = await peer(document);
      expect(isValid, JSON.stringify(fragments)).to.equal(true);
      expect(validNames(fragments)).to.include.members([
        "OpenAttestationHash",
        "OpenAttestationEthereumDocumentStoreStatus",
        "OpenAttestationDnsTxtIdentityProof",
      ]);
      expect((await ours.verify(document)).headline).to.equal("VALID");
    }
  });

  it("call a redacted document of ours valid, and we do", async () => {
    const redacted = redactV2(documents[0] ?? {}, ["transcript", "recipient.credits"]);
    expect((await peer(redacted)).isValid).to.equal(true);
    expect(await ours.verify(redacted)).to.include({ headline: "VALID", hidden: 5 });
  });

  it("call an altered document of ours invalid, and we do", async () => {
    const altered = JSON.parse(JSON.stringify(documents[1]).replace("Torts", "Tarts")) as JsonObject;
    const { isValid, fragments } = await peer(altered);
    expect(isValid).to.equal(false);
    expect(reasons(fragments)).to.include("DOCUMENT_TAMPERED");
    expect((await ours.verify(altered)).headline).to.equal("TAMPERED");
  });

  it("call a revoked document of ours invalid, and we do", async () => {
    const revoked = documents[2] ?? {};
    await store.revoke(`0x${(revoked as unknown as WrappedV2).signature.targetHash}`);
    const { isValid, fragments } = await peer(revoked);
    expect(isValid).to.equal(false);
    expect(reasons(fragments)).to.include("DOCUMENT_REVOKED");
    expect((await ours.verify(revoked)).headline).to.equal("REVOKED");
    expect((await peer(documents[3] ?? {})).isValid).to.equal(true);
    expect((await ours.verify(documents[3] ?? {})).headline).to.equal("VALID");
  });

  it("call a document that was never anchored not issued, and we do", async () => {
    const [wrapped] = openAttestation.wrapDocuments([credential(9)]);
    const { isValid, fragments } = await peer(wrapped ?? {});
    expect(isValid).to.equal(false);
    expect(reasons(fragments)).to.include("DOCUMENT_NOT_ISSUED");
    expect((await ours.verify(wrapped ?? {})).headline).to.equal("NOT_ANCHORED");
  });

  it("wrap documents that are valid for us once they are issued through our store", async () => {
    const wrapped = openAttestation.wrapDocuments([credential(10), credential(11), credential(12)]);
    await store.issue(`0x${(wrapped[0] as WrappedV2).signature.merkleRoot}`);
    for (const document of wrapped) {
      expect((await peer(document)).isValid).to.equal(true);
      expect((await ours.verify(document)).headline).to.equal("VALID");
    }
  });

  it("hide fields so that what is left is valid for us", async () => {
    const hidden = openAttestation.obfuscate(documents[4] ?? {}, ["recipient.credits"]);
    expect(await ours.verify(hidden)).to.include({ headline: "VALID", hidden: 1 });
  });

  it("refuse an issuer whose domain does not list the store, and we do not call it valid", async () => {
    const stranger = oaVerifier(store.chain.url, {});
    const { isValid, fragments } = await stranger(documents[0] ?? {});
    expect(isValid).to.equal(false);
    expect(reasons(fragments)).to.include("MATCHING_RECORD_NOT_FOUND");
    const silentDns = await startLocalDns({ [DOMAIN]: [] });
    const report = await openVerifier({ rpc: store.chain.url, dns: { resolvers: [silentDns.url] } }).verify(
      documents[0] ?? {},
    );
    await silentDns.stop();
    expect(report.headline).to.equal("ISSUER_UNPROVEN");
  });
});

function validNames(fragments: readonly Fragment[]): string[] {
  return fragments.filter((fragment) => fragment.status === "VALID").map((fragment) => fragment.name);
}

function reasons(fragments: readonly Fragment[]): (string | undefined)[] {
  return fragments.map((fragment) => fragment.reason?.codeString);
}
