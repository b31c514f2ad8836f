/** What an issuer says of itself: how it issues, how it withdraws and what proves its name, in words both versions share. */

import { isAddress, isHex, type Hex } from "../../core/bytes.ts";
import type { IdentityProof, SignatureClaim } from "../../core/claims.ts";
import { memberOf, objectOf, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";

/** What the issuer is called by the document: claims, never proofs. */
interface Called {
  readonly name?: string;
  readonly id?: string;
}

/** An issuer that anchors roots in a contract. */
export interface ContractIssuer extends Called {
  readonly kind: "store" | "registry";
  readonly address: Hex;
  readonly proof: IdentityProof;
  /** A way of withdrawing beside the store's own. */
  readonly revocation: JsonObject | undefined;
}

/** An issuer that signs roots with a key of its DID. */
export interface DidIssuer extends Called {
  readonly kind: "did";
  readonly proof: IdentityProof;
  readonly signatures: readonly SignatureClaim[];
  readonly revocation: JsonObject | undefined;
}

export type Issuer = ContractIssuer | DidIssuer;

/** What the document offers as proof of its issuer's name. */
export interface IdentityOffer {
  readonly type: string | undefined;
  /** The host name whose records vouch, for the kinds that have one. */
  readonly domain: string | undefined;
}

/** Stops at issuers that cannot be judged. @throws {Refusal} `ISSUERS_MALFORMED`. */
export function refuseIssuers(why: string): never {
  return refuse("ISSUERS_MALFORMED", `Who issued the document cannot be judged: ${why}.`);
}

/** Who vouches for a contract's owner. @throws {Refusal} `ISSUERS_MALFORMED`. */
export function readContractIdentity(offer: IdentityOffer, account: Hex): IdentityProof {
  const { type = refuseIssuers("an identityProof has no type"), domain } = offer;
  if (type === "DID" || type === "DNS-DID")
    refuseIssuers(`an identityProof of type ${type} belongs to issuers that sign, but this one anchors`);
  if (type !== "DNS-TXT") return { kind: "unknown", what: `identityProof of type ${type}` };
  return { kind: "dns-txt", domain: domain ?? refuseIssuers("a DNS-TXT identityProof names no domain"), account };
}

/** Who vouches for a key. @throws {Refusal} `ISSUERS_MALFORMED`. */
export function readDidIdentity(offer: IdentityOffer, did: string, key: string): IdentityProof {
  const { type = refuseIssuers("an identityProof has no type"), domain } = offer;
  switch (type) {
    case "DID":
      return { kind: "did", did, key };
    case "DNS-DID":
      return { kind: "dns-did", domain: domain ?? refuseIssuers("a DNS-DID identityProof names no domain"), key };
    case "DNS-TXT":
      return refuseIssuers("an issuer with a DNS-TXT identityProof names no contract");
    default:
      return { kind: "unknown", what: `identityProof of type ${type}` };
  }
}

/** A contract's address in lower case. @throws {Refusal} `ISSUERS_MALFORMED`. */
export function readAddress(text: unknown, where: string): Hex {
  return isAddress(text) ? `0x${text.slice(2).toLowerCase()}` : refuseIssuers(`${where} is not an address`);
}

/** The `revocation` of an issuer, or undefined where there is none. @throws {Refusal} `ISSUERS_MALFORMED`. */
export function readRevocationMember(issuer: JsonObject): JsonObject | undefined {
  if (memberOf(issuer, "revocation") === undefined) return undefined;
  return objectOf(issuer, "revocation") ?? refuseIssuers("a revocation is not an object");
}

/** The claim that a signature over the root makes. @throws {Refusal} `SIGNATURE_WRONG` for what is no hexadecimal text. */
export function readEip191(signature: string, signed: Pick<Eip191, "did" | "key" | "message">): SignatureClaim {
  return isHex(signature)
    ? { kind: "eip191", ...signed, signature }
    : refuse("SIGNATURE_WRONG", `The signature by ${signed.key} is not hexadecimal text.`);
}

type Eip191 = Extract<SignatureClaim, { kind: "eip191" }>;
