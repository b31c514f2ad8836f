/** Reading the chain at one block: every question names the block by its hash, so no two answers can be of different times. */

import type { Hex } from "../core/bytes.ts";
import type { JsonRpc } from "./json-rpc.ts";
import { openPatience, type Patience } from "./patience.ts";
import { isTrouble, type RpcOutcome } from "./rpc-outcome.ts";
import { blockQuestion, callQuestion, codeQuestion, type Block, type CallRequest } from "./rpc-questions.ts";
import { logsQuestion, type Log, type LogTopics } from "./transaction-questions.ts";

export interface BlockReads {
  readonly block: Block;
  call(request: CallRequest): Promise<RpcOutcome<Hex>>;
  /** The code at an address, asked once. */
  codeOf(address: Hex): Promise<RpcOutcome<Hex>>;
  /** The time of an earlier block, in seconds since 1970, asked once. */
  timeOf(block: number): Promise<number | undefined>;
  /** Events of a contract from the first block to this one: for evidence only, since nodes may search as little as they like. */
  logsOf(address: Hex, topics: readonly Hex[]): Promise<RpcOutcome<readonly Log[]>>;
  /** Events of a contract in one block up to this one. */
  logsIn(address: Hex, topics: LogTopics, block: number): Promise<RpcOutcome<readonly Log[]>>;
}

/** A long search must not use up the patience that the verdict needs. */
const LOGS_BUDGET_MS = 4_000;

export function openBlockReads(rpc: JsonRpc, block: Block, patience: Patience): BlockReads {
  const codes = new Map<Hex, Promise<RpcOutcome<Hex>>>();
  const times = new Map<number, Promise<number | undefined>>();
  return {
    block,
    call: async (request) => rpc.ask(callQuestion(request, block), patience),
    async codeOf(address) {
      const asked = codes.get(address) ?? rpc.ask(codeQuestion(address, block), patience);
      codes.set(address, asked);
      const code = await asked;
      if (isTrouble(code)) codes.delete(address);
      return code;
    },
    async timeOf(number) {
      if (number > block.number) return undefined;
      const asked = times.get(number) ?? timeOfBlock(rpc, number, patience);
      times.set(number, asked);
      return asked;
    },
    logsOf: async (address, topics) =>
      rpc.ask(logsQuestion({ address, topics, fromBlock: 0, toBlock: block.number }), openPatience(LOGS_BUDGET_MS)),
    logsIn: async (address, topics, number) =>
      // below the pinned block a number names one block only, so honest nodes agree
      rpc.ask({ ...logsQuestion({ address, topics, fromBlock: number, toBlock: number }), isPinned: true }, patience),
  };
}

async function timeOfBlock(rpc: JsonRpc, number: number, patience: Patience): Promise<number | undefined> {
  const found = await rpc.ask(blockQuestion(number), patience);
  return found.kind === "ok" ? found.value.timestamp : undefined;
}
