/** What an issuer does to stores beside anchoring, on a real node; and how a store looks from outside. */

import { expect } from "chai";
import { encodeDeployData, type Hex } from "viem";

import { openAccount } from "../../src/chain/account.ts";
import { openAnchorer } from "../../src/chain/anchorer.ts";
import {
  documentStoreFactoryAbi,
  documentStoreFactoryBytecode,
} from "../../src/chain/artifacts/document-store-factory.ts";
import { openChainReader } from "../../src/chain/chain-reader.ts";
import type { ListEntry } from "../../src/chain/set-status.ts";
import { networkOf } from "../../src/chain/networks.ts";
import { nodeCall } from "../../src/chain/store-calls.ts";
import { openStoreInspector } from "../../src/chain/store-inspector.ts";
import { openStoreWriter, type StoreWriterOptions, type StoreWriter } from "../../src/chain/store-writer.ts";
import { TestamurError, type FaultCode } from "../../src/core/errors.ts";
import type { StoreRevocation } from "../../src/core/ports/chain.ts";
import { startFaultProxy, type FaultProxy } from "../support/fault-proxy.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { scriptedCode } from "./support/scripted-contract.ts";
import { ACCOUNTS, bool, deployStore, digestOf, inclusionOf, OWNER, plant, send } from "./support/stores.ts";

