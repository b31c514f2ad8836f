/** Who vouches for an issuer, against resolvers on the loopback interface: each answer, each attack, each silence. */

import { expect } from "chai";
import fc from "fast-check";

import type { Hex } from "../../src/core/bytes.ts";
import type { IdentityProof, IssuerClaim } from "../../src/core/claims.ts";
import type { IdentityAnswer } from "../../src/core/ports/identity.ts";
import { openIdentityProver, type IdentityOptions } from "../../src/identity/identity-prover.ts";
import { dnsRecordFor, dnsRecordForKey } from "../../src/identity/openatts-record.ts";
import { parseTrustList, type TrustList } from "../../src/identity/trust-list.ts";
import { DID_REGISTRY, fakeDidChain } from "../support/fake-did-registry.ts";
import { startFakeDoh, type DohBehaviour, type FakeDoh } from "../support/fake-doh.ts";
import { faultOf } from "../support/faults.ts";
import { holds } from "../support/property.ts";

const STORE: Hex = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const OTHER: Hex = `0x${"ab".repeat(20)}`;
const DOMAIN = "uni.example";
const DID = "did:ethr:0x539:0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89";
const KEY = `${DID}#controller`;
const RECORD = dnsRecordFor({ chainId: 1337, store: STORE });

const byTxt: IdentityProof = { kind: "dns-txt", domain: DOMAIN, account: STORE };
const byDnsDid: IdentityProof = { kind: "dns-did", domain: DOMAIN, key: KEY };
const byDid: IdentityProof = { kind: "did", did: DID, key: KEY };

const WEB = "did:web:uni.example";
const webKey = { kind: "did", did: WEB, key: `${WEB}#key-1` } as const;
const webStore = { kind: "did", did: WEB, key: `${WEB}#store-1`, account: STORE, chainId: 1337 } as const;

/** A server at uni.example that hands out the DID's document: a key and a register. */
function web(storeChanges: object = {}): Pick<IdentityOptions, "allowedHosts" | "fetch"> {
  const key = {
    id: "#key-1",
    type: "Multikey",
    publicKeyMultibase: "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
  };
  const store = {
    id: "#store-1",
    type: "BlockchainVerificationMethod2021",
    blockchainAccountId: `eip155:1337:${STORE}`,
  };
  const methods = [key, { ...store, ...storeChanges }].map((method) => ({ ...method, controller: WEB }));
  const document = { id: WEB, verificationMethod: methods, assertionMethod: methods.map(({ id }) => id) };
  return {
    allowedHosts: ["uni.example"],
    fetch: async () => Response.json(document),
  };
}

function trusting(...issuers: readonly object[]): TrustList {
  return parseTrustList(JSON.stringify({ issuers }));
}

