/** Proofs that holders derive (ecdsa-sd-2023): each statement shown is mandatory, or signed by itself. */

import { relabel } from "../../canon/relabel.ts";
import { concatBytes } from "../../core/bytes.ts";
import { verifyEcdsa } from "../../core/ecdsa.ts";
import { refuse } from "../../core/refusal.ts";
import { sha256, sha256OfText } from "../../core/sha256.ts";
import type { DerivedProofValue } from "./derived-proof-value.ts";
import type { CanonicalTexts } from "./hash-data.ts";

/**
 * What the issuer's key has to have signed, once every statement that is not mandatory was found signed by the document's.
 *
 * @returns 99 bytes: the digest of the configuration, the document's key, the digest of the mandatory statements.
 * @throws {Refusal} `DIGEST_MISMATCH` when a statement is not signed, or the proof speaks of statements or unnamed parts
 *   that are not there.
 * @see VC DI ECDSA 1.0, createVerifyData and Verify Derived Proof (ecdsa-sd-2023)
 */
export function toBaseMessage({ configuration, document }: CanonicalTexts, value: DerivedProofValue): Uint8Array {
  const { signatures, labels, mandatory, key, keyBytes } = value;
  const { statements, renamed } = relabel(document, labels);
  if (renamed.size < labels.size) refuseStatements("the proof names unnamed parts that are not there");
  const shown = statements.filter((_, index) => !mandatory.has(index));
  if (statements.length - shown.length < mandatory.size) refuseStatements("one that is mandatory is not there");
  if (shown.length !== signatures.length) {
    refuseStatements(`${shown.length} are not mandatory, and ${signatures.length} are signed`);
  }
  for (const [index, statement] of shown.entries()) {
    if (!verifyEcdsa("P-256", key, statement, signatures[index] ?? new Uint8Array())) {
      refuseStatements("one was not signed, or is another one now");
    }
  }
  const needed = statements.filter((_, index) => mandatory.has(index));
  return concatBytes(sha256OfText(configuration), keyBytes, sha256(concatBytes(...needed)));
}

function refuseStatements(what: string): never {
  return refuse("DIGEST_MISMATCH", `The document's statements are not those that were signed: ${what}.`);
}
