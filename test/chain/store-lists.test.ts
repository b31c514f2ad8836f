/** Status lists of real stores on a real node, and contracts that only look like stores with lists. */

import { expect } from "chai";

import { openChainReader } from "../../src/chain/chain-reader.ts";
import { parseStatusWords, placeOf, statusWordsCall } from "../../src/chain/status-words.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { ChainView, ListEntryStanding } from "../../src/core/ports/chain.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { withLocalNode } from "../support/local-node.ts";
import { scriptedCode } from "./support/scripted-contract.ts";
import { deployStore, digestOf, plant, word, write } from "./support/stores.ts";

const LIST = digestOf("list");
const [REVOKE, SUSPEND, REINSTATE] = [0, 1, 2];

/** Two arrays of `count` words as a contract returns them; the first word of each is given. */
function returned(count: number, revoked = 0n, suspended = 0n, changes: Readonly<Record<number, bigint>> = {}): Hex {
  const arrays = [revoked, suspended].flatMap((first) => [BigInt(count), first, ...Array<bigint>(count - 1).fill(0n)]);
  const words = [64n, BigInt(96 + 32 * count), ...arrays].map((value, at) => changes[at] ?? value);
  return `0x${words.map((value) => word(value).slice(2)).join("")}`;
}

describe("placeOf", () => {
  it("counts 256 entries a word, the least significant bit first", () => {
    expect(placeOf(0)).to.deep.equal({ word: 0, mask: 1n });
    expect(placeOf(255)).to.deep.equal({ word: 0, mask: 1n << 255n });
    expect(placeOf(256)).to.deep.equal({ word: 1, mask: 1n });
    expect(placeOf(Number.MAX_SAFE_INTEGER)).to.deep.equal({ word: 2 ** 45 - 1, mask: 1n << 255n });
  });
});

describe("parseStatusWords", () => {
  it("reads both arrays", () => {
    expect(parseStatusWords(returned(2, 5n, 7n), 2)).to.deep.equal({ revoked: [5n, 0n], suspended: [7n, 0n] });
  });

  for (const at of [0, 1, 2, 5]) {
    it(`refuses a layout whose word ${at} is not the compiler's`, () => {
      expect(parseStatusWords(returned(2, 0n, 0n, { [at]: 0n }), 2)).to.equal(undefined);
    });
  }

  it("refuses more words, fewer words, and none", () => {
    for (const data of [returned(3), returned(1), `${returned(2)}00`, "0x"] as const)
      expect(parseStatusWords(data, 2)).to.equal(undefined);
  });
});

describe("entryOf of a view", () => {
  const node = withLocalNode();
  let store: Hex;

  async function set(change: number | undefined, index: number, reason = 0, in_ = store): Promise<number> {
    const { word: first, mask } = placeOf(index);
    const args = [LIST, change ?? 0, BigInt(first), [mask], reason] as const;
    return Number((await write(node(), in_, { functionName: "setStatus", args })).blockNumber);
  }

  async function view(url = node().url): Promise<ChainView> {
    const answer = await openChainReader({ rpcUrls: [url], now: () => new Date() }).viewOf();
    if (answer.kind !== "view") throw new Error(answer.kind);
    return answer.view;
  }

  async function entry(index: number, from?: ChainView, list = LIST): Promise<ListEntryStanding> {
    const answer = await (from ?? (await view())).entryOf(store, list, index);
    if (answer.kind !== "answer") throw new Error(answer.reason);
    return answer.value;
  }

  before(async () => {
    store = await deployStore(node());
  });

  it("finds nothing against an entry that was never touched", async () => {
    expect(await entry(70_000)).to.deep.equal({});
  });

  it("finds exactly the entry that was revoked, with block, time and reason", async () => {
    const block = await set(REVOKE, 300, 4);
    await set(REVOKE, 300, 1); // repeated: changes nothing
    const found = await entry(300);
    expect(found).to.have.all.keys("revocation");
    expect(found.revocation).to.include({ block, reason: "superseded" });
    expect(Date.parse(found.revocation?.at ?? "")).to.be.greaterThan(0);
    for (const index of [299, 301, 300 - 256, 300 + 256]) expect(await entry(index)).to.deep.equal({});
    expect(await entry(300, undefined, digestOf("another list"))).to.deep.equal({});
  });

  it("finds an entry suspended only while it is, by the suspension that stands", async () => {
    await set(SUSPEND, 9, 6);
    expect((await entry(9)).suspension).to.include({ reason: "on hold" });
    await set(REINSTATE, 9);
    expect(await entry(9)).to.deep.equal({});
    const block = await set(SUSPEND, 9, 9);
    expect((await entry(9)).suspension).to.include({ block, reason: "privilege withdrawn" });
  });

  it("reads at its block while the chain goes on", async () => {
    const before = await view();
    await set(REVOKE, 12);
    expect(await entry(12, before)).to.deep.equal({});
    expect(await entry(12)).to.have.property("revocation");
  });

  it("reads a list once for all documents on a page of it", async () => {
    const proxy = await startFaultProxy(node().url);
    const through = await view(proxy.url);
    proxy.forget();
    await Promise.all(Array.from({ length: 500 }, async (_, index) => entry(index * 32, through)));
    await entry(16_383, through);
    const calls = proxy.calls.filter(({ method }) => method === "eth_call");
    expect(calls).to.have.length(1);
    await entry(16_384, through);
    expect(proxy.calls.filter(({ method }) => method === "eth_call")).to.have.length(2);
    await proxy.close();
  });

  it("finds the bit without date and reason where the node searches no events", async () => {
    await set(REVOKE, 77);
    const proxy = await startFaultProxy(node().url);
    proxy.set({ fault: { error: { code: -32005, message: "range too large" } }, method: "eth_getLogs" });
    expect(await entry(77, await view(proxy.url))).to.deep.equal({ revocation: {} });
    await proxy.close();
  });

  it("is silent when the node hangs up, and answers when asked again", async () => {
    const proxy = await startFaultProxy(node().url);
    const through = await view(proxy.url);
    proxy.set({ fault: "reset", method: "eth_call", times: 3 });
    expect((await through.entryOf(store, LIST, 1)).kind).to.equal("silent");
    expect((await through.entryOf(store, LIST, 1)).kind).to.equal("answer");
    await proxy.close();
  });

  const page = statusWordsCall(LIST, 0, 64);
  const impostors: readonly [string, () => Promise<Hex>][] = [
    ["an address without code", async () => `0x${"33".repeat(20)}`],
    ["a contract that refuses", async () => plant(node(), "refuses", scriptedCode([], {}))],
    ["one that returns nothing", async () => plant(node(), "nothing", scriptedCode([], { returns: "0x" }))],
    ["one that returns zero to everything", async () => plant(node(), "zero", scriptedCode([], { returns: word(0n) }))],
    ["one word short", async () => plant(node(), "short", scriptedCode([{ call: page, returns: returned(63) }]))],
    ["one that burns all gas", async () => plant(node(), "burns", scriptedCode([], { burns: true }))],
    ["a precompiled contract that gives back its input", async () => `0x${"00".repeat(19)}04`],
  ];
  for (const [what, made] of impostors) {
    it(`is silent about ${what}`, async () => {
      const address = await made();
      const answer = await (await view()).entryOf(address, LIST, 1);
      expect(answer.kind).to.equal("silent");
    });
  }
});
