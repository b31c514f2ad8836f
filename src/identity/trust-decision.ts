/** Puts the verifier's own trust list beside what an issuer's records say: the list decides, both are reported. */

import type { IssuerClaim } from "../core/claims.ts";
import type { Json } from "../core/json.ts";
import type { IdentityAnswer } from "../core/ports.ts";
import type { TrustedIssuer, TrustList } from "./trust-list.ts";
import { findByDid, findByDomain, findByStore } from "./trusted-issuers.ts";

/** What the records said, and whom the list may know the issuer by. */
export interface TrustQuestion {
  readonly trust: TrustList;
  readonly issuer: IssuerClaim;
  readonly byRecords: IdentityAnswer;
  readonly chainId: number | undefined;
  readonly moment: Date;
}

/**
 * The verifier's own decision comes first: it holds while DNS is silent, and also when a domain was lost and its new owner
 * publishes other records. What the records said is reported beside it.
 */
export function decideByTrustList(question: TrustQuestion): IdentityAnswer {
  const { byRecords } = question;
  const listed = findTrusted(question);
  if (listed !== undefined) {
    const evidence = { listedBy: listed.by, records: toEvidence(byRecords) };
    return { kind: "proven", by: "trust-list", name: listed.issuer.name, evidence };
  }
  if (byRecords.kind === "silent" || byRecords.kind === "unknown-kind") return byRecords;
  return { ...byRecords, evidence: { ...byRecords.evidence, onTrustList: false } };
}

/** An entry of the trust list, and what it was found by. */
interface Trusted {
  readonly issuer: TrustedIssuer;
  readonly by: "register" | "DID" | "domain";
}

/**
 * A register or a DID on the list is the issuer's, since whoever controls it made the document; a DID only with a key that it
 * lists. A domain is a mere claim until its own records have proven it.
 */
function findTrusted({ trust, issuer, byRecords, chainId, moment }: TrustQuestion): Trusted | undefined {
  const { proof } = issuer;
  if (proof.kind === "did" && byRecords.kind === "contradicted") return undefined;
  const account = "account" in proof ? proof.account : undefined;
  const chain = ("chainId" in proof ? proof.chainId : undefined) ?? chainId;
  const isStore = account !== undefined && chain !== undefined;
  const byStore = isStore ? findByStore(trust, chain, account, moment) : undefined;
  if (byStore !== undefined) return { issuer: byStore, by: "register" };
  const isListed = proof.kind === "did" && (byRecords.kind === "proven" || byRecords.kind === "unproven");
  const [did] = isListed || proof.kind === "dns-did" ? proof.key.split("#", 1) : [];
  const byDid = did === undefined ? undefined : findByDid(trust, did, moment);
  if (byDid !== undefined) return { issuer: byDid, by: "DID" };
  const domain = findProvenDomain(byRecords);
  const byDomain = domain === undefined ? undefined : findByDomain(trust, domain, moment);
  return byDomain === undefined ? undefined : { issuer: byDomain, by: "domain" };
}

/** The domain that vouches: by its DNS, or by the DID document at its root (deeper ones may be any user's). */
function findProvenDomain(answer: IdentityAnswer): string | undefined {
  if (answer.kind !== "proven" || answer.by === "trust-list") return undefined;
  return answer.by === "did" ? /^did:web:([a-z0-9.-]+)$/.exec(answer.name)?.[1] : answer.name;
}

function toEvidence(answer: IdentityAnswer): Json {
  switch (answer.kind) {
    case "proven":
      return { kind: answer.kind, by: answer.by, name: answer.name, ...answer.evidence };
    case "contradicted":
    case "unproven":
      return { kind: answer.kind, reason: answer.reason, ...answer.evidence };
    case "unknown-kind":
    case "silent":
      return { kind: answer.kind, reason: answer.reason };
  }
}
