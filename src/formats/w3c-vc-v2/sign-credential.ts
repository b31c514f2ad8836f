/** Signs a credential by Data Integrity alone, without an anchor: what a VC-API issuer and a status list need. */

import { toMultibase58 } from "../../core/base58.ts";
import { memberOf, type JsonObject } from "../../core/json.ts";
import type { Curve } from "../../core/public-key.ts";
import { insistOnCredential } from "./credential.ts";
import { SIGNING_SUITES } from "./drafts.ts";
import { canonicaliserOf } from "./hash-data.ts";
import { DATA_INTEGRITY_PROOF } from "./names.ts";
import type { Profile } from "./profile.ts";
import { insist } from "./rules.ts";
import { findSuite } from "./suites.ts";

/** How a credential is to be signed. */
export interface SigningOrder {
  readonly verificationMethod: string;
  readonly curve: Curve;
  /** Absent: the first suite that signs on the curve. */
  readonly cryptosuite?: string;
  readonly created: Date;
}

/** A credential that only lacks its signature. */
export interface Unsigned {
  readonly credential: JsonObject;
  readonly proof: JsonObject;
  readonly toSign: Uint8Array;
}

/**
 * Checks a credential as a verifier would, and works out what the issuer's key must sign.
 *
 * @throws {Refusal} with the rule the credential breaks; `SHAPE_WRONG` for one that has a proof already, or for a suite
 *   that does not sign on the curve.
 */
export async function prepareCredential(
  credential: JsonObject,
  order: SigningOrder,
  profile: Profile,
): Promise<Unsigned> {
  insist(memberOf(credential, "proof") === undefined, "The credential has a proof already.");
  await insistOnCredential(credential, profile);
  const { curve, verificationMethod, created } = order;
  const cryptosuite = order.cryptosuite ?? Object.keys(SIGNING_SUITES).find((name) => SIGNING_SUITES[name] === curve);
  const suite = findSuite(DATA_INTEGRITY_PROOF, cryptosuite);
  insist(
    suite !== undefined && SIGNING_SUITES[suite.name] === curve,
    `The issuer's key, on the curve ${curve}, does not sign by the suite ${cryptosuite ?? "asked for"}.`,
  );
  const proof = {
    // a JCS suite signs the contexts it was made with
    ...(suite.form === "jcs" && { "@context": memberOf(credential, "@context") ?? [] }),
    type: DATA_INTEGRITY_PROOF,
    cryptosuite: suite.name,
    created: `${created.toISOString().slice(0, 19)}Z`,
    verificationMethod,
    proofPurpose: "assertionMethod",
  };
  const toSign = await canonicaliserOf(credential, profile, true).hashDataOf({ suite, curve, proof, previous: [] });
  return { credential, proof, toSign };
}

/** The credential with its proof. */
export function attachSignature({ credential, proof }: Unsigned, signature: Uint8Array): JsonObject {
  return { ...credential, proof: { ...proof, proofValue: toMultibase58(signature) } };
}
