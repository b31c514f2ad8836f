/** Tokens for anchored documents: who may claim, that nobody can give one away, and that revocation shows. */
import { expect } from "chai";
import { concat, id, toUtf8Bytes, ZeroAddress, ZeroHash } from "ethers";
import {
  accounts,
  as,
  deploy,
  type DocumentStore,
  freshChain,
  type Signer,
  type SoulboundAward,
} from "./support/chain.ts";
import { nativeLeaf, positionedTree, sortedTree } from "./support/trees.ts";

const { ethers, networkHelpers, provider } = await freshChain();
const [owner, graduate, employer, stranger, other] = await accounts(ethers);

const REVOKE = 0;
const SUSPEND = 1;
const REINSTATE = 2;
const FAR = 2n ** 48n;
const statusList = id("status list");

const documents = Array.from({ length: 5 }, (_, i) => nativeLeaf(`{"i":${i}}`));
const document = documents[1]!;
const tokenId = BigInt(document);
const native = positionedTree(documents);
const sorted = sortedTree(documents);
const NATIVE = { positioned: true, index: 1, size: 5, path: native.pathOf(1) };
const SORTED = { positioned: false, index: 0, size: 0, path: sorted.pathOf(1) };

interface Permit {
  readonly document: string;
  readonly holder: string;
  readonly statusList: string;
  readonly statusIndex: bigint;
  readonly deadline: bigint;
}

const PERMIT: Permit = { document, holder: graduate.address, statusList: ZeroHash, statusIndex: 0n, deadline: FAR };
const LISTED: Permit = { ...PERMIT, statusList, statusIndex: 300n };

/** The listed entry: bit 44 of word 1. */
const ENTRY = [1, [1n << 44n], 0] as const;

interface Deployed {
  readonly store: DocumentStore;
  readonly award: SoulboundAward;
}

async function deployBoth(): Promise<Deployed> {
  const store = await deploy<DocumentStore>(ethers, "DocumentStore", ["University of Somewhere", owner]);
  const award = await deploy<SoulboundAward>(ethers, "SoulboundAward", [store, "Awards of Somewhere", "AOS"]);
  await store.bulkIssue([native.root, sorted.root]);
  return { store, award };
}

