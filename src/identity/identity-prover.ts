/** Who vouches for an issuer: its domain, its DID, or the verifier's own trust list. All are asked, and all are reported. */

import type { IssuerClaim } from "../core/claims.ts";
import type { Json } from "../core/json.ts";
import type { Clock, IdentityAnswer, IdentityProver } from "../core/ports.ts";
import type { DidEthrOptions } from "./did-ethr.ts";
import { openDidKeys } from "./did-keys.ts";
import { proveByDid } from "./did-prover.ts";
import { openDns, type DnsOptions } from "./dns-over-https.ts";
import { proveByDns } from "./dns-prover.ts";
import type { TrustedIssuer, TrustList } from "./trust-list.ts";
import { findByDid, findByDomain, findByStore } from "./trusted-issuers.ts";

export interface IdentityOptions extends DidEthrOptions, DnsOptions {
  readonly trust?: TrustList | undefined;
  /** For entries of the trust list that begin or end, where no chain tells the time. */
  readonly clock?: Clock | undefined;
}

/**
 * Opens the sources of identity for one session.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` for resolvers that cannot be asked.
 */
export function openIdentityProver(options: IdentityOptions): IdentityProver {
  const dns = openDns(options);
  const keys = openDidKeys(options);

  async function proveByRecords(issuer: IssuerClaim, chainId: number | undefined): Promise<IdentityAnswer> {
    const { proof } = issuer;
    switch (proof.kind) {
      case "dns-txt":
      case "dns-did":
        return proveByDns({ proof, chainId, claimedName: issuer.name }, dns);
      case "did":
        return proveByDid(proof, keys);
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
      const [byRecords, now] = await Promise.all([proveByRecords(issuer, chainId), momentOf(options, chainId)]);
      return options.trust === undefined
        ? byRecords
        : withTrustList(byRecords, findListed(options.trust, issuer, byRecords, chainId, now));
    },
  };
}

/** The time of the block that is read at, so that a replay judges as it did then; else the clock's. */
async function momentOf(options: IdentityOptions, chainId: number | undefined): Promise<Date> {
  const changes = options.trust?.issuers.some(({ from, until }) => from !== undefined || until !== undefined) ?? false;
  const opened = changes && chainId !== undefined ? await options.chain.viewOf(chainId) : undefined;
  return opened?.kind === "view" ? new Date(opened.view.readAt.time) : (options.clock?.now() ?? new Date());
}

/** An entry of the trust list, and what it was found by. */
interface Listed {
  readonly issuer: TrustedIssuer;
  readonly by: "register" | "DID" | "domain";
}

/**
 * A register or a DID on the list is the issuer's, since whoever controls it made the document. A domain is a mere claim until
 * its own records have proven it.
 */
function findListed(
  list: TrustList,
  { proof }: IssuerClaim,
  byRecords: IdentityAnswer,
  chainId: number | undefined,
  now: Date,
): Listed | undefined {
  const account = "account" in proof ? proof.account : undefined;
  const chain = ("chainId" in proof ? proof.chainId : undefined) ?? chainId;
  const store = account !== undefined && chain !== undefined ? findByStore(list, chain, account, now) : undefined;
  if (store !== undefined) return { issuer: store, by: "register" };
  const key = "key" in proof ? proof.key : undefined;
  const byDid = key === undefined ? undefined : findByDid(list, key.split("#")[0] ?? "", now);
  if (byDid !== undefined) return { issuer: byDid, by: "DID" };
  const isDomain = byRecords.kind === "proven" && (byRecords.by === "dns-txt" || byRecords.by === "dns-did");
  const byDomain = isDomain ? findByDomain(list, byRecords.name, now) : undefined;
  return byDomain === undefined ? undefined : { issuer: byDomain, by: "domain" };
}

/**
 * The verifier's own decision comes first: it holds while DNS is silent, and also when a domain was lost and its new owner
 * publishes other records. What the records said is reported beside it.
 */
function withTrustList(byRecords: IdentityAnswer, listed: Listed | undefined): IdentityAnswer {
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
