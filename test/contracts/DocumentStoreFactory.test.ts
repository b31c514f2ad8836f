/** The factory: foretold addresses, stores and proxies that belong to whom they should, nothing left to seize. */
import { expect } from "chai";
import { concat, dataLength, getAddress, id, keccak256, ZeroAddress } from "ethers";
import { documentStoreCodeHash } from "../../src/chain/artifacts/document-store.ts";
import { documentStoreTemplateCodeHash } from "../../src/chain/artifacts/document-store-template.ts";
import {
  accounts,
  as,
  deploy,
  type DocumentStore,
  type DocumentStoreFactory,
  freshChain,
  mined,
} from "./support/chain.ts";

const { ethers, networkHelpers } = await freshChain();
const [deployer, owner, stranger] = await accounts(ethers);
const salt = id("salt");
const NAME = "University of Somewhere";

async function deployFactory(): Promise<DocumentStoreFactory> {
  return await deploy(ethers, "DocumentStoreFactory", []);
}

async function storeAt(address: string): Promise<DocumentStore> {
  const { interface: abi } = await ethers.getContractFactory("DocumentStoreTemplate");
  return (await ethers.getContractAt([...abi.fragments], address)) as unknown as DocumentStore;
}

describe("DocumentStoreFactory", () => {
  for (const [make, foretell, proxy] of [
    ["deployStore", "storeAddress", false],
    ["cloneStore", "cloneAddress", true],
  ] as const) {
    describe(make, () => {
      it("creates the store at the foretold address, all roles with its owner", async () => {
        const factory = await networkHelpers.loadFixture(deployFactory);
        const address = String(await factory[foretell](NAME, owner, salt));
        await expect(factory[make](NAME, owner, salt))
          .to.emit(factory, "StoreDeployed")
          .withArgs(address, owner.address, proxy);
        const store = await storeAt(address);
        expect(await store.name()).to.equal(NAME);
        expect(await store.owner()).to.equal(owner.address);
        for (const role of [await store.DEFAULT_ADMIN_ROLE(), await store.ISSUER_ROLE(), await store.REVOKER_ROLE()]) {
          expect(await store.hasRole(role, owner)).to.equal(true);
          for (const other of [factory, deployer]) expect(await store.hasRole(role, other)).to.equal(false);
        }
      });

      it("answers with the address it deployed to", async () => {
        const factory = await networkHelpers.loadFixture(deployFactory);
        const foretold: unknown = await factory[foretell](NAME, owner, salt);
        expect(await factory[make].staticCall(NAME, owner, salt)).to.equal(foretold);
      });

      it("makes a store that issues, by function and by raw root", async () => {
        const factory = await networkHelpers.loadFixture(deployFactory);
        await factory[make](NAME, owner, salt);
        const address = String(await factory[foretell](NAME, owner, salt));
        const store = as(await storeAt(address), owner);
        await store.issue(id("1"));
        await owner.sendTransaction({ to: address, data: id("2") });
        expect([await store.isIssued(id("1")), await store.isIssued(id("2"))]).to.deep.equal([true, true]);
        await expect(as(store, deployer).issue(id("3"))).to.be.revertedWithCustomError(
          store,
          "AccessControlUnauthorizedAccount",
        );
      });

      it("refuses the same name, owner and salt twice, whoever asks", async () => {
        const factory = await networkHelpers.loadFixture(deployFactory);
        await factory[make](NAME, owner, salt);
        const address: unknown = await factory[foretell](NAME, owner, salt);
        await expect(as(factory, stranger)[make](NAME, owner, salt))
          .to.be.revertedWithCustomError(factory, "AlreadyDeployed")
          .withArgs(address);
      });

      it("gives each name, owner and salt an address of its own", async () => {
        const factory = await networkHelpers.loadFixture(deployFactory);
        const addresses = await Promise.all([
          factory[foretell](NAME, owner, salt),
          factory[foretell]("University of Elsewhere", owner, salt),
          factory[foretell](NAME, stranger, salt),
          factory[foretell](NAME, owner, id("another salt")),
        ]);
        expect(new Set(addresses).size).to.equal(4);
      });

      it("refuses a store without an owner", async () => {
        const factory = await networkHelpers.loadFixture(deployFactory);
        const store = await ethers.getContractFactory("DocumentStore");
        await expect(factory[make](NAME, ZeroAddress, salt)).to.be.revertedWithCustomError(store, "ZeroAccount");
      });
    });
  }

  it("deploys the listed release: the code hash of a store is the embedded one", async () => {
    const factory = await networkHelpers.loadFixture(deployFactory);
    await factory.deployStore(NAME, owner, salt);
    const store = String(await factory.storeAddress(NAME, owner, salt));
    expect(keccak256(await ethers.provider.getCode(store))).to.equal(documentStoreCodeHash);
    const template = String(await factory.template());
    expect(keccak256(await ethers.provider.getCode(template))).to.equal(documentStoreTemplateCodeHash);
  });

  it("clones by ERC-1167, pointing at the template", async () => {
    const factory = await networkHelpers.loadFixture(deployFactory);
    await factory.cloneStore(NAME, owner, salt);
    const code = await ethers.provider.getCode(String(await factory.cloneAddress(NAME, owner, salt)));
    const template = String(await factory.template());
    expect(code).to.equal(concat(["0x363d3d373d3d3d363d73", template, "0x5af43d82803e903d91602b57fd5bf3"]));
    expect(dataLength(code)).to.equal(45);
  });

  it("leaves neither a clone nor the template to be initialised by anybody", async () => {
    const factory = await networkHelpers.loadFixture(deployFactory);
    await factory.cloneStore(NAME, owner, salt);
    for (const address of [await factory.cloneAddress(NAME, owner, salt), await factory.template()]) {
      const store = await storeAt(getAddress(String(address)));
      const initialise = store.getFunction("initialise");
      await expect(initialise("Mine", stranger)).to.be.revertedWithCustomError(store, "AlreadyInitialised");
    }
  });

  it("belongs to nobody: the template's roles are the factory's, which cannot use them", async () => {
    const factory = await networkHelpers.loadFixture(deployFactory);
    const template = await storeAt(String(await factory.template()));
    expect(await template.owner()).to.equal(await factory.getAddress());
    await expect(as(template, deployer).issue(id("1"))).to.be.revertedWithCustomError(
      template,
      "AccessControlUnauthorizedAccount",
    );
  });

  it("fits a factory, a store and its template each into one transaction below the cap of EIP-7825", async () => {
    const factory = await deployFactory();
    const receipt = await factory.deploymentTransaction()?.wait();
    const store = await mined(factory.deployStore(NAME, owner, salt));
    for (const { gasUsed } of [receipt!, store]) expect(Number(gasUsed)).to.be.lessThan(16_777_216);
  });
});
