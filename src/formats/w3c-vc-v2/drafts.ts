/** What an issuer says of the proofs to come: a credential to be sealed carries them as drafts, without values. */

import { isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { Curve } from "../../core/public-key.ts";
import { controllerOf } from "./issuers.ts";
import { ANCHOR_SUITE, DATA_INTEGRITY_PROOF } from "./names.ts";
import { insist, isStamp, isUrl, toList } from "./rules.ts";
import { findSuite, type Suite } from "./suites.ts";

/** Suites we sign with, and the curve of the issuer's key. */
export const SIGNING_SUITES: Readonly<Record<string, Curve>> = {
  "eddsa-rdfc-2022": "Ed25519",
  "eddsa-jcs-2022": "Ed25519",
  "ecdsa-rdfc-2019": "P-256",
};

const DRAFT_MEMBERS: readonly string[] = ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose"];

export interface Drafts {
  readonly suite: Suite;
  readonly curve: Curve;
  /** The signature's proof, complete but for its value; for a JCS suite with the document's contexts. */
  readonly signature: JsonObject;
  /** The method that stands for the store. */
  readonly storeMethod: string;
}

/**
 * Reads the drafts in a credential's `proof`: one of a signature suite, one of the anchor suite, in any order.
 *
 * @throws {Refusal} `SHAPE_WRONG`
 */
export function readDrafts(credential: JsonObject, issuer: string): Drafts {
  const drafts = toList(memberOf(credential, "proof")).filter(isObject);
  const anchors = drafts.filter((draft) => textOf(draft, "cryptosuite") === ANCHOR_SUITE);
  const signatures = drafts.filter((draft) => !anchors.includes(draft));
  const [anchor] = anchors;
  const [signature] = signatures;
  insist(
    anchors.length === 1 && signatures.length === 1 && anchor !== undefined && signature !== undefined,
    `proof must name two proofs to come: a signature and one of the suite ${ANCHOR_SUITE}.`,
  );
  const name = textOf(signature, "cryptosuite") ?? "";
  const suite = findSuite(DATA_INTEGRITY_PROOF, name);
  const curve = SIGNING_SUITES[name];
  insist(
    suite !== undefined && curve !== undefined,
    `Signatures are made by the suites ${Object.keys(SIGNING_SUITES).join(", ")}.`,
  );
  const storeMethod = readMethod(anchor, issuer);
  insist(memberOf(anchor, "created") === undefined, "An anchor proof has no date of its own: the chain has it.");
  const contexts = suite.form === "jcs" ? { "@context": memberOf(credential, "@context") ?? [] } : {};
  return { suite, curve, signature: { ...contexts, ...toConfiguration(signature, name, issuer) }, storeMethod };
}

function toConfiguration(draft: JsonObject, cryptosuite: string, issuer: string): JsonObject {
  const created: Json | undefined = memberOf(draft, "created");
  insist(created === undefined || isStamp(created), "The created of a proof is not a date and time with a zone.");
  return {
    type: DATA_INTEGRITY_PROOF,
    cryptosuite,
    ...(created !== undefined && { created }),
    verificationMethod: readMethod(draft, issuer),
    proofPurpose: "assertionMethod",
  };
}

/** The verification method of a draft, which must be one of the issuer's own. */
function readMethod(draft: JsonObject, issuer: string): string {
  const method = memberOf(draft, "verificationMethod");
  insist(isUrl(method) && /#./.test(method), "A proof to come names no verificationMethod.");
  insist(controllerOf(method) === issuer, `The verificationMethod ${method} is not one of the issuer ${issuer}.`);
  insist(
    [undefined, DATA_INTEGRITY_PROOF].includes(textOf(draft, "type")),
    `A proof to come is not a ${DATA_INTEGRITY_PROOF}.`,
  );
  insist(
    [undefined, "assertionMethod"].includes(textOf(draft, "proofPurpose")),
    "The purpose of a proof is assertionMethod.",
  );
  const foreign = Object.keys(draft).find((name) => !DRAFT_MEMBERS.includes(name));
  insist(foreign === undefined, `A proof to come has the member ${foreign ?? ""}, which is not ours to sign.`);
  return method;
}
