/** Many questions to one store in one call: sends the lens, reads its report (layout: contracts/lens/StoreLens.sol). */

import { encodeDeployData, toFunctionSelector } from "viem";

import { fromHex, toHex, type Hex } from "../core/bytes.ts";
import { storeLensBytecode, storeLensNodesPerCall } from "./artifacts/store-lens.ts";
import type { BlockReads } from "./block-reads.ts";
import type { ContractCode } from "./contract-code.ts";
import type { RpcOutcome } from "./rpc-outcome.ts";
import { nodeSelector } from "./store-calls.ts";

/** Both travel in one call, so that a node which mixes up answers cannot pass one for the other. */
const QUESTIONS = [nodeSelector("isIssued"), nodeSelector("isRevoked")] as const;

export interface LensReport {
  readonly code: ContractCode;
  /** In the order of the nodes; undefined where the call failed or the answer was no bool. Empty without a contract. */
  readonly isIssued: readonly (boolean | undefined)[];
  readonly isRevoked: readonly (boolean | undefined)[];
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

/** How the lens says that the node gives calls too little gas for so many questions. */
const NOT_ENOUGH_GAS: Hex = toFunctionSelector("NotEnoughGas()");

/** True when fewer questions at once may be answered. */
export function isTooMany(report: RpcOutcome<LensReport>): boolean {
  return report.kind === "reverted" && report.data === NOT_ENOUGH_GAS;
}

/** True when the node does no such calls at all, or its rules of that time do not know the lens's instructions. */
export function isRefusal(report: RpcOutcome<LensReport>): boolean {
  if (report.kind === "reverted") return !isTooMany(report);
  return report.kind === "not-found" || (report.kind === "unavailable" && report.error !== undefined);
}

/**
 * @param nodes  at most `NODES_PER_LENS`.
 * @returns the report; `not-found` when the node answered with nothing, as those do that know no calls without a
 *   receiver; `lying` when it is no report of this chain and so many nodes; whatever kept the call from being made.
 */
export async function askLens(
  reads: BlockReads,
  chainId: number,
  store: Hex,
  nodes: readonly Hex[],
): Promise<RpcOutcome<LensReport>> {
  const args = [store, GAS_PER_QUESTION, QUESTIONS, nodes] as const;
  const data = encodeDeployData({ abi: LENS_ABI, bytecode: storeLensBytecode, args });
  const called = await reads.call({ data });
  if (called.kind !== "ok") return called;
  if (called.value === "0x") return { kind: "not-found" };
  const report = readReport(fromHex(called.value), chainId, nodes.length);
  return report === undefined
    ? { kind: "lying", reason: "the answer to many questions at once cannot be read" }
    : { kind: "ok", value: report };
}

function readReport(bytes: Uint8Array, chainId: number, count: number): LensReport | undefined {
  if (bytes.length < AT.answers || bytes[0] !== LAYOUT) return undefined;
  if (BigInt(toHex(bytes.subarray(AT.chainId, AT.chainId + 32))) !== BigInt(chainId)) return undefined;
  const answers = Array.from(bytes.subarray(AT.answers), (byte) =>
    byte === 0 ? false : byte === 1 ? true : undefined,
  );
  if (isZero(bytes.subarray(AT.codeSize, AT.codeSize + 4))) {
    return answers.length === 0 ? { code: { kind: "no-contract" }, isIssued: [], isRevoked: [] } : undefined;
  }
  if (answers.length !== QUESTIONS.length * count) return undefined;
  return { code: readCode(bytes), isIssued: answers.slice(0, count), isRevoked: answers.slice(count) };
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
