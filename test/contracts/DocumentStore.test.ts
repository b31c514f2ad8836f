/** Behaviour of the document store: OpenAttestation's drop-in list, raw anchors, revocation, pause. */
import { expect } from "chai";
import { id, Interface, type TransactionResponse, ZeroAddress, ZeroHash } from "ethers";
import { documentStoreAbi } from "../../src/chain/artifacts/document-store.ts";
import { accounts, as, deploy, type DocumentStore, freshChain, mined, type Signer } from "./support/chain.ts";

const { ethers, networkHelpers } = await freshChain();
const [owner, stranger] = await accounts(ethers);

const root = id("root");
const leaf = id("leaf");

async function deployStore(): Promise<DocumentStore> {
  return await deploy(ethers, "DocumentStore", ["University of Somewhere", owner]);
}

async function freshStore(): Promise<DocumentStore> {
  return await networkHelpers.loadFixture(deployStore);
}

describe("DocumentStore as OpenAttestation knows it", () => {
  /** Selectors from the drop-in list; deployed clients call these. */
  const DROP_IN: Readonly<Record<string, string>> = {
    "isIssued(bytes32)": "0x163aa631",
    "isRevoked(bytes32)": "0x4294857f",
    "issue(bytes32)": "0x0f75e81f",
    "revoke(bytes32)": "0xb75c7dc6",
    "supportsInterface(bytes4)": "0x01ffc9a7",
    "name()": "0x06fdde03",
    "DEFAULT_ADMIN_ROLE()": "0xa217fddf",
    "ISSUER_ROLE()": "0x82aefa24",
    "REVOKER_ROLE()": "0x7c4acabf",
    "hasRole(bytes32,address)": "0x91d14854",
    "getRoleAdmin(bytes32)": "0x248a9ca3",
    "grantRole(bytes32,address)": "0x2f2ff15d",
    "revokeRole(bytes32,address)": "0xd547741f",
    "renounceRole(bytes32,address)": "0x36568abe",
    "bulkIssue(bytes32[])": "0x7df20826",
    "bulkRevoke(bytes32[])": "0x4ada8076",
    "documentIssued(bytes32)": "0x33358d2d",
    "documentRevoked(bytes32)": "0x8bc36c91",
    "getIssuedBlock(bytes32)": "0xbf40b904",
    "isIssuedBefore(bytes32,uint256)": "0x5a9e03ca",
    "isRevokedBefore(bytes32,uint256)": "0x339b6b39",
    "version()": "0x54fd4d50",
    "owner()": "0x8da5cb5b",
    "isActive(bytes32)": "0x5c36901c",
    "multicall(bytes[])": "0xac9650d8",
  };

  for (const [signature, selector] of Object.entries(DROP_IN)) {
    it(`answers ${signature} at ${selector}`, () => {
      const found = new Interface(documentStoreAbi).getFunction(signature);
      expect(found?.selector).to.equal(selector);
    });
  }

  it("emits the events under the topics that deployed clients filter by", async () => {
    const store = await freshStore();
    const issued = await mined(store.issue(root));
    const revoked = await mined(store.revoke(root));
    expect(issued.logs.map((log) => log.topics)).to.deep.equal([
      ["0x01a1249f2caa0445b8391e02413d26f0d409dabe5330cd1d04d3d0801fc42db3", root],
    ]);
    expect(revoked.logs.map((log) => log.topics)).to.deep.equal([
      ["0x7283b5ab9758f7fba773279e4fd50ea7b136bd1d8371dcae9c5ce529c55343d7", root],
    ]);
  });

  it("gives the owner all three roles, and the zero role admin of each", async () => {
    const store = await freshStore();
    for (const role of [ZeroHash, id("ISSUER_ROLE"), id("REVOKER_ROLE")]) {
      expect(await store.hasRole(role, owner)).to.equal(true);
      expect(await store.hasRole(role, stranger)).to.equal(false);
      expect(await store.getRoleAdmin(role)).to.equal(ZeroHash);
    }
    expect(await store.owner()).to.equal(owner.address);
    expect(await store.name()).to.equal("University of Somewhere");
    expect(await store.version()).to.equal("testamur-1.0.0");
  });

  it("refuses the zero address as owner", async () => {
    const factory = await ethers.getContractFactory("DocumentStore");
    await expect(ethers.deployContract("DocumentStore", ["x", ZeroAddress])).to.be.revertedWithCustomError(
      factory,
      "ZeroAccount",
    );
  });

  const INTERFACES: readonly (readonly [string, boolean, string])[] = [
    ["0x01ffc9a7", true, "ERC-165"],
    ["0x7965db0b", true, "AccessControl"],
    ["0xb9391097", true, "IDocumentStore, since isActive is there"],
    ["0xdcfd0745", false, "batchable: a client would ask three-argument questions and call everything not issued"],
    ["0xc2cb4227", false, "transferable"],
    ["0xffffffff", false, "never"],
  ];
  for (const [interfaceId, answer, name] of INTERFACES) {
    it(`answers ${answer} to supportsInterface(${interfaceId}): ${name}`, async () => {
      expect(await (await freshStore()).supportsInterface(interfaceId)).to.equal(answer);
    });
  }

  it("answers isIssued, isRevoked and isActive for any argument without reverting", async () => {
    const store = await freshStore();
    for (const node of [ZeroHash, `0x${"ff".repeat(32)}`, root]) {
      expect(await store.isIssued(node)).to.equal(false);
      expect(await store.isRevoked(node)).to.equal(false);
      expect(await store.isActive(node)).to.equal(false);
    }
  });

  it("keeps answering while paused", async () => {
    const store = await freshStore();
    await store.bulkIssue([root, leaf]);
    await store.revoke(leaf);
    await store.setPaused(true);
    expect(await store.isIssued(root)).to.equal(true);
    expect(await store.isRevoked(leaf)).to.equal(true);
    expect(await store.isActive(root)).to.equal(true);
  });

  it("moves admin the way older tools do: grant to the new one, revoke from the old one", async () => {
    const store = await freshStore();
    await store.grantRole(ZeroHash, stranger);
    await store.revokeRole(ZeroHash, owner);
    expect(await store.owner()).to.equal(stranger.address);
    expect(await store.hasRole(id("ISSUER_ROLE"), owner)).to.equal(true);
  });
});

