/** Who vouches for an issuer: its domain, its DID, its profile, or the verifier's own trust list. All are asked, and all are reported. */

import type { IssuerClaim } from "../core/claims.ts";
import type { Clock } from "../core/ports/answer.ts";
import type { AnchorMoment, ChainReader } from "../core/ports/chain.ts";
import type { IdentityProver } from "../core/ports/identity.ts";
import { openDidDocuments, type DidOptions } from "./did-documents.ts";
import { proveByDid } from "./did-prover.ts";
import { openDns, type DnsOptions } from "./dns-over-https.ts";
import { proveByDns } from "./dns-prover.ts";
import { openIssuerRecords, type IssuerRecordsFinder } from "./issuer-records.ts";
import { withBindings } from "./profile-binding.ts";
import { proveByProfile, type ProfileQuestion, type ProvenSender } from "./profile-prover.ts";
import { decideByTrustList } from "./trust-decision.ts";
import type { TrustList } from "./trust-list.ts";

export interface IdentityOptions extends DidOptions, DnsOptions {
  readonly trust?: TrustList | undefined;
  /** Where issuers keep their keys, for who shares what was fetched. */
  readonly records?: IssuerRecordsFinder | undefined;
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
  const profiles = { records: options.records ?? openIssuerRecords(options, documents), chain: options.chain };
  const now = () => options.clock?.now() ?? new Date();

  async function proveByRecords(
    issuer: IssuerClaim,
    chainId: number | undefined,
    at?: AnchorMoment,
  ): Promise<ProvenSender> {
    const { proof } = issuer;
    switch (proof.kind) {
      case "dns-txt":
      case "dns-did":
        return { answer: await proveByDns({ proof, chainId, claimedName: issuer.name }, dns) };
      case "did":
        return { answer: await proveByDid({ proof, claimedName: issuer.name, at }, documents, now) };
      case "issuer-profile":
        return proveByBoundProfile({ proof, claimedName: issuer.name });
      case "none":
        return { answer: { kind: "unproven", reason: "The document names nobody who vouches for its issuer." } };
      case "unknown":
        return {
          answer: { kind: "unknown-kind", reason: `This way of proving an issuer is not known: ${proof.what}.` },
        };
    }
  }

  async function proveByBoundProfile(question: ProfileQuestion): Promise<ProvenSender> {
    const sent = await proveByProfile(question, profiles);
    if (sent.answer.kind !== "proven") return sent;
    return { ...sent, answer: await withBindings(sent.answer, sent.register, dns) };
  }

  return {
    prove: async (issuer, chainId, at) => {
      const { answer: byRecords, register } = await proveByRecords(issuer, chainId, at);
      const { trust } = options;
      if (trust === undefined) return byRecords;
      const moment = (hasPeriods(trust) ? await blockTime(options.chain, chainId) : undefined) ?? now();
      return decideByTrustList({ trust, issuer, byRecords, register, chainId, moment });
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
