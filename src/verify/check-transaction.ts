/** Is the root the data of the transaction that the document names, and has that transaction come to something? */

import type { Hex } from "../core/bytes.ts";
import type { TransactionClaim } from "../core/claims.ts";
import { finding } from "../core/findings.ts";
import type { ChainView } from "../core/ports/chain.ts";
import { codeDoubt, codeEvidence, compromised, notFinal, type AnchorCheck } from "./anchor-findings.ts";
import type { ChainAccess } from "./chain-access.ts";
import type { Policy } from "./policy.ts";
import { readSending, type Sending } from "../core/read-sending.ts";

export async function checkTransaction(
  claim: TransactionClaim,
  chain: ChainAccess,
  policy: Policy,
): Promise<AnchorCheck> {
  const { hash, chainId, network } = claim;
  if (chainId === "mock") {
    const message = "It was never put on a real chain: the proof is for testing only.";
    return { findings: [finding("anchor", "ANCHOR_ON_TEST_NETWORK", message)] };
  }
  if (chainId === "unsupported") {
    const message = `Anchors of this network cannot be looked up here (${network ?? "not named"}, ${hash}).`;
    return { findings: [finding("anchor", "ANCHOR_KIND_UNKNOWN", message)] };
  }
  const opened = await chain.open("anchor", chainId);
  return opened.kind === "view" ? checkSending(claim, opened.view, policy) : { findings: [opened.finding] };
}

/** Successful, with nothing but the root as its data, and final. */
async function checkSending(claim: TransactionClaim, view: ChainView, policy: Policy): Promise<AnchorCheck> {
  const root = claim.inclusion.root.computed;
  const { chainId, block: readBlock } = view.readAt;
  const place = { transaction: claim.hash, chainId };
  const asked = await readSending(claim, view);
  if (asked.kind === "silent") {
    const message = `The transaction ${claim.hash} could not be read: ${asked.reason}`;
    return { findings: [finding("anchor", "CHAIN_SILENT", message)] };
  }
  const { transaction, register } = asked.value;
  const fault = findSendingFault(asked.value, root);
  if (transaction.kind === "absent" || fault !== undefined) {
    const message = `Root ${root} is not anchored by transaction ${claim.hash} on chain ${chainId}: ${fault} (asked at block ${readBlock}).`;
    return { findings: [finding("anchor", "ROOT_NOT_ANCHORED", message, { ...place, root })] };
  }
  const { block, time, from } = transaction;
  const anchor = { root, ...place, block, time, ...(register !== undefined && { store: register.address }) };
  const evidence = { ...anchor, sender: from, ...(register !== undefined && codeEvidence(register.standing)) };
  if (register?.standing.revocation?.byCompromise === true) return { findings: [compromised(evidence)], anchor };
  if (!transaction.final || register?.standing.final === false) return { findings: [notFinal(evidence)], anchor };
  const held = finding("anchor", "ROOT_ANCHORED", "The chain holds this document's root.", evidence);
  const doubts = policy.strict && register !== undefined ? codeDoubt(register.standing, register.address) : [];
  return { findings: [held, ...doubts], anchor };
}

function findSendingFault({ transaction, register }: Sending, root: Hex): string | undefined {
  if (transaction.kind === "absent") return "no block has it";
  if (!transaction.succeeded) return "it was reverted";
  if (transaction.input !== root) return "its data is something else than the root";
  return register === undefined || register.standing.issued
    ? undefined
    : `the register ${register.address} did not take it`;
}
