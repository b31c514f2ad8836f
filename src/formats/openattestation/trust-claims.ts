/** From issuers to claims: where the root is anchored or signed, how it may be withdrawn, who vouches. The same in versions 2 and 3. */

import type { AnchorClaim, Claims, IdentityProof, Inclusion, IssuerClaim, StatusClaim } from "../../core/claims.ts";
import { finding } from "../../core/findings.ts";
import { textOf, type JsonObject } from "../../core/json.ts";
import { Refusal } from "../../core/refusal.ts";
import { readAddress, refuseIssuers, type ContractIssuer, type Issuer } from "./issuer.ts";
import type { Network } from "./network.ts";

/** The part of a document's claims that its issuers make. */
export type TrustClaims = Pick<
  Claims,
  "anchors" | "signatures" | "statuses" | "issuers" | "faults" | "chainId" | "issuerCountBound"
>;

/** Where everything is to be looked up. */
export interface Place {
  readonly inclusion: Inclusion;
  readonly network: Network;
}

/**
 * The claims that `read` finds. Where it refuses, integrity still holds, but nobody stands behind the document:
 * there is nothing to look up, and the refusal is a fault that makes it invalid.
 */
export function trustOrFault(read: () => TrustClaims): TrustClaims {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const aspect = error.code.startsWith("SIGNATURE_") ? "signature" : "identity";
    const faults = [finding(aspect, error.code, error.message)];
    return { anchors: [], signatures: [], statuses: [], issuers: [], faults };
  }
}

/**
 * What one or more issuers of one family claim.
 *
 * @throws {Refusal} `ISSUERS_MALFORMED` for families mixed, for a registry beside others, for unknown ways of withdrawing.
 */
export function trustClaimsOf(issuers: readonly Issuer[], place: Place): TrustClaims {
  refuseMixedFamilies(issuers);
  const { network } = place;
  if (network.kind === "unreadable") return unknownPlace(issuers, network.what);
  const chain = network.kind === "named" ? { chainId: network.chainId } : {};
  return {
    anchors: issuers.flatMap((issuer) => anchorOf(issuer, place.inclusion, chain)),
    signatures: issuers.flatMap((issuer) => (issuer.kind === "did" ? issuer.signatures : [])),
    statuses: issuers.flatMap((issuer) => statusesOf(issuer, place.inclusion, chain)),
    issuers: issuers.map((issuer) => issuerClaim(issuer, atChain(issuer.proof, chain))),
    faults: [],
    ...chain,
  };
}

type Chain = { readonly chainId?: number };

function refuseMixedFamilies(issuers: readonly Issuer[]): void {
  const kinds = new Set(issuers.map((issuer) => issuer.kind));
  if (kinds.size > 1) refuseIssuers("its issuers do not all issue in the same way");
  if (kinds.has("registry") && issuers.length > 1) refuseIssuers("a token registry stands beside other issuers");
}

function anchorOf(issuer: Issuer, inclusion: Inclusion, chain: Chain): AnchorClaim[] {
  if (issuer.kind === "did") return [];
  const kind = issuer.kind === "store" ? "document-store" : "token-registry";
  return [{ kind, address: issuer.address, inclusion, ...chain }];
}

function statusesOf(issuer: Issuer, inclusion: Inclusion, chain: Chain): StatusClaim[] {
  if (issuer.kind === "did") return [readRevocation(issuer.revocation, inclusion, chain)];
  const own: StatusClaim[] =
    issuer.kind === "store" ? [{ kind: "store-nodes", address: issuer.address, inclusion, ...chain }] : [];
  return [...own, ...furtherStatus(issuer, inclusion, chain)];
}

/** A contract issuer may name another place as well; whatever it names has to be asked. */
function furtherStatus({ revocation }: ContractIssuer, inclusion: Inclusion, chain: Chain): StatusClaim[] {
  if (revocation === undefined) return [];
  const isItself = textOf(revocation, "type") === "REVOCATION_STORE" && textOf(revocation, "location") === undefined;
  const status = isItself ? undefined : readRevocation(revocation, inclusion, chain);
  return status === undefined || status.kind === "not-offered" ? [] : [status];
}

/** A signing issuer has to say how it withdraws: silence may be a redaction, so it is not taken for "never". */
function readRevocation(revocation: JsonObject | undefined, inclusion: Inclusion, chain: Chain): StatusClaim {
  if (revocation === undefined) return refuseIssuers("an issuer does not say how it withdraws documents");
  const type = textOf(revocation, "type") ?? "without a type";
  switch (type) {
    case "NONE":
      return { kind: "not-offered" };
    case "REVOCATION_STORE":
      return {
        kind: "store-nodes",
        address: readAddress(textOf(revocation, "location"), "the location of a REVOCATION_STORE"),
        inclusion,
        ...chain,
      };
    case "OCSP_RESPONDER": {
      const location = textOf(revocation, "location") ?? refuseIssuers("an OCSP_RESPONDER has no location");
      return { kind: "ocsp", location, nodes: inclusion.nodes };
    }
    default:
      return refuseIssuers(`a way of withdrawing is not known (${type})`);
  }
}

function issuerClaim({ name, id }: Issuer, proof: IdentityProof): IssuerClaim {
  return { ...(name !== undefined && { name }), ...(id !== undefined && { id }), proof };
}

function atChain(proof: IdentityProof, chain: Chain): IdentityProof {
  return proof.kind === "dns-txt" ? { ...proof, ...chain } : proof;
}

/** A document that names a chain, but not which, is looked up nowhere: any chain we chose could be the wrong one. */
function unknownPlace(issuers: readonly Issuer[], what: string): TrustClaims {
  const unknown = { kind: "unknown", what } as const;
  return {
    anchors: [unknown],
    signatures: [],
    statuses: [unknown],
    issuers: issuers.map((issuer) => issuerClaim(issuer, unknown)),
    faults: [],
  };
}
