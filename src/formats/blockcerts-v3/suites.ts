/** Which suite a proof belongs to, in each of the three ways version 3 has said so. */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";

/** The Merkle suite's names: as a proof's type, and as a cryptosuite of Data Integrity. */
const MERKLE: readonly string[] = ["MerkleProof2019", "merkle-proof-2019"];

/** The suite of a proof: its cryptosuite, what a chained proof is a proof of, or simply its type. */
export function suiteOf(proof: JsonObject): string {
  const type = textOf(proof, "type");
  if (type === "DataIntegrityProof") return textOf(proof, "cryptosuite") ?? type;
  return (type === "ChainedProof2021" ? textOf(proof, "chainedProofType") : type) ?? "a proof without a type";
}

export function isMerkle(proof: JsonObject): boolean {
  return MERKLE.includes(suiteOf(proof));
}

/** The proofs of a document, in order: one alone or several in a list. Never throws. */
export function proofsOf(document: JsonObject): readonly Json[] {
  const proof = memberOf(document, "proof");
  if (proof === undefined) return [];
  return isArray(proof) ? proof : [proof];
}

/** True where at least one proof is a Merkle proof of Blockcerts. Never throws. */
export function hasMerkleProof(document: JsonObject): boolean {
  return proofsOf(document).some((proof) => isObject(proof) && isMerkle(proof));
}