describe("DocumentStore.issue", () => {
  it("records account, block and time of the root", async () => {
    const store = await freshStore();
    const receipt = await mined(store.issue(root));
    const block = await receipt.getBlock();
    expect([...(await store.anchorOf(root))]).to.deep.equal([
      BigInt(block.number),
      BigInt(block.timestamp),
      owner.address,
    ]);
    expect(await store.documentIssued(root)).to.equal(block.number);
    expect(await store.getIssuedBlock(root)).to.equal(block.number);
    expect(await store.isIssuedBefore(root, block.number)).to.equal(true);
    expect(await store.isIssuedBefore(root, block.number - 1)).to.equal(false);
  });

  it("knows nothing of a root that was not issued", async () => {
    const store = await freshStore();
    expect([...(await store.anchorOf(root))]).to.deep.equal([0n, 0n, ZeroAddress]);
    expect(await store.documentIssued(root)).to.equal(0n);
    expect(await store.isIssuedBefore(root, 2n ** 256n - 1n)).to.equal(false);
    await expect(store.getIssuedBlock(root)).to.be.revertedWithCustomError(store, "NotIssued").withArgs(root);
  });

  it("refuses the same root twice, naming the block of the first", async () => {
    const store = await freshStore();
    const first = await mined(store.issue(root));
    await expect(store.issue(root))
      .to.be.revertedWithCustomError(store, "AlreadyIssued")
      .withArgs(root, first.blockNumber);
  });

  it("refuses the zero root", async () => {
    const store = await freshStore();
    await expect(store.issue(ZeroHash)).to.be.revertedWithCustomError(store, "ZeroDocument");
  });

  it("issues a bulk whole or not at all", async () => {
    const store = await freshStore();
    for (const bad of [ZeroHash, root]) {
      await expect(store.bulkIssue([root, leaf, bad])).to.be.revert(ethers);
    }
    expect(await store.isIssued(root)).to.equal(false);
    await store.bulkIssue([root, leaf]);
    expect(await store.isIssued(root)).to.equal(true);
    expect(await store.isIssued(leaf)).to.equal(true);
  });

  it("lets an issuer appointed earlier go on after another one was appointed", async () => {
    const store = await freshStore();
    await store.grantRole(id("ISSUER_ROLE"), stranger);
    await store.issue(root);
    await as(store, stranger).issue(leaf);
    expect((await store.anchorOf(root)).account).to.equal(owner.address);
    expect((await store.anchorOf(leaf)).account).to.equal(stranger.address);
  });

  it("stops an issuer whose role was taken, latest appointed or not", async () => {
    const store = await freshStore();
    await store.grantRole(id("ISSUER_ROLE"), stranger);
    for (const account of [stranger, owner]) {
      await store.revokeRole(id("ISSUER_ROLE"), account);
      await expect(as(store, account).issue(root))
        .to.be.revertedWithCustomError(store, "AccessControlUnauthorizedAccount")
        .withArgs(account.address, id("ISSUER_ROLE"));
    }
  });
});

