/** Who may do what to a document store: each function by each role, pause, handing over, stolen keys, the cap. */
import { expect } from "chai";
import { id, Interface, ZeroAddress, ZeroHash } from "ethers";
import { documentStoreAbi } from "../../src/chain/artifacts/document-store.ts";
import { accounts, as, deploy, type DocumentStore, freshChain, mined, type Signer } from "./support/chain.ts";

const { ethers, networkHelpers } = await freshChain();
const [owner, issuer, revoker, stranger, admin] = await accounts(ethers);

const ADMIN = ZeroHash;
const ISSUER = id("ISSUER_ROLE");
const REVOKER = id("REVOKER_ROLE");
const ROLES = [ADMIN, ISSUER, REVOKER];
const node = id("node");
const list = id("list");

/** A store whose three roles are in the hands of three accounts; its owner has none left. */
async function deploySplit(): Promise<DocumentStore> {
  const store = await deploy<DocumentStore>(ethers, "DocumentStore", ["University of Somewhere", owner]);
  await store.grantRole(ISSUER, issuer);
  await store.grantRole(REVOKER, revoker);
  await store.grantRole(ADMIN, admin);
  for (const role of [ISSUER, REVOKER, ADMIN]) await store.renounceRole(role, owner);
  return store;
}

/** A store whose owner holds all three roles. */
async function deployOwned(): Promise<DocumentStore> {
  return await deploy(ethers, "DocumentStore", ["University of Somewhere", owner]);
}

/** Every function that changes state: its arguments, and the role it wants. `undefined` = decided by something else. */
const WRITES: Readonly<Record<string, { readonly args: readonly unknown[]; readonly role?: string }>> = {
  "setPaused(bool)": { args: [true], role: ADMIN },
  "offerRoles(address)": { args: [stranger.address], role: ADMIN },
  "declareCompromise(address,uint256)": { args: [issuer.address, 1], role: ADMIN },
  "setRevocationCap(uint64)": { args: [5], role: ADMIN },
  "grantRole(bytes32,address)": { args: [ISSUER, stranger.address], role: ADMIN },
  "revokeRole(bytes32,address)": { args: [ISSUER, issuer.address], role: ADMIN },
  "issue(bytes32)": { args: [node], role: ISSUER },
  "bulkIssue(bytes32[])": { args: [[node]], role: ISSUER },
  "revoke(bytes32)": { args: [node], role: REVOKER },
  "bulkRevoke(bytes32[])": { args: [[node]], role: REVOKER },
  "revokeWithReason(bytes32[],uint16)": { args: [[node], 1], role: REVOKER },
  "setStatus(bytes32,uint8,uint256,uint256[],uint16)": { args: [list, 0, 0, [1], 1], role: REVOKER },
  "acceptRoles(address)": { args: [admin.address] }, // only the heir: tested below
  "renounceRole(bytes32,address)": { args: [ISSUER, stranger.address] }, // only for oneself: tested below
  "multicall(bytes[])": { args: [[]] }, // gives no rights: tested in DocumentStore.test.ts
};

const WHO: readonly (readonly [string, Signer, string | undefined])[] = [
  ["the admin", admin, ADMIN],
  ["an issuer", issuer, ISSUER],
  ["a revoker", revoker, REVOKER],
  ["a stranger", stranger, undefined],
];

describe("the roles of a DocumentStore", () => {
  it("are decided here for every function that changes state", () => {
    const writes = new Interface(documentStoreAbi).fragments
      .map((fragment) => fragment.format("full"))
      .filter((text) => text.startsWith("function") && !/ (view|pure)/.test(text))
      .map((text) => new Interface([text]).fragments[0]?.format());
    expect(writes).to.have.members(Object.keys(WRITES));
  });

  for (const [signature, { args, role }] of Object.entries(WRITES)) {
    if (role === undefined) continue;
    for (const [name, account, held] of WHO) {
      it(`${held === role ? "let" : "do not let"} ${name} call ${signature}`, async () => {
        const store = await networkHelpers.loadFixture(deploySplit);
        const sent = as(store, account).getFunction(signature)(...args);
        if (held === role) await mined(sent);
        else {
          await expect(sent)
            .to.be.revertedWithCustomError(store, "AccessControlUnauthorizedAccount")
            .withArgs(account.address, role);
        }
      });
    }
  }

  for (const [name, account, held] of WHO) {
    it(`${held === ISSUER ? "let" : "do not let"} ${name} anchor a raw root`, async () => {
      const store = await networkHelpers.loadFixture(deploySplit);
      const sent = account.sendTransaction({ to: await store.getAddress(), data: node });
      if (held === ISSUER) await expect(sent).to.emit(store, "DocumentIssued").withArgs(node);
      else {
        await expect(sent)
          .to.be.revertedWithCustomError(store, "AccessControlUnauthorizedAccount")
          .withArgs(account.address, ISSUER);
      }
    });
  }

  it("are renounced by their holder alone", async () => {
    const store = await networkHelpers.loadFixture(deploySplit);
    const byAnother = as(store, admin).renounceRole(ISSUER, issuer);
    await expect(byAnother).to.be.revertedWithCustomError(store, "AccessControlBadConfirmation");
    await as(store, issuer).renounceRole(ISSUER, issuer);
    expect(await store.hasRole(ISSUER, issuer)).to.equal(false);
  });

  it("are never given to the zero address", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    for (const role of ROLES) {
      await expect(store.grantRole(role, ZeroAddress)).to.be.revertedWithCustomError(store, "ZeroAccount");
    }
  });

  it("show the latest admin as owner, and nobody once it is none", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.grantRole(ISSUER, stranger);
    expect(await store.owner()).to.equal(owner.address);
    await store.grantRole(ADMIN, admin);
    expect(await store.owner()).to.equal(admin.address);
    await store.revokeRole(ISSUER, admin);
    await store.revokeRole(ADMIN, owner);
    expect(await store.owner()).to.equal(admin.address);
    await as(store, admin).renounceRole(ADMIN, admin);
    expect(await store.owner()).to.equal(ZeroAddress);
  });
});

