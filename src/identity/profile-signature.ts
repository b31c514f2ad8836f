/** The proof that a profile may carry of itself: made by one of the issuer's keys, over all of the profile. */

import { findMultibase58 } from "../core/base58.ts";
import { isObject, memberOf, textOf, type JsonObject } from "../core/json.ts";
import { verifySignature } from "../core/public-key.ts";
import { Refusal } from "../core/refusal.ts";
import { canonicaliserOf } from "../formats/w3c-vc-v2/hash-data.ts";
import { STRICT } from "../formats/w3c-vc-v2/profile.ts";
import { findSuite } from "../formats/w3c-vc-v2/suites.ts";
import type { ListedKeys } from "./issuer-profile.ts";

export type ProfileProof =
  | { readonly kind: "absent" | "holds" }
  | { readonly kind: "wrong"; readonly reason: string }
  /** It may be good: nobody here can tell. */
  | { readonly kind: "unknown"; readonly reason: string };

/** Words of profiles are those of W3C and of Blockcerts. */
const PROFILES = { ...STRICT, contexts: ["w3c", "blockcerts"] } as const;

/**
 * @param keys  the issuer's: of the profile itself, or of the DID document that led to it.
 * Never rejects for a bad profile.
 */
export async function checkProfileProof(profile: JsonObject, keys: ListedKeys): Promise<ProfileProof> {
  const { proof, ...content } = profile;
  if (proof === undefined) return { kind: "absent" };
  const suite = isObject(proof) ? findSuite(textOf(proof, "type") ?? "", textOf(proof, "cryptosuite")) : undefined;
  if (!isObject(proof) || suite === undefined) return unknown("is of a kind that is not checked here");
  const signature = findMultibase58(textOf(proof, "proofValue") ?? "") ?? new Uint8Array();
  const curve = suite.curves[signature.length];
  const key = findKey(proof, keys);
  if (curve === undefined || key === undefined || key.curve !== curve || memberOf(proof, "previousProof") !== undefined)
    return { kind: "wrong", reason: "its proof is not made by a key of the issuer's for statements" };
  try {
    const canonicaliser = canonicaliserOf(content, PROFILES);
    const message = await canonicaliser.hashDataOf({ suite, curve, proof, previous: [] });
    return (await verifySignature(key, message, signature))
      ? { kind: "holds" }
      : { kind: "wrong", reason: "its proof does not hold: it is not what the issuer signed" };
  } catch (error) {
    if (error instanceof Refusal) return unknown(`cannot be checked here: ${error.message}`);
    throw error;
  }
}

function findKey(proof: JsonObject, { methods, mayIssue }: ListedKeys): ListedKeys["methods"][number]["publicKey"] {
  const id = textOf(proof, "verificationMethod");
  const isForStatements = textOf(proof, "proofPurpose") === "assertionMethod" && mayIssue?.includes(id ?? "") !== false;
  const method = methods.find((one) => one.id === id);
  // when it was signed nobody knows, so a key that has an end proves nothing
  return isForStatements && method?.until === undefined ? method?.publicKey : undefined;
}

function unknown(reason: string): ProfileProof {
  return { kind: "unknown", reason: `its proof ${reason}` };
}
