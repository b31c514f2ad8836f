/** The questions to document stores of every generation, and to token registries, as call data. */

import { concatHex, encodeAbiParameters, toFunctionSelector } from "viem";

import type { Hex } from "../core/bytes.ts";

/** Functions of one node: root, inner node or leaf. */
export type NodeFunction =
  "isIssued" | "isRevoked" | "anchorOf" | "revocationOf" | "documentIssued" | "documentRevoked" | "getIssuedBlock";

const NODE_SELECTORS: Readonly<Record<NodeFunction, Hex>> = {
  isIssued: toFunctionSelector("isIssued(bytes32)"),
  isRevoked: toFunctionSelector("isRevoked(bytes32)"),
  anchorOf: toFunctionSelector("anchorOf(bytes32)"),
  revocationOf: toFunctionSelector("revocationOf(bytes32)"),
  documentIssued: toFunctionSelector("documentIssued(bytes32)"),
  documentRevoked: toFunctionSelector("documentRevoked(bytes32)"),
  getIssuedBlock: toFunctionSelector("getIssuedBlock(bytes32)"),
};

/** The newer generation takes root, leaf and path in one question. */
const PROVEN_SELECTORS = {
  isIssued: toFunctionSelector("isIssued(bytes32,bytes32,bytes32[])"),
  isRevoked: toFunctionSelector("isRevoked(bytes32,bytes32,bytes32[])"),
} as const;

const SUPPORTS_INTERFACE: Hex = toFunctionSelector("supportsInterface(bytes4)");
const COMPROMISED_SINCE: Hex = toFunctionSelector("compromisedSince(address)");
const OWNER_OF: Hex = toFunctionSelector("ownerOf(uint256)");

/** "Batchable": how a store of the newer generation is told from the others. */
const BATCHABLE = "0xdcfd0745";

/** Selector of a function of one node. */
export function nodeSelector(name: NodeFunction): Hex {
  return NODE_SELECTORS[name];
}

/** `name(node)`: the selector and the node, 36 bytes. */
export function nodeCall(name: NodeFunction, node: Hex): Hex {
  return concatHex([NODE_SELECTORS[name], node]);
}

/** `isIssued` or `isRevoked` of the newer generation. */
export function provenCall(name: "isIssued" | "isRevoked", root: Hex, leaf: Hex, path: readonly Hex[]): Hex {
  const types = [{ type: "bytes32" }, { type: "bytes32" }, { type: "bytes32[]" }] as const;
  return concatHex([PROVEN_SELECTORS[name], encodeAbiParameters(types, [root, leaf, path])]);
}

/** Whether the store is of the newer generation. */
export function isBatchableCall(): Hex {
  return concatHex([SUPPORTS_INTERFACE, encodeAbiParameters([{ type: "bytes4" }], [BATCHABLE])]);
}

export function compromisedSinceCall(account: Hex): Hex {
  return concatHex([COMPROMISED_SINCE, encodeAbiParameters([{ type: "address" }], [account])]);
}

export function ownerOfCall(tokenId: Hex): Hex {
  return concatHex([OWNER_OF, tokenId]);
}
