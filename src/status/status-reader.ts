/** Reads status that issuers keep off chain, each kind by its own rules. */

import type { StatusReader } from "../core/ports.ts";
import { askResponder, type OcspOptions } from "./ocsp.ts";

export type StatusOptions = OcspOptions;

/** Opens the readers of status for one session; only hosts that the operator allowed are ever asked. */
export function openStatusReader(options: StatusOptions): StatusReader {
  return {
    ask: async (claim) =>
      claim.kind === "ocsp"
        ? askResponder(claim, options)
        : { kind: "unknown-kind", reason: `Status of the kind ${claim.kind} cannot be looked up here.` },
  };
}
