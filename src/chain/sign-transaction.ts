/** From a wish to signed bytes: what the call needs, what it may cost, and which nonce it takes. Sends nothing. */

import type { Hex } from "../core/bytes.ts";
import type { SignedTransaction } from "../core/ports/anchoring.ts";
import { parseTransaction, type Account, type Fee } from "./account.ts";
import { demand, nodeFault } from "./demand.ts";
import { chooseFee, readFeeMarket } from "./fees.ts";
import { refusalFault } from "./refusal-words.ts";
import { estimateGasQuestion, nonceQuestion } from "./rpc-questions.ts";
import { refuseWellKnownKey } from "./well-known-keys.ts";
import type { WritingSession } from "./writing-session.ts";

/** A call to make. `what` says it to people: "anchoring 0x… in 0x…". */
export interface Wish {
  /** Absent: the data is creation code. */
  readonly to?: Hex;
  readonly data: Hex;
  readonly what: string;
}

export interface SignOptions {
  /** The whole transaction must not cost more, in wei. */
  readonly maxFeeWei?: bigint;
  /** Given to repeat or to replace; else the account's next one is taken. */
  readonly nonce?: number;
  /** A transaction to replace: same nonce unless given, at least a tenth more for gas. */
  readonly raiseAbove?: SignedTransaction;
}

/** What a call will need and cost at most. */
export interface Offer {
  readonly gas: bigint;
  readonly fee: Fee;
}

/**
 * @throws {TestamurError} `KEY_WELL_KNOWN`, `NODE_UNAVAILABLE`, `NODE_LYING`, `FEE_ABOVE_CAP`, and why the contract would
 *   refuse: `ROLE_MISSING`, `STORE_PAUSED`, `ROOT_ALREADY_ANCHORED`, `TRANSACTION_REVERTED`.
 */
export async function signTransaction(
  session: WritingSession,
  account: Account,
  wish: Wish,
  options: SignOptions = {},
): Promise<SignedTransaction> {
  const { rpc, network, patience } = session;
  refuseWellKnownKey(account.address, network);
  const [offer, nonce] = await Promise.all([
    makeOffer(session, account.address, wish, options),
    options.nonce ??
      options.raiseAbove?.nonce ??
      rpc.ask(nonceQuestion(account.address, "pending"), patience).then((asked) => demand(asked, "the next nonce")),
  ]);
  const { to, data } = wish;
  return account.sign({ chainId: network.chainId, nonce, data, ...offer, ...(to !== undefined && { to }) });
}

/** What the call would need and cost now, found by trying it without sending. */
export async function makeOffer(
  session: WritingSession,
  from: Hex,
  wish: Wish,
  { maxFeeWei, raiseAbove }: SignOptions,
): Promise<Offer> {
  const { rpc, network, patience } = session;
  const replaced = raiseAbove && parseTransaction(raiseAbove.raw);
  const [gas, market] = await Promise.all([
    // a node that looks at what waits would find the transaction to be replaced, and refuse its twin
    replaced?.gas ?? estimateGas(session, from, wish),
    readFeeMarket(rpc, patience),
  ]);
  const limits = { gas, ...(maxFeeWei !== undefined && { maxFeeWei }), ...(replaced && { above: replaced.fee }) };
  return { gas, fee: chooseFee(market, limits, network) };
}

/** A fifth above the estimate: between now and then another call may have warmed or cooled a slot. */
export async function estimateGas({ rpc, patience }: WritingSession, from: Hex, wish: Wish): Promise<bigint> {
  const { to, data, what } = wish;
  const asked = await rpc.ask(estimateGasQuestion({ from, data, ...(to !== undefined && { to }) }), patience);
  if (asked.kind === "reverted") throw refusalFault(what, asked.data);
  if (asked.kind !== "ok") throw nodeFault(asked, what);
  return asked.value + asked.value / 5n;
}
