/** Reads status that issuers keep off chain, each kind by its own rules. */

import type { StatusReader } from "../core/ports.ts";
import { STRICT_LISTS, type ListProfile } from "./bitstring-list.ts";
import { askBitstringList } from "./bitstring-status.ts";
import { openFetchedLists, type ListOptions } from "./fetched-lists.ts";
import { askResponder, type OcspOptions } from "./ocsp.ts";

export interface StatusOptions extends OcspOptions, ListOptions {
  /** What is asked of Bitstring Status Lists; strict unless told otherwise. */
  readonly profile?: ListProfile;
}

/** Opens the readers of status for one session; only hosts that the operator allowed are ever asked. */
export function openStatusReader(options: StatusOptions): StatusReader {
  const lists = openFetchedLists(options);
  return {
    ask: async (claim) => {
      switch (claim.kind) {
        case "ocsp":
          return askResponder(claim, options);
        case "bitstring-list":
          return askBitstringList(claim, lists, options.profile ?? STRICT_LISTS);
        case "store-nodes":
        case "store-list":
        case "revocation-list":
        case "not-offered":
        case "unknown":
          return { kind: "unknown-kind", reason: `Status of the kind ${claim.kind} cannot be looked up here.` };
      }
    },
  };
}
