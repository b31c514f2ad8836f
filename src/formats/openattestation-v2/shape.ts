/** The outer shape of a version 2 document: what is there, what may be there, and nothing else. */

import { isObject, memberOf, objectOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { readHash, readHidden, readPath, type StatedPlace } from "../openattestation/hashes.ts";
import { arrayAt, constantAt, objectAt, refuseUnknownMembers, textAt } from "../openattestation/members.ts";
import { VERSION_V2, VERSION_V3 } from "../openattestation/versions.ts";

/** One entry of `proof`: an issuer's signature, beside the data and not covered by its digest. */
export interface ProofEntry {
  readonly type: string;
  readonly verificationMethod: string;
  readonly signature: string;
}

/** A document taken apart, nothing of it checked against anything yet. */
export interface WrappedDocument extends StatedPlace {
  readonly data: JsonObject;
  /** Hashes of the entries that the holder has hidden. */
  readonly hidden: readonly string[];
  readonly proofs: readonly ProofEntry[];
}

/** Every text that stands for these rules in documents known; hashing is the same for all, and for none. */
const VERSIONS: readonly Json[] = [VERSION_V2, "1.0", "open-attestation/2.0", "open-attestation/3.0"];

/**
 * Takes a document apart.
 *
 * @throws {Refusal} `FORMAT_UNSUPPORTED`, `FORMAT_AMBIGUOUS`, `PROOF_MISSING`, `MEMBER_UNKNOWN`, `SHAPE_WRONG`, `HASH_…`,
 *   `PROOF_TOO_LONG`, `DOCUMENT_TOO_LARGE`.
 */
export function readShape(document: JsonObject): WrappedDocument {
  readVersion(memberOf(document, "version"));
  refuseUnknownMembers(document, ["version", "schema", "data", "privacy", "signature", "proof"], "the document");
  if (memberOf(document, "schema") !== undefined) textAt(document, "schema", "the document");
  return {
    data: objectAt(document, "data", "the document"),
    ...readSignature(document),
    hidden: readPrivacy(document),
    proofs: readProofs(document),
  };
}

function readVersion(version: Json | undefined): void {
  if (version === VERSION_V3)
    refuse("FORMAT_AMBIGUOUS", "The document has the shape of OpenAttestation 2 and the version of OpenAttestation 3.");
  if (version !== undefined && !VERSIONS.includes(version))
    refuse("FORMAT_UNSUPPORTED", `This version of OpenAttestation is not known: ${JSON.stringify(version)}.`);
}

function readSignature(document: JsonObject): StatedPlace {
  if (memberOf(document, "signature") === undefined)
    refuse("PROOF_MISSING", "The document has no signature member: it was never prepared for issuing.");
  const signature = objectAt(document, "signature", "the document");
  refuseUnknownMembers(signature, ["type", "targetHash", "proof", "merkleRoot"], "signature");
  constantAt(signature, "type", "SHA3MerkleProof", "signature");
  return {
    targetHash: readHash(memberOf(signature, "targetHash"), "signature.targetHash"),
    merkleRoot: readHash(memberOf(signature, "merkleRoot"), "signature.merkleRoot"),
    path: readPath(arrayAt(signature, "proof", "signature"), "signature.proof"),
  };
}

function readPrivacy(document: JsonObject): readonly string[] {
  if (memberOf(document, "privacy") === undefined) return [];
  const privacy = objectAt(document, "privacy", "the document");
  refuseUnknownMembers(privacy, ["obfuscatedData"], "privacy");
  if (memberOf(privacy, "obfuscatedData") === undefined) return [];
  return readHidden(arrayAt(privacy, "obfuscatedData", "privacy"), "privacy.obfuscatedData");
}

function readProofs(document: JsonObject): readonly ProofEntry[] {
  if (memberOf(document, "proof") === undefined) return [];
  return arrayAt(document, "proof", "the document").map((entry, at) => readProof(entry, `proof[${at}]`));
}

function readProof(entry: Json, where: string): ProofEntry {
  if (!isObject(entry)) return refuse("SHAPE_WRONG", `${where} must be an object.`);
  refuseUnknownMembers(entry, ["type", "created", "proofPurpose", "verificationMethod", "signature"], where);
  if (memberOf(entry, "created") !== undefined) textAt(entry, "created", where);
  constantAt(entry, "proofPurpose", "assertionMethod", where);
  return {
    type: textAt(entry, "type", where),
    verificationMethod: textAt(entry, "verificationMethod", where),
    signature: textAt(entry, "signature", where),
  };
}

/** True for what looks like this version, complete or not. */
export function looksLikeV2(document: JsonObject): boolean {
  const signature = objectOf(document, "signature");
  const isSigned = signature !== undefined && memberOf(signature, "type") === "SHA3MerkleProof";
  const hasBoth = memberOf(document, "signature") !== undefined && memberOf(document, "data") !== undefined;
  return isSigned || hasBoth || memberOf(document, "version") === VERSION_V2;
}
