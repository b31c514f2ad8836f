/** The account behind a key of a did:ethr: every way of writing the DID, every way in which a registry can fail. */

import { expect } from "chai";
import fc from "fast-check";

import type { Hex } from "../../src/core/bytes.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import type { ChainViewAnswer, ContractResult } from "../../src/core/ports/chain.ts";
import { findDidEthr } from "../../src/identity/did-ethr.ts";
import { openDidKeys } from "../../src/identity/did-keys.ts";
import { DID_REGISTRY, fakeDidChain, registryAfter, type FakeRegistry } from "../support/fake-did-registry.ts";
import { holds } from "../support/property.ts";

const ACCOUNT: Hex = "0xe712878f6e8d5d4f9e87e10da604f9cb564c9a89";
const MIXED = "0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89";
const OTHER: Hex = `0x${"77".repeat(20)}`;
const LOCAL = `did:ethr:0x539:${MIXED}`;

describe("findDidEthr", () => {
  const read: readonly [string, number][] = [
    [`did:ethr:${MIXED}`, 1],
    [`did:ethr:mainnet:${MIXED}`, 1],
    [`did:ethr:0x1:${MIXED}`, 1],
    [`did:ethr:sepolia:${MIXED}`, 11_155_111],
    [`did:ethr:0xAA36a7:${MIXED}`, 11_155_111],
    [`did:ethr:polygon:${MIXED}`, 137],
    [LOCAL, 1_337],
  ];
  for (const [did, chainId] of read) {
    it(`reads ${did}`, () => expect(findDidEthr(did)).to.deep.equal({ chainId, account: ACCOUNT }));
  }

  const refused = [
    [
      "",
      "did:ethr",
      "did:ethr:",
      `did:ethr:${MIXED}0`,
      `did:ethr:${MIXED.slice(0, -1)}`,
      `did:ethr:${MIXED}#controller`,
    ],
    [`DID:ETHR:${MIXED}`, `did:ethr:did:ethr:${MIXED}`, `did:key:${MIXED}`, `did:ethr::${MIXED}`, ` did:ethr:${MIXED}`],
    [`did:ethr:nowhere:${MIXED}`, `did:ethr:1:${MIXED}`, `did:ethr:0x:${MIXED}`, `did:ethr:0x0:${MIXED}`],
    [`did:ethr:0x01:${MIXED}`, `did:ethr:0xffffffffffffffffff:${MIXED}`, `did:ethr:mainnet:x:${MIXED}`],
    [`did:ethr:constructor:${MIXED}`],
  ].flat();
  for (const did of refused) {
    it(`refuses ${did || "an empty text"}`, () => expect(findDidEthr(did)).to.equal(undefined));
  }

  it("reads the DID of every account on every chain", async () => {
    const account = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("hex"));
    await holds(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), account, (chainId, digits) => {
        const did = `did:ethr:0x${chainId.toString(16)}:0x${digits}`;
        expect(findDidEthr(did)).to.deep.equal({ chainId, account: `0x${digits}` });
      }),
    );
  });
});

