/** The document store as OpenAttestation's clients know it: selectors, topics, interfaces, answers. */
import { expect } from "chai";
import { id, Interface, ZeroAddress, ZeroHash } from "ethers";
import { documentStoreAbi } from "../../src/chain/artifacts/document-store.ts";
import { accounts, deploy, type DocumentStore, freshChain, mined } from "./support/chain.ts";

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
