/** Issuers of Blockcerts: whose account sent the root, by a profile, by a DID that leads to one, or by a DID alone. */

import { expect } from "chai";

import type { Hex } from "../../src/core/bytes.ts";
import type { IdentityProof, TransactionClaim } from "../../src/core/claims.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { ChainViewAnswer, StoreStanding, TransactionOnRecord } from "../../src/core/ports/chain.ts";
import type { IdentityAnswer } from "../../src/core/ports/identity.ts";
import { openIdentityProver } from "../../src/identity/identity-prover.ts";
import { parseTrustList, type TrustList } from "../../src/identity/trust-list.ts";
import { publicForms } from "../support/blockcerts-issuer.ts";
import { DID_REGISTRY, fakeDidChain, registryAfter } from "../support/fake-did-registry.ts";
import {
  fakeView,
  GOOD_STANDING,
  GOOD_TRANSACTION,
  INCLUSION,
  LEAF,
  NOW,
  SENDER,
  STORE,
} from "../support/fake-ports.ts";
import { LOCAL_KEYS } from "../support/local-node.ts";

const HOST = "uni.example";
const ADDRESS = `https://${HOST}/profile.json`;
const KEY = `${ADDRESS}#key-1`;
const DID = `did:web:${HOST}`;
const DID_ADDRESS = `https://${HOST}/.well-known/did.json`;

const own = publicForms(LOCAL_KEYS[0]!);
const foreign = publicForms(LOCAL_KEYS[1]!);

function methodOf(id: string, controller: string, { jwk }: { readonly jwk: JsonObject } = own): JsonObject {
  return { id, type: "EcdsaSecp256k1VerificationKey2019", controller, publicKeyJwk: jwk };
}

