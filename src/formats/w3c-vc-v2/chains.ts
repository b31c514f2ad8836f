/** Proof chains: which other proofs each proof was made over. */

import { refuse } from "../../core/refusal.ts";
import type { Proof, SignatureProof } from "./proofs.ts";

/** Proofs one after the other in one chain. */
const MAX_CHAIN = 8;

/**
 * The proofs that `proof` names as previous, in the document's order.
 *
 * A proof counts only when all it names hold too; since every proof of a known suite must hold, naming is enough.
 *
 * @throws {Refusal} `PROOF_MISSING` when one is not there; `SHAPE_WRONG` for a circle or a chain of more than 8.
 * @see VC Data Integrity §4.3, verifying proof sets and chains
 */
export function matchingProofs(proof: SignatureProof, all: readonly Proof[]): readonly SignatureProof[] {
  insistOnChain(proof, all, []);
  return all.filter((one): one is SignatureProof => one.kind === "signature" && proof.previous.includes(one.id ?? ""));
}

function insistOnChain(proof: SignatureProof, all: readonly Proof[], followers: readonly SignatureProof[]): void {
  if (followers.includes(proof)) refuse("SHAPE_WRONG", "A proof is, by way of others, made over itself.");
  if (followers.length >= MAX_CHAIN) refuse("SHAPE_WRONG", `A chain of proofs is longer than ${MAX_CHAIN}.`);
  for (const id of proof.previous) {
    const previous = all.find((one) => one.kind === "signature" && one.id === id);
    if (previous?.kind !== "signature") refuse("PROOF_MISSING", `A proof was made over ${id}, which is not there.`);
    insistOnChain(previous, all, [...followers, proof]);
  }
}
