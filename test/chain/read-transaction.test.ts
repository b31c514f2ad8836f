/** Transactions on a real node: what they carried, who sent them, whether they came to something; and nodes that lie about it. */

import { expect } from "chai";

import { openChainReader, type ChainReaderOptions } from "../../src/chain/chain-reader.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import type { TransactionOnRecord } from "../../src/core/ports/chain.ts";
import { startFaultProxy, type FaultProxy, type Rule } from "../support/fault-proxy.ts";
import { withLocalNode } from "../support/local-node.ts";
import { ACCOUNTS, deployStore, digestOf, OWNER, send, type Mined } from "./support/stores.ts";

const BURN: Hex = `0x${"deaddead".repeat(5)}`;
const NEVER = digestOf("never sent");

describe("ChainView.transactionOf", () => {
  const node = withLocalNode();
  const root = digestOf("root");
  let store: Hex;
  let sent: Mined;
  let proxy: FaultProxy;

  before(async () => {
    store = await deployStore(node());
    sent = await send(node(), { to: store, data: root });
    proxy = await startFaultProxy(node().url);
  });
  after(async () => proxy.close());
  afterEach(() => proxy.set());

  async function ask(hash: Hex, options: Partial<ChainReaderOptions> = {}): Promise<Answer<TransactionOnRecord>> {
    const opened = await openChainReader({ rpcUrls: [node().url], now: () => new Date(), ...options }).viewOf();
    if (opened.kind !== "view") throw new Error(opened.kind);
    return opened.view.transactionOf(hash);
  }

  async function read(hash: Hex, options?: Partial<ChainReaderOptions>): Promise<TransactionOnRecord> {
    const found = await ask(hash, options);
    if (found.kind === "silent") throw new Error(found.reason);
    return found.value;
  }

  it("reads sender, receiver, data, success and block of a root sent to a store", async () => {
    const block = (await node().request("eth_getBlockByNumber", [sent.blockNumber, false])) as { timestamp: Hex };
    expect(await read(sent.transactionHash)).to.deep.equal({
      kind: "mined",
      from: OWNER,
      to: store,
      input: root,
      succeeded: true,
      block: Number(sent.blockNumber),
      blockHash: sent.blockHash,
      time: new Date(Number(block.timestamp) * 1000).toISOString(),
      final: true,
    });
  });

  it("reads older types, a hash in capitals, and a contract's creation", async () => {
    for (const style of [{ gasPrice: "0x77359400" }, { gasPrice: "0x77359400", accessList: [] }, {}]) {
      const { transactionHash } = await send(node(), { to: BURN, data: root, from: ACCOUNTS[1]!, ...style });
      const found = await read(`0x${transactionHash.slice(2).toUpperCase()}`);
      expect(found).to.include({ kind: "mined", from: ACCOUNTS[1], to: BURN, input: root });
    }
    const created = await send(node(), { data: "0x60006000f3" });
    expect(await read(created.transactionHash))
      .to.include({ succeeded: true })
      .and.not.have.property("to");
  });

  it("tells a reverted transaction from one that came to something", async () => {
    // the root is on record already; with its gas stated, nobody tries it out before
    const again = { from: OWNER, to: store, data: root, gas: "0x186a0" };
    await node()
      .request("eth_sendTransaction", [again])
      .catch(() => undefined);
    const { transactions } = (await node().request("eth_getBlockByNumber", ["latest", false])) as {
      transactions: Hex[];
    };
    expect(await read(transactions[0]!)).to.include({ kind: "mined", input: root, succeeded: false });
  });

  it("finds none that was never sent, that waits, or that came after the pinned block", async () => {
    expect(await read(NEVER)).to.deep.equal({ kind: "absent" });
    expect(await read(sent.transactionHash, { at: { block: Number(sent.blockNumber) - 1 } })).to.deep.equal({
      kind: "absent",
    });
    await node().request("evm_setAutomine", [false]);
    const waiting = (await node().request("eth_sendTransaction", [{ from: OWNER, to: BURN, data: root }])) as Hex;
    expect(await read(waiting)).to.deep.equal({ kind: "absent" });
    await node().request("evm_setAutomine", [true]);
    await node().request("evm_mine");
    expect(await read(waiting)).to.include({ kind: "mined" });
  });

  it("calls it final only in a block that is", async () => {
    const young = await send(node(), { to: BURN, data: root });
    const finality = { kind: "confirmations", count: 3 } as const;
    const slow = { chainId: 1337, name: "slow", kind: "local", finality, blockSeconds: 1, currency: "ETH" } as const;
    expect(await read(young.transactionHash, { networks: [slow] })).to.include({ final: false });
    await node().request("hardhat_mine", ["0x2"]);
    expect(await read(young.transactionHash, { networks: [slow] })).to.include({ final: true });
  });

  it("asks for many at once in two rounds", async () => {
    const opened = await openChainReader({ rpcUrls: [proxy.url], now: () => new Date() }).viewOf();
    if (opened.kind !== "view") throw new Error(opened.kind);
    proxy.forget();
    const many = Array.from({ length: 20 }, async () => opened.view.transactionOf(sent.transactionHash));
    const other = await send(node(), { to: BURN, data: root });
    const found = await Promise.all([...many, opened.view.transactionOf(other.transactionHash)]);
    expect(found.every(({ kind }) => kind === "answer")).to.equal(true);
    expect(proxy.posts()).to.be.at.most(4);
  });

  type Forge = (result: Record<string, unknown>) => unknown;
  const content = "eth_getTransactionByHash";
  const receipt = "eth_getTransactionReceipt";
  const lies: readonly [string, string, Forge][] = [
    ["other data", content, (result) => ({ ...result, input: digestOf("forged") })],
    ["another receiver", content, (result) => ({ ...result, to: BURN })],
    ["another signature", content, (result) => ({ ...result, r: digestOf("r") })],
    ["a type that cannot be checked", content, (result) => ({ ...result, type: "0x7e" })],
    ["another transaction", content, (result) => ({ ...result, hash: NEVER })],
    ["no transaction at all", content, () => "0x"],
    ["a receipt of another transaction", receipt, (result) => ({ ...result, transactionHash: NEVER })],
    ["a receipt in another block", receipt, (result) => ({ ...result, blockNumber: "0x1" })],
    ["a receipt in a block of another hash", receipt, (result) => ({ ...result, blockHash: NEVER })],
    ["a receipt without a status", receipt, (result) => ({ ...result, status: undefined })],
    ["a block without the transaction", "eth_getBlockByNumber", (block) => ({ ...block, transactions: [] })],
  ];
  for (const [sentence, method, forge] of lies) {
    it(`does not judge when a node answers with ${sentence}`, async () => {
      proxy.set({ method, fault: { forge: (result) => forge(result as Record<string, unknown>) } });
      expect((await ask(sent.transactionHash, { rpcUrls: [proxy.url] })).kind).to.equal("silent");
    });
  }

  it("believes the signature, not the sender that a node states", async () => {
    proxy.set({ method: content, fault: { forge: (result) => ({ ...(result as object), from: ACCOUNTS[2] }) } });
    expect(await read(sent.transactionHash, { rpcUrls: [proxy.url] })).to.include({ from: OWNER });
  });

  it("does not take a transaction for absent that a node without old ones does not find", async () => {
    proxy.set({ method: content, fault: "null" });
    const found = await ask(sent.transactionHash, { rpcUrls: [proxy.url] });
    expect(found)
      .to.deep.include({ kind: "silent" })
      .and.have.property("reason")
      .that.includes("does not keep old ones");
  });

  it("does not judge when the node is down", async () => {
    for (const method of [content, receipt]) {
      proxy.set({ method, fault: "500" });
      expect((await ask(sent.transactionHash, { rpcUrls: [proxy.url], budgetMs: 1_500 })).kind).to.equal("silent");
    }
  });

  describe("with two nodes that must agree", () => {
    const both = (): Partial<ChainReaderOptions> => ({ rpcUrls: [node().url, proxy.url], agreement: 2 });
    const disputed: readonly [string, Rule, boolean][] = [
      [
        "a success that the other denies",
        { method: receipt, fault: { forge: (r) => ({ ...(r as object), status: "0x0" }) } },
        false,
      ],
      ["a receipt that the other does not have", { method: receipt, fault: "null" }, false],
      [
        "a block that the other tells otherwise",
        { method: "eth_getBlockByNumber", fault: { forge: (r) => ({ ...(r as object), timestamp: "0x1" }) } },
        false,
      ],
      [
        "a content that one of them forges: it proves itself",
        { method: content, fault: { forge: (r) => ({ ...(r as object), input: "0x" }) } },
        true,
      ],
      ["a content that one of them does not find", { method: content, fault: "null" }, true],
    ];
    for (const [sentence, rule, isGood] of disputed) {
      it(`${isGood ? "takes" : "does not take"} ${sentence}`, async () => {
        const pinned = both();
        const opened = await openChainReader({
          rpcUrls: pinned.rpcUrls!,
          agreement: 2,
          now: () => new Date(),
        }).viewOf();
        if (opened.kind !== "view") throw new Error(opened.kind);
        proxy.set(rule);
        const found = await opened.view.transactionOf(sent.transactionHash);
        expect(found.kind).to.equal(isGood ? "answer" : "silent");
      });
    }

    it("takes a transaction for absent only when both do not find it", async () => {
      expect(await read(NEVER, both())).to.deep.equal({ kind: "absent" });
      proxy.set({ method: content, fault: "500" });
      expect((await ask(NEVER, { ...both(), budgetMs: 1_500 })).kind).to.equal("silent");
    });
  });
});