async function sign(award: SoulboundAward, permit: Permit, signer: Signer = owner): Promise<string> {
  const domain = {
    name: "SoulboundAward",
    version: "1",
    chainId: 1337,
    verifyingContract: await award.getAddress(),
  };
  const types = {
    Permit: [
      { name: "document", type: "bytes32" },
      { name: "holder", type: "address" },
      { name: "statusList", type: "bytes32" },
      { name: "statusIndex", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
  };
  return await signer.signTypedData(domain, types, permit);
}

/** Claims as the graduate does, with a permit signed for exactly this. */
async function claim(award: SoulboundAward, permit: Permit = PERMIT, inclusion: object = NATIVE): Promise<unknown> {
  return await as(award, graduate).claim(permit, owner, await sign(award, permit), inclusion);
}

async function deployClaimed(): Promise<Deployed> {
  const deployed = await deployBoth();
  await claim(deployed.award);
  return deployed;
}

async function deployListed(): Promise<Deployed> {
  const deployed = await deployBoth();
  await claim(deployed.award, LISTED);
  return deployed;
}

describe("SoulboundAward.claim", () => {
  for (const [shape, inclusion, root] of [
    ["a position-bound tree", NATIVE, native.root],
    ["a tree of sorted pairs", SORTED, sorted.root],
  ] as const) {
    it(`mints the token of a document in ${shape} to the graduate, locked`, async () => {
      const { award, store } = await networkHelpers.loadFixture(deployBoth);
      const sent = claim(award, PERMIT, inclusion);
      await expect(sent).to.emit(award, "Locked").withArgs(tokenId);
      expect(await award.ownerOf(tokenId)).to.equal(graduate.address);
      expect(await award.locked(tokenId)).to.equal(true);
      expect(await award.isActive(tokenId)).to.equal(true);
      expect(await award.isActiveAlong(tokenId, inclusion)).to.equal(true);
      expect(await award.rootOf(tokenId)).to.equal(root);
      expect(await award.store()).to.equal(await store.getAddress());
    });
  }

  it("is for the holder the permit names, whoever else has a copy of document and permit", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    const signature = await sign(award, PERMIT);
    await expect(as(award, employer).claim(PERMIT, owner, signature, NATIVE))
      .to.be.revertedWithCustomError(award, "NotHolder")
      .withArgs(employer.address);
  });

  it("refuses a permit in which anything was changed after signing", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    const signature = await sign(award, PERMIT);
    const changes: readonly (readonly [Partial<Permit>, Signer])[] = [
      [{ document: documents[2]! }, graduate],
      [{ holder: employer.address }, employer],
      [{ statusList }, graduate],
      [{ statusIndex: 1n }, graduate],
      [{ deadline: FAR + 1n }, graduate],
    ];
    for (const [change, caller] of changes) {
      await expect(as(award, caller).claim({ ...PERMIT, ...change }, owner, signature, NATIVE))
        .to.be.revertedWithCustomError(award, "PermitNotByIssuer")
        .withArgs(owner.address);
    }
  });

  it("refuses a permit for another collection, or signed by no issuer of the store", async () => {
    const { award, store } = await networkHelpers.loadFixture(deployBoth);
    const another = await deploy<SoulboundAward>(ethers, "SoulboundAward", [store, "Other", "O"]);
    const foreign = await sign(another, PERMIT);
    await expect(as(award, graduate).claim(PERMIT, owner, foreign, NATIVE)).to.be.revertedWithCustomError(
      award,
      "PermitNotByIssuer",
    );
    const byStranger = await sign(award, PERMIT, stranger);
    await expect(as(award, graduate).claim(PERMIT, stranger, byStranger, NATIVE))
      .to.be.revertedWithCustomError(award, "PermitNotByIssuer")
      .withArgs(stranger.address);
    await store.revokeRole(id("ISSUER_ROLE"), owner);
    await expect(claim(award)).to.be.revertedWithCustomError(award, "PermitNotByIssuer");
  });

  it("refuses the high half of a signature's curve: one permit, one signature", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const low = await sign(award, PERMIT);
    const s = order - BigInt(`0x${low.slice(66, 130)}`);
    const high = `${low.slice(0, 66)}${s.toString(16).padStart(64, "0")}${low.endsWith("1b") ? "1c" : "1b"}`;
    await expect(as(award, graduate).claim(PERMIT, owner, high, NATIVE)).to.be.revertedWithCustomError(
      award,
      "PermitNotByIssuer",
    );
  });

  it("accepts a permit up to its last second, not after", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    const deadline = BigInt(await networkHelpers.time.latest()) + 1000n;
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1n);
    await expect(claim(award, { ...PERMIT, deadline }))
      .to.be.revertedWithCustomError(award, "PermitExpired")
      .withArgs(deadline);
    const later = BigInt(await networkHelpers.time.latest()) + 1000n;
    await networkHelpers.time.setNextBlockTimestamp(later);
    await claim(award, { ...PERMIT, deadline: later });
    expect(await award.ownerOf(tokenId)).to.equal(graduate.address);
  });

  it("happens once a document, even after burning and to another holder", async () => {
    const { award } = await networkHelpers.loadFixture(deployClaimed);
    await expect(claim(award)).to.be.revertedWithCustomError(award, "AlreadyClaimed").withArgs(document);
    await as(award, graduate).burn(tokenId);
    const permit = { ...PERMIT, holder: other.address };
    await expect(as(award, other).claim(permit, owner, await sign(award, permit), NATIVE))
      .to.be.revertedWithCustomError(award, "AlreadyClaimed")
      .withArgs(document);
  });

  it("refuses a path that leads nowhere, or to a root that was not issued", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    for (const inclusion of [
      { ...NATIVE, index: 0 },
      { ...NATIVE, index: 5 },
      { ...NATIVE, path: [] },
      { ...SORTED, path: [...SORTED.path, id("one more")] },
      { ...NATIVE, positioned: false },
      { ...SORTED, positioned: true },
    ]) {
      await expect(claim(award, PERMIT, inclusion))
        .to.be.revertedWithCustomError(award, "NotAnchored")
        .withArgs(document);
    }
  });

  it("refuses a document that is revoked by leaf, inner node, root or list", async () => {
    const inner = native.inner.filter(({ path }) => path.length === 1).map(({ node }) => node);
    const onPath = inner.find((node) => !NATIVE.path.includes(node));
    for (const node of [document, onPath, native.top, native.root]) {
      const { award, store } = await networkHelpers.loadFixture(deployBoth);
      await store.revoke(node);
      await expect(claim(award)).to.be.revertedWithCustomError(award, "DocumentRevoked").withArgs(document);
    }
    const { award, store } = await networkHelpers.loadFixture(deployBoth);
    await store.setStatus(statusList, REVOKE, ...ENTRY);
    await expect(claim(award, LISTED)).to.be.revertedWithCustomError(award, "DocumentRevoked").withArgs(document);
  });

  it("accepts the permit of an issuer that is a contract (ERC-1271)", async () => {
    const { award, store } = await networkHelpers.loadFixture(deployBoth);
    // Answers every call with ERC-1271's magic value.
    const wallet = `0x${"1271".repeat(10)}`;
    const code = concat(["0x7f", "0x1626ba7e", `0x${"00".repeat(28)}`, "0x60005260206000f3"]);
    await provider.request({ method: "hardhat_setCode", params: [wallet, code] });
    await store.grantRole(id("ISSUER_ROLE"), wallet);
    await as(award, graduate).claim(PERMIT, wallet, "0x", NATIVE);
    expect(await award.ownerOf(tokenId)).to.equal(graduate.address);
  });

  it("puts nothing personal on chain: digests, an account and a position", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    const { data } = await award.claim.populateTransaction(PERMIT, owner, await sign(award, PERMIT), NATIVE);
    expect(data.includes(Buffer.from(toUtf8Bytes('"i":1')).toString("hex"))).to.equal(false);
  });
});

