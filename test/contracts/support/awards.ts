/** Documents under two roots, a store that issued them and a collection of tokens for it. */
import { id, ZeroHash } from "ethers";
import {
  accounts,
  as,
  deploy,
  type DocumentStore,
  freshChain,
  type Signer,
  type SoulboundAward,
  type Chain,
  type Ethers,
} from "./chain.ts";
import { nativeLeaf, positionedTree, sortedTree, type Tree } from "./trees.ts";

const chain = await freshChain();
export const ethers: Ethers = chain.ethers;
export const networkHelpers: Chain["networkHelpers"] = chain.networkHelpers;
export const provider: Chain["provider"] = chain.provider;

const cast = await accounts(ethers);
export const owner: Signer = cast[0];
export const graduate: Signer = cast[1];
export const employer: Signer = cast[2];
export const stranger: Signer = cast[3];
export const other: Signer = cast[4];

export const REVOKE = 0;
export const SUSPEND = 1;
export const REINSTATE = 2;
export const FAR: bigint = 2n ** 48n;
export const statusList: string = id("status list");

export const documents: readonly string[] = Array.from({ length: 5 }, (_, i) => nativeLeaf(`{"i":${i}}`));
export const document: string = documents[1]!;
export const tokenId: bigint = BigInt(document);
export const native: Tree = positionedTree(documents);
export const sorted: Tree = sortedTree(documents);

export interface Inclusion {
  readonly positioned: boolean;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
}

export const NATIVE: Inclusion = { positioned: true, index: 1, size: 5, path: native.pathOf(1) };
export const SORTED: Inclusion = { positioned: false, index: 0, size: 0, path: sorted.pathOf(1) };

export interface Permit {
  readonly document: string;
  readonly holder: string;
  readonly statusList: string;
  readonly statusIndex: bigint;
  readonly deadline: bigint;
}

export const PERMIT: Permit = {
  document,
  holder: graduate.address,
  statusList: ZeroHash,
  statusIndex: 0n,
  deadline: FAR,
};
export const LISTED: Permit = { ...PERMIT, statusList, statusIndex: 300n };

/** The listed entry: bit 44 of word 1. */
export const ENTRY: readonly [number, readonly bigint[], number] = [1, [1n << 44n], 0];

export interface Deployed {
  readonly store: DocumentStore;
  readonly award: SoulboundAward;
}

export async function deployBoth(): Promise<Deployed> {
  const store = await deploy<DocumentStore>(ethers, "DocumentStore", ["University of Somewhere", owner]);
  const award = await deploy<SoulboundAward>(ethers, "SoulboundAward", [store, "Awards of Somewhere", "AOS"]);
  await store.bulkIssue([native.root, sorted.root]);
  return { store, award };
}

export async function sign(award: SoulboundAward, permit: Permit, signer: Signer = owner): Promise<string> {
  const domain = {
    name: "SoulboundAward",
    version: "1",
    chainId: 1337,
    verifyingContract: await award.getAddress(),
  };
  const types = {
    Permit: [
      { name: "document", type: "bytes32" },
      { name: "holder", type: "address" },
      { name: "statusList", type: "bytes32" },
      { name: "statusIndex", type: "uint256" },
      { name: "deadline", type: "uint256" },
    ],
  };
  return await signer.signTypedData(domain, types, permit);
}

/** Claims as the graduate does, with a permit signed for exactly this. */
export async function claim(
  award: SoulboundAward,
  permit: Permit = PERMIT,
  inclusion: Inclusion = NATIVE,
): Promise<unknown> {
  return await as(award, graduate).claim(permit, owner, await sign(award, permit), inclusion);
}

export async function deployClaimed(): Promise<Deployed> {
  const deployed = await deployBoth();
  await claim(deployed.award);
  return deployed;
}

export async function deployListed(): Promise<Deployed> {
  const deployed = await deployBoth();
  await claim(deployed.award, LISTED);
  return deployed;
}