describe("openIdentityProver", () => {
  let first: FakeDoh;
  let second: FakeDoh;

  beforeEach(async () => {
    first = await startFakeDoh();
    second = await startFakeDoh();
  });

  afterEach(async () => {
    await first.close();
    await second.close();
  });

  /** Both resolvers see the same. */
  function publish(...texts: readonly string[]): void {
    for (const resolver of [first, second]) resolver.answer(DOMAIN, { kind: "records", texts });
  }

  async function prove(
    proof: IdentityProof,
    changes: Partial<IdentityOptions> & { readonly name?: string; readonly chainId?: number } = {},
  ): Promise<IdentityAnswer> {
    const { name, chainId = 1337, ...options } = changes;
    const prover = openIdentityProver({
      chain: fakeDidChain(),
      registries: { 1337: DID_REGISTRY },
      resolvers: [first.url, second.url],
      timeoutMs: 10_000,
      ...options,
    });
    const issuer: IssuerClaim = { proof, ...(name !== undefined && { name }) };
    return prover.prove(issuer, chainId);
  }

  describe("by DNS-TXT", () => {
    it("proves the domain whose record names chain and register", async () => {
      publish("v=spf1 -all", dnsRecordFor({ chainId: 1337, store: OTHER }), RECORD);
      const answer = await prove(byTxt, { name: "University of Example" });
      expect(answer).to.deep.include({ kind: "proven", by: "dns-txt", name: DOMAIN });
      expect(answer).to.have.nested.property("evidence.dnssec", false);
      expect(answer).to.have.nested.property("evidence.resolvers.length", 2);
      expect(answer).to.not.have.nested.property("evidence.oneResolverOnly");
    });

    it("proves it in whatever case the addresses and the domain are written", async () => {
      publish(RECORD.replace(STORE.slice(2), STORE.slice(2).toUpperCase()));
      const upper: Hex = `0x${STORE.slice(2).toUpperCase()}`;
      const answer = await prove({ kind: "dns-txt", domain: "UNI.example", account: upper });
      expect(answer).to.deep.include({ kind: "proven", name: DOMAIN });
    });

    it("says so when only one resolver was asked, and when the zone is checked", async () => {
      first.answer(DOMAIN, { kind: "records", texts: [RECORD], authenticated: true });
      const answer = await prove(byTxt, { resolvers: [first.url] });
      expect(answer).to.have.nested.property("evidence.oneResolverOnly", true);
      expect(answer).to.have.nested.property("evidence.dnssec", true);
    });

    it("is contradicted by records that name only other registers of that chain", async () => {
      publish(dnsRecordFor({ chainId: 1337, store: OTHER }), dnsRecordFor({ chainId: 1, store: STORE }));
      const answer = await prove(byTxt);
      expect(answer.kind).to.equal("contradicted");
      expect(answer).to.have.nested.property("evidence.found.length", 1);
    });

    it("is unproven where the domain has no such record, has it for other chains only, or does not exist", async () => {
      publish("v=spf1 -all");
      expect((await prove(byTxt)).kind).to.equal("unproven");
      publish(dnsRecordFor({ chainId: 1, store: STORE }), dnsRecordForKey(KEY));
      expect((await prove(byTxt)).kind).to.equal("unproven");
      for (const resolver of [first, second]) resolver.answer(DOMAIN, { kind: "no-such-name" });
      const answer = await prove(byTxt);
      expect(answer.kind).to.equal("unproven");
      expect(answer).to.have.nested.property("evidence.exists", false);
    });

    it("is unproven by a void record, and shows it", async () => {
      publish(`${RECORD} addr=${OTHER}`);
      const answer = await prove(byTxt);
      expect(answer.kind).to.equal("unproven");
      expect(answer).to.have.nested.property("evidence.unreadable.length", 1);
    });

    for (const text of [
      RECORD.replace("1337", "31337"),
      RECORD.replace("ethereum", "polygon"),
      RECORD.replace("openatts", "OPENATTS"),
      RECORD.slice(0, -1),
      `x ${RECORD}`,
      RECORD.replaceAll(" ", "\t"),
    ]) {
      it(`is not proven by ${JSON.stringify(text)}`, async () => {
        publish(text);
        expect((await prove(byTxt)).kind).to.equal("unproven");
      });
    }

    it("finds one record among 500, and misses it among 500 others", async () => {
      const others = Array.from({ length: 500 }, (_, at) =>
        dnsRecordFor({ chainId: 1337, store: `0x${at.toString(16).padStart(40, "0")}` }),
      );
      publish(...others, RECORD);
      expect((await prove(byTxt)).kind).to.equal("proven");
      publish(...others);
      const answer = await prove(byTxt);
      expect(answer.kind).to.equal("contradicted");
      expect(answer).to.have.nested.property("evidence.found.length", 5);
    });

    it("asks about the chain the document was looked up on, and about no other", async () => {
      publish(RECORD);
      expect((await prove(byTxt, { chainId: 1 })).kind).to.equal("unproven");
      expect((await prove({ ...byTxt, chainId: 1 }, { chainId: 1337 })).kind).to.equal("unproven");
      const prover = openIdentityProver({ chain: fakeDidChain(), registries: {}, resolvers: [first.url] });
      expect((await prover.prove({ proof: byTxt }, undefined)).kind).to.equal("unproven");
      expect((await prover.prove({ proof: { ...byTxt, chainId: 1337 } }, undefined)).kind).to.equal("proven");
    });

    for (const domain of [
      "",
      "uni",
      "uni.example/path",
      "uni.example&name=evil.example",
      "127.0.0.1",
      "a@uni.example",
    ]) {
      it(`asks nobody about ${JSON.stringify(domain)}, which is no domain`, async () => {
        expect((await prove({ ...byTxt, domain })).kind).to.equal("unproven");
        expect(first.asked).to.deep.equal([]);
      });
    }

    it("proves a look-alike as that domain only, and shows what it looks like", async () => {
      const domain = "xn--un-ioc.example"; // "unі" with a Cyrillic і
      for (const resolver of [first, second]) resolver.answer(domain, { kind: "records", texts: [RECORD] });
      const answer = await prove({ kind: "dns-txt", domain, account: STORE }, { name: "Univеrsity of Example" });
      expect(answer).to.deep.include({ kind: "proven", name: domain });
      expect(answer).to.have.nested.property("evidence.shownAs", "unі.example");
      expect(answer).to.have.nested.property("evidence.domainMixesScripts", true);
      expect(answer).to.have.nested.property("evidence.nameMixesScripts", true);
    });

    const faults: readonly DohBehaviour[] = [
      { kind: "silence" },
      { kind: "status", status: 2 },
      { kind: "no-such-name" },
      { kind: "records", texts: [dnsRecordFor({ chainId: 1337, store: OTHER })] },
      { kind: "raw", body: "<html>", contentType: "text/html" },
      { kind: "raw", body: "{}", httpStatus: 503 },
    ];
    for (const fault of faults) {
      it(`is silent when one resolver answers with ${JSON.stringify(fault)}`, async () => {
        publish(RECORD);
        second.answer(DOMAIN, fault);
        expect((await prove(byTxt, { timeoutMs: 150 })).kind).to.equal("silent");
      });
    }
  });

  describe("by DNS-DID", () => {
    it("proves the domain whose record names the key, in whatever case", async () => {
      publish(dnsRecordForKey(KEY.toLowerCase()), RECORD);
      expect(await prove(byDnsDid)).to.deep.include({ kind: "proven", by: "dns-did", name: DOMAIN });
    });

    it("is contradicted by records that name only other keys", async () => {
      publish(dnsRecordForKey(`did:ethr:${OTHER}#controller`));
      expect((await prove(byDnsDid)).kind).to.equal("contradicted");
    });

    it("is unproven where records name registers only", async () => {
      publish(RECORD);
      expect((await prove(byDnsDid)).kind).to.equal("unproven");
    });
  });

  describe("by DID", () => {
    it("does not prove anybody by a DID that is nothing but a key or an account", async () => {
      const answer = await prove(byDid, { name: "University of Example" });
      expect(answer.kind).to.equal("unproven");
      expect(answer).to.have.nested.property("evidence.account", "0xe712878f6e8d5d4f9e87e10da604f9cb564c9a89");
      const did = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
      expect((await prove({ kind: "did", did, key: `${did}#${did.slice(8)}` })).kind).to.equal("unproven");
    });

    it("proves a DID at a web address, as that DID", async () => {
      expect(await prove(webKey, web())).to.deep.include({ kind: "proven", by: "did", name: WEB });
    });

    it("is contradicted by a DID that does not list the key", async () => {
      expect((await prove({ ...webKey, key: `${WEB}#other` }, web())).kind).to.equal("contradicted");
    });

    it("proves the register that a DID lists, on its chain", async () => {
      expect(await prove(webStore, web())).to.deep.include({ kind: "proven", by: "did", name: WEB });
      const upper: Hex = `0x${STORE.slice(2).toUpperCase()}`;
      expect((await prove({ ...webStore, account: upper }, web())).kind).to.equal("proven");
    });

    it("is contradicted by a DID that lists another register, the register on another chain, or a key in its place", async () => {
      expect((await prove({ ...webStore, account: OTHER }, web())).kind).to.equal("contradicted");
      expect((await prove({ ...webStore, chainId: 1 }, web())).kind).to.equal("contradicted");
      expect((await prove({ ...webStore, key: `${WEB}#key-1` }, web())).kind).to.equal("contradicted");
      const signer = { type: "EcdsaSecp256k1RecoveryMethod2020" };
      expect((await prove(webStore, web(signer))).kind).to.equal("contradicted");
    });

    it("shows what a DID at a look-alike's address looks like", async () => {
      const did = "did:web:xn--un-ioc.example"; // "unі" with a Cyrillic і
      const document = {
        id: did,
        verificationMethod: [{ id: "#k", type: "Multikey", controller: did }],
        assertionMethod: ["#k"],
      };
      const at = { allowedHosts: ["xn--un-ioc.example"], fetch: async () => Response.json(document) };
      const answer = await prove({ kind: "did", did, key: `${did}#k` }, { ...at, name: "Univеrsity" });
      expect(answer).to.deep.include({ kind: "proven", name: did });
      expect(answer).to.have.nested.property("evidence.shownAs", "unі.example");
      expect(answer).to.have.nested.property("evidence.nameMixesScripts", true);
    });

    it("is silent about web addresses that nobody allowed to be asked", async () => {
      expect((await prove(webKey, { ...web(), allowedHosts: [] })).kind).to.equal("silent");
    });

    it("is contradicted when the key is another DID's", async () => {
      expect((await prove({ ...byDid, key: `did:ethr:${OTHER}#controller` })).kind).to.equal("contradicted");
    });

    it("is silent when the registry is, and does not know other methods", async () => {
      const chain = fakeDidChain({}, { kind: "silent", reason: "down" });
      expect((await prove(byDid, { chain })).kind).to.equal("silent");
      const other: IdentityProof = { kind: "did", did: "did:example:123", key: "did:example:123#key" };
      expect((await prove(other)).kind).to.equal("unknown-kind");
    });
  });

  it("does not prove an issuer for whom nobody is named, and does not know unknown kinds", async () => {
    expect((await prove({ kind: "none", account: STORE })).kind).to.equal("unproven");
    expect((await prove({ kind: "unknown", what: "BLOOD-OATH" })).kind).to.equal("unknown-kind");
  });

  describe("by the trust list", () => {
    const trust = trusting({ name: "University of Example", stores: [`eip155:1337:${STORE}`] });

    it("proves a listed register, and reports what DNS says beside it", async () => {
      publish(RECORD);
      const answer = await prove(byTxt, { trust });
      expect(answer).to.deep.include({ kind: "proven", by: "trust-list", name: "University of Example" });
      expect(answer).to.have.nested.property("evidence.listedBy", "register");
      expect(answer).to.have.nested.property("evidence.records.name", DOMAIN);
    });

    it("proves it while DNS has nothing, is silent, or says otherwise, and reports that", async () => {
      publish();
      expect(await prove(byTxt, { trust })).to.have.nested.property("evidence.records.kind", "unproven");
      publish(dnsRecordFor({ chainId: 1337, store: OTHER }));
      expect(await prove(byTxt, { trust })).to.have.nested.property("evidence.records.kind", "contradicted");
      first.answer(DOMAIN, { kind: "silence" });
      const answer = await prove(byTxt, { trust, timeoutMs: 150 });
      expect(answer.kind).to.equal("proven");
      expect(answer).to.have.nested.property("evidence.records.kind", "silent");
    });

    it("proves a listed register of a document that names nobody", async () => {
      expect(await prove({ kind: "none", account: STORE }, { trust })).to.deep.include({
        kind: "proven",
        by: "trust-list",
      });
    });

    it("does not prove the register of another chain, nor another register under the name", async () => {
      publish();
      expect((await prove(byTxt, { trust, chainId: 1 })).kind).to.equal("unproven");
      const answer = await prove({ ...byTxt, account: OTHER }, { trust, name: "University of Example" });
      expect(answer.kind).to.equal("unproven");
      expect(answer).to.have.nested.property("evidence.onTrustList", false);
    });

    it("proves a listed domain under the list's name once DNS has proven it, and not before", async () => {
      const domains = trusting({ name: "University of Example", domains: [DOMAIN] });
      publish(RECORD);
      const answer = await prove(byTxt, { trust: domains });
      expect(answer).to.deep.include({ kind: "proven", by: "trust-list", name: "University of Example" });
      expect(answer).to.have.nested.property("evidence.listedBy", "domain");
      publish();
      expect((await prove(byTxt, { trust: domains })).kind).to.equal("unproven");
      first.answer(DOMAIN, { kind: "silence" });
      expect((await prove(byTxt, { trust: domains, timeoutMs: 150 })).kind).to.equal("silent");
    });

    it("proves a listed DID by its own key, in either way of naming it", async () => {
      const dids = trusting({ name: "University of Example", dids: [DID.toLowerCase()] });
      publish();
      for (const proof of [byDid, byDnsDid]) {
        expect(await prove(proof, { trust: dids })).to.deep.include({ kind: "proven", by: "trust-list" });
      }
      const foreign: IdentityProof = { kind: "did", did: DID, key: `did:ethr:${OTHER}#controller` };
      expect((await prove(foreign, { trust: dids })).kind).to.equal("contradicted");
    });

    it("proves a listed DID at a web address with a key that it lists, and with no other", async () => {
      const dids = trusting({ name: "University of Example", dids: [WEB] });
      expect(await prove(webKey, { trust: dids, ...web() })).to.deep.include({ kind: "proven", by: "trust-list" });
      expect((await prove({ ...webKey, key: `${WEB}#x` }, { trust: dids, ...web() })).kind).to.equal("contradicted");
      expect((await prove(webKey, { trust: dids })).kind).to.equal("silent");
    });

    it("takes a DID at the root of a listed domain for that domain, and no deeper one", async () => {
      const domains = trusting({ name: "University of Example", domains: [DOMAIN] });
      expect(await prove(webKey, { trust: domains, ...web() })).to.deep.include({ by: "trust-list" });
      const did = `${WEB}:users:mallory`;
      const method = { id: `${did}#k`, type: "Multikey", controller: did };
      const deeper = { id: did, verificationMethod: [method], assertionMethod: [`${did}#k`] };
      const fetch = async () => Response.json(deeper);
      const answer = await prove({ kind: "did", did, key: `${did}#k` }, { ...web(), trust: domains, fetch });
      expect(answer).to.deep.include({ kind: "proven", by: "did", name: did });
    });

    it("does not let a listed register speak for an issuer whose own DID does not list it", async () => {
      const answer = await prove({ ...webStore, key: `${WEB}#key-1` }, { trust, ...web() });
      expect(answer.kind).to.equal("contradicted");
      expect((await prove(webStore, { trust })).kind).to.equal("proven");
    });

    it("leaves everybody else as the records have it", async () => {
      publish(RECORD);
      const other = trusting({ name: "Elsewhere", domains: ["else.example"] });
      const answer = await prove(byTxt, { trust: other });
      expect(answer).to.deep.include({ kind: "proven", by: "dns-txt", name: DOMAIN });
      expect(answer).to.have.nested.property("evidence.onTrustList", false);
      expect((await prove({ kind: "unknown", what: "x" }, { trust: other })).kind).to.equal("unknown-kind");
    });

    it("judges an entry that ends by the time of the block, and by the clock where there is no chain", async () => {
      // the block of the fake chain is of 2026-11-22
      const past = trusting({ name: "U", stores: [`eip155:1337:${STORE}`], until: "2026-11-22" });
      const current = trusting({ name: "U", stores: [`eip155:1337:${STORE}`], from: "2026-11-22" });
      const clock = { now: () => new Date("2020-01-01") };
      const nobody: IdentityProof = { kind: "none", account: STORE };
      expect((await prove(nobody, { trust: past, clock })).kind).to.equal("unproven");
      expect((await prove(nobody, { trust: current, clock })).kind).to.equal("proven");
      const chain = fakeDidChain({}, { kind: "not-configured", isTestNetwork: true });
      expect((await prove(nobody, { trust: past, clock, chain })).kind).to.equal("proven");
      expect((await prove(nobody, { trust: current, clock, chain })).kind).to.equal("unproven");
    });
  });

  it("never rejects, whatever a document claims", async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom(DOMAIN, KEY, DID, STORE, "__proto__"));
    const proof = fc.oneof(
      fc.record({ kind: fc.constant("dns-did" as const), domain: text, key: text }),
      fc.record({ kind: fc.constant("did" as const), did: text, key: text }),
    );
    publish(RECORD);
    await holds(
      fc.asyncProperty(proof, text, async (claimed, name) => {
        const { kind } = await prove(claimed, { name });
        expect(kind).to.be.oneOf(["proven", "contradicted", "unproven", "unknown-kind", "silent"]);
      }),
      0.5,
    );
  });

  it("refuses resolvers that cannot be asked", () => {
    const open = () => openIdentityProver({ chain: fakeDidChain(), registries: {}, resolvers: ["nowhere"] });
    expect(faultOf(open)).to.equal("CONFIGURATION_INVALID");
  });
});
