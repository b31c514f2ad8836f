/** Reads real stores on a real node: ours, older and newer ones, and addresses where none is. */

import { expect } from "chai";

import { openChainReader, type ChainReaderOptions } from "../../src/chain/chain-reader.ts";
import { RELEASED_CODE_HASHES } from "../../src/chain/contract-code.ts";
import { isBatchableCall, nodeCall, ownerOfCall, provenCall } from "../../src/chain/store-calls.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { ChainView, StoreStanding } from "../../src/core/ports/chain.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { withLocalNode } from "../support/local-node.ts";
import { scriptedCode } from "./support/scripted-contract.ts";
import { bool, deployStore, digestOf, inclusionOf, OWNER, plant, word, write } from "./support/stores.ts";

const NOBODY: Hex = `0x${"11".repeat(20)}`;

describe("openChainReader", () => {
  const node = withLocalNode();
  let store: Hex;
  const root = digestOf("root");
  const leaf = digestOf("leaf");
  const revokedLeaf = digestOf("revoked leaf");

  before(async () => {
    store = await deployStore(node());
    await write(node(), store, { functionName: "issue", args: [root] });
    await write(node(), store, { functionName: "revokeWithReason", args: [[revokedLeaf], 4] });
  });

  async function view(options: Partial<ChainReaderOptions> = {}): Promise<ChainView> {
    const reader = openChainReader({ rpcUrls: [node().url], now: () => new Date(), ...options });
    const answer = await reader.viewOf(options.defaultChainId);
    if (answer.kind !== "view") throw new Error(`${answer.kind}: ${"reason" in answer ? answer.reason : ""}`);
    return answer.view;
  }

  async function standing(of: Hex, inclusion = inclusionOf(root), from?: ChainView): Promise<StoreStanding> {
    const answer = await (from ?? (await view())).standingOf(of, inclusion);
    if (answer.kind !== "answer") throw new Error(answer.reason);
    return answer.value;
  }

  it("names chain, block, hash and time of what it read", async () => {
    const { readAt, network } = await view();
    const head = (await node().request("eth_getBlockByNumber", ["latest", false])) as { hash: Hex; number: Hex };
    expect(readAt).to.include({ chainId: 1337, hash: head.hash, block: Number(head.number) });
    expect(network).to.equal("test");
  });

  it("finds a root issued and final, with block, time and known code", async () => {
    const found = await standing(store);
    expect(found).to.deep.include({ kind: "store", issued: true, final: true, codeKnown: true });
    if (found.kind !== "store") throw new Error("no store");
    expect(RELEASED_CODE_HASHES).to.include(found.codeHash);
    const block = await node().request("eth_getBlockByNumber", [`0x${found.anchoredBlock?.toString(16)}`, false]);
    const timestamp = Number((block as { timestamp: Hex }).timestamp);
    expect(found.anchoredAt).to.equal(new Date(timestamp * 1000).toISOString());
  });

  it("takes an address in any case", async () => {
    expect(await standing(`0x${store.slice(2).toUpperCase()}`)).to.deep.include({ issued: true });
  });

  it("finds a root not issued", async () => {
    const found = await standing(store, inclusionOf(digestOf("never")));
    expect(found).to.deep.include({ kind: "store", issued: false, final: false });
    expect(found).to.not.have.any.keys("anchoredBlock", "anchoredAt", "revocation");
  });

  it("names the first revoked node, leaf first, with block, time and reason", async () => {
    const found = await standing(store, inclusionOf(root, [leaf, revokedLeaf, root]));
    if (found.kind !== "store") throw new Error("no store");
    expect(found.revocation).to.include({ node: revokedLeaf, reason: "superseded" });
    expect(found.revocation?.block).to.be.greaterThan(found.anchoredBlock ?? Number.POSITIVE_INFINITY);
    expect(found.revocation).to.not.have.property("byCompromise");
  });

  it("tells a root void by compromise from a revoked one", async () => {
    const compromised = await deployStore(node());
    const { blockNumber } = await write(node(), compromised, { functionName: "issue", args: [root] });
    await write(node(), compromised, { functionName: "declareCompromise", args: [OWNER, BigInt(blockNumber)] });
    const found = await standing(compromised);
    expect(found).to.deep.include({ issued: true });
    expect(found).to.have.property("revocation").that.includes({ node: root, byCompromise: true });
  });

  it("proves that there is no contract", async () => {
    expect(await standing(NOBODY)).to.deep.equal({ kind: "no-contract" });
  });

  it("reads as of an earlier block and an earlier time", async () => {
    const head = (await view()).readAt;
    const early = await view({ at: { block: 0 } });
    expect(await standing(store, inclusionOf(root), early)).to.deep.equal({ kind: "no-contract" });
    const first = (await node().request("eth_getBlockByNumber", ["0x1", false])) as { timestamp: Hex; hash: Hex };
    const atFirst = await view({ at: { time: new Date(Number(first.timestamp) * 1000) } });
    expect(atFirst.readAt.hash).to.equal(first.hash);
    expect(await standing(store, inclusionOf(root), atFirst)).to.deep.include({ kind: "store", issued: false });
    const later = await view({ at: { time: new Date(Date.parse(head.time) + 1000) } });
    expect(later.readAt).to.deep.equal(head);
  });

  it("finds the last block before a moment among many", async () => {
    await node().request("hardhat_mine", ["0x64", "0x3c"]);
    for (const number of [1, 2, 17, 50, 99]) {
      const block = (await node().request("eth_getBlockByNumber", [`0x${number.toString(16)}`, false])) as {
        timestamp: Hex;
        hash: Hex;
      };
      const { readAt } = await view({ at: { time: new Date(Number(block.timestamp) * 1000 + 500) } });
      expect(readAt).to.include({ block: number, hash: block.hash });
    }
  });

  it("is behind for a block that the node has not got, and for a moment before the first", async () => {
    const reader = openChainReader({ rpcUrls: [node().url], now: () => new Date(), at: { block: 1_000_000 } });
    expect((await reader.viewOf()).kind).to.equal("behind");
    const ancient = openChainReader({ rpcUrls: [node().url], now: () => new Date(), at: { time: new Date(0) } });
    expect((await ancient.viewOf()).kind).to.equal("behind");
  });

  it("stays at its block while the chain goes on", async () => {
    const before = await view();
    const later = digestOf("later");
    await write(node(), store, { functionName: "issue", args: [later] });
    expect(await standing(store, inclusionOf(later), before)).to.deep.include({ issued: false });
    expect(await standing(store, inclusionOf(later))).to.deep.include({ issued: true });
  });

  it("does not know a chain that no node serves, and says whether it is a test network", async () => {
    const reader = openChainReader({ rpcUrls: [node().url], now: () => new Date() });
    expect(await reader.viewOf(1)).to.deep.equal({ kind: "not-configured", isTestNetwork: false });
    expect(await reader.viewOf(11155111)).to.deep.equal({ kind: "not-configured", isTestNetwork: true });
    expect(await reader.viewOf(5)).to.deep.equal({ kind: "not-configured", isTestNetwork: true, closed: "Goerli" });
    expect(await openChainReader({ rpcUrls: [], now: () => new Date() }).viewOf()).to.include({
      kind: "not-configured",
    });
  });

  it("calls a root final only when it was there at a final block", async () => {
    const networks = [
      {
        chainId: 1337,
        name: "slow",
        kind: "local",
        finality: { kind: "confirmations", count: 3 },
        blockSeconds: 1,
        currency: "ETH",
      } as const,
    ];
    const young = digestOf("young");
    await write(node(), store, { functionName: "issue", args: [young] });
    expect(await standing(store, inclusionOf(young), await view({ networks }))).to.deep.include({
      issued: true,
      final: false,
    });
    await node().request("hardhat_mine", ["0x1"]);
    expect(await standing(store, inclusionOf(young), await view({ networks }))).to.deep.include({
      issued: true,
      final: false,
    });
    await node().request("hardhat_mine", ["0x1"]);
    expect(await standing(store, inclusionOf(young), await view({ networks }))).to.deep.include({
      issued: true,
      final: true,
    });
  });

  it("looks through a minimal proxy for the code hash", async () => {
    const clone = await plant(node(), "clone", `0x363d3d373d3d3d363d73${store.slice(2)}5af43d82803e903d91602b57fd5bf3`);
    expect(await standing(clone)).to.deep.include({
      issued: false,
      codeHash: RELEASED_CODE_HASHES[0],
      codeKnown: true,
    });
  });

  it("knows the code hashes it is told, and no others", async () => {
    const code = scriptedCode([
      { call: nodeCall("isIssued", root), returns: bool(true) },
      { call: nodeCall("isRevoked", root), returns: bool(false) },
    ]);
    const foreign = await plant(node(), "foreign", code);
    const found = await standing(foreign);
    if (found.kind !== "store" || found.codeHash === undefined) throw new Error("no code hash");
    expect(found).to.deep.include({ issued: true, codeKnown: false });
    const told = await view({ knownCodeHashes: [found.codeHash] });
    expect(await standing(foreign, inclusionOf(root), told)).to.deep.include({ codeKnown: true });
  });

  it("reads block and time from a store that keeps block numbers only", async () => {
    for (const name of ["documentIssued", "getIssuedBlock"] as const) {
      const older = await plant(
        node(),
        name,
        scriptedCode([
          { call: nodeCall("isIssued", root), returns: bool(true) },
          { call: nodeCall("isRevoked", root), returns: bool(true) },
          { call: nodeCall(name, root), returns: word(2n) },
          { call: nodeCall("documentRevoked", root), returns: word(3n) },
        ]),
      );
      const found = await standing(older);
      expect(found).to.deep.include({ issued: true, anchoredBlock: 2 });
      expect(found).to.have.property("anchoredAt").that.matches(/^20/);
      expect(found).to.have.property("revocation").that.includes({ node: root, block: 3 });
    }
  });

  describe("a store of the newer generation", () => {
    const path = [digestOf("sibling")];
    const inclusion = inclusionOf(root, [leaf, root], path);

    async function batchable(isIssued: object, isRevoked: object, rootIsRevoked = false): Promise<Hex> {
      const name = JSON.stringify([isIssued, isRevoked, rootIsRevoked]);
      return plant(
        node(),
        name,
        scriptedCode([
          { call: isBatchableCall(), returns: bool(true) },
          { call: provenCall("isIssued", root, leaf, path), ...isIssued },
          { call: provenCall("isRevoked", root, leaf, path), ...isRevoked },
          { call: provenCall("isRevoked", root, root, []), returns: bool(rootIsRevoked) },
        ]),
      );
    }

    it("is asked with root, leaf and path", async () => {
      const good = await batchable({ returns: bool(true) }, { returns: bool(false) });
      const found = await standing(good, inclusion);
      expect(found).to.deep.include({ kind: "store", issued: true, final: true, codeKnown: false });
      expect(found).to.not.have.property("revocation");
    });

    it("may refuse: not issued", async () => {
      const refusing = await batchable({ reverts: "0xc45a8d98" }, { reverts: "0x517eeb7d" });
      expect(await standing(refusing, inclusion)).to.deep.include({ issued: false, final: false });
    });

    it("names root or leaf as revoked", async () => {
      const leafGone = await batchable({ returns: bool(true) }, { returns: bool(true) });
      expect(await standing(leafGone, inclusion)).to.have.deep.property("revocation", { node: leaf });
      const rootGone = await batchable({ returns: bool(true) }, { returns: bool(true) }, true);
      expect(await standing(rootGone, inclusion)).to.have.deep.property("revocation", { node: root });
    });

    it("is silent for any other refusal", async () => {
      const odd = await batchable({ reverts: "0x12345678" }, { returns: bool(false) });
      expect((await (await view()).standingOf(odd, inclusion)).kind).to.equal("silent");
    });
  });

  describe("a hostile store", () => {
    const hostile: Readonly<Record<string, object>> = {
      "that refuses": {},
      "that returns 2": { returns: word(2n) },
      "that returns nothing": { returns: "0x" },
      "that returns two words": { returns: `${bool(true)}${bool(true).slice(2)}` },
      "that returns 31 bytes": { returns: bool(true).slice(0, -2) },
      "that returns 20 kB": { returns: `0x${"01".repeat(20_000)}` },
      "that burns all gas": { burns: true },
    };
    for (const [what, otherwise] of Object.entries(hostile)) {
      it(`is silent: one ${what}`, async () => {
        const at = await plant(node(), what, scriptedCode([], otherwise));
        const answer = await (await view()).standingOf(at, inclusionOf(root));
        expect(answer.kind).to.equal("silent");
      });
    }

    it("cannot drown a good one that is asked in the same turn", async () => {
      const flooding = await plant(node(), "flooding", "0x62061a805ff3"); // returns 400,000 bytes, whatever it is asked
      const shared = await view();
      const [good, silent] = await Promise.all([
        shared.standingOf(store, inclusionOf(root)),
        shared.standingOf(flooding, inclusionOf(root, [leaf, revokedLeaf, root])),
      ]);
      expect([good.kind, silent.kind]).to.deep.equal(["answer", "silent"]);
    });

    it("cannot speak for a good one that is asked in the same turn", async () => {
      const bad = await plant(node(), "bad neighbour", scriptedCode([], { burns: true }));
      const shared = await view();
      const [good, silent] = await Promise.all([
        shared.standingOf(store, inclusionOf(root)),
        shared.standingOf(bad, inclusionOf(root)),
      ]);
      expect([good.kind, silent.kind]).to.deep.equal(["answer", "silent"]);
    });
  });

  describe("mintingOf", () => {
    const id = digestOf("token");

    async function minting(otherwise: object): Promise<string> {
      const registry = await plant(node(), JSON.stringify(otherwise), scriptedCode([], otherwise));
      const answer = await (await view()).mintingOf(registry, id);
      return answer.kind === "answer" ? answer.value : answer.kind;
    }

    it("says minted, not minted, or that there is no contract", async () => {
      const registry = await plant(
        node(),
        "registry",
        scriptedCode([{ call: ownerOfCall(id), returns: word(BigInt(OWNER)) }], {
          reverts: `0x7e273289${"00".repeat(32)}`,
        }),
      );
      const shared = await view();
      expect(await shared.mintingOf(registry, id)).to.deep.equal({ kind: "answer", value: "minted" });
      expect(await shared.mintingOf(registry, root)).to.deep.equal({ kind: "answer", value: "not-minted" });
      expect(await shared.mintingOf(NOBODY, id)).to.deep.equal({ kind: "answer", value: "no-contract" });
    });

    it("understands the older registries' words", async () => {
      const text = Buffer.from("ERC721: invalid token ID").toString("hex");
      const revert = `0x08c379a0${word(32n).slice(2)}${word(24n).slice(2)}${text.padEnd(64, "0")}`;
      expect(await minting({ reverts: revert })).to.equal("not-minted");
      expect(await minting({ returns: word(0n) })).to.equal("not-minted");
    });

    it("is silent for any other refusal or answer", async () => {
      expect(await minting({})).to.equal("silent");
      expect(await minting({ reverts: "0x12345678" })).to.equal("silent");
      expect(await minting({ returns: word(2n ** 200n) })).to.equal("silent");
      expect(await minting({ returns: "0x" })).to.equal("silent");
    });
  });

  it("calls contracts for other rooms", async () => {
    const shared = await view();
    const call = nodeCall("isIssued", root);
    expect(await shared.callContract(store, call)).to.deep.equal({
      kind: "answer",
      value: { kind: "returned", data: bool(true) },
    });
    expect(await shared.callContract(NOBODY, call)).to.deep.equal({ kind: "answer", value: { kind: "no-contract" } });
    const refused = await shared.callContract(store, nodeCall("getIssuedBlock", leaf));
    expect(refused).to.have.nested.property("value.kind", "reverted");
  });

  it("asks for a thousand documents of one root in one POST after the handshake", async () => {
    const proxy = await startFaultProxy(node().url);
    try {
      const shared = await view({ rpcUrls: [proxy.url] });
      proxy.forget();
      const inclusions = Array.from({ length: 1_000 }, (_, at) => {
        const own = digestOf(`document ${at}`);
        return inclusionOf(root, [own, digestOf(`pair ${at >> 1}`), digestOf(`four ${at >> 2}`), root]);
      });
      const answers = await Promise.all(inclusions.map(async (inclusion) => shared.standingOf(store, inclusion)));
      expect(answers.every((answer) => answer.kind === "answer" && answer.value.kind === "store")).to.equal(true);
      expect(proxy.posts()).to.equal(1);
      await shared.standingOf(store, inclusionOf(root));
      expect(proxy.posts(), "nothing is asked twice").to.equal(1);
    } finally {
      await proxy.close();
    }
  });

  it("reads plainly where the node refuses calls without a receiver", async () => {
    const proxy = await startFaultProxy(node().url);
    try {
      const refusing: typeof fetch = async (input, init) => {
        const requests = [JSON.parse(init?.body as string)].flat() as {
          id: number;
          method: string;
          params: { to?: Hex }[];
        }[];
        const isDeployless = (request: (typeof requests)[number]): boolean =>
          request.method === "eth_call" && request.params[0]?.to === undefined;
        if (!requests.some(isDeployless)) return fetch(input, init);
        const honest = requests.filter((request) => !isDeployless(request));
        const answers =
          honest.length === 0 ? [] : await (await fetch(input, { ...init, body: JSON.stringify(honest) })).json();
        const error = { code: -32_602, message: "missing value for required argument: to" };
        const refused = requests.filter(isDeployless).map(({ id }) => ({ jsonrpc: "2.0", id, error }));
        const all = [...(answers as unknown[]), ...refused];
        return Response.json(all.length === 1 ? all[0] : all);
      };
      const shared = await view({ fetch: refusing });
      expect(await standing(store, inclusionOf(root, [leaf, root]), shared)).to.deep.include({
        issued: true,
        final: true,
        codeKnown: true,
      });
      expect(await standing(NOBODY, inclusionOf(root), shared)).to.deep.equal({ kind: "no-contract" });
    } finally {
      await proxy.close();
    }
  });
});
