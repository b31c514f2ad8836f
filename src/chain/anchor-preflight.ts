/** Everything that would make anchoring fail, found before anything is signed (faults 29, 50 to 56). */

import { keccak256, stringToHex } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Preflight } from "../core/ports.ts";
import { anchorCall, type AnchorEntry } from "./anchor-calls.ts";
import { contractAbsent } from "./anchor-record.ts";
import { openBlockReads } from "./block-reads.ts";
import { demand } from "./demand.ts";
import { formatAmount } from "./fees.ts";
import { describeFinality, type Network } from "./networks.ts";
import { balanceQuestion } from "./rpc-questions.ts";
import { makeOffer } from "./sign-transaction.ts";
import { readStoreFacts, type StoreFacts } from "./store-facts.ts";
import type { StoreRole } from "./store-roles.ts";
import { pinForWriting } from "./transaction-standing.ts";
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
  const { block } = await pinForWriting(session, plan.now());
  const facts = await readStoreFacts(openBlockReads(rpc, block, patience), store, account);
  if (facts === undefined) throw contractAbsent(store, network.name);
  refuseForeignContract(facts, plan);
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

/**
 * What a store itself says against a write by this account.
 *
 * @throws {TestamurError} `STORE_PAUSED`, `ROLE_MISSING`.
 */
export function refuseWriting(facts: StoreFacts, store: Hex, account: Hex, role: StoreRole): void {
  const admin = facts.owner === undefined ? "an admin of the store" : `its admin ${facts.owner}`;
  if (facts.paused === true && role !== "admin") {
    throw new TestamurError("STORE_PAUSED", `store ${store} is paused: nothing can be issued or revoked`, {
      next: `${admin} can resume it: testamur store pause --off`,
    });
  }
  if (facts.roles[role] === false) {
    throw new TestamurError("ROLE_MISSING", `account ${account} does not hold the role ${role} in store ${store}`, {
      next: `${admin} can grant it: testamur store roles`,
    });
  }
}

/** @throws {TestamurError} `FUNDS_INSUFFICIENT`, saying how much is missing. */
export function refusePoverty(account: Hex, costWei: bigint, balanceWei: bigint, network: Network): void {
  if (balanceWei >= costWei) return;
  const missing = formatAmount(costWei - balanceWei, network);
  throw new TestamurError(
    "FUNDS_INSUFFICIENT",
    `account ${account} has ${formatAmount(balanceWei, network)}; this may cost up to ${formatAmount(costWei, network)}`,
    { next: `send at least ${missing} to ${account} on ${network.name}` },
  );
}

function refuseForeignContract(facts: StoreFacts, { store, entry }: AnchoringPlan): void {
  if (facts.generation === "none") {
    throw new TestamurError("CONTRACT_UNKNOWN", `the contract at ${store} does not answer as a document store does`, {
      next: "is this the address of the store, or that of an account or a token?",
    });
  }
  if (entry === "raw" && !facts.codeKnown) {
    throw new TestamurError(
      "CONTRACT_UNKNOWN",
      `the code of ${store} (hash ${facts.codeHash}) is no release of ours: which bare roots it would take for a call is not known`,
      { next: "anchor through issue(bytes32), or deploy a store: testamur store deploy" },
    );
  }
}
