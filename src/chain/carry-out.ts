/** One write from wish to block: tries it, signs, sends, waits until it is mined, and offers more when it is stuck. */

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { SignedTransaction } from "../core/ports/anchoring.ts";
import type { Account } from "./account.ts";
import { broadcast } from "./broadcast.ts";
import { demand } from "./demand.ts";
import { refusePoverty } from "./refuse-writing.ts";
import { balanceQuestion } from "./rpc-questions.ts";
import { makeOffer, signTransaction, type Wish } from "./sign-transaction.ts";
import { receiptQuestion, type Receipt } from "./transaction-questions.ts";
import { proveReceipt, readStanding } from "./transaction-standing.ts";
import { waitForBlock } from "./wait-for-block.ts";
import { refuseWellKnownKey } from "./well-known-keys.ts";
import type { WritingSession } from "./writing-session.ts";

/** A write that is in a block; whether the block is final is another question. */
export interface Written {
  readonly hash: Hex;
  readonly block: number;
  readonly blockHash: Hex;
  readonly gasUsed: bigint;
  /** What it cost, in wei, where the node says. */
  readonly feeWei?: bigint;
}

export interface WritePorts {
  readonly open: () => Promise<WritingSession>;
  readonly account: Account;
  readonly now: () => Date;
  /** No transaction may cost more than this, in wei. */
  readonly maxFeeWei?: bigint;
}

/** Blocks that it may wait before more is offered, and before we stop looking. */
const STUCK_AFTER = 10;
const GIVE_UP_AFTER = 100;

/**
 * @throws {TestamurError} as `signTransaction` and `broadcast`; `FUNDS_INSUFFICIENT`; `TRANSACTION_REVERTED` when the
 *   chain changed its mind between trying and mining; `NODE_UNAVAILABLE` when it still waits after a hundred blocks.
 */
export async function carryOut(ports: WritePorts, wish: Wish): Promise<{ written: Written; receipt: Receipt }> {
  const { open, account, maxFeeWei } = ports;
  const limits = maxFeeWei === undefined ? {} : { maxFeeWei };
  const session = await open();
  await refuseUnaffordable(session, account.address, wish, limits);
  const sent = [await signTransaction(session, account, wish, limits)];
  for (const transaction of sent) await broadcast(session, transaction);
  for (let waited = 1; waited <= GIVE_UP_AFTER; waited++) {
    const receipt = await findReceipt(await open(), sent, wish, ports.now());
    if (receipt !== undefined) return { written: writtenBy(receipt), receipt };
    await waitForBlock(await open());
    if (waited % STUCK_AFTER === 0) sent.push(...(await raise(await open(), account, wish, sent, limits)));
  }
  throw new TestamurError("NODE_UNAVAILABLE", `${wish.what}: transaction ${sent[0]?.hash ?? ""} still waits`, {
    next: "it may still be mined: look it up before trying again, or raise the cap (--max-fee)",
  });
}

/** The proven receipt of whichever of the twins was mined. */
async function findReceipt(
  session: WritingSession,
  sent: readonly SignedTransaction[],
  wish: Wish,
  now: Date,
): Promise<Receipt | undefined> {
  for (const transaction of sent) {
    const standing = await readStanding(session, transaction, now);
    if (standing.kind === "unknown" && transaction === sent.at(-1)) await broadcast(session, transaction);
    if (standing.kind === "reverted") {
      throw new TestamurError("TRANSACTION_REVERTED", `${wish.what}: refused in block ${standing.block}`, {
        next: "something changed in between (role, pause, another writer): look again, then repeat",
      });
    }
    if (standing.kind === "mined") {
      const found = await session.rpc.ask(receiptQuestion(transaction.hash), session.patience);
      return (await proveReceipt(session, demand(found, `the receipt of ${transaction.hash}`))).receipt;
    }
  }
  return undefined;
}

/** A twin with a higher fee, or none when the cap forbids it: then it is waited for lower fees. */
async function raise(
  session: WritingSession,
  account: Account,
  wish: Wish,
  sent: readonly SignedTransaction[],
  limits: { readonly maxFeeWei?: bigint },
): Promise<readonly SignedTransaction[]> {
  const stuck = sent.at(-1);
  if (stuck === undefined) return [];
  try {
    const raised = await signTransaction(session, account, wish, { ...limits, raiseAbove: stuck });
    await broadcast(session, raised);
    return [raised];
  } catch (error) {
    if (error instanceof TestamurError && error.code === "FEE_ABOVE_CAP") return [];
    throw error;
  }
}

async function refuseUnaffordable(
  session: WritingSession,
  address: Hex,
  wish: Wish,
  limits: { readonly maxFeeWei?: bigint },
): Promise<void> {
  const { rpc, network, patience } = session;
  refuseWellKnownKey(address, network);
  const [{ gas, fee }, balance] = await Promise.all([
    makeOffer(session, address, wish, limits),
    rpc.ask(balanceQuestion(address), patience),
  ]);
  refusePoverty(address, gas * fee.maxFeePerGas, demand(balance, `the balance of ${address}`), network);
}

function writtenBy({ transactionHash, block, blockHash, gasUsed, effectiveGasPrice }: Receipt): Written {
  return {
    hash: transactionHash,
    block,
    blockHash,
    gasUsed,
    ...(effectiveGasPrice !== undefined && { feeWei: gasUsed * effectiveGasPrice }),
  };
}
