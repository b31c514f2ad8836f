/** Puts the verifier's own trust list beside what an issuer's records say: the list decides, both are reported. */

import type { Hex } from "../core/bytes.ts";
import type { IdentityProof, IssuerClaim } from "../core/claims.ts";
import type { Json } from "../core/json.ts";
import type { IdentityAnswer } from "../core/ports/identity.ts";
import type { TrustedIssuer, TrustList } from "./trust-list.ts";
import { findByDid, findByDomain, findByStore } from "./trusted-issuers.ts";

/** What the records said, and whom the list may know the issuer by. */
export interface TrustQuestion {
  readonly trust: TrustList;
  readonly issuer: IssuerClaim;
  readonly byRecords: IdentityAnswer;
  /** The register that a transaction's root went into, where the document names none itself. */
  readonly register: { readonly address: Hex; readonly chainId: number } | undefined;
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
    const proven = { kind: "proven", by: "trust-list", name: listed.issuer.name, evidence } as const;
    return byRecords.kind === "proven" && byRecords.boundBy !== undefined
      ? { ...proven, boundBy: [...byRecords.boundBy, "trust-list"] }
      : proven;
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
function findTrusted({ trust, issuer, byRecords, register, chainId, moment }: TrustQuestion): Trusted | undefined {
  const { proof } = issuer;
  const isByKey = proof.kind === "did" || proof.kind === "issuer-profile";
  if (isByKey && byRecords.kind === "contradicted") return undefined;
  const account = "account" in proof ? proof.account : register?.address;
  const chain = ("chainId" in proof ? proof.chainId : register?.chainId) ?? chainId;
  const isStore = account !== undefined && chain !== undefined;
  const byStore = isStore ? findByStore(trust, chain, account, moment) : undefined;
  if (byStore !== undefined) return { issuer: byStore, by: "register" };
  const did = findDid(proof, byRecords);
  const byDid = did === undefined ? undefined : findByDid(trust, did, moment);
  if (byDid !== undefined) return { issuer: byDid, by: "DID" };
  const domain = findProvenDomain(byRecords);
  const byDomain = domain === undefined ? undefined : findByDomain(trust, domain, moment);
  return byDomain === undefined ? undefined : { issuer: byDomain, by: "domain" };
}

/** The DID that has listed the key, or that stands in the document and is vouched for by its domain. */
function findDid(proof: IdentityProof, byRecords: IdentityAnswer): string | undefined {
  if (proof.kind === "dns-did") return proof.key.split("#", 1)[0];
  if (byRecords.kind !== "proven" && byRecords.kind !== "unproven") return undefined;
  if (proof.kind === "did") return proof.key.split("#", 1)[0];
  const isListed = proof.kind === "issuer-profile" && byRecords.evidence?.["did"] === proof.location;
  return isListed ? proof.location : undefined;
}

/** The domain that vouches: by its DNS, or by what lies at its root (deeper addresses may be any user's). */
function findProvenDomain(answer: IdentityAnswer): string | undefined {
  if (answer.kind !== "proven") return undefined;
  switch (answer.by) {
    case "dns-txt":
    case "dns-did":
      return answer.name;
    case "did":
      return /^did:web:([a-z0-9.-]+)$/.exec(answer.name)?.[1];
    case "issuer-profile":
      return /^https:\/\/([a-z0-9.-]+)\/(?:\.well-known\/)?[^/?#]*$/.exec(answer.name)?.[1];
    case "trust-list":
    case "recognition":
      return undefined;
  }
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