describe("a token of SoulboundAward", () => {
  it("cannot be transferred or approved, by anybody", async () => {
    const { award } = await networkHelpers.loadFixture(deployClaimed);
    for (const caller of [graduate, owner, stranger]) {
      const mine = as(award, caller);
      for (const sent of [mine.approve(other, tokenId), mine.setApprovalForAll(other, true)]) {
        await expect(sent).to.be.revertedWithCustomError(award, "TokenLocked");
      }
    }
    const mine = as(award, graduate);
    for (const signature of ["transferFrom(address,address,uint256)", "safeTransferFrom(address,address,uint256)"]) {
      const sent = mine.getFunction(signature)(graduate, other, tokenId);
      await expect(sent).to.be.revertedWithCustomError(award, "TokenLocked");
    }
    const withData = mine.getFunction("safeTransferFrom(address,address,uint256,bytes)");
    await expect(withData(graduate, other, tokenId, "0x")).to.be.revertedWithCustomError(award, "TokenLocked");
    expect(await award.ownerOf(tokenId)).to.equal(graduate.address);
  });

  it("is burned by its holder alone", async () => {
    const { award } = await networkHelpers.loadFixture(deployClaimed);
    for (const caller of [owner, stranger]) {
      await expect(as(award, caller).burn(tokenId))
        .to.be.revertedWithCustomError(award, "NotHolder")
        .withArgs(caller.address);
    }
    await as(award, graduate).burn(tokenId);
    expect(await award.balanceOf(graduate)).to.equal(0n);
    expect(await award.isActive(tokenId)).to.equal(false);
    expect(await award.isActiveAlong(tokenId, NATIVE)).to.equal(false);
    await expect(award.locked(tokenId)).to.be.revertedWithCustomError(award, "ERC721NonexistentToken");
    await expect(as(award, graduate).burn(tokenId)).to.be.revertedWithCustomError(award, "ERC721NonexistentToken");
  });

  it("does not exist before it is claimed", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    expect(await award.isActive(tokenId)).to.equal(false);
    expect(await award.rootOf(tokenId)).to.equal(ZeroHash);
    await expect(award.locked(tokenId)).to.be.revertedWithCustomError(award, "ERC721NonexistentToken");
    await expect(award.retire(tokenId, NATIVE)).to.be.revertedWithCustomError(award, "NotAnchored");
  });

  it("loses its standing with the document or the root, at once", async () => {
    for (const node of [document, native.root]) {
      const { award, store } = await networkHelpers.loadFixture(deployClaimed);
      await store.revoke(node);
      expect(await award.isActive(tokenId)).to.equal(false);
      expect(await award.isActiveAlong(tokenId, NATIVE)).to.equal(false);
      expect(await award.ownerOf(tokenId)).to.equal(graduate.address);
    }
  });

  it("shows a revoked inner node along its path", async () => {
    const { award, store } = await networkHelpers.loadFixture(deployClaimed);
    await store.revoke(native.top);
    expect(await award.isActive(tokenId)).to.equal(true);
    expect(await award.isActiveAlong(tokenId, NATIVE)).to.equal(false);
    await expect(award.isActiveAlong(tokenId, SORTED)).to.be.revertedWithCustomError(award, "NotAnchored");
    await expect(award.isActiveAlong(tokenId, { ...NATIVE, index: 9 })).to.be.revertedWithCustomError(
      award,
      "NotAnchored",
    );
  });

  it("follows its entry in the status list: suspended and back, revoked for good", async () => {
    const { award, store } = await networkHelpers.loadFixture(deployListed);
    for (const [change, standing] of [
      [SUSPEND, false],
      [REINSTATE, true],
      [REVOKE, false],
      [REINSTATE, false],
    ] as const) {
      await store.setStatus(statusList, change, ...ENTRY);
      expect(await award.isActive(tokenId)).to.equal(standing);
      expect(await award.isActiveAlong(tokenId, NATIVE)).to.equal(standing);
    }
  });

  it("is retired by anybody once its document is revoked by any node or the list, and not before", async () => {
    const { award, store } = await networkHelpers.loadFixture(deployListed);
    const mine = as(award, stranger);
    await store.setStatus(statusList, SUSPEND, ...ENTRY);
    await expect(mine.retire(tokenId, NATIVE)).to.be.revertedWithCustomError(award, "NotRevoked").withArgs(document);
    await expect(mine.retire(tokenId, SORTED)).to.be.revertedWithCustomError(award, "NotAnchored");
    const before = await networkHelpers.takeSnapshot();
    for (const revoke of [
      async () => await store.revoke(native.top),
      async () => await store.revoke(document),
      async () => await store.setStatus(statusList, REVOKE, ...ENTRY),
    ]) {
      await revoke();
      await expect(mine.retire(tokenId, NATIVE))
        .to.emit(award, "Transfer")
        .withArgs(graduate.address, ZeroAddress, tokenId);
      await before.restore();
    }
  });

  it("names its interfaces", async () => {
    const { award } = await networkHelpers.loadFixture(deployBoth);
    for (const [interfaceId, answer] of [
      ["0x01ffc9a7", true],
      ["0x80ac58cd", true],
      ["0x5b5e139f", true],
      ["0xb45a3c0e", true],
      ["0xffffffff", false],
    ] as const) {
      expect(await award.supportsInterface(interfaceId)).to.equal(answer);
    }
    expect([await award.name(), await award.symbol()]).to.deep.equal(["Awards of Somewhere", "AOS"]);
  });
});
