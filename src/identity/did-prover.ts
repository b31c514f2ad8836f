/** Does the DID that a document names list the document's key or register, and does that DID say who somebody is? */

import type { IdentityProof } from "../core/claims.ts";
import type { AnchorMoment } from "../core/ports/chain.ts";
import type { IdentityAnswer } from "../core/ports/identity.ts";
import type { DidDocuments } from "./did-documents.ts";
import { findListed } from "./did-keys.ts";
import { findDidWebAddress } from "./did-web.ts";
import { noticesOf } from "./look-alike.ts";
import type { VerificationMethod } from "./verification-method.ts";

type DidProof = Extract<IdentityProof, { kind: "did" }>;

export interface DidQuestion {
  readonly proof: DidProof;
  /** What the document calls its issuer: for notices only. */
  readonly claimedName: string | undefined;
  /** When the issuer itself put the document on record; absent: the keys of now count. */
  readonly at: AnchorMoment | undefined;
}

/**
 * A DID at a web address is proven, as that address. A DID that is nothing but a key or an account is anybody's for the
 * asking: that it lists the key shows nothing false and names nobody, so only the verifier's trust list can vouch for it.
 * Never rejects.
 */
export async function proveByDid(
  question: DidQuestion,
  documents: DidDocuments,
  now: () => Date,
): Promise<IdentityAnswer> {
  const { proof, claimedName, at } = question;
  const found = await findListed({ controller: proof.did, key: proof.key, at }, documents, now);
  const seen = { did: proof.did, key: proof.key, ...noticesOf(hostOf(proof.did), claimedName) };
  switch (found.kind) {
    case "not-listed":
      return { kind: "contradicted", reason: `The issuer does not list the key: ${found.reason}.`, evidence: seen };
    case "unknown-kind":
    case "silent":
      return found;
    case "listed":
      break;
  }
  if (proof.account !== undefined && !standsFor(found.method, proof)) {
    return {
      kind: "contradicted",
      reason: `The issuer does not list the register ${proof.account} as ${proof.key}.`,
      evidence: { ...seen, account: proof.account },
    };
  }
  const account = found.method.account?.address;
  const evidence = { ...seen, ...(account !== undefined && { account }) };
  return isSelfMade(proof.did)
    ? { kind: "unproven", reason: `${proof.did} lists the key, but such a DID says nothing of who has it.`, evidence }
    : { kind: "proven", by: "did", name: proof.did, evidence };
}

/** The host where the DID's document lies; an empty text for DIDs that lie nowhere. */
function hostOf(did: string): string {
  return URL.parse(findDidWebAddress(did) ?? did)?.hostname ?? "";
}

/**
 * Whether the method is the very register, on the very chain; an account that signs is none. A did:ethr can name accounts in
 * one way only, as delegates, so its registers are among these.
 */
function standsFor(method: VerificationMethod, { did, account, chainId }: DidProof): boolean {
  return (
    (method.type === "BlockchainVerificationMethod2021" || did.startsWith("did:ethr:")) &&
    method.account?.address === account?.toLowerCase() &&
    method.account?.chainId === chainId
  );
}

/** True for DIDs that cost nothing and are bound to no name. */
function isSelfMade(did: string): boolean {
  return /^did:(?:key|ethr):/.test(did);
}
