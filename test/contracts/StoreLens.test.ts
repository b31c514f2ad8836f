/** The deployless reader: what one eth_call says about a store, good, absent or hostile. */
import { expect } from "chai";
import { type BytesLike, concat, dataLength, getBytes, hexlify, id, keccak256 } from "ethers";
import { storeLensNodesPerCall } from "../../src/chain/artifacts/store-lens.ts";
import { accounts, deploy, type DocumentStore, freshChain } from "./support/chain.ts";

const { ethers, provider } = await freshChain();
const [owner, asker] = await accounts(ethers);
const lens = await ethers.getContractFactory("StoreLens");

const IS_ISSUED = "0x163aa631";
const IS_REVOKED = "0x4294857f";
const EMPTY_CODE_HASH = keccak256("0x");
const NOWHERE = `0x${"00".repeat(20)}`;
const NO_HASH = `0x${"00".repeat(32)}`;

interface Report {
  readonly chainId: bigint;
  readonly blockNumber: bigint;
  readonly time: bigint;
  readonly codeSize: bigint;
  readonly codeHash: string;
  readonly target: string;
  readonly targetHash: string;
  readonly answers: readonly number[];
}

/** Asks as a client does; the offsets are those of the contract's documentation. */
async function ask(store: string, questions: string[], nodes: string[][], gasPerCall = 100_000): Promise<Report> {
  const { data } = await lens.getDeployTransaction(store, gasPerCall, questions, nodes);
  const answer = await provider.request({ method: "eth_call", params: [{ from: asker.address, data }, "latest"] });
  const report = getBytes(answer as BytesLike);
  expect(report[0]).to.equal(1);
  const word = (start: number, end: number): bigint => BigInt(hexlify(report.slice(start, end)));
  return {
    chainId: word(1, 33),
    blockNumber: word(33, 41),
    time: word(41, 49),
    codeSize: word(49, 53),
    codeHash: hexlify(report.slice(53, 85)),
    target: hexlify(report.slice(85, 105)),
    targetHash: hexlify(report.slice(105, 137)),
    answers: Array.from(report.slice(137)),
  };
}

/** Puts raw EVM code at an address of its own. */
async function contractOf(name: string, code: string): Promise<string> {
  const address = `0x${id(name).slice(-40)}`;
  await provider.request({ method: "hardhat_setCode", params: [address, code] });
  return address;
}

