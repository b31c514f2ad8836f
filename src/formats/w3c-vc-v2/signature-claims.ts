/** What each proof of a document signed, worked out: the claims that a key has to back. */

import { toHex } from "../../core/bytes.ts";
import type { SignatureClaim } from "../../core/claims.ts";
import type { JsonObject } from "../../core/json.ts";
import { matchingProofs } from "./chains.ts";
import { insistOnMeaning } from "./credential.ts";
import { toBaseMessage } from "./derived-proof.ts";
import { canonicaliserOf } from "./hash-data.ts";
import { controllerOf } from "./issuers.ts";
import type { Profile } from "./profile.ts";
import type { Proof, SignatureProof } from "./proofs.ts";

/**
 * One claim for each proof of a suite we verify.
 *
 * Where no suite reads the contexts, one reading still shows that every word has a meaning in them.
 *
 * @param content  the document without `proof`.
 * @throws {Refusal} what canonicalisation refuses; `PROOF_MISSING` for a chain with a gap; `DIGEST_MISMATCH` for statements
 *   that a derived proof does not cover.
 */
export async function toSignatureClaims(
  content: JsonObject,
  proofs: readonly Proof[],
  profile: Profile,
): Promise<readonly SignatureClaim[]> {
  const canonicaliser = canonicaliserOf(content, profile);
  const signatures = proofs.filter((one): one is SignatureProof => one.kind === "signature");
  const claims = await Promise.all(
    signatures.map(async (proof): Promise<SignatureClaim> => {
      const { suite, curve, object, verificationMethod, derived } = proof;
      const previous = matchingProofs(proof, proofs).map((one) => one.object);
      const signed = { suite, curve, proof: object, previous };
      const message =
        derived === undefined
          ? await canonicaliser.hashDataOf(signed)
          : toBaseMessage(await canonicaliser.textsOf(signed), derived);
      return {
        kind: "data-integrity",
        suite: suite.name,
        curve,
        message: toHex(message),
        signature: toHex(proof.signature),
        verificationMethod,
        purpose: proof.purpose,
        controller: controllerOf(verificationMethod),
      };
    }),
  );
  if (signatures.every(({ suite }) => suite.form === "jcs")) await insistOnMeaning(content, profile);
  return claims;
}
