/** What a document store does when a key is stolen, and how much a stolen key can do. */
import { expect } from "chai";
import { id, ZeroAddress } from "ethers";
import { as, type DocumentStore, mined } from "./support/chain.ts";
import {
  ADMIN,
  admin,
  deploySplit,
  ethers,
  ISSUER,
  issuer,
  list,
  networkHelpers,
  node,
  REVOKER,
  revoker,
  stranger,
} from "./support/stores.ts";

describe("a stolen issuing key", () => {
  const before = id("before");
  const after = id("after");

  /** One root anchored by the issuer before the theft, one after. */
  async function deployStolen(): Promise<{ store: DocumentStore; since: number; anchored: number }> {
    const store = await deploySplit();
    await mined(as(store, issuer).issue(before));
    const anchored = await mined(as(store, issuer).issue(after));
    return { store, since: anchored.blockNumber, anchored: anchored.blockNumber };
  }

  it("voids what it anchored from the named block on, and nothing earlier", async () => {
    const { store, since } = await networkHelpers.loadFixture(deployStolen);
    await expect(as(store, admin).declareCompromise(issuer, since))
      .to.emit(store, "CompromiseDeclared")
      .withArgs(issuer.address, since);
    expect(await store.compromisedSince(issuer)).to.equal(since);
    expect(await store.compromisedSince(revoker)).to.equal(0n);
    for (const [root, isVoid] of [
      [before, false],
      [after, true],
    ] as const) {
      expect(await store.isIssued(root)).to.equal(true);
      expect(await store.isRevoked(root)).to.equal(isVoid);
      expect(await store.isActive(root)).to.equal(!isVoid);
    }
  });

  it("voids a root from its own anchoring", async () => {
    const { store, since, anchored } = await networkHelpers.loadFixture(deployStolen);
    await as(store, admin).declareCompromise(issuer, since);
    expect(await store.documentRevoked(after)).to.equal(anchored);
    expect(await store.isRevokedBefore(after, anchored)).to.equal(true);
    expect(await store.isRevokedBefore(after, anchored - 1)).to.equal(false);
    expect(await store.documentRevoked(before)).to.equal(0n);
  });

  it("counts the earlier of revocation and anchoring where both hold", async () => {
    const { store, since, anchored } = await networkHelpers.loadFixture(deployStolen);
    const early = await mined(as(store, revoker).revoke(id("early")));
    await as(store, issuer).issue(id("early"));
    await mined(as(store, revoker).revoke(after));
    await as(store, admin).declareCompromise(issuer, since);
    expect(await store.documentRevoked(id("early"))).to.equal(early.blockNumber);
    expect(await store.documentRevoked(after)).to.equal(anchored);
  });

  it("does not touch what other accounts anchored, nor nodes that were never anchored", async () => {
    const { store, since } = await networkHelpers.loadFixture(deployStolen);
    await as(store, admin).grantRole(ISSUER, stranger);
    await as(store, stranger).issue(node);
    await as(store, admin).declareCompromise(issuer, since);
    await as(store, admin).declareCompromise(ZeroAddress, 1);
    expect(await store.isRevoked(node)).to.equal(false);
    expect(await store.isRevoked(id("never anchored"))).to.equal(false);
  });

  it("loses both writing roles, for good", async () => {
    const { store, since } = await networkHelpers.loadFixture(deployStolen);
    await as(store, admin).grantRole(REVOKER, issuer);
    await as(store, admin).declareCompromise(issuer, since);
    for (const role of [ISSUER, REVOKER]) {
      expect(await store.hasRole(role, issuer)).to.equal(false);
      await expect(as(store, admin).grantRole(role, issuer))
        .to.be.revertedWithCustomError(store, "AccountCompromised")
        .withArgs(issuer.address, since);
    }
    await expect(as(store, issuer).issue(node)).to.be.revertedWithCustomError(
      store,
      "AccessControlUnauthorizedAccount",
    );
  });

  it("can be declared stolen since an earlier block, never since a later or the same one", async () => {
    const { store, since } = await networkHelpers.loadFixture(deployStolen);
    await as(store, admin).declareCompromise(issuer, since);
    for (const later of [since, since + 1]) {
      await expect(as(store, admin).declareCompromise(issuer, later))
        .to.be.revertedWithCustomError(store, "CompromiseNotEarlier")
        .withArgs(issuer.address, since, later);
    }
    await as(store, admin).declareCompromise(issuer, since - 1);
    expect(await store.isRevoked(before)).to.equal(true);
  });

  it("is stolen since a block that exists: not 0, not the next one", async () => {
    const { store } = await networkHelpers.loadFixture(deployStolen);
    const current = await ethers.provider.getBlockNumber();
    for (const invalid of [0, current + 2]) {
      await expect(as(store, admin).declareCompromise(issuer, invalid))
        .to.be.revertedWithCustomError(store, "CompromiseBlockInvalid")
        .withArgs(invalid);
    }
    await as(store, admin).declareCompromise(issuer, (await ethers.provider.getBlockNumber()) + 1);
  });
});

