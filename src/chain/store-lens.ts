/** Many questions to one store in one call: sends the lens, reads its report (layout: contracts/lens/StoreLens.sol). */

import { encodeDeployData, toFunctionSelector } from "viem";

import { fromHex, toHex, type Hex } from "../core/bytes.ts";
import { storeLensBytecode, storeLensNodesPerCall } from "./artifacts/store-lens.ts";
import type { BlockReads } from "./block-reads.ts";
import type { ContractCode } from "./contract-code.ts";
import type { RpcOutcome } from "./rpc-outcome.ts";
import { nodeSelector } from "./store-calls.ts";

/** What a store is asked of one node. */
export interface NodeQuestion {
  readonly asks: "isIssued" | "isRevoked";
  readonly node: Hex;
}

export interface LensReport {
  readonly code: ContractCode;
  /** One for each question, in order; undefined where the call failed or said no bool. Empty without a contract. */
  readonly answers: readonly (boolean | undefined)[];
}

/** Questions for one lens: within the limits of creation code, and of the gas that nodes give a call. */
export const QUESTIONS_PER_LENS: number = Math.min(1_000, storeLensNodesPerCall);

/** Several times what any known store needs, little enough for a hostile one not to stop the call. */
const GAS_PER_QUESTION = 200_000n;

const SELECTORS = [nodeSelector("isIssued"), nodeSelector("isRevoked")] as const;

const LENS_ABI = [
  {
    type: "constructor",
    stateMutability: "nonpayable",
    inputs: [
      { name: "store", type: "address" },
      { name: "gasPerCall", type: "uint256" },
      { name: "questions", type: "bytes4[]" },
      { name: "nodes", type: "bytes32[][]" },
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
 * @param questions  at most `QUESTIONS_PER_LENS`. All travel in one call, so that a node which mixes up answers cannot
 *   pass one for another.
 * @returns the report; `not-found` when the node answered with nothing, as those do that know no calls without a
 *   receiver; `lying` when it is no report of this chain and so many questions; whatever kept the call from being made.
 */
export async function askLens(
  reads: BlockReads,
  chainId: number,
  store: Hex,
  questions: readonly NodeQuestion[],
): Promise<RpcOutcome<LensReport>> {
  const issued = indexesOf(questions, "isIssued");
  const revoked = indexesOf(questions, "isRevoked");
  const nodes = [issued, revoked].map((indexes) => indexes.flatMap((at) => questions[at]?.node ?? []));
  const args = [store, GAS_PER_QUESTION, SELECTORS, nodes] as const;
  const data = encodeDeployData({ abi: LENS_ABI, bytecode: storeLensBytecode, args });
  const called = await reads.call({ data });
  if (called.kind !== "ok") return called;
  if (called.value === "0x") return { kind: "not-found" };
  const report = readReport(fromHex(called.value), chainId, [...issued, ...revoked]);
  return report === undefined
    ? { kind: "lying", reason: "the answer to many questions at once cannot be read" }
    : { kind: "ok", value: report };
}

function indexesOf(questions: readonly NodeQuestion[], asked: NodeQuestion["asks"]): readonly number[] {
  return questions.flatMap(({ asks }, at) => (asks === asked ? at : []));
}

/** @param indexes  of each answer, which question it belongs to. */
function readReport(bytes: Uint8Array, chainId: number, indexes: readonly number[]): LensReport | undefined {
  if (bytes.length < AT.answers || bytes[0] !== LAYOUT) return undefined;
  if (BigInt(toHex(bytes.subarray(AT.chainId, AT.chainId + 32))) !== BigInt(chainId)) return undefined;
  const said = bytes.subarray(AT.answers);
  if (isZero(bytes.subarray(AT.codeSize, AT.codeSize + 4))) {
    return said.length === 0 ? { code: { kind: "no-contract" }, answers: [] } : undefined;
  }
  if (said.length !== indexes.length) return undefined;
  const answers = Array.from(said, (): boolean | undefined => undefined);
  for (const [at, index] of indexes.entries())
    answers[index] = said[at] === 0 ? false : said[at] === 1 ? true : undefined;
  return { code: readCode(bytes), answers };
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
