/** Behaviour of the document store: anchoring, by function and by raw root, and revocation. */
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
