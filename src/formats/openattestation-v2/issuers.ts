/** The issuers of a version 2 document: each with exactly one way of issuing, all in the same way. */

import type { IdentityProof } from "../../core/claims.ts";
import { isArray, isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import {
  readAddress,
  readContractIdentity,
  readDidIdentity,
  readEip191,
  readRevocationMember,
  refuseIssuers,
  type ContractIssuer,
  type DidIssuer,
  type Issuer,
} from "../openattestation/issuer.ts";
import { MAX_ISSUERS } from "../openattestation/limits.ts";
import { trustClaimsOf, type Place, type TrustClaims } from "../openattestation/trust-claims.ts";
import { ISSUER_COUNT } from "./names.ts";
import type { ProofEntry } from "./shape.ts";

/** Members that name a contract; an issuer has one of them, or a DID. */
const CONTRACTS = ["documentStore", "certificateStore", "tokenRegistry"] as const;

/**
 * What the issuers claim.
 *
 * @param content  the unsalted data.
 * @param proofs  signatures that stand beside the data.
 * @throws {Refusal} `ISSUERS_MALFORMED`, `SIGNATURE_MISSING`, `SIGNATURE_WRONG`: faults of the document, not of its integrity.
 */
export function readTrust(content: JsonObject, proofs: readonly ProofEntry[], place: Place): TrustClaims {
  const listed = memberOf(content, "issuers");
  if (!isArray(listed) || listed.length === 0) return refuseIssuers("it names none");
  if (listed.length > MAX_ISSUERS) refuseIssuers(`it names ${listed.length}; the limit is ${MAX_ISSUERS}`);
  const count = memberOf(content, ISSUER_COUNT);
  if (count !== undefined && count !== listed.length)
    refuseIssuers(`it says that it has ${JSON.stringify(count)}, but shows ${listed.length}`);
  const issuers = listed.map((issuer) => readIssuer(issuer, proofs, place));
  return { ...trustClaimsOf(issuers, place), issuerCountBound: count !== undefined };
}

function readIssuer(issuer: Json, proofs: readonly ProofEntry[], place: Place): Issuer {
  if (!isObject(issuer)) return refuseIssuers("one of them is not an object");
  const contracts = CONTRACTS.filter((name) => memberOf(issuer, name) !== undefined);
  const [contract] = contracts;
  if (contracts.length > 1) refuseIssuers(`one names more than one contract (${contracts.join(", ")})`);
  return contract === undefined ? readDidIssuer(issuer, proofs, place) : readContractIssuer(issuer, contract);
}

function readContractIssuer(issuer: JsonObject, contract: (typeof CONTRACTS)[number]): ContractIssuer {
  const address = readAddress(memberOf(issuer, contract), contract);
  return {
    kind: contract === "tokenRegistry" ? "registry" : "store",
    ...calledOf(issuer),
    address,
    proof: readProofOfContract(issuer, contract, address),
    revocation: readRevocationMember(issuer),
  };
}

/** Only the oldest documents may name a contract and nobody who vouches for it. */
function readProofOfContract(issuer: JsonObject, contract: string, account: ContractIssuer["address"]): IdentityProof {
  const offer = objectOf(issuer, "identityProof");
  if (offer !== undefined)
    return readContractIdentity({ type: textOf(offer, "type"), domain: textOf(offer, "location") }, account);
  return contract === "certificateStore" && memberOf(issuer, "identityProof") === undefined
    ? { kind: "none", account }
    : refuseIssuers(`an issuer with a ${contract} has no identityProof`);
}

function readDidIssuer(issuer: JsonObject, proofs: readonly ProofEntry[], { inclusion }: Place): DidIssuer {
  const offer = objectOf(issuer, "identityProof") ?? refuseIssuers("one names no contract and has no identityProof");
  const did = textOf(issuer, "id") ?? refuseIssuers("one names neither a contract nor a DID");
  if (!did.startsWith("did:")) refuseIssuers(`the id of an issuer that signs is not a DID: ${JSON.stringify(did)}`);
  const type = textOf(offer, "type");
  if (type === "DNS-TXT") refuseIssuers("one is vouched for by DNS-TXT, but names no contract");
  const key = textOf(offer, "key") ?? refuseIssuers("an issuer that signs names no key");
  const message = inclusion.root.computed;
  return {
    kind: "did",
    ...calledOf(issuer),
    proof: readDidIdentity({ type, domain: textOf(offer, "location") }, did, key),
    signatures: signaturesBy(key, proofs).map((proof) =>
      proof.type === "OpenAttestationSignature2018"
        ? readEip191(proof.signature, { did, key, message })
        : { kind: "unknown", what: proof.type },
    ),
    revocation: readRevocationMember(issuer),
  };
}

function calledOf(issuer: JsonObject): { readonly name?: string; readonly id?: string } {
  const name = textOf(issuer, "name");
  const id = textOf(issuer, "id");
  return { ...(name !== undefined && { name }), ...(id !== undefined && { id }) };
}

/** The signatures that name the issuer's key; case does not matter, as addresses come in both. */
function signaturesBy(key: string, proofs: readonly ProofEntry[]): readonly ProofEntry[] {
  const own = proofs.filter((proof) => proof.verificationMethod.toLowerCase() === key.toLowerCase());
  return own.length > 0 ? own : refuse("SIGNATURE_MISSING", `The document bears no signature by ${key}.`);
}
