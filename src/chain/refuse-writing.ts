/** What speaks against a write before it is signed: the store's own state, and an empty account. */

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { formatAmount } from "./fees.ts";
import type { Network } from "./networks.ts";
import type { StoreFacts } from "./store-facts.ts";
import type { StoreRole } from "./role-names.ts";

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
