/** Can a node be asked for old transactions? Many keep an index of about the last year only, and find nothing older. */

import type { Answer } from "../core/ports/answer.ts";
import { answer, silent } from "./answers.ts";
import type { JsonRpc } from "./json-rpc.ts";
import type { Patience } from "./patience.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { blockQuestion, type Block } from "./rpc-questions.ts";
import { transactionQuestion } from "./transaction-questions.ts";

/**
 * Whether "there is no such transaction" can be believed: the nodes find one of the first transactions of their chain.
 *
 * @returns silence where they do not, or where they could not be asked.
 * @see geth's option --history.transactions, 2,350,000 blocks by default
 */
export async function knowsOldTransactions(rpc: JsonRpc, head: Block, patience: Patience): Promise<Answer<true>> {
  const numbers = earlyBlocks(head.number);
  const blocks = await Promise.all(numbers.map(async (number) => rpc.ask(blockQuestion(number), patience)));
  for (const block of blocks) {
    if (block.kind !== "ok") return silent(reasonOf(block));
    const [first] = block.value.transactions;
    if (first === undefined) continue;
    const asked =
      rpc.agreement <= 1
        ? [await rpc.ask(transactionQuestion(first), patience)]
        : await rpc.askEach(transactionQuestion(first), patience);
    return asked.filter(({ kind }) => kind === "ok").length >= rpc.agreement
      ? answer(true)
      : silent("the node does not find the transaction, but it does not keep old ones either");
  }
  return silent(
    "the node does not find the transaction, and no older one could be asked for to see whether it keeps them",
  );
}

/** 1, 2, 4, 8… up to the head: some early block with a transaction is among them, and there are few. */
function earlyBlocks(head: number): readonly number[] {
  const numbers: number[] = [];
  for (let number = 1; number <= head; number *= 2) numbers.push(number);
  return numbers;
}
