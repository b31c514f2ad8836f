/** Everything that would make anchoring fail, found before anything is signed (faults 29, 50 to 56). */

import { keccak256, stringToHex } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { AnchorEntry, Preflight } from "../core/ports/anchoring.ts";
import { anchorCall } from "./anchor-calls.ts";
import { demand } from "./demand.ts";
import { describeFinality } from "./networks.ts";
import { refusePoverty, refuseWriting } from "./refuse-writing.ts";
import { balanceQuestion } from "./rpc-questions.ts";
import { makeOffer } from "./sign-transaction.ts";
import type { StoreFacts } from "./store-facts.ts";
import { inspectStore } from "./store-inspector.ts";
import { refuseWellKnownKey } from "./well-known-keys.ts";
import type { WritingSession } from "./writing-session.ts";

export interface AnchoringPlan {
  readonly store: Hex;
  readonly account: Hex;
  readonly entry: AnchorEntry;
  readonly maxFeeWei?: bigint;
  readonly now: () => Date;
}

/** A root that nobody has: anchoring it is tried without being sent, to see whether anchoring works at all. */
const PROBE: Hex = keccak256(stringToHex("a root that is only tried"));

/**
 * @throws {TestamurError} `NODE_UNAVAILABLE`, `NODE_LYING`, `CHAIN_WRONG`, `KEY_WELL_KNOWN`, `CONTRACT_ABSENT`,
 *   `CONTRACT_UNKNOWN`, `STORE_PAUSED`, `ROLE_MISSING`, `FUNDS_INSUFFICIENT`, `FEE_ABOVE_CAP`, `TRANSACTION_REVERTED`.
 */
export async function preflight(session: WritingSession, plan: AnchoringPlan): Promise<Preflight> {
  const { rpc, network, patience } = session;
  const { store, account, entry } = plan;
  refuseWellKnownKey(account, network);
  const facts = await inspectStore(session, store, account, plan.now());
  refuseUnknownCode(facts, plan);
  refuseWriting(facts, store, account, "issuer");
  const wish = { to: store, data: anchorCall(PROBE, entry), what: `anchoring in ${store}` };
  const [offer, balance] = await Promise.all([
    makeOffer(session, account, wish, plan),
    rpc.ask(balanceQuestion(account), patience),
  ]);
  const costWei = offer.gas * offer.fee.maxFeePerGas;
  const balanceWei = demand(balance, `the balance of ${account}`);
  refusePoverty(account, costWei, balanceWei, network);
  return {
    chainId: network.chainId,
    networkName: network.name,
    store,
    storeName: facts.name,
    account,
    gas: offer.gas,
    maxFeePerGas: offer.fee.maxFeePerGas,
    costWei,
    balanceWei,
    finality: describeFinality(network),
  };
}

function refuseUnknownCode(facts: StoreFacts, { store, entry }: AnchoringPlan): void {
  if (entry === "raw" && !facts.codeKnown) {
    throw new TestamurError(
      "CONTRACT_UNKNOWN",
      `the code of ${store} (hash ${facts.codeHash}) is no release of ours: which bare roots it would take for a call is not known`,
      { next: "anchor through issue(bytes32), or deploy a store: testamur store deploy" },
    );
  }
}
