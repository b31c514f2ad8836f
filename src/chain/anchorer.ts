/** Anchors roots in one store with one account: finds trouble before signing, signs, sends, and reads where things stand. */

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { AnchorEntry, Anchorer } from "../core/ports/anchoring.ts";
import { parseTransaction, type Account } from "./account.ts";
import { anchorCall, findAnchoredRoot } from "./anchor-calls.ts";
import { preflight } from "./anchor-preflight.ts";
import { findAnchorRecord } from "./anchor-record.ts";
import { broadcast } from "./broadcast.ts";
import { toLower } from "./rpc-questions.ts";
import { signTransaction } from "./sign-transaction.ts";
import { readStanding } from "./transaction-standing.ts";
import { waitForBlock } from "./wait-for-block.ts";
import { openWriting, type WritingOptions } from "./writing-session.ts";

export interface AnchorerOptions extends WritingOptions {
  readonly store: Hex;
  readonly account: Account;
  /** `issue` unless told otherwise; `raw` also makes a Blockcerts anchor, and wants a store of ours. */
  readonly entry?: AnchorEntry;
  /** No anchoring may cost more than this, in wei. */
  readonly maxFeeWei?: bigint;
  readonly now: () => Date;
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` when an address cannot be understood. */
export function openAnchorer(options: AnchorerOptions): Anchorer {
  const { account, entry = "issue", maxFeeWei, now } = options;
  const store = toLower(options.store);
  const cap = maxFeeWei === undefined ? {} : { maxFeeWei };
  const open = openWriting(options);

  return {
    account: account.address,
    preflight: async () => preflight(await open(), { store, account: account.address, entry, now, ...cap }),
    findAnchor: async (root) => findAnchorRecord(await open(), store, toLower(root), now()),
    async sign(root, signing = {}) {
      const data = anchorCall(toLower(root), entry);
      const what = `anchoring ${root} in ${store}`;
      return signTransaction(await open(), account, { to: store, data, what }, { ...signing, ...cap });
    },
    async broadcast(transaction) {
      const session = await open();
      if ((await broadcast(session, transaction)) === "accepted") return;
      // the nonce is gone; if the root is there, a twin with another fee was quicker
      const root = findAnchoredRoot(parseTransaction(transaction.raw).data);
      const record = root === undefined ? undefined : await findAnchorRecord(session, store, root, now());
      if (record !== undefined) return;
      throw new TestamurError(
        "BATCH_NEEDS_ATTENTION",
        `nonce ${transaction.nonce} of ${transaction.from} was used by another transaction, which is not final yet`,
        { next: "something else uses this key; when the other transaction is final, resume signs with a new nonce" },
      );
    },
    standingOf: async (transaction) => readStanding(await open(), transaction, now()),
    nextBlock: async () => waitForBlock(await open()),
  };
}
