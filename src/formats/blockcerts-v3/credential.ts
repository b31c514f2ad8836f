/** From a version 3 credential to its claims. What it says is taken from its statements, and only the issuer's proofs count. */

import type { Claims, IssuerClaim, SignatureClaim } from "../../core/claims.ts";
import type { Evidence } from "../../core/findings.ts";
import type { JsonObject } from "../../core/json.ts";
import { insistOnPlainBody } from "../blockcerts/contexts.ts";
import { vc } from "../blockcerts/vocabulary.ts";
import { findDateFaults } from "./dates.ts";
import { readIssuer, readValidity, schemasOf, unprotectedOf, viewOf, type Issuer } from "./facts.ts";
import { readProofs, type Proof } from "./proofs.ts";
import { readProven, type CheckedProof } from "./proven.ts";
import { insistOnShape } from "./shape.ts";
import { sayer, signerOf, sortBySigner } from "./signers.ts";
import { readStatuses } from "./statuses.ts";

/** Anchored documents need no signature, and a profile may name no list of withdrawn documents. */
export const MAY_LACK: Claims["mayLack"] = ["signature", "status"];

/**
 * The claims of one credential.
 *
 * @throws {Refusal} for a document that has not exactly one reading, or that is not proven by its issuer.
 */
export async function readCredential(document: JsonObject): Promise<Claims> {
  insistOnPlainBody(document, () => false);
  insistOnShape(document);
  const proofs = readProofs(document);
  const { content, checked } = await readProven(document, proofs, vc("VerifiableCredential"));
  const issuer = readIssuer(content);
  const { byIssuer, others } = sortBySigner(proofs, issuer.id);
  return {
    format: "blockcerts-v3",
    inclusions: checked.map(({ anchor }) => anchor.inclusion),
    anchors: checked.map(({ anchor }) => anchor),
    signatures: toSignatures(proofs),
    statuses: readStatuses(content, issuer.id),
    issuers: byIssuer.map((proof) => toIssuerClaim(proof, checked, issuer)),
    ...(others.length > 0 && { coSigners: others.flatMap((proof) => toCoSigner(proof, checked)) }),
    validity: readValidity(content),
    hidden: 0,
    links: content.links,
    unprotected: unprotectedOf(document, content),
    credential: viewOf(content),
    mayLack: MAY_LACK,
    faults: findDateFaults(document, proofs, readValidity(content)),
    evidence: { ...content.evidence, ...proofEvidence(checked, others.map(sayer)), ...schemasOf(content) },
  };
}

/** Proofs of other suites cannot be checked here; they are named, so that nobody takes them for checked. */
export function toSignatures(proofs: readonly Proof[]): SignatureClaim[] {
  return proofs.filter(({ kind }) => kind === "other").map(({ suite }) => ({ kind: "unknown", what: suite }));
}

/** What is reported of the proofs: where the roots are said to be, and who else says to have signed. */
export function proofEvidence(checked: readonly CheckedProof[], others: readonly string[]): Evidence {
  return { anchors: checked.map(({ link }) => link), ...(others.length > 0 && { otherSigners: others }) };
}

/** The issuer, once for each of its proofs: the sender of that proof's transaction must be the issuer's. */
function toIssuerClaim(proof: Proof, checked: readonly CheckedProof[], issuer: Issuer): IssuerClaim {
  const merkle = checked.find((one) => one.proof === proof);
  if (merkle === undefined)
    return { ...issuer, proof: { kind: "unknown", what: `a signature of the suite ${proof.suite}` } };
  const { verificationMethod } = proof;
  return {
    ...issuer,
    proof: {
      kind: "issuer-profile",
      location: issuer.id,
      ...(verificationMethod !== undefined && { verificationMethod }),
      anchor: merkle.anchor,
    },
  };
}

/** Whoever names no key of its own cannot be expected by anybody. */
function toCoSigner(proof: Proof, checked: readonly CheckedProof[]): IssuerClaim[] {
  const id = signerOf(proof);
  return id === undefined ? [] : [toIssuerClaim(proof, checked, { id })];
}