describe("StoreLens", () => {
  const issued = id("issued");
  const revoked = id("revoked");
  const other = id("other");
  let store: DocumentStore;

  before(async () => {
    store = await deploy(ethers, "DocumentStore", ["University of Somewhere", owner]);
    await store.issue(issued);
    await store.revoke(revoked);
  });

  it("answers each question for its own nodes, in order", async () => {
    const nodes = [
      [issued, other],
      [issued, revoked, other],
    ];
    const { answers } = await ask(await store.getAddress(), [IS_ISSUED, IS_REVOKED], nodes);
    expect(answers).to.deep.equal([1, 0, 0, 1, 0]);
  });

  it("has nothing to say where a question has no nodes", async () => {
    const { answers } = await ask(await store.getAddress(), [IS_ISSUED, IS_REVOKED], [[], [revoked]]);
    expect(answers).to.deep.equal([1]);
  });

  it("refuses questions without a list of nodes", async () => {
    const asked = ask(await store.getAddress(), [IS_ISSUED, IS_REVOKED], [[issued]]);
    expect(await asked.catch((error: unknown) => String(error))).to.match(/panic|out-of-bounds|revert/i);
  });

  it("names chain, block and code it saw", async () => {
    const address = await store.getAddress();
    const block = await ethers.provider.getBlock("latest");
    const code = await ethers.provider.getCode(address);
    expect(await ask(address, [], [])).to.deep.equal({
      chainId: 1337n,
      blockNumber: BigInt(block?.number ?? 0),
      time: BigInt(block?.timestamp ?? 0),
      codeSize: BigInt(dataLength(code)),
      codeHash: keccak256(code),
      target: NOWHERE,
      targetHash: NO_HASH,
      answers: [],
    });
  });

  it("proves that there is no contract, instead of answering", async () => {
    const untouched = await ask(`0x${"e5".repeat(20)}`, [IS_ISSUED], [[issued]]);
    expect([untouched.codeSize, untouched.codeHash, untouched.answers]).to.deep.equal([0n, NO_HASH, []]);
    const plainAccount = await ask(owner.address, [IS_ISSUED], [[issued]]);
    expect([plainAccount.codeSize, plainAccount.codeHash, plainAccount.answers]).to.deep.equal([
      0n,
      EMPTY_CODE_HASH,
      [],
    ]);
  });

  it("resolves a minimal proxy", async () => {
    const target = (await store.getAddress()).toLowerCase();
    const code = concat(["0x363d3d373d3d3d363d73", target, "0x5af43d82803e903d91602b57fd5bf3"]);
    const report = await ask(await contractOf("proxy", code), [IS_ISSUED], [[issued]]);
    expect(report.codeHash).to.equal(keccak256(code));
    expect([report.target, report.targetHash]).to.deep.equal([
      target,
      keccak256(await ethers.provider.getCode(target)),
    ]);
    expect(report.answers).to.deep.equal([0]);
  });

  it("takes nothing else of 45 bytes for a minimal proxy", async () => {
    // somebody always sends ether to nobody, whose code then has a hash: that of none
    await provider.request({ method: "hardhat_setBalance", params: [NOWHERE, "0x1"] });
    const almost = concat(["0x363d3d373d3d3d363d73", await store.getAddress(), "0x5af43d82803e903d91602b57fd5bf4"]);
    const report = await ask(await contractOf("almost a proxy", almost), [], []);
    expect([report.target, report.targetHash]).to.deep.equal([NOWHERE, NO_HASH]);
  });

  const HOSTILE: readonly (readonly [string, string, number])[] = [
    ["answers false", "0x60006000526020 6000f3", 0],
    ["answers true", "0x6001600052602 06000f3", 1],
    ["reverts", "0x60006000fd", 2],
    ["reverts with the word 1", "0x600160005260206000fd", 2],
    ["burns all gas", "0x5b600056", 2],
    ["runs an invalid opcode", "0xfe", 2],
    ["changes state", "0x600160005560016000526020 6000f3", 2],
    ["returns nothing", "0x00", 3],
    ["returns 31 bytes", "0x6001600052601f6000f3", 3],
    ["returns 33 bytes", "0x600160005260216000f3", 3],
    ["returns 64 bytes", "0x600160005260406000f3", 3],
    ["returns 2", "0x600260005260206000f3", 3],
    ["returns all ones", "0x60001960005260206000f3", 3],
    ["returns 100 kB", "0x6001600052620186a06000f3", 3],
  ];
  for (const [what, code, answer] of HOSTILE) {
    it(`reports ${answer} for a store that ${what}`, async () => {
      const address = await contractOf(what, code.replaceAll(" ", ""));
      expect((await ask(address, [IS_ISSUED], [[issued, other]])).answers).to.deep.equal([answer, answer]);
    });
  }

  it("refuses as a whole where the gas does not give each question its share", async () => {
    const { data } = await lens.getDeployTransaction(await store.getAddress(), 2_000_000, [IS_ISSUED], [[issued]]);
    const call = { from: asker.address, data, gas: "0xf4240" }; // 1,000,000: more than enough for an honest store
    const error = await provider.request({ method: "eth_call", params: [call, "latest"] }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect((error as { data?: string }).data).to.equal(lens.interface.getError("NotEnoughGas")?.selector);
  });

  it("takes as many nodes in one call as the library believes", async () => {
    const nodes = Array.from({ length: storeLensNodesPerCall }, (_, i) => (i % 2 === 0 ? issued : id(`${i}`)));
    const { data } = await lens.getDeployTransaction(await store.getAddress(), 100_000, Array(8).fill(IS_ISSUED), [
      nodes,
      ...Array.from({ length: 7 }, () => []),
    ]);
    expect(dataLength(data)).to.be.within(49_152 - 63, 49_152);
    const { answers } = await ask(await store.getAddress(), [IS_ISSUED], [nodes]);
    expect(answers.filter((answer) => answer === 1).length).to.equal(Math.ceil(nodes.length / 2));
    expect(answers.length).to.equal(nodes.length);
  });
});