describe("the revocation cap", () => {
  const nodes = Array.from({ length: 12 }, (_, i) => id(`node ${i}`));

  async function deployCapped(): Promise<DocumentStore> {
    const store = await deploySplit();
    await as(store, admin).setRevocationCap(5);
    return store;
  }

  it("is none at first, and announced when set", async () => {
    const store = await networkHelpers.loadFixture(deploySplit);
    expect(await store.revocationCap()).to.equal(0n);
    await as(store, revoker).bulkRevoke(nodes);
    await expect(as(store, admin).setRevocationCap(7)).to.emit(store, "RevocationCapChanged").withArgs(7);
    expect(await store.revocationCap()).to.equal(7n);
  });

  it("counts every kind of revocation of a day together, up to and including the cap", async () => {
    const store = as(await networkHelpers.loadFixture(deployCapped), revoker);
    await store.revoke(nodes[0]);
    await store.bulkRevoke(nodes.slice(1, 3));
    await store.setStatus(list, 0, 0, [0b11n], 0);
    await expect(store.revoke(nodes[3]))
      .to.be.revertedWithCustomError(store, "RevocationCapExceeded")
      .withArgs(revoker.address, 5, 6);
  });

  it("refuses a call that would pass it as a whole", async () => {
    const store = as(await networkHelpers.loadFixture(deployCapped), revoker);
    await expect(store.bulkRevoke(nodes.slice(0, 6))).to.be.revertedWithCustomError(store, "RevocationCapExceeded");
    await expect(store.setStatus(list, 0, 0, [0b11111n, 1n], 0))
      .to.be.revertedWithCustomError(store, "RevocationCapExceeded")
      .withArgs(revoker.address, 5, 6);
    expect(await store.isRevoked(nodes[0])).to.equal(false);
  });

  it("does not count entries that were revoked already, suspensions or their end", async () => {
    const store = as(await networkHelpers.loadFixture(deployCapped), revoker);
    const all = 2n ** 256n - 1n;
    await store.setStatus(list, 0, 0, [0b1111n], 0);
    await store.setStatus(list, 0, 0, [0b11111n], 0);
    await store.setStatus(list, 1, 0, [all], 0);
    await store.setStatus(list, 2, 0, [all], 0);
    await expect(store.revoke(nodes[0])).to.be.revertedWithCustomError(store, "RevocationCapExceeded");
  });

  it("is each revoker's own, and new every UTC day", async () => {
    const store = await networkHelpers.loadFixture(deployCapped);
    await as(store, admin).grantRole(REVOKER, stranger);
    await as(store, revoker).bulkRevoke(nodes.slice(0, 5));
    await as(store, stranger).bulkRevoke(nodes.slice(5, 10));
    const midnight = (Math.floor((await networkHelpers.time.latest()) / 86_400) + 1) * 86_400;
    await networkHelpers.time.setNextBlockTimestamp(midnight - 1);
    await expect(as(store, revoker).revoke(nodes[10])).to.be.revertedWithCustomError(store, "RevocationCapExceeded");
    await networkHelpers.time.setNextBlockTimestamp(midnight);
    await as(store, revoker).bulkRevoke(nodes.slice(10, 12));
    expect(await store.isRevoked(nodes[11])).to.equal(true);
  });

  it("leaves issued roots to the admin while it is set", async () => {
    const store = await networkHelpers.loadFixture(deployCapped);
    await as(store, issuer).issue(node);
    await expect(as(store, revoker).revoke(node))
      .to.be.revertedWithCustomError(store, "AccessControlUnauthorizedAccount")
      .withArgs(revoker.address, ADMIN);
    await as(store, admin).grantRole(REVOKER, admin);
    await as(store, admin).revoke(node);
    expect(await store.isRevoked(node)).to.equal(true);
  });

  it("does not look back: what was spent under a higher one stops no call that revokes nothing new", async () => {
    const store = await networkHelpers.loadFixture(deployCapped);
    await as(store, revoker).setStatus(list, 0, 0, [0b11111n], 0);
    await as(store, admin).setRevocationCap(1);
    await as(store, revoker).setStatus(list, 0, 0, [0b11111n], 0);
    await as(store, admin).setRevocationCap(0);
    await as(store, revoker).setStatus(list, 0, 0, [0b111111n], 0);
    expect((await store.statusOf(list, 5)).revoked).to.equal(true);
  });

  it("stops nobody once removed", async () => {
    const store = await networkHelpers.loadFixture(deployCapped);
    await as(store, issuer).issue(node);
    await as(store, admin).setRevocationCap(0);
    await as(store, revoker).bulkRevoke([node, ...nodes]);
    await as(store, revoker).setStatus(list, 0, 0, [2n ** 256n - 1n], 0);
  });
});
