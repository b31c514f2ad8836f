/** The issuer of a version 3 document: one, with one way of issuing, described in `openAttestationMetadata`. */

import { isObject, memberOf, textOf, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import {
  readAddress,
  readContractIdentity,
  readDidIdentity,
  readEip191,
  readRevocationMember,
  refuseIssuers,
  type DidIssuer,
  type Issuer,
} from "../openattestation/issuer.ts";
import { constantAt, objectAt, textAt } from "../openattestation/members.ts";
import { trustClaimsOf, type Place, type TrustClaims } from "../openattestation/trust-claims.ts";
import type { WrappedCredential } from "./shape.ts";

/** How the document says it was issued; complete, or it is no document of this version. */
export interface Method {
  readonly name: string;
  /** An address or a DID. */
  readonly value: string;
  readonly identityType: string;
  /** The domain or DID that vouches. */
  readonly identifier: string;
  /** The object that holds the method, with `revocation` where it has one. */
  readonly proof: JsonObject;
}

/** Reads how the document was issued. @throws {Refusal} `SHAPE_WRONG` where a part of it is missing. */
export function readMethod(content: JsonObject): Method {
  const where = "openAttestationMetadata";
  const metadata = objectAt(content, where, "the document");
  const proof = objectAt(metadata, "proof", where);
  const identity = objectAt(metadata, "identityProof", where);
  constantAt(proof, "type", "OpenAttestationProofMethod", `${where}.proof`);
  return {
    name: textAt(proof, "method", `${where}.proof`),
    value: textAt(proof, "value", `${where}.proof`),
    identityType: textAt(identity, "type", `${where}.identityProof`),
    identifier: textAt(identity, "identifier", `${where}.identityProof`),
    proof,
  };
}

/**
 * What the issuer claims.
 *
 * @param content  the content as text.
 * @throws {Refusal} `ISSUERS_MALFORMED`, `SIGNATURE_MISSING`, `SIGNATURE_WRONG`: faults of the document, not of its integrity.
 */
export function readTrust(content: JsonObject, method: Method, wrapped: WrappedCredential, place: Place): TrustClaims {
  return trustClaimsOf([{ ...calledOf(content), ...readIssuer(method, wrapped, place) }], place);
}

function readIssuer(method: Method, wrapped: WrappedCredential, place: Place): Issuer {
  const offer = { type: method.identityType, domain: method.identifier };
  const revocation = readRevocationMember(method.proof);
  switch (method.name) {
    case "DOCUMENT_STORE":
    case "TOKEN_REGISTRY": {
      const address = readAddress(method.value, "the value of the proof method");
      const kind = method.name === "DOCUMENT_STORE" ? "store" : "registry";
      return { kind, address, proof: readContractIdentity(offer, address), revocation };
    }
    case "DID":
      return { ...readDidIssuer(method.value, offer, wrapped, place), revocation };
    default:
      return refuseIssuers(`the way of issuing ${JSON.stringify(method.name)} is not known`);
  }
}

function readDidIssuer(
  did: string,
  offer: { readonly type: string; readonly domain: string },
  { key, signature }: WrappedCredential,
  { inclusion }: Place,
): Omit<DidIssuer, "revocation"> {
  if (!did.startsWith("did:")) refuseIssuers(`the issuer signs, but ${JSON.stringify(did)} is not a DID`);
  if (key === undefined || signature === undefined)
    return refuse("SIGNATURE_MISSING", `The document bears no signature by a key of ${did}.`);
  const signed = { did, key, message: inclusion.root.computed };
  return { kind: "did", proof: readDidIdentity(offer, did, key), signatures: [readEip191(signature, signed)] };
}

/** `issuer` is a text, the id, or an object that may have a name as well. */
function calledOf(content: JsonObject): { readonly name?: string; readonly id?: string } {
  const issuer = memberOf(content, "issuer");
  if (typeof issuer === "string") return { id: issuer };
  if (!isObject(issuer)) return {};
  const name = textOf(issuer, "name");
  const id = textOf(issuer, "id");
  return { ...(name !== undefined && { name }), ...(id !== undefined && { id }) };
}
