/** Stores on the local node, and the writing that tests need; sent from the node's own unlocked accounts. */

import {
  encodeDeployData,
  encodeFunctionData,
  keccak256,
  stringToHex,
  type EncodeFunctionDataParameters,
  type Hex,
} from "viem";

import { documentStoreAbi, documentStoreBytecode } from "../../../src/chain/artifacts/document-store.ts";
import type { Inclusion } from "../../../src/core/claims.ts";
import type { LocalNode } from "../../support/local-node.ts";

/** Hardhat's first accounts. */
export const ACCOUNTS: readonly Hex[] = [
  "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
  "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
  "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
  "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
];
export const OWNER: Hex = ACCOUNTS[0]!;

export interface Mined {
  readonly transactionHash: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly contractAddress: Hex | null;
  readonly status: Hex;
}

/** A digest that stands for a word. */
export function digestOf(word: string): Hex {
  return keccak256(stringToHex(word));
}

/** Sends from an unlocked account and gives the receipt. */
export async function send(node: LocalNode, transaction: { to?: Hex; data: Hex; from?: Hex }): Promise<Mined> {
  const hash = await node.request("eth_sendTransaction", [{ from: OWNER, ...transaction }]);
  return (await node.request("eth_getTransactionReceipt", [hash])) as Mined;
}

/** A store of ours, owned by `owner`. */
export async function deployStore(node: LocalNode, owner: Hex = OWNER): Promise<Hex> {
  const data = encodeDeployData({
    abi: documentStoreAbi,
    bytecode: documentStoreBytecode,
    args: ["University of Example", owner],
  });
  const { contractAddress } = await send(node, { data });
  if (contractAddress === null) throw new Error("no contract was created");
  return contractAddress;
}

type StoreAbi = typeof documentStoreAbi;

/** Calls a function of the store that changes something. */
export async function write(
  node: LocalNode,
  store: Hex,
  call: Omit<EncodeFunctionDataParameters<StoreAbi>, "abi">,
  from: Hex = OWNER,
): Promise<Mined> {
  const data = encodeFunctionData({ abi: documentStoreAbi, ...call });
  return send(node, { to: store, data, from });
}

/** Puts code at an address of its own. */
export async function plant(node: LocalNode, name: string, code: Hex): Promise<Hex> {
  const address: Hex = `0x${digestOf(name).slice(-40)}`;
  await node.request("hardhat_setCode", [address, code]);
  return address;
}

/** How a leaf hangs under a root, for tests that need no real tree: the nodes are just names. */
export function inclusionOf(root: Hex, nodes: readonly Hex[] = [root], path: readonly Hex[] = []): Inclusion {
  const leaf = nodes[0] ?? root;
  return { leaf: { stated: leaf, computed: leaf }, root: { stated: root, computed: root }, path, nodes };
}

/** A bool as a contract returns it. */
export function bool(value: boolean): Hex {
  return word(value ? 1n : 0n);
}

/** A number as a contract returns it. */
export function word(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, "0")}`;
}
