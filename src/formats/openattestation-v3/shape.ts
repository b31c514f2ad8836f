/** The outer shape of a version 3 document: the proof, closed; everything else is content that the digest covers. */

import { fromBase64 } from "../../core/base64.ts";
import { isArray, isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { Refusal, refuse } from "../../core/refusal.ts";
import { parseStrictJson } from "../../core/strict-json.ts";
import { readHash, readHidden, readPath, type StatedPlace } from "../openattestation/hashes.ts";
import { arrayAt, constantAt, objectAt, refuseUnknownMembers, textAt } from "../openattestation/members.ts";
import { VERSION_V2, VERSION_V3 } from "../openattestation/versions.ts";

/** The proof of a document, nothing of it checked against anything yet. */
export interface WrappedCredential extends StatedPlace {
  /** All members but the proof. */
  readonly content: JsonObject;
  /** One salt a path: 64 hexadecimal digits. */
  readonly salts: ReadonlyMap<string, string>;
  /** Hashes of the entries that the holder has hidden. */
  readonly hidden: readonly string[];
  /** The key that signed, and its signature, where the issuer signs. */
  readonly key: string | undefined;
  readonly signature: string | undefined;
}

const PROOF_TYPE = "OpenAttestationMerkleProofSignature2018";

const PROOF_MEMBERS = [
  "type",
  "proofPurpose",
  "targetHash",
  "proofs",
  "merkleRoot",
  "salts",
  "privacy",
  "key",
  "signature",
];

/**
 * Takes a document apart.
 *
 * @throws {Refusal} `FORMAT_UNSUPPORTED`, `FORMAT_AMBIGUOUS`, `PROOF_MISSING`, `MEMBER_UNKNOWN`, `SHAPE_WRONG`, `HASH_…`,
 *   `SALT_…`, `PROOF_TOO_LONG`, `DOCUMENT_TOO_LARGE`.
 */
export function readShape(document: JsonObject): WrappedCredential {
  if (memberOf(document, "proof") === undefined)
    refuse("PROOF_MISSING", "The document has no proof: it was never prepared for issuing.");
  readVersion(textAt(document, "version", "the document"));
  const proof = objectAt(document, "proof", "the document");
  refuseUnknownMembers(proof, PROOF_MEMBERS, "proof");
  constantAt(proof, "type", PROOF_TYPE, "proof");
  constantAt(proof, "proofPurpose", "assertionMethod", "proof");
  const { proof: _, ...content } = document;
  return {
    content,
    targetHash: readHash(memberOf(proof, "targetHash"), "proof.targetHash"),
    merkleRoot: readHash(memberOf(proof, "merkleRoot"), "proof.merkleRoot"),
    path: readPath(arrayAt(proof, "proofs", "proof"), "proof.proofs"),
    hidden: readPrivacy(proof),
    salts: readSalts(textAt(proof, "salts", "proof")),
    key: optionalText(proof, "key"),
    signature: optionalText(proof, "signature"),
  };
}

function readVersion(version: string): void {
  if (version === VERSION_V2)
    refuse("FORMAT_AMBIGUOUS", "The document has the shape of OpenAttestation 3 and the version of OpenAttestation 2.");
  if (version !== VERSION_V3)
    refuse("FORMAT_UNSUPPORTED", `This version of OpenAttestation is not known: ${JSON.stringify(version)}.`);
}

function readPrivacy(proof: JsonObject): readonly string[] {
  const privacy = objectAt(proof, "privacy", "proof");
  refuseUnknownMembers(privacy, ["obfuscated"], "proof.privacy");
  return readHidden(arrayAt(privacy, "obfuscated", "proof.privacy"), "proof.privacy.obfuscated");
}

function optionalText(proof: JsonObject, name: string): string | undefined {
  return memberOf(proof, name) === undefined ? undefined : textAt(proof, name, "proof");
}

function readSalts(text: string): ReadonlyMap<string, string> {
  const salts = new Map<string, string>();
  for (const [at, entry] of decodeSalts(text).entries()) {
    if (!isObject(entry)) return refuse("SALT_MALFORMED", `salt ${at} is not an object.`);
    if (Object.keys(entry).length !== 2) refuse("SALT_MALFORMED", `salt ${at} has other members than value and path.`);
    const value = textOf(entry, "value") ?? "";
    const path = textOf(entry, "path") ?? refuse("SALT_MALFORMED", `salt ${at} has no path.`);
    if (!/^[0-9a-f]{64}$/.test(value)) refuse("SALT_MALFORMED", `salt ${at} is not 64 lower-case hexadecimal digits.`);
    if (salts.has(path)) refuse("SALT_PATHS_DIFFER", `There are two salts for ${path}.`);
    salts.set(path, value);
  }
  return salts;
}

function decodeSalts(text: string): readonly Json[] {
  try {
    const salts = parseStrictJson(fromBase64(text));
    if (isArray(salts)) return salts;
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof RangeError)) throw error;
  }
  return refuse("SALT_MALFORMED", "proof.salts must be base64 of a JSON array.");
}

/**
 * True for what looks like this version, sound or not. Its proof type says nothing, since version 4 kept it; without a
 * proof it is a W3C credential as any other.
 */
export function looksLikeV3(document: JsonObject): boolean {
  if (memberOf(document, "proof") === undefined || memberOf(document, "data") !== undefined) return false;
  return memberOf(document, "version") === VERSION_V3 || objectOf(document, "openAttestationMetadata") !== undefined;
}