describe("openDidKeys", () => {
  async function find(registry: FakeRegistry, key = `${LOCAL}#controller`, controller = LOCAL) {
    const chain = fakeDidChain(registry);
    const answer = await openDidKeys({ chain, registries: { 1337: DID_REGISTRY } }).findAccount({ controller, key });
    return { answer, asked: chain.asked };
  }

  it("finds the account itself while the registry knows of no change", async () => {
    const { answer, asked } = await find({});
    expect(answer).to.deep.equal({ kind: "answer", value: { kind: "account", account: ACCOUNT } });
    const calls = ["0xf96d0f9f", "0x8733d4e8"].map((name) => `${name}${"0".repeat(24)}${ACCOUNT.slice(2)}`);
    expect(asked).to.deep.equal(calls.map((call) => `1337 ${DID_REGISTRY} ${call}`));
  });

  it("finds the new controller once the DID was handed over", async () => {
    const { answer, asked } = await find(registryAfter(ACCOUNT, [{ block: 5, owner: OTHER }]));
    expect(answer).to.deep.equal({ kind: "answer", value: { kind: "account", account: OTHER } });
    expect(asked.slice(2)).to.deep.equal([`1337 ${DID_REGISTRY} @5`]);
  });

  it("believes nobody where the events are lost, whoever controls the DID now: it may have been given up before", async () => {
    const givenUp = { block: 5, owner: `0x${"0".repeat(40)}` } as const;
    for (const happenings of [[givenUp], [givenUp, { block: 6, owner: OTHER }]]) {
      const kept = registryAfter(ACCOUNT, happenings);
      expect((await find({ ...kept, events: {} })).answer.kind).to.equal("silent");
      expect((await find(kept)).answer).to.have.nested.property("value.kind", "not-listed");
    }
  });

  it("asks the well-known registry of a public chain, unless another one is set", async () => {
    const chain = fakeDidChain();
    const question = { controller: `did:ethr:${MIXED}`, key: `did:ethr:${MIXED}#controller` };
    await openDidKeys({ chain, registries: {} }).findAccount(question);
    await openDidKeys({ chain, registries: { 1: DID_REGISTRY } }).findAccount(question);
    expect(chain.asked[0]).to.match(/^1 0xdca7ef03e98e0dc2b855be647c39abe984fcf21b /);
    expect(chain.asked[2]).to.match(new RegExp(`^1 ${DID_REGISTRY} `));
  });

  it("asks once for many documents at one block", async () => {
    const chain = fakeDidChain();
    const keys = openDidKeys({ chain, registries: { 1337: DID_REGISTRY } });
    const question = { controller: LOCAL, key: `${LOCAL}#controller` };
    await Promise.all(Array.from({ length: 10 }, async () => keys.findAccount(question)));
    expect(chain.asked).to.have.length(2);
  });

  it("takes a DID and its key for one, whatever the case of the address", async () => {
    const { answer } = await find({}, `did:ethr:0x539:${ACCOUNT}#controller`);
    expect(answer).to.have.nested.property("value.kind", "account");
  });

  for (const key of [`did:ethr:0x539:${OTHER}#controller`, `did:ethr:${MIXED}#controller`, LOCAL, "#controller", ""]) {
    it(`does not list ${JSON.stringify(key)}, a key of somebody else`, async () => {
      const { answer, asked } = await find({}, key);
      expect(answer).to.have.nested.property("value.kind", "not-listed");
      expect(asked).to.deep.equal([]);
    });
  }

  it("does not list a delegate that was never added", async () => {
    expect((await find({}, `${LOCAL}#delegate-1`)).answer).to.have.nested.property("value.kind", "not-listed");
  });

  it("is silent about a delegate where the events are lost, and about DIDs of other methods", async () => {
    const lost = { ...registryAfter(ACCOUNT, [{ block: 5, owner: OTHER }]), events: {} };
    expect((await find(lost, `${LOCAL}#delegate-1`)).answer.kind).to.equal("silent");
    expect((await find({}, "did:example:z#z", "did:example:z")).answer.kind).to.equal("silent");
  });

  const bad: readonly [string, Answer<ContractResult>][] = [
    ["says nothing", { kind: "silent", reason: "hung up" }],
    ["is not there", { kind: "answer", value: { kind: "no-contract" } }],
    ["reverts", { kind: "answer", value: { kind: "reverted", data: "0x" } }],
    ["returns nothing", { kind: "answer", value: { kind: "returned", data: "0x" } }],
    ["returns 20 bytes", { kind: "answer", value: { kind: "returned", data: ACCOUNT } }],
    ["returns two words", { kind: "answer", value: { kind: "returned", data: `0x${"0".repeat(128)}` } }],
    ["returns more than an address", { kind: "answer", value: { kind: "returned", data: `0x${"1".repeat(64)}` } }],
  ];
  for (const [what, value] of bad) {
    it(`is silent when the registry ${what}`, async () => {
      expect((await find({ owners: { [ACCOUNT]: value } })).answer.kind).to.equal("silent");
      expect((await find({ changed: { [ACCOUNT]: value } })).answer.kind).to.equal("silent");
    });
  }

  const views: readonly ChainViewAnswer[] = [
    { kind: "not-configured", isTestNetwork: false },
    { kind: "behind", reason: "two hours old" },
    { kind: "silent", reason: "down" },
  ];
  for (const view of views) {
    it(`is silent when the chain is ${view.kind}`, async () => {
      const keys = openDidKeys({ chain: fakeDidChain({}, view), registries: { 1337: DID_REGISTRY } });
      expect((await keys.findAccount({ controller: LOCAL, key: `${LOCAL}#controller` })).kind).to.equal("silent");
    });
  }

  it("is silent where no registry is known", async () => {
    const chain = fakeDidChain();
    const keys = openDidKeys({ chain, registries: {} });
    expect((await keys.findAccount({ controller: LOCAL, key: `${LOCAL}#controller` })).kind).to.equal("silent");
    expect(chain.asked).to.deep.equal([]);
  });
});