describe("a paused DocumentStore", () => {
  it("says so, in an event and when asked", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    expect(await store.paused()).to.equal(false);
    await expect(store.setPaused(true)).to.emit(store, "Paused").withArgs(owner.address);
    expect(await store.paused()).to.equal(true);
    await expect(store.setPaused(false)).to.emit(store, "Unpaused").withArgs(owner.address);
    expect(await store.paused()).to.equal(false);
  });

  for (const [signature, { args, role }] of Object.entries(WRITES)) {
    if (role === undefined) continue;
    it(`${role === ADMIN ? "still lets its admin call" : "refuses"} ${signature}`, async () => {
      const store = await networkHelpers.loadFixture(deployOwned);
      await store.setPaused(true);
      const sent = store.getFunction(signature)(...args);
      if (role === ADMIN) await mined(sent);
      else await expect(sent).to.be.revertedWithCustomError(store, "StorePaused");
    });
  }

  it("writes again once resumed", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.setPaused(true);
    await store.setPaused(false);
    await store.issue(node);
    expect(await store.isIssued(node)).to.equal(true);
  });
});

describe("handing over a DocumentStore", () => {
  it("moves every role in two steps and leaves none behind", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await expect(store.offerRoles(stranger)).to.emit(store, "RolesOffered").withArgs(owner.address, stranger.address);
    for (const role of ROLES) expect(await store.hasRole(role, stranger)).to.equal(false);
    await as(store, stranger).acceptRoles(owner);
    for (const role of ROLES) {
      expect(await store.hasRole(role, owner)).to.equal(false);
      expect(await store.hasRole(role, stranger)).to.equal(true);
    }
    expect(await store.owner()).to.equal(stranger.address);
    await as(store, stranger).issue(node);
  });

  it("moves only the roles that were held", async () => {
    const store = await networkHelpers.loadFixture(deploySplit);
    await as(store, admin).offerRoles(stranger);
    await as(store, stranger).acceptRoles(admin);
    expect(await store.hasRole(ADMIN, stranger)).to.equal(true);
    expect(await store.hasRole(ISSUER, stranger)).to.equal(false);
    expect(await store.hasRole(REVOKER, stranger)).to.equal(false);
  });

  it("needs an offer to this very account, and works once", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.offerRoles(stranger);
    for (const [account, from] of [
      [issuer, owner],
      [stranger, stranger],
    ] as const) {
      await expect(as(store, account).acceptRoles(from))
        .to.be.revertedWithCustomError(store, "RolesNotOffered")
        .withArgs(from.address, account.address);
    }
    await as(store, stranger).acceptRoles(owner);
    await as(store, stranger).grantRole(ADMIN, owner);
    await expect(as(store, stranger).acceptRoles(owner)).to.be.revertedWithCustomError(store, "RolesNotOffered");
  });

  it("replaces an offer by the next, and withdraws it by offering to nobody", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.offerRoles(stranger);
    await store.offerRoles(issuer);
    await expect(as(store, stranger).acceptRoles(owner)).to.be.revertedWithCustomError(store, "RolesNotOffered");
    await store.offerRoles(ZeroAddress);
    await expect(as(store, issuer).acceptRoles(owner)).to.be.revertedWithCustomError(store, "RolesNotOffered");
  });

  it("withdraws the offer of an admin that loses its role, also for when it gets it back", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.offerRoles(stranger);
    await store.grantRole(ADMIN, admin);
    await as(store, admin).revokeRole(ADMIN, owner);
    await as(store, admin).grantRole(ADMIN, owner);
    await expect(as(store, stranger).acceptRoles(owner)).to.be.revertedWithCustomError(store, "RolesNotOffered");
  });

  it("keeps an offer while other roles of the admin change", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.offerRoles(stranger);
    await store.revokeRole(ISSUER, owner);
    await as(store, stranger).acceptRoles(owner);
    expect(await store.hasRole(ISSUER, stranger)).to.equal(false);
    expect(await store.hasRole(REVOKER, stranger)).to.equal(true);
  });
});

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

  it("stops nobody once removed", async () => {
    const store = await networkHelpers.loadFixture(deployCapped);
    await as(store, issuer).issue(node);
    await as(store, admin).setRevocationCap(0);
    await as(store, revoker).bulkRevoke([node, ...nodes]);
    await as(store, revoker).setStatus(list, 0, 0, [2n ** 256n - 1n], 0);
  });
});
