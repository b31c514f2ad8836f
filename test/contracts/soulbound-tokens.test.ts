/** Tokens that were claimed: nobody can give one away, and revocation shows. */
import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { as } from "./support/chain.ts";
import {
  deployBoth,
  deployClaimed,
  deployListed,
  document,
  ENTRY,
  graduate,
  NATIVE,
  native,
  networkHelpers,
  other,
  owner,
  REINSTATE,
  REVOKE,
  SORTED,
  statusList,
  stranger,
  SUSPEND,
  tokenId,
} from "./support/awards.ts";

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
