/** A root that was sent as the data of a transaction: the transaction, and the register that took it in, where there is one. */

import type { Hex } from "./bytes.ts";
import type { TransactionClaim } from "./claims.ts";
import type { Answer } from "./ports/answer.ts";
import type { ChainView, StoreStanding, TransactionOnRecord } from "./ports/chain.ts";

export interface Sending {
  readonly transaction: TransactionOnRecord;
  /** Absent where the root went to no contract that has anything to say of it. */
  readonly register?: Register;
}

export interface Register {
  readonly address: Hex;
  readonly standing: Extract<StoreStanding, { kind: "store" }>;
}

/**
 * To whom a root was sent does not matter to Blockcerts. But where it went to a register, that has a say of its own: a
 * release of ours must have taken the root in, and what any register holds it can withdraw.
 */
export async function readSending({ hash, inclusion }: TransactionClaim, view: ChainView): Promise<Answer<Sending>> {
  const read = await view.transactionOf(hash);
  if (read.kind === "silent") return read;
  const transaction = read.value;
  if (transaction.kind === "absent" || !holds(transaction, inclusion.root.computed) || transaction.to === undefined) {
    return { kind: "answer", value: { transaction } };
  }
  const address = transaction.to;
  const asked = await view.standingOf(address, inclusion);
  if (asked.kind === "silent") return asked;
  const standing = asked.value;
  return standing.kind === "store" && (standing.issued || standing.codeKnown === true)
    ? { kind: "answer", value: { transaction, register: { address, standing } } }
    : { kind: "answer", value: { transaction } };
}

/** True for a transaction that put exactly this root on record. */
export function holds(transaction: Exclude<TransactionOnRecord, { kind: "absent" }>, root: Hex): boolean {
  return transaction.succeeded && transaction.input === root;
}
