/**
 * What every contract weighs and costs. `node scripts/gas/measure.ts` prints it, `--write` renews the committed snapshot
 * `test/contracts/gas.snapshot.json`, which a test compares: a change of cost is a diff to be read.
 */
import { writeFile } from "node:fs/promises";
import { concat, id, keccak256, ZeroAddress } from "ethers";
import { artifacts, network, tasks } from "hardhat";
import { measureStatus } from "./measure-status.ts";
import { deploymentGas, type Ethers, gasOf, type GasReport, measureStore, measureStoreCode } from "./measure-store.ts";

export const SNAPSHOT = "test/contracts/gas.snapshot.json";

/** By subject, then by what is measured: bytes of code or gas. */
export type GasSnapshot = Readonly<Record<string, GasReport>>;

const CONTRACTS = [
  "DocumentStore",
  "DocumentStoreTemplate",
  "DocumentStoreFactory",
  "RecognitionRegistry",
  "SoulboundAward",
  "CredentialVerifier",
  "StoreLens",
];

const NAME = "University of Somewhere";

const PERMIT = [
  { name: "document", type: "bytes32" },
  { name: "holder", type: "address" },
  { name: "statusList", type: "bytes32" },
  { name: "statusIndex", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/** Everything measured, on a fresh chain: the same numbers every time. */
export async function measureAll(): Promise<GasSnapshot> {
  await tasks.getTask("build").run({ quiet: true, noTests: true });
  const { ethers } = await network.create({ network: "default", chainType: "l1" });
  return {
    "bytes of runtime code": await codeSizes("deployedBytecode"),
    "bytes of creation code": await codeSizes("bytecode"),
    "DocumentStore, deployed directly": await measureDirect(ethers),
    "DocumentStore, a clone": await measureClone(ethers),
    "status lists, gas per entry": await measureLists(ethers),
    RecognitionRegistry: await measureRegistry(ethers),
    SoulboundAward: await measureAward(ethers),
  };
}

async function codeSizes(part: "bytecode" | "deployedBytecode"): Promise<GasReport> {
  const sizes = CONTRACTS.filter((name) => part === "bytecode" || name !== "StoreLens").map(async (name) => {
    const artifact = await artifacts.readArtifact(name);
    return [name, (artifact[part].length - 2) / 2] as const;
  });
  return Object.fromEntries(await Promise.all(sizes));
}

async function measureDirect(ethers: Ethers): Promise<GasReport> {
  const { abi, bytecode } = await artifacts.readArtifact("DocumentStore");
  return await measureStoreCode(ethers, { abi, bytecode, args: [NAME, await ownerOf(ethers)] });
}

async function measureClone(ethers: Ethers): Promise<GasReport> {
  const factory = await ethers.deployContract("DocumentStoreFactory", []);
  const args = [NAME, await ownerOf(ethers), id("salt")];
  const deploy = await gasOf(factory.getFunction("cloneStore")(...args));
  const address: string = await factory.getFunction("cloneAddress")(...args);
  const store = await ethers.getContractAt("DocumentStore", address);
  return {
    "deploy the factory, once a chain": await deploymentGas(factory),
    deploy,
    ...(await measureStore(ethers, store)),
  };
}

async function measureLists(ethers: Ethers): Promise<GasReport> {
  const store = await ethers.deployContract("DocumentStore", [NAME, await ownerOf(ethers)]);
  return { ...(await measureStatus(store, 10_000)), ...(await measureStatus(store, 1_000_000)) };
}

async function measureRegistry(ethers: Ethers): Promise<GasReport> {
  const owner = await ownerOf(ethers);
  const registry = await ethers.deployContract("RecognitionRegistry", []);
  const scope = { types: 255, level: 8, jurisdiction: "0x444500000000", from: 1, until: 2n ** 48n - 1n, depth: 1 };
  const recognise = registry.getFunction("recognise");
  return {
    deploy: await deploymentGas(registry),
    "recognise in one's own right": await gasOf(recognise("did:web:accreditor.example", owner, 0, scope)),
    "recognise, passed on": await gasOf(recognise("did:web:uni.example", ZeroAddress, 1, { ...scope, depth: 0 })),
    withdraw: await gasOf(registry.getFunction("withdraw")(2, await ethers.provider.getBlockNumber(), 1)),
  };
}

async function measureAward(ethers: Ethers): Promise<GasReport> {
  const [owner] = await ethers.getSigners();
  if (owner === undefined) throw new Error("the chain has no accounts");
  const store = await ethers.deployContract("DocumentStore", [NAME, owner]);
  const award = await ethers.deployContract("SoulboundAward", [store, NAME, "AWD"]);
  const claim = async (document: string, statusList: string): Promise<number> => {
    const path = Array.from({ length: 10 }, (_, i) => id(`sibling ${i}`));
    await store.getFunction("issue")(path.reduce(sortedPair, document));
    const permit = { document, holder: owner.address, statusList, statusIndex: 7, deadline: 2n ** 48n };
    const domain = { name: "SoulboundAward", version: "1", chainId: 1337, verifyingContract: await award.getAddress() };
    const signature = await owner.signTypedData(domain, { Permit: PERMIT }, permit);
    const inclusion = { positioned: false, index: 0, size: 0, path };
    return await gasOf(award.getFunction("claim")(permit, owner, signature, inclusion));
  };
  // The first token of a holder writes a balance, so one is claimed before measuring.
  await claim(id("first"), id("list"));
  return {
    deploy: await deploymentGas(award),
    "claim, path of 10": await claim(id("second"), `0x${"00".repeat(32)}`),
    "claim, path of 10, with a status list": await claim(id("third"), id("list")),
    burn: await gasOf(award.getFunction("burn")(id("second"))),
  };
}

function sortedPair(a: string, b: string): string {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

async function ownerOf(ethers: Ethers): Promise<string> {
  const [owner] = await ethers.getSigners();
  if (owner === undefined) throw new Error("the chain has no accounts");
  return owner.address;
}

if (import.meta.main) {
  const text = `${JSON.stringify(await measureAll(), undefined, 2)}\n`;
  if (process.argv.includes("--write")) await writeFile(SNAPSHOT, text);
  console.log(text);
}
