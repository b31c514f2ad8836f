/** Who the issuer says it is, and whether the keys and the store of the proofs belong to that very issuer. */

import type { IssuerClaim } from "../../core/claims.ts";
import { finding, type Finding } from "../../core/findings.ts";
import { isObject, memberOf, textOf, type JsonObject } from "../../core/json.ts";
import type { SignatureProof } from "./proofs.ts";
import { toList } from "./rules.ts";
import type { Anchored } from "./statuses.ts";
import { readIssuerId } from "./vcdm-2.ts";

export interface IssuerReading {
  readonly issuers: readonly IssuerClaim[];
  /** Proofs by keys or stores that are not the issuer's. */
  readonly faults: readonly Finding[];
}

/**
 * One claim for each key and for the store: the issuer's own records must list every one of them.
 *
 * A key is the issuer's when the address before its `#` is the issuer's id and the document found there lists it; the
 * first half is settled here, the second needs the network.
 */
export function readIssuers(
  credential: JsonObject,
  signatures: readonly SignatureProof[],
  anchored: Anchored | undefined,
): IssuerReading {
  const did = readIssuerId(credential);
  const name = readIssuerName(credential);
  const claim = { id: did, ...(name !== undefined && { name }) };
  const keys = [...new Set(signatures.map(({ verificationMethod }) => verificationMethod))];
  const issuers: IssuerClaim[] = keys.map((key) => ({ ...claim, proof: { kind: "did", did, key } }));
  const foreign = keys.filter((key) => controllerOf(key) !== did).map((key) => foreignKey(key, did));
  if (anchored === undefined) return { issuers, faults: foreign };
  const key = anchored.proof.verificationMethod;
  const { store, chainId } = anchored.members;
  return {
    issuers: [...issuers, { ...claim, proof: { kind: "did", did, key, account: store, chainId } }],
    faults: controllerOf(key) === did ? foreign : [...foreign, foreignStore(key, did)],
  };
}

/** What stands before the `#` of a verification method. */
export function controllerOf(verificationMethod: string): string {
  return verificationMethod.slice(0, verificationMethod.indexOf("#"));
}

/** The issuer's name as a text: the first one given, in whatever language. */
function readIssuerName(credential: JsonObject): string | undefined {
  const issuer = memberOf(credential, "issuer");
  if (!isObject(issuer)) return undefined;
  const [name] = toList(memberOf(issuer, "name"));
  if (typeof name === "string") return name;
  return isObject(name) ? textOf(name, "@value") : undefined;
}

function foreignKey(key: string, issuer: string): Finding {
  const message = `The document is signed with a key of ${controllerOf(key)}, but names ${issuer} as its issuer.`;
  return finding("signature", "SIGNATURE_KEY_NOT_LISTED", message, { key, issuer });
}

function foreignStore(method: string, issuer: string): Finding {
  const message = `The anchor names a store of ${controllerOf(method)}, but the document names ${issuer} as its issuer.`;
  return finding("identity", "ISSUER_RECORD_CONTRADICTS", message, { method, issuer });
}
