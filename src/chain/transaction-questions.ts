/** The questions about transactions, receipts, events and fees, each with the strict reading of its answer. */

import type { Hex } from "../core/bytes.ts";
import { isArray, isObject, memberOf, type Json } from "../core/json.ts";
import type { RpcQuestion } from "./rpc-outcome.ts";
import { readAddress, readAll, readHash, readHex, readNumber, readQuantity, toQuantity } from "./rpc-questions.ts";

export interface Receipt {
  readonly transactionHash: Hex;
  readonly block: number;
  readonly blockHash: Hex;
  readonly succeeded: boolean;
  readonly gasUsed: bigint;
  /** What was paid for each unit of gas, in wei. */
  readonly effectiveGasPrice?: bigint;
  /** The contract it created. */
  readonly contract?: Hex;
  readonly logs: readonly Log[];
}

/** One event of a contract. */
export interface Log {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly block: number;
  readonly transactionHash: Hex;
  readonly position: number;
}

/** A transaction as the node knows it. */
export interface KnownTransaction {
  readonly hash: Hex;
  readonly from: Hex;
  readonly nonce: number;
  /** Absent while it waits. */
  readonly block?: number;
}

export interface FeeHistory {
  /** Of the coming block. */
  readonly nextBaseFee: bigint;
  /** The median tip of each of the last blocks, oldest first. */
  readonly tips: readonly bigint[];
}

/** Per position: one topic, several, or any. */
export type LogTopics = readonly (Hex | readonly Hex[] | null)[];

export interface LogFilter {
  readonly address: Hex;
  readonly topics?: LogTopics;
  readonly fromBlock: number;
  readonly toBlock: number;
}

export function receiptQuestion(hash: Hex): RpcQuestion<Receipt> {
  return {
    method: "eth_getTransactionReceipt",
    params: [hash],
    mayBeAbsent: true,
    read(result) {
      const receipt = readReceipt(result);
      return receipt?.transactionHash === hash ? receipt : undefined;
    },
  };
}

export function transactionQuestion(hash: Hex): RpcQuestion<KnownTransaction> {
  return {
    method: "eth_getTransactionByHash",
    params: [hash],
    mayBeAbsent: true,
    read(result) {
      if (!isObject(result) || readHash(memberOf(result, "hash")) !== hash) return undefined;
      const from = readAddress(memberOf(result, "from"));
      const nonce = readNumber(memberOf(result, "nonce"));
      const block = readNumber(memberOf(result, "blockNumber"));
      if (from === undefined || nonce === undefined) return undefined;
      return { hash, from, nonce, ...(block !== undefined && { block }) };
    },
  };
}

/** The node's answer is the hash, which must be the one we know already. */
export function sendQuestion(raw: Hex, hash: Hex): RpcQuestion<Hex> {
  return {
    method: "eth_sendRawTransaction",
    params: [raw],
    isEffect: true,
    read: (result) => (readHash(result) === hash ? hash : undefined),
  };
}

export function logsQuestion({ address, topics, fromBlock, toBlock }: LogFilter): RpcQuestion<readonly Log[]> {
  const range = { fromBlock: toQuantity(fromBlock), toBlock: toQuantity(toBlock) };
  return {
    method: "eth_getLogs",
    params: [{ address, ...range, ...(topics !== undefined && { topics }) }],
    read(result) {
      const logs = readAll(result, readLog);
      // attack 73: the same event from another contract, or from blocks that nobody asked about, is not ours
      const isOurs = (log: Log): boolean => log.address === address && log.block >= fromBlock && log.block <= toBlock;
      return logs?.every(isOurs) === true ? logs : undefined;
    },
  };
}

/** @param blocks  how many of the last blocks to look at. */
export function feeHistoryQuestion(blocks: number): RpcQuestion<FeeHistory> {
  return {
    method: "eth_feeHistory",
    params: [toQuantity(blocks), "latest", [50]],
    read(result) {
      if (!isObject(result)) return undefined;
      const baseFees = readAll(memberOf(result, "baseFeePerGas"), readQuantity);
      const nextBaseFee = baseFees?.at(-1);
      const tips = readAll(memberOf(result, "reward") ?? [], readFirstQuantity);
      return nextBaseFee === undefined || tips === undefined ? undefined : { nextBaseFee, tips };
    },
  };
}

export function gasPriceQuestion(): RpcQuestion<bigint> {
  return { method: "eth_gasPrice", params: [], read: readQuantity };
}

function readFirstQuantity(list: Json): bigint | undefined {
  return isArray(list) ? readQuantity(list[0]) : undefined;
}

function readReceipt(result: Json): Receipt | undefined {
  if (!isObject(result)) return undefined;
  const transactionHash = readHash(memberOf(result, "transactionHash"));
  const block = readNumber(memberOf(result, "blockNumber"));
  const blockHash = readHash(memberOf(result, "blockHash"));
  const status = readQuantity(memberOf(result, "status"));
  const gasUsed = readQuantity(memberOf(result, "gasUsed"));
  const logs = readAll(memberOf(result, "logs"), readLog);
  const effectiveGasPrice = readQuantity(memberOf(result, "effectiveGasPrice"));
  const contract = readAddress(memberOf(result, "contractAddress"));
  if (transactionHash === undefined || block === undefined || blockHash === undefined) return undefined;
  if (gasUsed === undefined || logs === undefined || (status !== 0n && status !== 1n)) return undefined;
  return {
    transactionHash,
    block,
    blockHash,
    succeeded: status === 1n,
    gasUsed,
    logs,
    ...(effectiveGasPrice !== undefined && { effectiveGasPrice }),
    ...(contract !== undefined && { contract }),
  };
}

function readLog(result: Json): Log | undefined {
  if (!isObject(result) || memberOf(result, "removed") === true) return undefined;
  const address = readAddress(memberOf(result, "address"));
  const topics = readAll(memberOf(result, "topics"), readHash);
  const data = readHex(memberOf(result, "data"));
  const block = readNumber(memberOf(result, "blockNumber"));
  const transactionHash = readHash(memberOf(result, "transactionHash"));
  const position = readNumber(memberOf(result, "logIndex"));
  if (address === undefined || topics === undefined || data === undefined) return undefined;
  if (block === undefined || transactionHash === undefined || position === undefined) return undefined;
  return { address, topics, data, block, transactionHash, position };
}