describe("DocumentStore given raw calldata", () => {
  async function send(store: DocumentStore, data: string, from: Signer = owner): Promise<TransactionResponse> {
    return await from.sendTransaction({ to: await store.getAddress(), data });
  }

  it("anchors exactly 32 bytes as a root, with the event of issue", async () => {
    const store = await freshStore();
    await expect(send(store, root)).to.emit(store, "DocumentIssued").withArgs(root);
    expect((await store.anchorOf(root)).account).to.equal(owner.address);
    await expect(store.issue(root)).to.be.revertedWithCustomError(store, "AlreadyIssued");
  });

  for (const length of [0, 1, 3, 4, 31, 33, 36, 64]) {
    it(`refuses ${length} bytes`, async () => {
      const store = await freshStore();
      await expect(send(store, `0x${"fe".repeat(length)}`))
        .to.be.revertedWithCustomError(store, "UnexpectedCalldata")
        .withArgs(length);
    });
  }

  it("refuses the zero root, a root issued before, a stranger, money, and anything while paused", async () => {
    const store = await freshStore();
    await expect(send(store, ZeroHash)).to.be.revertedWithCustomError(store, "ZeroDocument");
    await expect(send(store, root, stranger)).to.be.revertedWithCustomError(store, "AccessControlUnauthorizedAccount");
    const paid = owner.sendTransaction({ to: await store.getAddress(), data: root, value: 1n });
    await expect(paid).to.be.revert(ethers);
    await send(store, root);
    await expect(send(store, root)).to.be.revertedWithCustomError(store, "AlreadyIssued");
    await store.setPaused(true);
    await expect(send(store, leaf)).to.be.revertedWithCustomError(store, "StorePaused");
  });

  it("has no function without arguments that changes state", () => {
    const abi: readonly { type: string; stateMutability?: string; inputs?: readonly unknown[] }[] = documentStoreAbi;
    const changing = abi.filter(({ type, stateMutability }) => type === "function" && stateMutability === "nonpayable");
    expect(changing.length).to.be.greaterThan(10);
    expect(changing.filter(({ inputs }) => inputs?.length === 0)).to.deep.equal([]);
  });

  async function storageHash(store: DocumentStore): Promise<string> {
    const proof: unknown = await ethers.provider.send("eth_getProof", [await store.getAddress(), [], "latest"]);
    return (proof as { storageHash: string }).storageHash;
  }

  it("changes the storage hash by anchoring, so that the next tests can fail", async () => {
    const store = await freshStore();
    const before = await storageHash(store);
    await send(store, root);
    expect(await storageHash(store)).to.not.equal(before);
  });

  for (const fragment of new Interface(documentStoreAbi).fragments.filter(({ type }) => type === "function")) {
    it(`changes nothing for a root that begins like ${fragment.format()}`, async () => {
      const store = await freshStore();
      const colliding = `${id(fragment.format()).slice(0, 10)}${"00".repeat(27)}01`;
      const before = await storageHash(store);
      await send(store, colliding).catch(() => undefined);
      expect(await storageHash(store)).to.equal(before);
      expect(await store.isIssued(colliding)).to.equal(false);
    });
  }
});

