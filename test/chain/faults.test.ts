/** Trouble is never a verdict: every fault, at every stage, for good and bad documents alike, ends in silence (faults 31 to 39). */

import { expect } from "chai";

import { openChainReader, type ChainReaderOptions } from "../../src/chain/chain-reader.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { Inclusion } from "../../src/core/claims.ts";
import type { ChainReader, ChainView } from "../../src/core/ports/chain.ts";
import { startFaultProxy, type Fault, type FaultProxy } from "../support/fault-proxy.ts";
import { withLocalNode } from "../support/local-node.ts";
import { bool, deployStore, digestOf, inclusionOf, write } from "./support/stores.ts";

const FAULTS: readonly Fault[] = [
  "hang",
  "reset",
  "429",
  "200-32005",
  "500",
  "html",
  "truncate",
  "flood",
  "bomb",
  "wrong-id",
  "swap-ids",
  "wrong-version",
  "no-result",
  "null",
  "0x",
  "both",
  "drop-answer-after-forward",
  { forge: () => bool(true) },
  { forge: () => bool(false) },
  { forge: () => "0x02" },
  { forge: () => ({}) },
];

describe("a node in trouble", () => {
  const node = withLocalNode();
  let proxy: FaultProxy;
  let store: Hex;
  const root = digestOf("root");
  const revoked = digestOf("revoked");
  const documents: readonly [string, Inclusion][] = [
    ["a good document", inclusionOf(root, [digestOf("good"), root])],
    ["a revoked document", inclusionOf(root, [revoked, root])],
    ["a document never issued", inclusionOf(digestOf("never"))],
  ];

  before(async () => {
    proxy = await startFaultProxy(node().url, 60);
    store = await deployStore(node());
    await write(node(), store, { functionName: "issue", args: [root] });
    await write(node(), store, { functionName: "revoke", args: [revoked] });
  });
  after(async () => proxy.close());
  beforeEach(() => proxy.set());

  function open(options: Partial<ChainReaderOptions> = {}): ChainReader {
    return openChainReader({
      rpcUrls: [proxy.url],
      now: () => new Date(),
      deadlineMs: 3_000,
      budgetMs: 6_000,
      ...options,
    });
  }

  /** Quick only where a test would otherwise wait: an honest answer may be slow on a busy machine. */
  function limitsFor(fault: Fault): Partial<ChainReaderOptions> {
    return fault === "hang" ? { deadlineMs: 500, budgetMs: 700 } : {};
  }

  async function openView(options: Partial<ChainReaderOptions> = {}): Promise<ChainView> {
    const opened = await open(options).viewOf();
    if (opened.kind !== "view") throw new Error(`no view: ${opened.kind}`);
    return opened.view;
  }

  for (const fault of FAULTS) {
    const name =
      typeof fault === "string" ? fault : `forged ${JSON.stringify("forge" in fault && fault.forge(undefined, []))}`;

    it(`is silent from the start: ${name}`, async () => {
      proxy.set({ fault });
      expect((await open(limitsFor(fault)).viewOf()).kind).to.equal("silent");
    });

    it(`says nothing of any document when calls fail: ${name}`, async () => {
      const view = await openView(limitsFor(fault));
      // a node that calls every contract empty, code and all, cannot be told from the truth by asking it alone
      proxy.set({ fault, method: fault === "0x" ? "eth_call" : ["eth_call", "eth_getCode"] });
      await Promise.all(
        documents.map(async ([what, inclusion]) => {
          expect(await view.standingOf(store, inclusion), what).to.have.property("kind", "silent");
        }),
      );
      if (typeof fault === "string") {
        expect(await view.mintingOf(store, root)).to.have.property("kind", "silent");
      }
    });
  }

  it("recovers as soon as the node does", async () => {
    const reader = open({ viewMaxAgeMs: 0 });
    proxy.set({ fault: "reset" });
    expect((await reader.viewOf()).kind).to.equal("silent");
    proxy.set();
    await new Promise((rest) => {
      setTimeout(rest, 2_100); // silence is remembered for two seconds
    });
    expect((await reader.viewOf()).kind).to.equal("view");
  });

  it("does not let a thousand documents each wait for a dead node", async () => {
    proxy.set({ fault: "hang" });
    const reader = open(limitsFor("hang"));
    const startedMs = performance.now();
    for (let document = 0; document < 1_000; document++) await reader.viewOf();
    expect(performance.now() - startedMs).to.be.lessThan(2_500);
  });

  it("does not call an address empty because the node says nothing of its code", async () => {
    const opened = await openView();
    proxy.set({ fault: "0x", method: "eth_call" });
    expect(await opened.standingOf(store, inclusionOf(root))).to.have.property("kind", "silent");
    expect(await opened.callContract(store, "0x163aa631")).to.deep.equal({
      kind: "answer",
      value: { kind: "returned", data: "0x" },
    });
  });

  it("is silent when the chain id changes between two looks", async () => {
    proxy.set({ fault: { forge: () => "0x1" }, method: "eth_chainId", skip: 1 });
    expect((await open().viewOf()).kind).to.equal("silent");
  });

  it("is not read at a block that a reorganisation has removed", async () => {
    const snapshot = await node().request("evm_snapshot");
    await node().request("hardhat_mine", ["0x1"]);
    const opened = await openView();
    await node().request("evm_revert", [snapshot]);
    await node().request("evm_increaseTime", [1_000]);
    await node().request("hardhat_mine", ["0x3"]);
    expect(await opened.standingOf(store, inclusionOf(root))).to.have.property("kind", "silent");
  });

  describe("behind the others", () => {
    const publicChain = {
      chainId: 1337,
      name: "public",
      kind: "main",
      currency: "ETH",
      finality: { kind: "tag", minutes: 1 },
      blockSeconds: 12,
      maxHeadAgeSeconds: 60,
    } as const;

    async function headTime(): Promise<number> {
      const head = (await node().request("eth_getBlockByNumber", ["latest", false])) as { timestamp: Hex };
      return Number(head.timestamp) * 1000;
    }

    it("is said to be behind, never believed", async () => {
      const head = await headTime();
      const at = (ms: number) => open({ networks: [publicChain], now: () => new Date(head + ms) }).viewOf();
      expect((await at(0)).kind).to.equal("view");
      expect((await at(60_000)).kind).to.equal("view");
      expect((await at(62_000)).kind).to.equal("behind");
      expect((await at(-62_000)).kind, "our own clock may be the wrong one").to.equal("behind");
    });

    it("may be replayed at an old block", async () => {
      const now = new Date((await headTime()) + 1e9);
      expect((await open({ networks: [publicChain], now: () => now, at: { block: 1 } }).viewOf()).kind).to.equal(
        "view",
      );
    });

    it("leaves a root not final while finality stalls", async () => {
      const genesis = await node().request("eth_getBlockByNumber", ["0x0", false]);
      proxy.set({
        fault: { forge: (_, [tag]) => (tag === "finalized" ? genesis : undefined) },
        method: "eth_getBlockByNumber",
      });
      const head = await headTime();
      const opened = await openView({ networks: [publicChain], now: () => new Date(head) });
      const standing = await opened.standingOf(store, inclusionOf(root));
      expect(standing).to.have.property("value").that.includes({ issued: true, final: false });
    });
  });

  describe("beside an honest one", () => {
    it("is passed over", async () => {
      for (const fault of FAULTS) {
        proxy.set({ fault });
        const opened = await openView({ rpcUrls: [node().url, proxy.url], ...limitsFor(fault) });
        expect(await opened.standingOf(store, inclusionOf(root))).to.have.nested.property("value.issued", true);
      }
    });

    it("does not decide the default chain for the one that is down", async () => {
      proxy.set({ fault: "reset" });
      expect((await open({ rpcUrls: [proxy.url, node().url] }).viewOf()).kind).to.equal("silent");
      const told = open({ rpcUrls: [proxy.url, node().url], defaultChainId: 1337 });
      expect((await told.viewOf()).kind).to.equal("view");
      expect((await open({ rpcUrls: [proxy.url, node().url] }).viewOf(1337)).kind).to.equal("view");
    });

    it("cannot contradict it when agreement is wanted", async () => {
      const agreeing = open({ rpcUrls: [node().url, proxy.url], agreement: 2 });
      const honest = await agreeing.viewOf();
      if (honest.kind !== "view") throw new Error("no view");
      expect(await honest.view.standingOf(store, inclusionOf(root))).to.have.nested.property("value.issued", true);
      const asked = await openView({ rpcUrls: [node().url, proxy.url], agreement: 2 });
      const forge = (result: unknown): unknown =>
        result === undefined ? undefined : `${(result as Hex).slice(0, -4)}0000`;
      proxy.set({ fault: { forge }, method: "eth_call" });
      expect((await asked.standingOf(store, inclusionOf(root))).kind).to.equal("silent");
    });

    it("is waited for by reading at the lower of two heads", async () => {
      const head = (await node().request("eth_getBlockByNumber", ["latest", false])) as { number: Hex };
      const earlier = Number(head.number) - 1;
      const old = await node().request("eth_getBlockByNumber", [`0x${earlier.toString(16)}`, false]);
      proxy.set({
        fault: { forge: (_, [tag]) => (tag === "latest" ? old : undefined) },
        method: "eth_getBlockByNumber",
      });
      const opened = await open({ rpcUrls: [node().url, proxy.url], agreement: 2 }).viewOf();
      expect(opened).to.have.nested.property("view.readAt.block", earlier);
    });
  });
});
