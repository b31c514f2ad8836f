/** The proofs of a credential, each checked for its own shape: an unordered set, or chains by `previousProof`. */

import { toJcs } from "../../canon/jcs.ts";
import { findMultibase58 } from "../../core/base58.ts";
import { isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { Curve } from "../../core/public-key.ts";
import { refuse } from "../../core/refusal.ts";
import { MAX_STATEMENT_SIGNATURES, parseDerivedProofValue, type DerivedProofValue } from "./derived-proof-value.ts";
import { ANCHOR_SUITE, DATA_INTEGRITY_PROOF } from "./names.ts";
import type { Profile } from "./profile.ts";
import { insist, isStamp, isUrl, readOptionalId, toList } from "./rules.ts";
import { DERIVED_SUITE, findSuite, type Suite } from "./suites.ts";

/** Proofs of one document. */
const MAX_PROOFS = 8;

/** A proof of a suite we verify. */
export interface SignatureProof {
  readonly kind: "signature";
  readonly suite: Suite;
  readonly curve: Curve;
  /** As it stands in the document. */
  readonly object: JsonObject;
  readonly signature: Uint8Array;
  /** Where its holder derived it; `signature` is then the issuer's, over the mandatory part. */
  readonly derived?: DerivedProofValue;
  readonly verificationMethod: string;
  readonly purpose: string;
  readonly id?: string;
  readonly expires?: string;
  /** Ids of the proofs this one was made over. */
  readonly previous: readonly string[];
}

export type Proof =
  | SignatureProof
  | { readonly kind: "anchor"; readonly object: JsonObject }
  /** Of a suite we do not verify: listed, never counted. */
  | { readonly kind: "foreign"; readonly object: JsonObject; readonly suite: string };

/**
 * Reads the `proof` of a document.
 *
 * @throws {Refusal} `PROOF_MISSING`; `SHAPE_WRONG` for a proof of a suite we verify that is not made as it must be.
 */
export function readProofs(document: JsonObject, profile: Profile): readonly Proof[] {
  const proof = memberOf(document, "proof");
  if (proof === undefined) return refuse("PROOF_MISSING", "The document carries no proof.");
  const objects = toList(proof).filter(isObject);
  insist(
    objects.length > 0 && objects.length === toList(proof).length,
    "proof is neither an object nor a list of objects.",
  );
  insist(objects.length <= MAX_PROOFS, `The document has ${objects.length} proofs; at most ${MAX_PROOFS} are read.`);
  const proofs = objects.map((object) => readProof(object, profile));
  const ids = proofs.map((one) => textOf(one.object, "id")).filter((id) => id !== undefined);
  insist(new Set(ids).size === ids.length, "Two proofs have one id.");
  insist(new Set(objects.map(toJcs)).size === objects.length, "One proof is there twice.");
  insistOnEffort(proofs);
  return proofs;
}

/** untrusted: the document chose how many signatures there are to check. */
function insistOnEffort(proofs: readonly Proof[]): void {
  const signatures = proofs.flatMap((proof) => (proof.kind === "signature" ? (proof.derived?.signatures ?? []) : []));
  insist(
    signatures.length <= MAX_STATEMENT_SIGNATURES,
    `The proofs have ${signatures.length} signatures of statements; at most ${MAX_STATEMENT_SIGNATURES} are checked.`,
  );
}

function readProof(object: JsonObject, profile: Profile): Proof {
  const type = textOf(object, "type");
  insist(type !== undefined && type !== "", "A proof has no type.");
  const cryptosuite = textOf(object, "cryptosuite");
  if (type === DATA_INTEGRITY_PROOF && cryptosuite === ANCHOR_SUITE) return { kind: "anchor", object };
  const suite =
    type === DATA_INTEGRITY_PROOF && cryptosuite === DERIVED_SUITE.name ? DERIVED_SUITE : findSuite(type, cryptosuite);
  return suite === undefined
    ? { kind: "foreign", object, suite: cryptosuite ?? type }
    : readSignatureProof(object, suite, profile);
}

function readSignatureProof(object: JsonObject, suite: Suite, profile: Profile): SignatureProof {
  const verificationMethod = memberOf(object, "verificationMethod");
  insist(isUrl(verificationMethod), "The verificationMethod of a proof is not a URL.");
  insist(
    /^(?:did|https):[^#]+#./.test(verificationMethod),
    "The verificationMethod of a proof names no key that can be found.",
  );
  insist(memberOf(object, "proofPurpose") === profile.purpose, `The purpose of a proof is not ${profile.purpose}.`);
  const proofValue = textOf(object, "proofValue") ?? "";
  const derived = suite === DERIVED_SUITE ? parseDerivedProofValue(proofValue) : undefined;
  const signature = derived?.baseSignature ?? findMultibase58(proofValue);
  const curve = signature === undefined ? undefined : suite.curves[signature.length];
  insist(signature !== undefined && curve !== undefined, `The proofValue of a proof is not one of ${suite.name}.`);
  insist(suite.form === "jcs" || memberOf(object, "@context") === undefined, "A proof brings a context of its own.");
  insistOnDetails(object);
  const id = readOptionalId(object, "a proof");
  const expires = textOf(object, "expires");
  return {
    kind: "signature",
    suite,
    curve,
    object,
    signature,
    ...(derived !== undefined && { derived }),
    verificationMethod,
    purpose: profile.purpose,
    ...(id !== undefined && { id }),
    ...(expires !== undefined && { expires }),
    previous: readPrevious(memberOf(object, "previousProof")),
  };
}

/** `created` may lack a zone, and then means UTC; `expires` may not, since a verdict hangs on it. */
function insistOnDetails(object: JsonObject): void {
  const created = memberOf(object, "created");
  insist(created === undefined || isMoment(created), "The created of a proof is not a date and time.");
  const expires = memberOf(object, "expires");
  insist(expires === undefined || isStamp(expires), "The expires of a proof is not a date and time with a zone.");
  for (const name of ["domain", "challenge", "nonce"]) {
    insist(
      toList(memberOf(object, name)).every((value) => typeof value === "string"),
      `The ${name} of a proof is not a text.`,
    );
  }
}

function isMoment(value: Json): boolean {
  return typeof value === "string" && [value, `${value}Z`].some(isStamp);
}

function readPrevious(value: Json | undefined): readonly string[] {
  const ids = toList(value);
  insist(value === undefined || ids.length > 0, "The previousProof of a proof is an empty list.");
  return ids.map((id) => {
    insist(isUrl(id), "A previousProof is not a URL.");
    return id;
  });
}