describe("openStoreWriter", () => {
  const node = withLocalNode();
  const owner = openAccount(LOCAL_KEYS[0]!);
  const other = openAccount(LOCAL_KEYS[1]!);
  const now = (): Date => new Date();
  let proxy: FaultProxy;
  let store: Hex;
  let count = 0;

  before(async () => {
    proxy = await startFaultProxy(node().url);
    store = await deployStore(node());
  });
  after(async () => proxy.close());
  beforeEach(() => proxy.set());

  function open(options: Partial<StoreWriterOptions> = {}): StoreWriter {
    return openStoreWriter({ rpcUrls: [proxy.url], account: owner, now, ...options });
  }

  function inspector(): ReturnType<typeof openStoreInspector> {
    return openStoreInspector({ rpcUrls: [proxy.url], now });
  }

  function fresh(nodes: number): readonly Hex[] {
    return Array.from({ length: nodes }, () => digestOf(`node ${count++}`));
  }

  async function revocationOf(leaf: Hex, of = store): Promise<StoreRevocation | undefined> {
    const opened = await openChainReader({ rpcUrls: [node().url], now }).viewOf();
    if (opened.kind !== "view") throw new Error("no view");
    const answer = await opened.view.standingOf(of, inclusionOf(leaf));
    if (answer.kind !== "answer" || answer.value.kind !== "store") throw new Error("no store");
    return answer.value.revocation;
  }

  async function expectFault(act: Promise<unknown>, code: FaultCode): Promise<TestamurError> {
    const fault = await act.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(fault instanceof TestamurError)) throw fault instanceof Error ? fault : new Error("it went well");
    expect(fault.code, fault.message).to.equal(code);
    expect(fault.next, "a next step").to.be.a("string").that.is.not.empty;
    return fault;
  }

  describe("deploy", () => {
    it("makes a store of a known release, owned by the account or by whom it is told", async () => {
      const { store: own, gasUsed, feeWei } = await open().deploy("Faculty of Law, University of Example");
      expect([typeof gasUsed, typeof feeWei]).to.deep.equal(["bigint", "bigint"]);
      const facts = await inspector().inspect(own, OWNER);
      expect(facts).to.deep.include({
        generation: "classic",
        codeKnown: true,
        name: "Faculty of Law, University of Example",
        paused: false,
        owner: OWNER,
        roles: { admin: true, issuer: true, revoker: true },
      });
      const { store: given } = await open().deploy("Given", other.address);
      expect((await inspector().inspect(given, OWNER)).roles).to.deep.equal({
        admin: false,
        issuer: false,
        revoker: false,
      });
    });

    it("makes a cheap clone through a factory, and refuses one that makes something else", async () => {
      const data = encodeDeployData({ abi: documentStoreFactoryAbi, bytecode: documentStoreFactoryBytecode });
      const { contractAddress } = await send(node(), { data });
      const clone = await open().deployClone(contractAddress!, "Clone", digestOf("salt"));
      expect(Number(clone.gasUsed)).to.be.lessThan(300_000);
      expect(await inspector().inspect(clone.store, OWNER)).to.deep.include({ codeKnown: true, name: "Clone" });
      const [leaf] = fresh(1);
      await open().revoke(clone.store, [leaf!], 4);
      expect(await revocationOf(leaf!, clone.store)).to.include({ reason: "superseded" });
      const fake = await plant(node(), "fake factory", "0x00");
      await expectFault(open().deployClone(fake, "Clone", digestOf("salt")), "CONTRACT_UNKNOWN");
    });

    it("signs nothing it may not: a well-known key elsewhere, no money, a cap", async () => {
      await expectFault(open({ maxFeeWei: 1n }).deploy("Dear"), "FEE_ABOVE_CAP");
      await expectFault(open({ account: openAccount(`0x${"99".repeat(32)}`) }).deploy("Poor"), "FUNDS_INSUFFICIENT");
      await expectFault(open({ chainId: 1 }).deploy("Elsewhere"), "CHAIN_WRONG");
      const passFor = { fault: { forge: () => "0x1" }, method: "eth_chainId" } as const;
      proxy.set(passFor);
      await expectFault(open().deploy("An impostor"), "NODE_UNAVAILABLE");
      const { genesis } = networkOf(1);
      const forge = (block: unknown, [tag]: readonly unknown[]): unknown =>
        tag === "0x0" ? { ...(block as object), hash: genesis } : undefined;
      proxy.set(passFor, { fault: { forge }, method: "eth_getBlockByNumber" });
      await expectFault(open().deploy("Public"), "KEY_WELL_KNOWN");
    });
  });

  describe("revoke", () => {
    it("revokes with a reason, in one transaction", async () => {
      const nodes = fresh(3);
      const [done, ...more] = await open().revoke(store, nodes, 9);
      expect(more).to.be.empty;
      expect(done?.nodes).to.deep.equal(nodes);
      expect(await revocationOf(nodes[2]!)).to.include({ reason: "privilege withdrawn", block: done?.block });
    });

    it("leaves out what is revoked already and what is named twice", async () => {
      const nodes = fresh(3);
      await open().revoke(store, nodes.slice(0, 2), 0);
      const done = await open().revoke(store, [...nodes, nodes[2]!], 0);
      expect(done.map((chunk) => chunk.nodes)).to.deep.equal([[nodes[2]]]);
      expect(await open().revoke(store, nodes, 0)).to.deep.equal([]);
    });

    it("splits what is too much for one block, and after a crash revokes only the rest", async () => {
      const nodes = fresh(40);
      await node().request("evm_setBlockGasLimit", ["0x7a120"]); // 500,000
      await node().request("hardhat_mine", ["0x1"]);
      try {
        const crash = new Error("killed between two chunks");
        const seen: Hex[] = [];
        const first = open().revoke(store, nodes, 0, (chunk) => {
          seen.push(...chunk.nodes);
          throw crash;
        });
        expect(String(await first.catch((error: unknown) => error))).to.equal(String(crash));
        expect(seen.length).to.be.within(1, 20);
        const rest = await open().revoke(store, nodes, 0);
        expect(rest.length).to.be.greaterThan(1);
        expect([...seen, ...rest.flatMap((chunk) => chunk.nodes)]).to.deep.equal(nodes);
      } finally {
        await node().request("evm_setBlockGasLimit", ["0x3938700"]);
        await node().request("hardhat_mine", ["0x1"]);
      }
    });

    it("refuses without the role, while paused, and where there is no store", async () => {
      const [leaf] = fresh(1);
      await expectFault(open({ account: other }).revoke(store, [leaf!], 0), "ROLE_MISSING");
      await expectFault(open().revoke(`0x${"11".repeat(20)}`, [leaf!], 0), "CONTRACT_ABSENT");
      await expectFault(open().revoke(await plant(node(), "mute", "0x5f5ffd"), [leaf!], 0), "CONTRACT_UNKNOWN");
      await open().setPaused(store, true);
      await expectFault(open().revoke(store, [leaf!], 0), "STORE_PAUSED");
      await open().setPaused(store, false);
      await open().revoke(store, [leaf!], 0);
    });

    it("says nothing was sent when the node cannot say what is revoked", async () => {
      proxy.set({ fault: "reset", method: "eth_call" });
      await expectFault(open({ budgetMs: 1_000 }).revoke(store, fresh(1), 0), "NODE_UNAVAILABLE");
    });

    it("offers more when it is stuck", async () => {
      const [leaf] = fresh(1);
      const network = {
        chainId: 1337,
        name: "quick",
        kind: "local",
        finality: { kind: "confirmations", count: 1 },
        blockSeconds: 0.01,
        currency: "ETH",
      } as const;
      await node().request("evm_setAutomine", [false]);
      try {
        proxy.forget();
        const revoking = open({ networks: [network] }).revoke(store, [leaf!], 0);
        const sends = (): readonly unknown[] =>
          proxy.calls.filter((call) => call.method === "eth_sendRawTransaction").map((call) => call.params[0]);
        while (new Set(sends()).size < 2) {
          await new Promise((look) => {
            setTimeout(look, 50);
          });
        }
        await node().request("hardhat_mine", ["0x1"]);
        const [done] = await revoking;
        expect(done?.nodes).to.deep.equal([leaf]);
      } finally {
        await node().request("evm_setAutomine", [true]);
      }
    });
  });

  describe("setStatus", () => {
    const list = digestOf("a status list");
    const further = digestOf("another status list");
    const at = (...indices: readonly number[]): readonly ListEntry[] => indices.map((index) => ({ list, index }));

    async function standingOf(index: number, of = list): Promise<readonly string[]> {
      const opened = await openChainReader({ rpcUrls: [node().url], now }).viewOf();
      if (opened.kind !== "view") throw new Error("no view");
      const answer = await opened.view.entryOf(store, of, index);
      return answer.kind === "answer" ? Object.keys(answer.value) : [answer.reason];
    }

    it("changes places of several lists, near and far, in one transaction, and leaves out what is so already", async () => {
      const entries = [...at(9, 300, 9, 5_000_000), { list: further, index: 9 }];
      const done = await open().setStatus({ store, act: "suspend", entries, reason: 6 });
      expect(done.map((chunk) => chunk.entries.length)).to.deep.equal([4]);
      for (const index of [9, 300, 5_000_000]) expect(await standingOf(index)).to.deep.equal(["suspension"]);
      expect(await standingOf(9, further)).to.deep.equal(["suspension"]);
      expect(await standingOf(10)).to.deep.equal([]);
      expect(await open().setStatus({ store, act: "suspend", entries, reason: 6 })).to.deep.equal([]);
      const lifted = await open().setStatus({ store, act: "reinstate", entries: at(9, 10), reason: 0 });
      expect(lifted.map((chunk) => chunk.entries)).to.deep.equal([at(9)]);
      expect(await standingOf(9)).to.deep.equal([]);
      expect(await standingOf(300)).to.deep.equal(["suspension"]);
    });

    it("splits what is too much for one block, and loses nothing", async () => {
      const entries = at(...Array.from({ length: 60 }, (_, number) => 1_000_000 + number * 256));
      await node().request("evm_setBlockGasLimit", ["0x7a120"]); // 500,000
      await node().request("hardhat_mine", ["0x1"]);
      try {
        const seen: ListEntry[] = [];
        const order = { store, act: "revoke", entries, reason: 4 } as const;
        const done = await open().setStatus(order, (chunk) => seen.push(...chunk.entries));
        expect(done.length).to.be.greaterThan(1);
        expect(seen).to.deep.equal(entries);
        for (const { index } of entries) expect(await standingOf(index)).to.deep.equal(["revocation"]);
      } finally {
        await node().request("evm_setBlockGasLimit", ["0x3938700"]);
        await node().request("hardhat_mine", ["0x1"]);
      }
    });

    it("refuses without the role, and in a store that keeps no lists", async () => {
      const order = { store, act: "revoke", entries: at(1), reason: 0 } as const;
      await expectFault(open({ account: other }).setStatus(order), "ROLE_MISSING");
      const calls = [{ call: nodeCall("isIssued", `0x${"5a".repeat(32)}`), returns: bool(false) }];
      const classic = await plant(node(), "classic", scriptedCode(calls));
      await expectFault(open().setStatus({ ...order, store: classic }), "CONTRACT_UNKNOWN");
    });
  });

  describe("roles", () => {
    it("are granted, listed and taken away", async () => {
      const own = (await open().deploy("Roles")).store;
      await open().grantRole(own, "issuer", other.address);
      await open().grantRole(own, "revoker", ACCOUNTS[2]!);
      await open().revokeRole(own, "revoker", ACCOUNTS[2]!);
      expect(await inspector().rolesOf(own)).to.deep.equal({
        admin: [OWNER],
        issuer: [OWNER, other.address],
        revoker: [OWNER],
      });
      await expectFault(open({ account: other }).grantRole(own, "admin", other.address), "ROLE_MISSING");
    });

    it("are taken from a stolen key, and what it anchored since is void", async () => {
      const own = (await open().deploy("Stolen")).store;
      await open().grantRole(own, "issuer", other.address);
      const thief = openAnchorer({ rpcUrls: [proxy.url], store: own, account: other, now });
      const [root] = fresh(1);
      await thief.broadcast(await thief.sign(root!));
      const since = (await thief.findAnchor(root!))?.block ?? 0;
      await open().declareCompromise(own, other.address, since);
      expect(await revocationOf(root!, own)).to.include({ byCompromise: true });
      expect((await inspector().rolesOf(own)).issuer).to.deep.equal([OWNER]);
      const fault = await expectFault(open().grantRole(own, "issuer", other.address), "ROLE_MISSING");
      expect(fault.message).to.contain("compromised");
    });
  });

  describe("openStoreInspector", () => {
    it("tells everything that ever happened in a store, in words", async () => {
      const own = (await open().deploy("History")).store;
      const [leaf] = fresh(1);
      const [done] = await open().revoke(own, [leaf!], 0);
      await open().setPaused(own, true);
      const history = await inspector().historyOf(own);
      expect(history.map((event) => event.name)).to.deep.equal([
        "RoleGranted",
        "RoleGranted",
        "RoleGranted",
        "DocumentRevoked",
        "Paused",
      ]);
      expect(history[0]?.values).to.deep.include({ role: "admin", account: OWNER });
      expect(history[3]).to.deep.include({ transaction: done?.hash, block: done?.block, values: { document: leaf } });
    });

    it("searches in pieces where the node limits how much it searches", async () => {
      await node().request("hardhat_mine", ["0x3e8"]);
      const whole = await inspector().historyOf(store);
      const limited: typeof fetch = async (input, init) => {
        const request = JSON.parse(init?.body as string) as {
          id: number;
          method: string;
          params: { fromBlock: Hex; toBlock: Hex }[];
        };
        const [filter] = request.method === "eth_getLogs" ? request.params : [];
        if (filter === undefined || Number(filter.toBlock) - Number(filter.fromBlock) < 300) return fetch(input, init);
        const error = { code: -32_602, message: "query exceeds max block range 300" };
        return Response.json({ jsonrpc: "2.0", id: request.id, error });
      };
      const pieces = await openStoreInspector({ rpcUrls: [node().url], now, fetch: limited }).historyOf(store);
      expect(pieces).to.deep.equal(whole);
      expect(whole).to.not.be.empty;
    });

    it("does not take an event of another contract for one of the store", async () => {
      const forge = (result: unknown): unknown =>
        (result as object[]).map((log) => ({ ...log, address: `0x${"11".repeat(20)}` }));
      proxy.set({ fault: { forge }, method: "eth_getLogs" });
      await expectFault(inspector().historyOf(store), "NODE_LYING");
    });

    it("finds no store where there is none", async () => {
      await expectFault(inspector().inspect(`0x${"11".repeat(20)}`, OWNER), "CONTRACT_ABSENT");
    });
  });
});
