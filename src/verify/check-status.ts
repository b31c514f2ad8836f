/** Has the issuer withdrawn the document, or put it on hold? */

import type { Claims, Inclusion, StatusClaim, TransactionClaim } from "../core/claims.ts";
import { finding, type Evidence, type Finding } from "../core/findings.ts";
import type { StoreRevocation } from "../core/ports/chain.ts";
import type { SettledStatus } from "../core/ports/status.ts";
import { readSending, type Register } from "../core/read-sending.ts";
import type { ChainAccess } from "./chain-access.ts";
import type { SettledStatusReader } from "./verify-list.ts";

/** One finding a way of withdrawing, the register a root was sent to included; none of them may speak against the document. */
export async function checkStatus(
  claims: Claims,
  chain: ChainAccess,
  statuses: SettledStatusReader,
): Promise<readonly Finding[]> {
  const sendings = claims.anchors.filter((anchor) => anchor.kind === "transaction");
  const checks = await Promise.all([
    ...claims.statuses.map(async (claim) => [await checkOne(await inStore(claim, sendings, chain), chain, statuses)]),
    ...sendings.map(async (claim) => checkRegister(claim, chain)),
  ]);
  const findings = checks.flat();
  return findings.length > 0
    ? findings
    : [finding("status", "STATUS_NOT_OFFERED", "The document names no way of being withdrawn.")];
}

/**
 * A list that a store keeps is read there, wherever a copy of it lies: the copy may be old or lost. Only the very register
 * that took the root has this word; a copy of any other store's list is a list at an address.
 */
async function inStore(
  claim: StatusClaim,
  sendings: readonly TransactionClaim[],
  chain: ChainAccess,
): Promise<StatusClaim> {
  const published = claim.kind === "bitstring-list" ? claim.published : undefined;
  if (published === undefined) return claim;
  for (const sending of sendings.filter(({ chainId }) => chainId === published.chainId)) {
    const opened = await chain.open("status", published.chainId);
    const asked = opened.kind === "view" ? await readSending(sending, opened.view) : undefined;
    if (asked?.kind === "answer" && asked.value.register?.address === published.address) return published;
  }
  return claim;
}

/** A register that took the root in can withdraw it, whether or not the document says so; no other says anything. */
async function checkRegister(claim: TransactionClaim, chain: ChainAccess): Promise<readonly Finding[]> {
  if (typeof claim.chainId !== "number") return [];
  const opened = await chain.open("status", claim.chainId);
  if (opened.kind === "none") return []; // the anchor's finding says why
  const asked = await readSending(claim, opened.view);
  if (asked.kind === "silent") return [silent(asked.reason)];
  const { register } = asked.value;
  if (register === undefined) return [];
  const place = { store: register.address, chainId: opened.view.readAt.chainId };
  return [fromStanding(register.standing, claim.inclusion, place)];
}

async function checkOne(claim: StatusClaim, chain: ChainAccess, statuses: SettledStatusReader): Promise<Finding> {
  switch (claim.kind) {
    case "store-nodes":
      return checkStore(claim, chain);
    case "not-offered":
      return finding("status", "STATUS_NOT_OFFERED", "The issuer says that this document cannot be withdrawn.");
    case "unknown":
      return finding("status", "STATUS_KIND_UNKNOWN", `This way of withdrawing is not known: ${claim.what}.`);
    case "store-list":
      return checkStoreList(claim, chain);
    case "ocsp":
    case "bitstring-list":
    case "revocation-list":
      return fromAnswer(await statuses.ask(claim));
  }
}

async function checkStore(claim: Extract<StatusClaim, { kind: "store-nodes" }>, chain: ChainAccess): Promise<Finding> {
  const opened = await chain.open("status", claim.chainId);
  if (opened.kind === "none") return opened.finding;
  const answer = await opened.view.standingOf(claim.address, claim.inclusion);
  if (answer.kind === "silent") return silent(answer.reason);
  const standing = answer.value;
  if (standing.kind === "no-contract") {
    return finding(
      "status",
      "STATUS_SILENT",
      "There is no register at the address the document names, so nobody can say.",
    );
  }
  const place = { store: claim.address, chainId: opened.view.readAt.chainId };
  return fromStanding(standing, claim.inclusion, place);
}

/** The list in the store itself, by the entry's own purpose: an entry of another purpose has a claim of its own. */
async function checkStoreList(
  claim: Extract<StatusClaim, { kind: "store-list" }>,
  chain: ChainAccess,
): Promise<Finding> {
  const opened = await chain.open("status", claim.chainId);
  if (opened.kind === "none") return opened.finding;
  const { address: store, list, index, purpose } = claim;
  const answer = await opened.view.entryOf(store, list, index);
  if (answer.kind === "silent") return fromAnswer(answer);
  const { revocation, suspension } = answer.value;
  const change = purpose === "revocation" ? revocation : suspension;
  const evidence = { store, chainId: opened.view.readAt.chainId, list, index, purpose, ...change };
  if (change === undefined) return fromAnswer({ kind: "good", evidence });
  return fromAnswer({ kind: purpose === "revocation" ? "revoked" : "suspended", evidence });
}

function fromStanding({ revocation }: Register["standing"], inclusion: Inclusion, place: Evidence): Finding {
  return revocation === undefined
    ? finding("status", "NOT_REVOKED", "The issuer has not withdrawn it.", place)
    : revoked(revocation, inclusion, place);
}

function revoked(revocation: StoreRevocation, inclusion: Inclusion, place: Evidence): Finding {
  const what = revocation.node === inclusion.leaf.computed ? "document" : "batch this document belongs to";
  const when = revocation.at === undefined ? "" : ` on ${revocation.at}`;
  return finding("status", "REVOKED", `The issuer withdrew the ${what}${when}.`, {
    ...place,
    node: revocation.node,
    ...(revocation.block !== undefined && { block: revocation.block }),
    ...(revocation.at !== undefined && { at: revocation.at }),
    ...(revocation.reason !== undefined && { reason: revocation.reason }),
  });
}

function fromAnswer(answer: SettledStatus): Finding {
  switch (answer.kind) {
    case "not-offered":
      return finding("status", "STATUS_NOT_OFFERED", answer.reason);
    case "good":
      return finding("status", "NOT_REVOKED", "The issuer has not withdrawn it.", answer.evidence);
    case "revoked":
      return finding("status", "REVOKED", "The issuer withdrew the document.", withdrawal(answer));
    case "suspended":
      return finding("status", "SUSPENDED", "The issuer has put the document on hold.", withdrawal(answer));
    case "unknown-kind":
      return finding("status", "STATUS_KIND_UNKNOWN", answer.reason);
    case "silent":
      return silent(answer.reason);
  }
}

function silent(reason: string): Finding {
  return finding("status", "STATUS_SILENT", `Whether it was withdrawn could not be read: ${reason}`);
}

function withdrawal(answer: Extract<SettledStatus, { kind: "revoked" | "suspended" }>): Evidence {
  return {
    ...answer.evidence,
    ...(answer.node !== undefined && { node: answer.node }),
    ...(answer.at !== undefined && { at: answer.at }),
    ...(answer.reason !== undefined && { reason: answer.reason }),
  };
}
