/** Many questions to one store in one call: sends the lens, reads its report (layout: contracts/lens/StoreLens.sol). */

import { encodeDeployData } from "viem";

import { fromHex, toHex, type Hex } from "../core/bytes.ts";
import { storeLensBytecode, storeLensNodesPerCall } from "./artifacts/store-lens.ts";
import type { BlockReads } from "./block-reads.ts";
import type { ContractCode } from "./contract-code.ts";
import type { RpcOutcome } from "./rpc-outcome.ts";
import { nodeSelector } from "./store-calls.ts";

export type NodeQuestion = "isIssued" | "isRevoked";

export interface LensReport {
  readonly code: ContractCode;
  /** Node by node; undefined where the call failed or the answer was no bool. Empty where there is no contract. */
  readonly answers: readonly (boolean | undefined)[];
}

/** Nodes for one lens: within the limits of creation code, and of the gas that nodes give a call. */
export const NODES_PER_LENS: number = Math.min(1_000, storeLensNodesPerCall);

/** Several times what any known store needs, little enough for a hostile one not to stop the call. */
const GAS_PER_QUESTION = 200_000n;

const LENS_ABI = [
  {
    type: "constructor",
    stateMutability: "nonpayable",
    inputs: [
      { name: "store", type: "address" },
      { name: "gasPerCall", type: "uint256" },
      { name: "questions", type: "bytes4[]" },
      { name: "nodes", type: "bytes32[]" },
    ],
  },
] as const;

const LAYOUT = 1;
/** Offsets of the report: chain id, code size, code hash, proxy target, its hash, answers. */
const AT = { chainId: 1, codeSize: 49, codeHash: 53, target: 85, targetHash: 105, answers: 137 } as const;

/**
 * @param nodes  at most `NODES_PER_LENS`.
 * @returns the report; `lying` when it is not one; whatever kept the call from being made.
 */
export async function askLens(
  reads: BlockReads,
  chainId: number,
  store: Hex,
  question: NodeQuestion,
  nodes: readonly Hex[],
): Promise<RpcOutcome<LensReport>> {
  const args = [store, GAS_PER_QUESTION, [nodeSelector(question)], nodes] as const;
  const data = encodeDeployData({ abi: LENS_ABI, bytecode: storeLensBytecode, args });
  const called = await reads.call({ data });
  if (called.kind !== "ok") return called;
  const report = readReport(fromHex(called.value), chainId, nodes.length);
  return report === undefined
    ? { kind: "lying", reason: "the answer to many questions at once cannot be read" }
    : { kind: "ok", value: report };
}

function readReport(bytes: Uint8Array, chainId: number, count: number): LensReport | undefined {
  if (bytes.length < AT.answers || bytes[0] !== LAYOUT) return undefined;
  if (BigInt(toHex(bytes.subarray(AT.chainId, AT.chainId + 32))) !== BigInt(chainId)) return undefined;
  const answers = bytes.subarray(AT.answers);
  if (isZero(bytes.subarray(AT.codeSize, AT.codeSize + 4))) {
    return answers.length === 0 ? { code: { kind: "no-contract" }, answers: [] } : undefined;
  }
  if (answers.length !== count) return undefined;
  return {
    code: readCode(bytes),
    answers: Array.from(answers, (byte) => (byte === 0 ? false : byte === 1 ? true : undefined)),
  };
}

function readCode(bytes: Uint8Array): ContractCode {
  const own = bytes.subarray(AT.codeHash, AT.target);
  const target = bytes.subarray(AT.target, AT.targetHash);
  const behind = bytes.subarray(AT.targetHash, AT.answers);
  if (isZero(target)) return { kind: "contract", codeHash: toHex(own) };
  return { kind: "contract", codeHash: toHex(isZero(behind) ? own : behind), proxyTarget: toHex(target) };
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
