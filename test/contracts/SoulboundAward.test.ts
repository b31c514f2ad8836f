/** Tokens for anchored documents: who may claim one. */
import { expect } from "chai";
import { concat, id, toUtf8Bytes, ZeroHash } from "ethers";
import { as, deploy, type Signer, type SoulboundAward } from "./support/chain.ts";
import {
  claim,
  deployBoth,
  deployClaimed,
  document,
  documents,
  employer,
  ENTRY,
  ethers,
  FAR,
  graduate,
  LISTED,
  NATIVE,
  native,
  networkHelpers,
  other,
  owner,
  PERMIT,
  type Permit,
  provider,
  REVOKE,
  sign,
  SORTED,
  sorted,
  statusList,
  stranger,
  tokenId,
} from "./support/awards.ts";

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

  it("asks no list for a document that has none, not even one without a name", async () => {
    const { award, store } = await networkHelpers.loadFixture(deployBoth);
    await store.setStatus(ZeroHash, REVOKE, 0, [2n ** 256n - 1n], 0);
    await claim(award);
    expect(await award.isActive(tokenId)).to.equal(true);
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
