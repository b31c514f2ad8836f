/** Anchors on a real node, and meets every trouble on the way (faults 5 to 7, 29 to 56). */

import { expect } from "chai";
import { concatHex, encodeAbiParameters, encodeDeployData, toFunctionSelector } from "viem";

import { openAccount, parseTransaction } from "../../src/chain/account.ts";
import { openAnchorer, type AnchorerOptions } from "../../src/chain/anchorer.ts";
import { documentStoreAbi, documentStoreBytecode } from "../../src/chain/artifacts/document-store.ts";
import { roleId } from "../../src/chain/store-roles.ts";
import type { Hex } from "../../src/core/bytes.ts";
import { TestamurError, type FaultCode } from "../../src/core/errors.ts";
import type { Anchorer, SignedTransaction, TransactionStanding } from "../../src/core/ports/anchoring.ts";
import { startFaultProxy, type FaultProxy } from "../support/fault-proxy.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { ACCOUNTS, deployStore, digestOf, plant, send, write } from "./support/stores.ts";

const OWN_KEY: Hex = `0x${"7e57".repeat(16)}`;

describe("openAnchorer", () => {
  const node = withLocalNode();
  const issuer = openAccount(OWN_KEY);
  let proxy: FaultProxy;
  let store: Hex;
  let snapshot: unknown;
  let count = 0;

  before(async () => {
    proxy = await startFaultProxy(node().url);
    store = await deployStore(node());
    await write(node(), store, { functionName: "grantRole", args: [roleId("issuer"), issuer.address] });
    await node().request("hardhat_setBalance", [issuer.address, "0xde0b6b3a7640000"]);
  });
  after(async () => proxy.close());
  beforeEach(async () => {
    proxy.set();
    proxy.forget();
    snapshot = await node().request("evm_snapshot");
  });
  afterEach(async () => {
    await node().request("evm_setAutomine", [true]);
    await node().request("evm_revert", [snapshot]);
  });

  function open(options: Partial<AnchorerOptions> = {}): Anchorer {
    return openAnchorer({
      rpcUrls: [proxy.url],
      store,
      account: issuer,
      now: () => new Date(),
      deadlineMs: 5_000,
      budgetMs: 10_000,
      ...options,
    });
  }

  const slowChain = {
    chainId: 1337,
    name: "slow",
    kind: "local",
    finality: { kind: "confirmations", count: 3 },
    blockSeconds: 1,
    currency: "ETH",
  } as const;

  function freshRoot(): Hex {
    return digestOf(`root ${count++}`);
  }

  async function faultOf(act: Promise<unknown>): Promise<TestamurError> {
    try {
      await act;
    } catch (error) {
      if (error instanceof TestamurError) return error;
      throw error;
    }
    throw new Error("it went well");
  }

  async function expectFault(act: Promise<unknown>, code: FaultCode): Promise<TestamurError> {
    const fault = await faultOf(act);
    expect(fault.code, fault.message).to.equal(code);
    expect(fault.next, "a next step").to.be.a("string").that.is.not.empty;
    return fault;
  }

  async function mine(blocks = 1): Promise<void> {
    await node().request("hardhat_mine", [`0x${blocks.toString(16)}`]);
  }

  async function anchored(anchorer: Anchorer, root: Hex): Promise<SignedTransaction> {
    const transaction = await anchorer.sign(root);
    await anchorer.broadcast(transaction);
    return transaction;
  }

  function sends(): number {
    return proxy.calls.filter((call) => call.method === "eth_sendRawTransaction").length;
  }

  it("says before anything is signed what it will do and cost", async () => {
    const preflight = await open().preflight();
    expect(preflight).to.include({ chainId: 1337, store, account: issuer.address, storeName: "University of Example" });
    expect(preflight.costWei).to.equal(preflight.gas * preflight.maxFeePerGas);
    expect(Number(preflight.gas)).to.be.within(40_000, 100_000);
    expect(preflight.balanceWei).to.equal(10n ** 18n);
    expect(sends()).to.equal(0);
  });

  it("signs without sending, anchors, and reads the anchor back", async () => {
    const anchorer = open();
    const root = freshRoot();
    const transaction = await anchorer.sign(root);
    expect(sends()).to.equal(0);
    expect(await anchorer.findAnchor(root)).to.equal(undefined);
    expect(await anchorer.standingOf(transaction)).to.deep.equal({ kind: "unknown" });
    await anchorer.broadcast(transaction);
    const standing = await anchorer.standingOf(transaction);
    const record = await anchorer.findAnchor(root);
    expect(standing).to.include({ kind: "mined", final: true });
    expect(record).to.deep.include({ root, account: issuer.address, final: true });
    expect(standing).to.have.property("block", record?.block);
    expect(record?.time).to.match(/^20.*Z$/);
  });

  it("signs the same bytes for the same wish", async () => {
    const anchorer = open();
    const root = freshRoot();
    const first = await anchorer.sign(root);
    expect(await anchorer.sign(root)).to.deep.equal(first);
    expect(parseTransaction(first.raw)).to.deep.include({ to: store, nonce: first.nonce, chainId: 1337 });
  });

  it("sends the bare root where asked to, so that the input is the root", async () => {
    const anchorer = open({ entry: "raw" });
    const root = freshRoot();
    await anchorer.preflight();
    const transaction = await anchored(anchorer, root);
    expect(parseTransaction(transaction.raw).data).to.equal(root);
    expect(await anchorer.findAnchor(root)).to.deep.include({ account: issuer.address });
  });

  it("refuses a bare root that begins like a function of the store, and zero", async () => {
    for (const signature of ["paused()", "issue(bytes32)", "initialise(string,address)", "upgradeTo(address)"]) {
      const root: Hex = `${toFunctionSelector(signature)}${"ab".repeat(28)}`;
      await expectFault(open({ entry: "raw" }).sign(root), "ROOT_NOT_USABLE");
    }
    expect((await open().sign(`${toFunctionSelector("paused()")}${"ab".repeat(28)}`)).hash).to.match(/^0x/);
    await expectFault(open().sign(`0x${"00".repeat(32)}`), "ROOT_NOT_USABLE");
  });

  it("names the sender where the store keeps none", async () => {
    const root = freshRoot();
    const { blockNumber } = await write(node(), store, { functionName: "issue", args: [root] });
    proxy.set({
      method: "eth_call",
      fault: {
        forge: (_, [request]) =>
          (request as { data: Hex }).data.startsWith(toFunctionSelector("anchorOf(bytes32)")) ? "0x" : undefined,
      },
    });
    const record = await open().findAnchor(root);
    expect(record).to.deep.include({ block: Number(blockNumber), account: ACCOUNTS[0] });
  });

  describe("sending", () => {
    it("twice is no mistake: waiting, mined and after a lost answer", async () => {
      const anchorer = open();
      await node().request("evm_setAutomine", [false]);
      const transaction = await anchored(anchorer, freshRoot());
      await anchorer.broadcast(transaction);
      expect(await anchorer.standingOf(transaction)).to.deep.equal({ kind: "pending" });
      await mine();
      await anchorer.broadcast(transaction);
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined" });
    });

    it("survives an answer that was lost after the node had the bytes", async () => {
      const anchorer = open();
      const transaction = await anchorer.sign(freshRoot());
      proxy.set({ fault: "drop-answer-after-forward", method: "eth_sendRawTransaction", times: 1 });
      await expectFault(anchorer.broadcast(transaction), "NODE_UNAVAILABLE");
      await anchorer.broadcast(transaction);
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined" });
    });

    it("does not believe another hash than its own", async () => {
      const anchorer = open();
      const transaction = await anchorer.sign(freshRoot());
      proxy.set({ fault: { forge: () => `0x${"ab".repeat(32)}` }, method: "eth_sendRawTransaction" });
      await expectFault(anchorer.broadcast(transaction), "NODE_LYING");
    });

    const sayings: readonly [string, FaultCode | "fine"][] = [
      ["already known", "fine"],
      ["ALREADY_EXISTS: already known", "fine"],
      ["Known transaction", "fine"],
      ["Transaction with the same hash was already imported.", "fine"],
      ["AlreadyKnown", "fine"],
      ["replacement transaction underpriced", "fine"],
      ["ReplacementNotAllowed", "fine"],
      ["nonce too low: next nonce 9, tx nonce 8", "BATCH_NEEDS_ATTENTION"],
      ["Nonce too low", "BATCH_NEEDS_ATTENTION"],
      ["OldNonce, Current nonce: 9, nonce of rejected tx: 8", "BATCH_NEEDS_ATTENTION"],
      ["Transaction nonce is too low. Try incrementing the nonce.", "BATCH_NEEDS_ATTENTION"],
      ["transaction underpriced: tip needed 1, tip permitted 0", "FEE_ABOVE_CAP"],
      ["FeeTooLow, MaxFeePerGas too low", "FEE_ABOVE_CAP"],
      ["max fee per gas less than block base fee: address 0x, maxFeePerGas: 1 baseFee: 7", "FEE_ABOVE_CAP"],
      ["Gas price below configured minimum gas price", "FEE_ABOVE_CAP"],
      ["insufficient funds for gas * price + value: balance 0, tx cost 1", "FUNDS_INSUFFICIENT"],
      ["Upfront cost exceeds account balance", "FUNDS_INSUFFICIENT"],
      ["sender doesn't have enough funds to send tx", "FUNDS_INSUFFICIENT"],
      ["internal error", "NODE_UNAVAILABLE"],
    ];
    for (const [message, code] of sayings) {
      it(`understands "${message}"`, async () => {
        const anchorer = open();
        const transaction = await anchorer.sign(freshRoot());
        await node().request("evm_setAutomine", [false]);
        proxy.set({ fault: { error: { code: -32_000, message } }, method: "eth_sendRawTransaction" });
        if (code === "fine") await anchorer.broadcast(transaction);
        else await expectFault(anchorer.broadcast(transaction), code);
      });
    }

    it("finds a gap in the nonces", async () => {
      const anchorer = open();
      const { nonce } = await anchorer.sign(freshRoot());
      const early = await anchorer.sign(freshRoot(), { nonce: nonce + 5 });
      await expectFault(anchorer.broadcast(early), "BATCH_NEEDS_ATTENTION");
    });

    it("sends what a node mined and refused in one go, and sees it reverted", async () => {
      const anchorer = open();
      const root = freshRoot();
      const transaction = await anchorer.sign(root);
      await write(node(), store, { functionName: "issue", args: [root] });
      await anchorer.broadcast(transaction);
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "reverted", final: true });
    });

    it("refuses bytes that were signed for another chain", async () => {
      const foreign = issuer.sign({
        chainId: 5,
        nonce: 0,
        to: store,
        data: "0x",
        gas: 21_000n,
        fee: { kind: "market", maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n },
      });
      await expectFault(open().broadcast(foreign), "CHAIN_WRONG");
      expect(sends()).to.equal(0);
    });
  });

  describe("where a transaction stands", () => {
    it("is final only after the chain's own number of blocks", async () => {
      const anchorer = open({ networks: [slowChain] });
      const root = freshRoot();
      const transaction = await anchored(anchorer, root);
      const finals: unknown[] = [];
      for (let block = 0; block < 3; block++) {
        const standing = await anchorer.standingOf(transaction);
        finals.push("final" in standing && standing.final, (await anchorer.findAnchor(root))?.final);
        await mine();
      }
      expect(finals).to.deep.equal([false, false, false, false, true, true]);
    });

    it("is unknown after it fell out of the pool, and the same bytes bring it back", async () => {
      const anchorer = open();
      await node().request("evm_setAutomine", [false]);
      const transaction = await anchored(anchorer, freshRoot());
      await node().request("hardhat_dropTransaction", [transaction.hash]);
      expect(await anchorer.standingOf(transaction)).to.deep.equal({ kind: "unknown" });
      await anchorer.broadcast(transaction);
      await mine();
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined" });
    });

    it("follows a reorganisation: gone, then in another block", async () => {
      const anchorer = open();
      const before = await node().request("evm_snapshot");
      const transaction = await anchored(anchorer, freshRoot());
      const first = (await anchorer.standingOf(transaction)) as Extract<TransactionStanding, { kind: "mined" }>;
      await node().request("evm_revert", [before]);
      await node().request("evm_increaseTime", [100]);
      await mine(2);
      expect(await anchorer.standingOf(transaction)).to.deep.equal({ kind: "unknown" });
      await anchorer.broadcast(transaction);
      const second = await anchorer.standingOf(transaction);
      expect(second).to.include({ kind: "mined" });
      expect(second).to.have.property("blockHash").that.does.not.equal(first.blockHash);
    });

    it("is replaced once another transaction has used the nonce in a final block, and not before", async () => {
      const anchorer = open({ networks: [slowChain] });
      const transaction = await anchorer.sign(freshRoot());
      const other = await anchored(anchorer, freshRoot());
      expect(other.nonce).to.equal(transaction.nonce);
      expect(await anchorer.standingOf(transaction)).to.deep.equal({ kind: "unknown" });
      await expectFault(anchorer.broadcast(transaction), "BATCH_NEEDS_ATTENTION");
      await mine(2);
      expect(await anchorer.standingOf(transaction)).to.deep.equal({ kind: "replaced" });
      expect((await anchorer.sign(freshRoot())).nonce).to.equal(transaction.nonce + 1);
    });

    it("is not believed from a receipt that no block bears out", async () => {
      const anchorer = open();
      const mined = await anchored(anchorer, freshRoot());
      const real = (await node().request("eth_getTransactionReceipt", [mined.hash])) as Record<string, unknown>;
      const transaction = await anchorer.sign(freshRoot());
      for (const forged of [
        { ...real, transactionHash: transaction.hash },
        { ...real, transactionHash: transaction.hash, blockHash: `0x${"ab".repeat(32)}` },
        { ...real, transactionHash: transaction.hash, blockNumber: "0xffff" },
      ]) {
        proxy.set({ fault: { forge: () => forged }, method: "eth_getTransactionReceipt" });
        expect((await faultOf(anchorer.standingOf(transaction))).code).to.be.oneOf(["NODE_LYING", "NODE_UNAVAILABLE"]);
      }
      proxy.set({ fault: { forge: () => real }, method: "eth_getTransactionReceipt" });
      await expectFault(anchorer.standingOf(transaction), "NODE_LYING");
    });

    it("is not final while another node knows another block", async () => {
      const anchorer = open({ rpcUrls: [node().url, proxy.url] });
      const transaction = await anchored(anchorer, freshRoot());
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined", final: true });
      const forge = (result: unknown): unknown => ({ ...(result as object), hash: `0x${"ab".repeat(32)}` });
      proxy.set({ fault: { forge }, method: "eth_getBlockByNumber" });
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined", final: false });
    });

    it("stays mined while finality stalls", async () => {
      const anchorer = open({ networks: [{ ...slowChain, finality: { kind: "tag", minutes: 1 } }] });
      const transaction = await anchored(anchorer, freshRoot());
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined", final: true });
      const genesis = await node().request("eth_getBlockByNumber", ["0x0", false]);
      const forge = (_: unknown, [tag]: readonly unknown[]): unknown => (tag === "finalized" ? genesis : undefined);
      proxy.set({ fault: { forge }, method: "eth_getBlockByNumber" });
      expect(await anchorer.standingOf(transaction)).to.include({ kind: "mined", final: false });
    });
  });

  describe("fees", () => {
    it("raises by more than a tenth with the same nonce, and either of the two will do", async () => {
      const anchorer = open();
      const root = freshRoot();
      await node().request("evm_setAutomine", [false]);
      const slow = await anchored(anchorer, root);
      const quick = await anchorer.sign(root, { raiseAbove: slow });
      expect(quick.nonce).to.equal(slow.nonce);
      const [low, high] = [parseTransaction(slow.raw).fee, parseTransaction(quick.raw).fee];
      expect(Number(high.maxFeePerGas)).to.be.at.least(Number(low.maxFeePerGas) * 1.1);
      await anchorer.broadcast(quick);
      await mine();
      expect(await anchorer.standingOf(quick)).to.include({ kind: "mined" });
      await anchorer.broadcast(slow);
      expect(await anchorer.findAnchor(root)).to.have.property("root", root);
    });

    it("offers no more than the cap allows, and less rather than nothing", async () => {
      const free = await open().preflight();
      const tight = (free.costWei * 6n) / 10n;
      const capped = await open({ maxFeeWei: tight }).preflight();
      expect(capped.costWei <= tight).to.equal(true);
      const transaction = await open({ maxFeeWei: tight }).sign(freshRoot());
      const { gas, fee } = parseTransaction(transaction.raw);
      expect(gas * fee.maxFeePerGas <= tight).to.equal(true);
    });

    it("stop at the cap, with what it costs now", async () => {
      await expectFault(open({ maxFeeWei: 1_000n }).preflight(), "FEE_ABOVE_CAP");
      const fault = await expectFault(open({ maxFeeWei: 1_000n }).sign(freshRoot()), "FEE_ABOVE_CAP");
      expect(fault.message).to.match(/ETH.*gwei.*cap is 0\.000000000000001 ETH/);
    });

    it("stop at the cap in a spike, and when replacing", async () => {
      const cap = (await open().preflight()).costWei * 2n;
      const anchorer = open({ maxFeeWei: cap });
      await node().request("evm_setAutomine", [false]);
      const slow = await anchorer.sign(freshRoot());
      await node().request("hardhat_setNextBlockBaseFeePerGas", ["0x174876e800"]); // 100 gwei
      await expectFault(anchorer.sign(freshRoot()), "FEE_ABOVE_CAP");
      await expectFault(anchorer.sign(freshRoot(), { raiseAbove: slow }), "FEE_ABOVE_CAP");
    });

    it("follow the node's own price on a chain without base fees", async () => {
      proxy.set({ fault: { error: { code: -32_601, message: "method not found" } }, method: "eth_feeHistory" });
      const transaction = await open().sign(freshRoot());
      expect(parseTransaction(transaction.raw).fee.kind).to.equal("legacy");
      await open().broadcast(transaction);
      expect(await open().standingOf(transaction)).to.include({ kind: "mined" });
    });
  });

  describe("preflight and signing refuse", () => {
    const both = async (anchorer: Anchorer, code: FaultCode): Promise<void> => {
      await expectFault(anchorer.preflight(), code);
      await expectFault(anchorer.sign(freshRoot()), code);
      expect(sends()).to.equal(0);
    };

    it("a node that is down, hangs or lies", async () => {
      await both(open({ rpcUrls: ["http://127.0.0.1:9"], budgetMs: 700 }), "NODE_UNAVAILABLE");
      proxy.set({ fault: "hang" });
      await both(open({ deadlineMs: 200, budgetMs: 300 }), "NODE_UNAVAILABLE");
      proxy.set({ fault: "null", method: ["eth_estimateGas", "eth_getBlockByNumber"] });
      const fault = await faultOf(open({ budgetMs: 700 }).sign(freshRoot()));
      expect(fault.code).to.be.oneOf(["NODE_LYING", "NODE_UNAVAILABLE"]);
    });

    it("another chain than the one meant, at the start and between two acts", async () => {
      await both(open({ chainId: 1 }), "CHAIN_WRONG");
      const anchorer = open();
      await anchorer.preflight();
      proxy.set({ fault: { forge: () => "0x1" }, method: "eth_chainId" });
      await both(anchorer, "CHAIN_WRONG");
    });

    it("a key that everybody has, except on a local chain", async () => {
      const known = openAccount(LOCAL_KEYS[0]!);
      expect((await open({ account: known }).preflight()).account).to.equal(ACCOUNTS[0]);
      proxy.set({ fault: { forge: () => "0xaa36a7" }, method: "eth_chainId" });
      await both(open({ account: known }), "KEY_WELL_KNOWN");
      expect((await open().preflight()).networkName).to.equal("local chain 11155111");
    });

    it("an address without a contract", async () => {
      await expectFault(open({ store: `0x${"11".repeat(20)}` }).preflight(), "CONTRACT_ABSENT");
      await expectFault(open({ store: `0x${"11".repeat(20)}` }).findAnchor(freshRoot()), "CONTRACT_ABSENT");
    });

    it("a contract that is no store, and a bare root for a store that is not ours", async () => {
      const mute = await plant(node(), "mute", "0x5f5ffd");
      await expectFault(open({ store: mute }).preflight(), "CONTRACT_UNKNOWN");
      const data = encodeDeployData({
        abi: documentStoreAbi,
        bytecode: documentStoreBytecode,
        args: ["Altered", issuer.address],
      });
      const { contractAddress } = await send(node(), { data });
      const code = (await node().request("eth_getCode", [contractAddress, "latest"])) as Hex;
      await node().request("hardhat_setCode", [contractAddress, `${code}00`]);
      await expectFault(open({ store: contractAddress!, entry: "raw" }).preflight(), "CONTRACT_UNKNOWN");
      expect((await open({ store: contractAddress! }).preflight()).storeName).to.equal("Altered");
    });

    it("a paused store", async () => {
      await write(node(), store, { functionName: "setPaused", args: [true] });
      await both(open(), "STORE_PAUSED");
    });

    it("an account without the role, and says who can grant it", async () => {
      await write(node(), store, { functionName: "revokeRole", args: [roleId("issuer"), issuer.address] });
      await both(open(), "ROLE_MISSING");
      expect((await faultOf(open().preflight())).next).to.contain(ACCOUNTS[0]);
    });

    it("an account without money, and says how much is missing", async () => {
      await node().request("hardhat_setBalance", [issuer.address, "0x1"]);
      const fault = await expectFault(open().preflight(), "FUNDS_INSUFFICIENT");
      expect(fault.next).to.match(/at least 0\.\d+ ETH/);
      await node().request("hardhat_setBalance", [issuer.address, "0xde0b6b3a7640000"]);
      await open().preflight();
    });

    it("a root that is there already", async () => {
      const root = freshRoot();
      await anchored(open(), root);
      await expectFault(open().sign(root), "ROOT_ALREADY_ANCHORED");
      await expectFault(open({ entry: "raw" }).sign(root), "ROOT_ALREADY_ANCHORED");
    });

    it("says in words what an older store means", async () => {
      const text = (words: string): Hex =>
        concatHex(["0x08c379a0", encodeAbiParameters([{ type: "string" }], [words])]);
      const sayings: readonly [string, FaultCode][] = [
        [`AccessControl: account ${issuer.address} is missing role ${roleId("issuer")}`, "ROLE_MISSING"],
        ["Error: Only hashes that have not been issued can be issued", "ROOT_ALREADY_ANCHORED"],
        ["Pausable: paused", "STORE_PAUSED"],
        ["something else", "TRANSACTION_REVERTED"],
      ];
      for (const [words, code] of sayings) {
        const data = text(words).slice(2);
        const size = (data.length / 2).toString(16).padStart(4, "0");
        const old = await plant(node(), words, `0x61${size}600c5f3961${size}5ffd${data}`);
        await expectFault(open({ store: old }).sign(freshRoot()), code);
      }
    });
  });

  it("waits for a new block, but not for ever", async () => {
    const anchorer = open({ networks: [{ ...slowChain, blockSeconds: 20 }] });
    const startedMs = performance.now();
    const waiting = anchorer.nextBlock();
    setTimeout(() => void mine(), 100);
    await waiting;
    expect(performance.now() - startedMs).to.be.lessThan(15_000);
    await open().nextBlock();
  });

  it("keeps the key out of whatever it says", async () => {
    expect(JSON.stringify(openAccount(OWN_KEY))).to.not.contain("7e57");
    const broken: Hex = `0x${"7e57".repeat(15)}`;
    const fault = await expectFault(
      Promise.resolve().then(() => openAccount(broken)),
      "KEYSTORE_INVALID",
    );
    expect(fault.message).to.not.contain("7e57");
  });
});
