/**
 * OpenAttestation's document stores beside ours, measured in one run: `node scripts/gas/measure-peers.ts`.
 * Their packages come from `test/peers` (`npm ci` there first).
 */
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { artifacts, network, tasks } from "hardhat";
import { type GasReport, measureStoreCode, type StoreCode } from "./measure-store.ts";

/** Packages, and the factory class in each; constructors of the stores take `(name, owner)`. */
const PEERS = [
  ["@govtechsg/document-store", "DocumentStoreFactory"],
  ["@tradetrust-tt/document-store", "DocumentStoreFactory"],
  ["@govtechsg/document-store-ethers-v5", "DocumentStore__factory"],
] as const;

/** A contract factory of ethers 5, as far as it is used here. */
type FactoryClass = new () => { readonly bytecode: string; readonly interface: { format(kind: "json"): string } };

/** Our store and theirs, by name. */
export async function measureBeside(): Promise<Readonly<Record<string, GasReport>>> {
  await tasks.getTask("build").run({ quiet: true, noTests: true });
  const load = createRequire(resolve("test/peers/package.json"));
  const ours = await artifacts.readArtifact("DocumentStore");
  const stores: readonly (readonly [string, Pick<StoreCode, "abi" | "bytecode">])[] = [
    ["DocumentStore of this repository", { abi: ours.abi, bytecode: ours.bytecode }],
    ...PEERS.map(([name, exported]) => [name, toCode(load(name), exported)] as const),
  ];
  const report: Record<string, GasReport> = {};
  for (const [name, { abi, bytecode }] of stores) {
    const { ethers } = await network.create({ network: "default", chainType: "l1" });
    const [owner] = await ethers.getSigners();
    report[name] = await measureStoreCode(ethers, { abi, bytecode, args: ["University of Somewhere", owner?.address] });
  }
  return report;
}

function toCode(loaded: unknown, exported: string): Pick<StoreCode, "abi" | "bytecode"> {
  const Factory = (loaded as Readonly<Record<string, FactoryClass | undefined>>)[exported];
  if (Factory === undefined) throw new Error(`${exported} is not exported any more`);
  const factory = new Factory();
  return { abi: JSON.parse(factory.interface.format("json")) as object[], bytecode: factory.bytecode };
}

if (import.meta.main) console.table(await measureBeside());
