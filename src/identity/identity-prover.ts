/** Who vouches for an issuer: its domain, its DID, or the verifier's own trust list. All are asked, and all are reported. */

import type { IssuerClaim } from "../core/claims.ts";
import type { Json } from "../core/json.ts";
import type { ChainReader, Clock, IdentityAnswer, IdentityProver } from "../core/ports.ts";
import { openDidDocuments, type DidOptions } from "./did-documents.ts";
import { proveByDid } from "./did-prover.ts";
import { openDns, type DnsOptions } from "./dns-over-https.ts";
import { proveByDns } from "./dns-prover.ts";
import type { TrustedIssuer, TrustList } from "./trust-list.ts";
import { findByDid, findByDomain, findByStore } from "./trusted-issuers.ts";

export interface IdentityOptions extends DidOptions, DnsOptions {
  readonly trust?: TrustList | undefined;
  /** For keys and for entries of the trust list that begin or end, where no chain tells the time. */
  readonly clock?: Clock | undefined;
}

/**
 * Opens the sources of identity for one session.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` for resolvers that cannot be asked.
 */
export function openIdentityProver(options: IdentityOptions): IdentityProver {
  const dns = openDns(options);
  const documents = openDidDocuments(options);
  const now = () => options.clock?.now() ?? new Date();

  async function proveByRecords(issuer: IssuerClaim, chainId: number | undefined): Promise<IdentityAnswer> {
    const { proof } = issuer;
    switch (proof.kind) {
      case "dns-txt":
      case "dns-did":
        return proveByDns({ proof, chainId, claimedName: issuer.name }, dns);
      case "did":
        return proveByDid(proof, documents, now());
      case "issuer-profile":
        return { kind: "unknown-kind", reason: `Issuer profiles are not looked up here (${proof.location}).` };
      case "none":
        return { kind: "unproven", reason: "The document names nobody who vouches for its issuer." };
      case "unknown":
        return { kind: "unknown-kind", reason: `This way of proving an issuer is not known: ${proof.what}.` };
    }
  }

  return {
    prove: async (issuer, chainId) => {
      const byRecords = await proveByRecords(issuer, chainId);
      const { trust } = options;
      if (trust === undefined) return byRecords;
      const moment = (hasPeriods(trust) ? await blockTime(options.chain, chainId) : undefined) ?? now();
      return withTrustList(byRecords, findTrusted({ trust, issuer, byRecords, chainId, moment }));
    },
  };
}

function hasPeriods(trust: TrustList): boolean {
  return trust.issuers.some(({ from, until }) => from !== undefined || until !== undefined);
}

/** The time of the block that is read at, so that a replay judges as it did then. */
async function blockTime(chain: ChainReader, chainId: number | undefined): Promise<Date | undefined> {
  const opened = chainId === undefined ? undefined : await chain.viewOf(chainId);
  return opened?.kind === "view" ? new Date(opened.view.readAt.time) : undefined;
}

/** An entry of the trust list, and what it was found by. */
interface Trusted {
  readonly issuer: TrustedIssuer;
  readonly by: "register" | "DID" | "domain";
}

interface TrustQuestion {
  readonly trust: TrustList;
  readonly issuer: IssuerClaim;
  readonly byRecords: IdentityAnswer;
  readonly chainId: number | undefined;
  readonly moment: Date;
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

/**
 * The verifier's own decision comes first: it holds while DNS is silent, and also when a domain was lost and its new owner
 * publishes other records. What the records said is reported beside it.
 */
function withTrustList(byRecords: IdentityAnswer, listed: Trusted | undefined): IdentityAnswer {
  if (listed !== undefined) {
    const evidence = { listedBy: listed.by, records: toEvidence(byRecords) };
    return { kind: "proven", by: "trust-list", name: listed.issuer.name, evidence };
  }
  if (byRecords.kind === "silent" || byRecords.kind === "unknown-kind") return byRecords;
  return { ...byRecords, evidence: { ...byRecords.evidence, onTrustList: false } };
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
