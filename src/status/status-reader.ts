/** Reads status that issuers keep off chain, each kind by its own rules. */

import type { StatusReader } from "../core/ports/status.ts";
import { STRICT_LISTS, type ListProfile } from "./bitstring-list.ts";
import { askBitstringList, type ProfileFinder } from "./bitstring-status.ts";
import { openFetchedLists, type ListOptions } from "./fetched-lists.ts";
import { askResponder, type OcspOptions } from "./ocsp.ts";
import { openRevocationLists, type RevocationListFinder } from "./revocation-list.ts";

export interface StatusOptions extends OcspOptions, ListOptions {
  /** Where issuers keep their lists of withdrawn documents; absent: only lists that documents name themselves are read. */
  readonly revocationListOf?: RevocationListFinder;
  /** Where issuers of Blockcerts keep their profiles; absent: only those that are named by an address are known. */
  readonly profileOf?: ProfileFinder;
  /** What is asked of Bitstring Status Lists; strict unless told otherwise. */
  readonly profile?: ListProfile;
}

/** Opens the readers of status for one session; only hosts that the operator allowed are ever asked. */
export function openStatusReader(options: StatusOptions): StatusReader {
  const lists = openFetchedLists(options);
  const { profile = STRICT_LISTS, profileOf = namedByAddress } = options;
  const revocationLists = openRevocationLists(lists, options.revocationListOf ?? noProfiles);
  return {
    ask: async (claim) => {
      switch (claim.kind) {
        case "ocsp":
          return askResponder(claim, options);
        case "bitstring-list":
          return askBitstringList(claim, { lists, profile, profileOf });
        case "revocation-list":
          return revocationLists.ask(claim);
        case "store-nodes":
        case "store-list":
        case "not-offered":
        case "unknown":
          return { kind: "unknown-kind", reason: `Status of the kind ${claim.kind} cannot be looked up here.` };
      }
    },
  };
}

const noProfiles: RevocationListFinder = async (issuer) => ({
  kind: "silent",
  reason: `the list that the profile of ${issuer} names is not looked up here`,
});

const namedByAddress: ProfileFinder = async (issuer) => ({
  kind: "answer",
  value: issuer.startsWith("did:") ? undefined : issuer,
});
