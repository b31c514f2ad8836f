/** Does the DID that a document names list the document's key? */

import type { IdentityProof } from "../core/claims.ts";
import type { IdentityAnswer, KeyFinder } from "../core/ports.ts";
import { findDidEthr } from "./did-ethr.ts";

export type DidProof = Extract<IdentityProof, { kind: "did" }>;

/** A DID that lists the key is proven, as that DID and under no other name. Never rejects. */
export async function proveByDid(proof: DidProof, keys: KeyFinder): Promise<IdentityAnswer> {
  if (findDidEthr(proof.did) === undefined) {
    return { kind: "unknown-kind", reason: `DIDs such as ${proof.did} cannot be looked up here.` };
  }
  const answer = await keys.findAccount(proof.did, proof.key);
  if (answer.kind === "silent") return answer;
  const seen = { did: proof.did, key: proof.key };
  return answer.value.kind === "account"
    ? { kind: "proven", by: "did", name: proof.did, evidence: { ...seen, account: answer.value.account } }
    : { kind: "contradicted", reason: `The DID does not list the key: ${answer.value.reason}.`, evidence: seen };
}