describe("DocumentStore.revoke", () => {
  it("revokes a node that was never issued, for ever", async () => {
    const store = await freshStore();
    await expect(store.revoke(leaf)).to.emit(store, "DocumentRevoked").withArgs(leaf);
    expect(await store.isRevoked(leaf)).to.equal(true);
    expect(await store.isIssued(leaf)).to.equal(false);
    expect(await store.isActive(leaf)).to.equal(false);
    const { blockNumber } = await store.revocationOf(leaf);
    await expect(store.revoke(leaf)).to.be.revertedWithCustomError(store, "AlreadyRevoked").withArgs(leaf, blockNumber);
  });

  it("returns true, as older callers expect", async () => {
    expect(await (await freshStore()).revoke.staticCall(leaf)).to.equal(true);
  });

  it("records account, block, time and reason", async () => {
    const store = await freshStore();
    const receipt = await mined(store.revokeWithReason([leaf, root], 3));
    const block = await receipt.getBlock();
    const expected = [BigInt(block.number), BigInt(block.timestamp), owner.address, 3n];
    expect([...(await store.revocationOf(leaf))]).to.deep.equal(expected);
    expect([...(await store.revocationOf(root))]).to.deep.equal(expected);
    expect(await store.documentRevoked(leaf)).to.equal(block.number);
    expect(await store.isRevokedBefore(leaf, block.number)).to.equal(true);
    expect(await store.isRevokedBefore(leaf, block.number - 1)).to.equal(false);
    expect(await store.isRevokedBefore(id("other"), 2n ** 256n - 1n)).to.equal(false);
  });

  it("gives reason 0 where none is stated", async () => {
    const store = await freshStore();
    await store.revoke(leaf);
    await store.bulkRevoke([root]);
    expect((await store.revocationOf(leaf)).reason).to.equal(0n);
    expect((await store.revocationOf(root)).reason).to.equal(0n);
  });

  it("revokes a bulk whole or not at all", async () => {
    const store = await freshStore();
    for (const bad of [ZeroHash, leaf]) {
      await expect(store.bulkRevoke([leaf, root, bad])).to.be.revert(ethers);
      await expect(store.revokeWithReason([leaf, root, bad], 1)).to.be.revert(ethers);
    }
    expect(await store.isRevoked(leaf)).to.equal(false);
    await store.bulkRevoke([leaf, root]);
    expect(await store.isRevoked(leaf)).to.equal(true);
    expect(await store.isRevoked(root)).to.equal(true);
  });

  it("refuses zero", async () => {
    const store = await freshStore();
    await expect(store.revoke(ZeroHash)).to.be.revertedWithCustomError(store, "ZeroDocument");
  });

  it("lets a revoked root stay issued", async () => {
    const store = await freshStore();
    await store.issue(root);
    await store.revoke(root);
    expect(await store.isIssued(root)).to.equal(true);
    expect(await store.isRevoked(root)).to.equal(true);
    expect(await store.isActive(root)).to.equal(false);
  });
});

describe("DocumentStore.multicall", () => {
  it("does several things at once, or none of them", async () => {
    const store = await freshStore();
    const issue = store.interface.encodeFunctionData("issue", [root]);
    const revoke = store.interface.encodeFunctionData("revoke", [leaf]);
    await expect(store.multicall([issue, revoke, issue])).to.be.revertedWithCustomError(store, "AlreadyIssued");
    expect(await store.isRevoked(leaf)).to.equal(false);
    await store.multicall([issue, revoke]);
    expect(await store.isActive(root)).to.equal(true);
    expect(await store.isRevoked(leaf)).to.equal(true);
  });

  it("gives a caller no rights it does not have", async () => {
    const store = await freshStore();
    const asStranger = as(store, stranger);
    for (const call of [store.interface.encodeFunctionData("issue", [root]), root]) {
      await expect(asStranger.multicall([call])).to.be.revertedWithCustomError(
        store,
        "AccessControlUnauthorizedAccount",
      );
    }
  });
});
