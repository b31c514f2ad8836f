/** Whose proofs count: those of the issuer that the document itself names. Others are shown, never counted. */

import { refuse } from "../../core/refusal.ts";
import type { Proof } from "./proofs.ts";

export interface Signed {
  /** Proofs by the issuer, or by a key that only the issuer's records can tell to be its own. At least one. */
  readonly byIssuer: readonly Proof[];
  /** Proofs by others, or by whoever does not say who. */
  readonly others: readonly Proof[];
}

/**
 * Sorts proofs by who made them.
 *
 * The first proof is the issuer's unless it plainly names somebody else. A DID and an address may be the same issuer's,
 * which only a look-up can tell; two addresses, or two DIDs, that differ are not. Proofs after the first are the issuer's
 * only by its very name, for anybody can append one.
 *
 * @throws {Refusal} `PROOF_MISSING` where no proof is the issuer's.
 */
export function sortBySigner(proofs: readonly Proof[], issuer: string): Signed {
  const byIssuer = proofs.filter((proof, at) => {
    const signer = signerOf(proof);
    return signer === issuer || (at === 0 && (signer === undefined || isDid(signer) !== isDid(issuer)));
  });
  const others = proofs.filter((proof) => !byIssuer.includes(proof));
  if (byIssuer.length === 0)
    refuse("PROOF_MISSING", `No proof of the document is made by its issuer, but by ${others.map(sayer).join(", ")}.`);
  return { byIssuer, others };
}

/** The same, for a report. */
export function sayer(proof: Proof): string {
  return signerOf(proof) ?? "an unnamed signer";
}

/** Who says to have made the proof: what stands before the key's name. */
export function signerOf({ verificationMethod }: Proof): string | undefined {
  return verificationMethod?.split("#", 1)[0];
}

function isDid(id: string): boolean {
  return id.startsWith("did:");
}
