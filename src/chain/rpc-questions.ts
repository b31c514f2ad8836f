/** The questions a node is asked, each with the strict reading of its answer. */

import { isAddress, isHex, type Hex } from "../core/bytes.ts";
import { isArray, isObject, memberOf, type Json, type JsonObject } from "../core/json.ts";
import type { RpcQuestion } from "./rpc-outcome.ts";

/** A block's header, as far as it is needed. */
export interface Block {
  readonly number: number;
  readonly hash: Hex;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Hashes of its transactions. */
  readonly transactions: readonly Hex[];
  /** What all its transactions together may take. */
  readonly gasLimit: bigint;
}

/** A block by name, number or hash. */
export type BlockSelector = "latest" | "pending" | "finalized" | number | { readonly hash: Hex };

/** Who asks: always the same nobody, so that a contract cannot answer one caller other than another. */
const NOBODY: Hex = `0x${"00".repeat(20)}`;

export function chainIdQuestion(): RpcQuestion<number> {
  return { method: "eth_chainId", params: [], read: readNumber };
}

/** The hash of the very first block: what tells a chain from another with the same id. */
export function genesisQuestion(): RpcQuestion<Hex> {
  const { method, params, read } = blockQuestion(0);
  return { method, params, read: (result) => read(result)?.hash };
}

export function blockNumberQuestion(): RpcQuestion<number> {
  return { method: "eth_blockNumber", params: [], read: readNumber };
}

/** The block's header. A hash or a number must come back as asked. */
export function blockQuestion(which: BlockSelector): RpcQuestion<Block> {
  const byHash = typeof which === "object";
  return {
    method: byHash ? "eth_getBlockByHash" : "eth_getBlockByNumber",
    params: [byHash ? which.hash : selectorOf(which), false],
    mayBeAbsent: true,
    isPinned: typeof which !== "string",
    read(result) {
      const block = readBlock(result);
      if (typeof which === "number" && block?.number !== which) return undefined;
      if (byHash && block?.hash !== which.hash) return undefined;
      return block;
    },
  };
}

export interface CallRequest {
  /** Absent: the data is creation code, and what it would leave behind is the answer. */
  readonly to?: Hex;
  readonly data: Hex;
  readonly gas?: bigint;
  readonly from?: Hex;
  readonly value?: bigint;
}

/** What the call returns, bytes of any length. */
export function callQuestion(request: CallRequest, block: BlockSelector): RpcQuestion<Hex> {
  return {
    method: "eth_call",
    params: [callParams(request), selectorOf(block)],
    isPinned: typeof block === "object",
    read: readHex,
  };
}

export function estimateGasQuestion(request: CallRequest): RpcQuestion<bigint> {
  return { method: "eth_estimateGas", params: [callParams(request), "latest"], read: readQuantity };
}

/** The code at an address; "0x" where there is none. */
export function codeQuestion(address: Hex, block: BlockSelector): RpcQuestion<Hex> {
  return {
    method: "eth_getCode",
    params: [address, selectorOf(block)],
    isPinned: typeof block === "object",
    read: readHex,
  };
}

export function balanceQuestion(address: Hex): RpcQuestion<bigint> {
  return { method: "eth_getBalance", params: [address, "latest"], read: readQuantity };
}

/** How many transactions the account has sent, so its next nonce. */
export function nonceQuestion(address: Hex, block: BlockSelector): RpcQuestion<number> {
  return { method: "eth_getTransactionCount", params: [address, selectorOf(block)], read: readNumber };
}

function callParams({ to, data, gas, from = NOBODY, value }: CallRequest): JsonObject {
  return {
    from,
    data,
    ...(to !== undefined && { to }),
    ...(gas !== undefined && { gas: toQuantity(gas) }),
    ...(value !== undefined && { value: toQuantity(value) }),
  };
}

/** A block as a parameter; by hash it must still be part of the chain (EIP-1898). */
function selectorOf(which: BlockSelector): Json {
  if (typeof which === "object") return { blockHash: which.hash, requireCanonical: true };
  return typeof which === "number" ? toQuantity(which) : which;
}

/** A number as nodes write it: no leading zeros. */
export function toQuantity(value: bigint | number): Hex {
  return `0x${value.toString(16)}`;
}

export function readQuantity(result: Json | undefined): bigint | undefined {
  return typeof result === "string" && /^0x[0-9a-f]{1,64}$/i.test(result) ? BigInt(result) : undefined;
}

/** A quantity that a JavaScript number can hold. */
export function readNumber(result: Json | undefined): number | undefined {
  const value = readQuantity(result);
  return value === undefined || value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
}

export function readHex(result: Json | undefined): Hex | undefined {
  return isHex(result) ? toLower(result) : undefined;
}

export function readHash(result: Json | undefined): Hex | undefined {
  return isHex(result) && result.length === 66 ? toLower(result) : undefined;
}

export function readAddress(result: Json | undefined): Hex | undefined {
  return isAddress(result) ? toLower(result) : undefined;
}

export function toLower(hex: Hex): Hex {
  return `0x${hex.slice(2).toLowerCase()}`;
}

/** All the values, or undefined when one of them could not be read. */
export function readAll<Value>(
  list: Json | undefined,
  read: (item: Json) => Value | undefined,
): readonly Value[] | undefined {
  if (!isArray(list)) return undefined;
  const values = list.map(read).filter((value) => value !== undefined);
  return values.length === list.length ? values : undefined;
}

function readBlock(result: Json): Block | undefined {
  if (!isObject(result)) return undefined;
  const number = readNumber(memberOf(result, "number"));
  const hash = readHash(memberOf(result, "hash"));
  const timestamp = readNumber(memberOf(result, "timestamp"));
  const transactions = readAll(memberOf(result, "transactions"), readHash);
  const gasLimit = readQuantity(memberOf(result, "gasLimit"));
  if (number === undefined || hash === undefined || timestamp === undefined) return undefined;
  if (transactions === undefined || gasLimit === undefined) return undefined;
  return { number, hash, timestamp, transactions, gasLimit };
}
