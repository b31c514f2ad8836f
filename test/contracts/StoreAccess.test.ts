/** Who may do what to a document store: each function by each role, pause, handing over. */
import { expect } from "chai";
import { id, Interface, ZeroAddress } from "ethers";
import { documentStoreAbi } from "../../src/chain/artifacts/document-store.ts";
import { as, type DocumentStore, mined, type Signer } from "./support/chain.ts";
import {
  ADMIN,
  admin,
  deployOwned,
  deploySplit,
  ISSUER,
  issuer,
  list,
  networkHelpers,
  node,
  owner,
  REVOKER,
  revoker,
  ROLES,
  stranger,
} from "./support/stores.ts";

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

/** A role read from storage, which the account that most recently became issuer is spared. */
const ROLE_READ_GAS = 2_100;

describe("the gas of issuing", () => {
  let roots = 0;
  async function gasOf(store: DocumentStore, account: Signer): Promise<number> {
    return Number((await mined(as(store, account).issue(id(`root ${++roots}`)))).gasUsed);
  }

  /** True when the first pays less than the second by what the read costs. */
  async function isSpared(store: DocumentStore, account: Signer, other: Signer): Promise<boolean> {
    return (await gasOf(store, other)) - (await gasOf(store, account)) > ROLE_READ_GAS;
  }

  it("is less for whoever became an issuer last", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    await store.grantRole(ISSUER, stranger);
    expect(await isSpared(store, stranger, owner)).to.equal(true);
    await store.grantRole(ISSUER, issuer);
    expect(await isSpared(store, issuer, stranger)).to.equal(true);
  });

  it("stays so when others lose the role, and when the account itself loses another", async () => {
    const store = await networkHelpers.loadFixture(deployOwned);
    for (const account of [stranger, issuer]) await store.grantRole(ISSUER, account);
    await store.grantRole(REVOKER, issuer);
    await store.revokeRole(ISSUER, stranger);
    expect(await isSpared(store, issuer, owner)).to.equal(true);
    await store.revokeRole(REVOKER, issuer);
    expect(await isSpared(store, issuer, owner)).to.equal(true);
  });
});
