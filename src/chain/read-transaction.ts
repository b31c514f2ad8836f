/** One transaction up to a pinned block: its content proves itself, its place and its success are what the nodes agree on. */

import type { Hex } from "../core/bytes.ts";
import { isObject, memberOf } from "../core/json.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { TransactionOnRecord } from "../core/ports/chain.ts";
import { toTime } from "./anchor-facts.ts";
import { answer, silent } from "./answers.ts";
import type { JsonRpc } from "./json-rpc.ts";
import type { Patience } from "./patience.ts";
import type { PinnedBlocks } from "./pin-blocks.ts";
import { isTrouble, reasonOf, type RpcOutcome, type RpcQuestion } from "./rpc-outcome.ts";
import { blockQuestion, readHash, readNumber } from "./rpc-questions.ts";
import { findSignedContent, isOfKnownType, type SignedContent } from "./signed-content.ts";
import { knowsOldTransactions } from "./transaction-index.ts";
import { receiptQuestion, type Receipt } from "./transaction-questions.ts";

export interface TransactionPorts {
  readonly rpc: JsonRpc;
  readonly chainId: number;
  readonly pinned: PinnedBlocks;
  readonly patience: Patience;
}

/** @param hash  32 bytes, lower case. */
export async function readTransaction(hash: Hex, ports: TransactionPorts): Promise<Answer<TransactionOnRecord>> {
  const { rpc, patience } = ports;
  const [found, receipt] = await Promise.all([
    findAnywhere(contentQuestion(hash), ports),
    rpc.ask(outcomeQuestion(hash), patience),
  ]);
  if (found.kind === "not-found") {
    const known = await knowsOldTransactions(rpc, ports.pinned.block, patience);
    return known.kind === "answer" ? answer({ kind: "absent" }) : known;
  }
  if (found.kind !== "ok") return silent(reasonOf(found));
  const { content, isMined } = found.value;
  if (content === "unknown-type") return silent(`transaction ${hash} is of a type that cannot be checked here`);
  if (content.chainId !== undefined && content.chainId !== ports.chainId) {
    return silent(`transaction ${hash} was signed for chain ${content.chainId}`);
  }
  if (!isMined) return answer({ kind: "absent" });
  return receipt.kind === "ok" ? placeOf(content, receipt.value, hash, ports) : silent(reasonOf(receipt));
}

/** A receipt counts only when the chain has its block, and the block lists the transaction. */
async function placeOf(
  content: SignedContent,
  receipt: Outcome,
  hash: Hex,
  { rpc, pinned, patience }: TransactionPorts,
): Promise<Answer<TransactionOnRecord>> {
  const { block: number, blockHash, succeeded } = receipt;
  if (number > pinned.block.number) return answer({ kind: "absent" });
  const block = await rpc.ask(blockQuestion(number), patience);
  if (block.kind !== "ok") return silent(reasonOf(block));
  if (block.value.hash !== blockHash || !block.value.transactions.includes(hash)) {
    return silent(`block ${number} does not list transaction ${hash}, though there is a receipt that says so`);
  }
  const { from, to, input } = content;
  const final = pinned.finalBlock !== undefined && number <= pinned.finalBlock.number;
  const time = toTime(block.value.timestamp);
  return answer({
    kind: "mined",
    from,
    ...(to !== undefined && { to }),
    input,
    succeeded,
    block: number,
    blockHash,
    time,
    final,
  });
}

interface Found {
  readonly content: SignedContent | "unknown-type";
  /** The node says that it is in a block. */
  readonly isMined: boolean;
}

function contentQuestion(hash: Hex): RpcQuestion<Found> {
  return {
    method: "eth_getTransactionByHash",
    params: [hash],
    mayBeAbsent: true,
    read(result) {
      if (!isObject(result) || readHash(memberOf(result, "hash")) !== hash) return undefined;
      const content = isOfKnownType(result) ? findSignedContent(result, hash) : "unknown-type";
      const isMined = readNumber(memberOf(result, "blockNumber")) !== undefined;
      return content === undefined ? undefined : { content, isMined };
    },
  };
}

type Outcome = Pick<Receipt, "block" | "blockHash" | "succeeded">;

/** What a mined transaction came to is the same at every honest node. */
function outcomeQuestion(hash: Hex): RpcQuestion<Outcome> {
  const { method, params, read } = receiptQuestion(hash);
  return {
    method,
    params,
    mayBeAbsent: true,
    isPinned: true,
    read(result) {
      const receipt = read(result);
      return receipt && { block: receipt.block, blockHash: receipt.blockHash, succeeded: receipt.succeeded };
    },
  };
}

/** One node's word is enough for what proves itself; that there is no such thing takes as many as must agree. */
async function findAnywhere(
  question: RpcQuestion<Found>,
  { rpc, patience }: TransactionPorts,
): Promise<RpcOutcome<Found>> {
  if (rpc.agreement <= 1) return rpc.ask(question, patience);
  const outcomes = await rpc.askEach(question, patience);
  const found = outcomes.filter((outcome) => outcome.kind === "ok");
  const [first] = found;
  if (first !== undefined) return found.find(({ value }) => value.isMined) ?? first;
  const absent = outcomes.filter((outcome) => outcome.kind === "not-found");
  if (absent.length >= rpc.agreement) return { kind: "not-found" };
  return (
    outcomes.find(isTrouble) ?? {
      kind: "unavailable",
      reason: `${absent.length} nodes answered, ${rpc.agreement} must agree`,
    }
  );
}
