/** What the usual transactions of a document store cost: ours, a proxy of ours, or anybody else's, in the same way. */
import { type BaseContract, id } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

export type Ethers = NetworkConnection<"l1">["ethers"];

/** A store to deploy: the output of any compiler, with the arguments of its constructor. */
export interface StoreCode {
  readonly abi: readonly object[];
  readonly bytecode: string;
  readonly args: readonly unknown[];
}

/** Gas by what was done; functions that a store does not have are not measured. */
export type GasReport = Readonly<Record<string, number>>;

/** A transaction that was sent. */
export interface Sent {
  readonly wait: () => Promise<{ readonly gasUsed: bigint } | null>;
}

/** Deploys a store and measures it. The first account must be its owner, issuer and revoker. */
export async function measureStoreCode(ethers: Ethers, { abi, bytecode, args }: StoreCode): Promise<GasReport> {
  const factory = await ethers.getContractFactory([...abi], bytecode);
  const store: BaseContract = await factory.deploy(...args);
  return { deploy: await deploymentGas(store), ...(await measureStore(ethers, store)) };
}

/** Measures a store that is there already. Anchors and revokes in it. */
export async function measureStore(ethers: Ethers, store: BaseContract): Promise<GasReport> {
  const roots = Array.from({ length: 10 }, (_, i) => id(`root ${i}`));
  const report: Record<string, number> = {};
  const measure = async (name: string, signature: string, argument: unknown): Promise<void> => {
    if (!store.interface.hasFunction(signature)) return;
    report[name] = await gasOf(store.getFunction(signature)(argument));
  };
  /** By the function for it, or else by as many calls in one transaction. */
  const measureBulk = async (name: string, bulk: string, single: string): Promise<void> => {
    if (store.interface.hasFunction(bulk)) return await measure(name, bulk, roots);
    const calls = roots.map((root) => store.interface.encodeFunctionData(single, [root]));
    await measure(name, "multicall(bytes[])", calls);
  };
  await measure("issue", "issue(bytes32)", id("one root"));
  if (store.interface.fallback) report["issue a raw root"] = await gasOf(sendRaw(ethers, store, id("a raw root")));
  await measureBulk("issue 10 at once", "bulkIssue(bytes32[])", "issue(bytes32)");
  await measure("revoke", "revoke(bytes32)", id("one root"));
  await measureBulk("revoke 10 at once", "bulkRevoke(bytes32[])", "revoke(bytes32)");
  return report;
}

/** Gas that a transaction used, once mined. */
export async function gasOf(sent: Promise<Sent>): Promise<number> {
  const receipt = await (await sent).wait();
  if (receipt === null) throw new Error("the transaction was not mined");
  return Number(receipt.gasUsed);
}

/** Gas that the deployment of a contract used. */
export async function deploymentGas(contract: BaseContract): Promise<number> {
  const sent = contract.deploymentTransaction();
  if (sent === null) throw new Error("the contract was there before");
  return await gasOf(Promise.resolve(sent));
}

async function sendRaw(ethers: Ethers, store: BaseContract, root: string): Promise<Sent> {
  const [sender] = await ethers.getSigners();
  if (sender === undefined) throw new Error("the chain has no accounts");
  return await sender.sendTransaction({ to: await store.getAddress(), data: root });
}