function profile(changes: JsonObject = {}): JsonObject {
  return {
    id: ADDRESS,
    name: "University of Example",
    publicKey: [{ id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2020-01-01T00:00:00Z" }],
    verificationMethod: [methodOf(KEY, ADDRESS)],
    assertionMethod: [KEY],
    ...changes,
  };
}

function didDocument(changes: JsonObject = {}): JsonObject {
  return {
    id: DID,
    verificationMethod: [methodOf(`${DID}#key-1`, DID)],
    assertionMethod: [`${DID}#key-1`],
    service: [{ id: `${DID}#profile`, type: "IssuerProfile", serviceEndpoint: ADDRESS }],
    ...changes,
  };
}

interface World {
  /** What lies where; an address that is missing is a server that is down. */
  readonly files?: Readonly<Record<string, JsonObject>>;
  readonly transaction?: TransactionOnRecord | "silent";
  readonly standing?: StoreStanding | "silent";
  readonly view?: ChainViewAnswer;
  readonly trust?: TrustList;
  readonly allowedHosts?: readonly string[];
  readonly registries?: Readonly<Record<number, Hex>>;
  readonly chainId?: TransactionClaim["chainId"];
  /** The document is of version 2, which knows no keys. */
  readonly isOld?: boolean;
}

async function prove(
  proof: Partial<Extract<IdentityProof, { kind: "issuer-profile" }>> = {},
  world: World = {},
): Promise<IdentityAnswer> {
  const { files = { [ADDRESS]: profile() }, transaction, standing = { kind: "no-contract" }, trust } = world;
  const view = world.view ?? { kind: "view", view: fakeView(standing, transaction) };
  const prover = openIdentityProver({
    chain: { viewOf: async () => view },
    registries: world.registries ?? {},
    allowedHosts: world.allowedHosts ?? [HOST],
    clock: { now: () => NOW },
    ...(trust !== undefined && { trust }),
    fetch: async (address) => {
      const file = files[address instanceof Request ? address.url : `${address}`];
      if (file === undefined) throw new TypeError("nobody answers");
      return new Response(JSON.stringify(file), { headers: { "content-type": "application/json" } });
    },
  });
  const hash = `0x${"99".repeat(32)}` as const;
  const anchor: TransactionClaim = { kind: "transaction", hash, chainId: world.chainId ?? 1337, inclusion: INCLUSION };
  const key = world.isOld === true ? {} : { verificationMethod: KEY };
  const whole = { kind: "issuer-profile", location: ADDRESS, ...key, anchor, ...proof } as const;
  return prover.prove({ name: "University of Example", proof: whole }, 1337);
}

describe("openIdentityProver by an issuer's profile", () => {
  it("proves the address of a profile that lists the sender and the key", async () => {
    const answer = await prove();
    expect(answer).to.deep.include({ kind: "proven", by: "issuer-profile", name: ADDRESS });
    expect(answer).to.have.nested.property("evidence.sender", SENDER);
  });

  it("does not prove what the profile calls itself", async () => {
    expect(await prove({}, { files: { [ADDRESS]: profile({ name: "Harvard" }) } })).to.include({ name: ADDRESS });
  });

  const contradictions: Readonly<Record<string, JsonObject>> = {
    "another sender": { publicKey: [{ id: `ecdsa-koblitz-pubkey:${STORE}`, created: "2020-01-01T00:00:00Z" }] },
    "no account at all": { publicKey: [] },
    "a sender who came later": {
      publicKey: [{ id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2026-11-22T10:00:00.001Z" }],
    },
    "a sender who had left": {
      publicKey: [
        { id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2020-01-01T00:00:00Z", revoked: "2026-11-22T09:59:59Z" },
      ],
    },
    "another key by that name": { verificationMethod: [methodOf(KEY, ADDRESS, foreign)] },
    "no such key": { verificationMethod: [] },
    "the key, but not for issuing": { assertionMethod: [] },
    "another address as its own": { id: "https://other.example/profile.json" },
    "a proof that does not hold": { proof: { type: "Ed25519Signature2020", proofValue: "z" } },
    "a date without a clear meaning": { publicKey: [{ id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2020-01-01" }] },
  };
  for (const [what, changes] of Object.entries(contradictions))
    it(`is contradicted by a profile with ${what}`, async () => {
      expect((await prove({}, { files: { [ADDRESS]: profile(changes) } })).kind).to.equal("contradicted");
    });

  it("takes a sender who left only later", async () => {
    const publicKey = [
      { id: `ecdsa-koblitz-pubkey:${SENDER}`, created: "2020-01-01T00:00:00Z", revoked: "2026-11-22T10:00:01Z" },
    ];
    expect((await prove({}, { files: { [ADDRESS]: profile({ publicKey }) } })).kind).to.equal("proven");
  });

  it("reports a profile that has no list of keys for issuing", async () => {
    const { assertionMethod: _, ...unlisted } = profile();
    const answer = await prove({}, { files: { [ADDRESS]: unlisted } });
    expect(answer).to.have.nested.property("evidence.assertionMethodListed", false);
  });

  it("falls silent where the profile cannot be had", async () => {
    const silences: readonly World[] = [
      { files: {} },
      { allowedHosts: [] },
      { files: { [ADDRESS]: { error: "try later" } } },
      { files: { [ADDRESS]: profile({ proof: { type: "EcdsaSecp256k1Signature2019" } }) } },
    ];
    for (const world of silences) expect((await prove({}, world)).kind).to.equal("silent");
  });

  it("falls silent where the chain does not tell the sender", async () => {
    const views: readonly ChainViewAnswer[] = [
      { kind: "not-configured", isTestNetwork: true },
      { kind: "behind", reason: "an hour" },
      { kind: "silent", reason: "hung up" },
    ];
    for (const view of views) expect((await prove({}, { view })).kind).to.equal("silent");
    expect((await prove({}, { transaction: "silent" })).kind).to.equal("silent");
    expect((await prove({}, { standing: "silent" })).kind).to.equal("silent");
  });

  it("is unproven by a transaction that does not hold the root, and on a mock chain", async () => {
    const transactions: readonly TransactionOnRecord[] = [
      { kind: "absent" },
      { ...GOOD_TRANSACTION, succeeded: false },
      { ...GOOD_TRANSACTION, input: LEAF },
    ];
    for (const transaction of transactions) expect((await prove({}, { transaction })).kind).to.equal("unproven");
    expect((await prove({}, { chainId: "mock" })).kind).to.equal("unproven");
    expect((await prove({}, { chainId: "unsupported" })).kind).to.equal("unknown-kind");
  });

  describe("of version 2", () => {
    it("counts accounts only, in older lists and with older dates", async () => {
      const { verificationMethod: _, assertionMethod: __, ...rest } = profile({ id: "https://old.example/profile" });
      const old = {
        ...rest,
        publicKey: null,
        issuerKeys: [{ date: "2016-08-28", key: SENDER.toUpperCase().replace("X", "x") }],
      };
      const answer = await prove({}, { isOld: true, files: { [ADDRESS]: old } });
      expect(answer).to.deep.include({ kind: "proven", name: ADDRESS });
      expect(answer).to.have.nested.property("evidence.profileCallsItself", "https://old.example/profile");
      expect((await prove({}, { isOld: true, files: { [ADDRESS]: { ...old, issuerKeys: [] } } })).kind).to.equal(
        "contradicted",
      );
    });
  });

  describe("of a DID", () => {
    const byDid = { location: DID, verificationMethod: `${DID}#key-1` };
    const files = { [DID_ADDRESS]: didDocument(), [ADDRESS]: profile() };

    it("proves a DID that lists the key and leads to a profile that lists the sender", async () => {
      const answer = await prove(byDid, { files });
      expect(answer).to.deep.include({ kind: "proven", by: "did", name: DID });
      expect(answer).to.have.nested.property("evidence.profile", ADDRESS);
    });

    it("takes a profile that names the DID as its own id, and a key of the profile", async () => {
      const named = { ...files, [ADDRESS]: profile({ id: DID }) };
      expect((await prove(byDid, { files: named })).kind).to.equal("proven");
      expect((await prove({ ...byDid, verificationMethod: KEY }, { files })).kind).to.equal("proven");
    });

    it("proves a DID without a profile by its own key", async () => {
      const { service: _, ...alone } = didDocument();
      expect((await prove(byDid, { files: { [DID_ADDRESS]: alone } })).kind).to.equal("proven");
      const lost = { ...alone, verificationMethod: [methodOf(`${DID}#key-1`, DID, foreign)] };
      expect((await prove(byDid, { files: { [DID_ADDRESS]: lost } })).kind).to.equal("contradicted");
    });

    const contradictions: readonly [string, Readonly<Record<string, JsonObject>>][] = [
      ["another key", { [DID_ADDRESS]: didDocument({ verificationMethod: [methodOf(`${DID}#key-1`, DID, foreign)] }) }],
      [
        "the key for something else",
        { [DID_ADDRESS]: didDocument({ assertionMethod: [], authentication: [`${DID}#key-1`] }) },
      ],
      ["a profile of somebody else", { [ADDRESS]: profile({ id: "did:web:other.example" }) }],
      ["a profile that lists another sender", { [ADDRESS]: profile({ publicKey: [] }) }],
    ];
    for (const [what, changes] of contradictions)
      it(`is contradicted by ${what}`, async () => {
        expect((await prove(byDid, { files: { ...files, ...changes } })).kind).to.equal("contradicted");
      });

    it("falls silent where either is not there", async () => {
      expect((await prove(byDid, { files: { [DID_ADDRESS]: didDocument() } })).kind).to.equal("silent");
      expect((await prove(byDid, { files: { [ADDRESS]: profile() } })).kind).to.equal("silent");
    });

    it("shows nothing false for a DID that is the key itself, and names nobody", async () => {
      const did = `did:key:${own.multikey}`;
      const proof = { location: did, verificationMethod: `${did}#${own.multikey}` };
      expect((await prove(proof)).kind).to.equal("unproven");
      const trust = parseTrustList(JSON.stringify({ issuers: [{ name: "University of Example", dids: [did] }] }));
      expect(await prove(proof, { trust })).to.deep.include({ kind: "proven", by: "trust-list" });
      const other = `did:key:${foreign.multikey}`;
      const stolen = { location: other, verificationMethod: `${other}#${foreign.multikey}` };
      expect((await prove(stolen)).kind).to.equal("contradicted");
    });

    it("asks a did:ethr who controlled it when the root was sent, not who does now", async () => {
      const { viewOf } = fakeDidChain(registryAfter(SENDER, [{ block: 8, owner: `0x${"77".repeat(20)}` }]));
      const opened = await viewOf(1337);
      if (opened.kind !== "view") throw new Error("no view");
      const { callContract, eventsIn } = opened.view;
      const viewAt = (block: number): ChainViewAnswer => ({
        kind: "view",
        view: { ...fakeView({ kind: "no-contract" }, { ...GOOD_TRANSACTION, block }), callContract, eventsIn },
      });
      const did = `did:ethr:0x539:${SENDER}`;
      const proof = { location: did, verificationMethod: `${did}#controller` };
      const registries = { 1337: DID_REGISTRY };
      expect((await prove(proof, { registries, view: viewAt(7) })).kind).to.equal("unproven");
      expect((await prove(proof, { registries, view: viewAt(8) })).kind).to.equal("contradicted");
    });

    it("does not know every method", async () => {
      expect((await prove({ location: "did:ion:abc", verificationMethod: "did:ion:abc#key" })).kind).to.equal(
        "unknown-kind",
      );
    });
  });

  describe("beside the verifier's own list", () => {
    const registers = parseTrustList(
      JSON.stringify({ issuers: [{ name: "Example", stores: [`eip155:1337:${STORE}`] }] }),
    );
    const domains = parseTrustList(JSON.stringify({ issuers: [{ name: "Example", domains: [HOST] }] }));
    const standing = GOOD_STANDING;

    it("takes a register on the list that holds the root, whatever the profile's server does", async () => {
      expect(await prove({}, { trust: registers, standing, files: {} })).to.deep.include({
        by: "trust-list",
        name: "Example",
      });
    });

    it("does not take a register that was sent the root and has not taken it in", async () => {
      const refused: StoreStanding = { kind: "store", issued: false, final: false };
      expect((await prove({}, { trust: registers, standing: refused, files: {} })).kind).to.equal("silent");
    });

    it("does not overrule a profile that contradicts", async () => {
      const files = { [ADDRESS]: profile({ publicKey: [] }) };
      expect((await prove({}, { trust: registers, standing, files })).kind).to.equal("contradicted");
    });

    it("takes a profile at the root of a domain on the list, and none deeper down", async () => {
      expect(await prove({}, { trust: domains })).to.deep.include({ by: "trust-list", name: "Example" });
      const deep = `https://${HOST}/~eve/profile.json`;
      const method = `${deep}#key-1`;
      const files = {
        [deep]: profile({ id: deep, verificationMethod: [methodOf(method, deep)], assertionMethod: [method] }),
      };
      const answer = await prove({ location: deep, verificationMethod: method }, { trust: domains, files });
      expect(answer).to.deep.include({ kind: "proven", by: "issuer-profile", name: deep });
      expect(answer).to.have.nested.property("evidence.onTrustList", false);
    });
  });
});
