/** Sends signed bytes. Sending twice is no mistake; what nodes say to a second sending is understood (fault 47). */

import { TestamurError } from "../core/errors.ts";
import type { SignedTransaction } from "../core/ports/anchoring.ts";
import { nodeFault } from "./demand.ts";
import { refusalFault } from "./refusal-words.ts";
import { receiptQuestion, sendQuestion } from "./transaction-questions.ts";
import type { WritingSession } from "./writing-session.ts";

/** `nonce-used`: a transaction other than this one, of the same account, has taken the nonce. */
export type Sending = "accepted" | "nonce-used";

/** How go-ethereum, Erigon, Nethermind, Besu, OpenEthereum and Hardhat say it. */
const SAYINGS = {
  known: /already ?known|known transaction|already imported|already exists|same hash was already/i,
  /** Another transaction with this nonce waits with a fee as high: it is ours, since the key is. */
  waiting: /replacement (?:transaction|not allowed|fee)|replacementnotallowed|same nonce in the queue/i,
  nonceUsed: /nonce (?:is )?too low|oldnonce|invalid nonce|nonce has already been used/i,
  nonceGap: /nonce (?:is )?too high|noncegap/i,
  feeTooLow:
    /underpriced|fee ?too ?low|less than block base fee|too low for the next block|below (?:configured )?minimum gas price/i,
  funds: /insufficient ?funds|enough funds|upfront cost exceeds/i,
} as const;

/**
 * @throws {TestamurError} `CHAIN_WRONG` for bytes signed for another chain, `FUNDS_INSUFFICIENT`, `FEE_ABOVE_CAP` when the
 *   node wants more than was signed, `BATCH_NEEDS_ATTENTION` behind a gap in the nonces, `TRANSACTION_REVERTED`,
 *   `NODE_UNAVAILABLE`, `NODE_LYING`. After any of the last three it may have arrived all the same.
 */
export async function broadcast(session: WritingSession, transaction: SignedTransaction): Promise<Sending> {
  const { rpc, network, patience } = session;
  const { raw, hash, chainId, nonce, from } = transaction;
  const what = `sending ${hash}`;
  if (chainId !== network.chainId) {
    throw new TestamurError(
      "CHAIN_WRONG",
      `${hash} is signed for chain ${chainId}, the node serves ${network.chainId}`,
      { next: "use a node of the chain it was signed for (--rpc)" },
    );
  }
  const sent = await rpc.ask(sendQuestion(raw, hash), patience);
  if (sent.kind === "ok") return "accepted";
  const said = sent.kind === "unavailable" ? (sent.error?.message ?? "") : "";
  if (SAYINGS.known.test(said) || SAYINGS.waiting.test(said)) return "accepted";
  if (sent.kind === "reverted" || SAYINGS.nonceUsed.test(said)) {
    // a node that mines at once reports the revert of what it has mined
    const receipt = await rpc.ask(receiptQuestion(hash), patience);
    if (receipt.kind === "ok") return "accepted";
    if (sent.kind === "reverted") throw refusalFault(what, sent.data);
    return "nonce-used";
  }
  if (SAYINGS.funds.test(said)) {
    throw new TestamurError("FUNDS_INSUFFICIENT", `${from} cannot pay for ${hash}`, {
      next: `send some ${network.currency} to ${from}, then resume`,
    });
  }
  if (SAYINGS.nonceGap.test(said)) {
    throw new TestamurError(
      "BATCH_NEEDS_ATTENTION",
      `${hash} has nonce ${nonce}, but an earlier one of ${from} is missing`,
      {
        next: "send the earlier transaction again, or fill the gap with a transfer to yourself",
      },
    );
  }
  if (SAYINGS.feeTooLow.test(said)) {
    throw new TestamurError("FEE_ABOVE_CAP", `the node wants a higher fee than ${hash} offers`, {
      next: "wait until fees are lower, or sign again with a higher fee",
    });
  }
  throw nodeFault(sent, what);
}
