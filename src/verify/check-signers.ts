/** Have all signed whom the verifier expects? What a document does not say cannot be missed by anybody who was not told. */

import type { Claims, IssuerClaim } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import { isObject, memberOf } from "../core/json.ts";
import type { IdentityAnswer, IdentityProver } from "../core/ports/identity.ts";
import type { ChainAccess } from "./chain-access.ts";
import { findingOf, proveOne } from "./check-identity.ts";

export interface SignerPorts {
  readonly identity: IdentityProver;
  readonly chain: ChainAccess;
}

/**
 * One finding an expected signer who is not the issuer: that the signature is missing, or whether it is theirs.
 *
 * @param expected  addresses of profiles, or DIDs, as documents name them.
 * @param ports  absent: nobody is asked, so only what is missing is found.
 */
export async function checkSigners(
  claims: Claims,
  expected: readonly string[],
  ports?: SignerPorts,
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    expected.map(async (signer) => {
      if (isCheckedAlready(claims, signer)) return [];
      const claim = claims.coSigners?.find(({ id }) => id === signer);
      if (claim !== undefined) return ports === undefined ? [] : [await proveSigner(claim, signer, ports)];
      return [finding("signature", "SIGNATURE_MISSING", `${signer} was expected to sign it, and has not.`, { signer })];
    }),
  );
  return found.flat();
}

/** The issuer's own signatures, and those of a standard that checks them all, have findings of their own. */
function isCheckedAlready({ issuers, signatures }: Claims, signer: string): boolean {
  const isIssuer = issuers.some(
    ({ proof }) =>
      (proof.kind === "issuer-profile" && proof.location === signer) || (proof.kind === "did" && proof.did === signer),
  );
  return (
    isIssuer ||
    signatures.some(
      (signature) =>
        (signature.kind === "data-integrity" && signature.controller === signer) ||
        (signature.kind === "eip191" && signature.did === signer),
    )
  );
}

async function proveSigner(claim: IssuerClaim, signer: string, { identity, chain }: SignerPorts): Promise<Finding> {
  const { proof } = claim;
  const chainId =
    proof.kind === "issuer-profile" && typeof proof.anchor.chainId === "number" ? proof.anchor.chainId : undefined;
  const answer = await proveOne(claim, chainId, identity, chain);
  if (!("kind" in answer) || answer.kind !== "proven") return findingOf(answer);
  const { by, name } = answer;
  const evidence = { signer, by, name, ...answer.evidence };
  return isOfSignerItself(answer)
    ? finding("identity", "ISSUER_PROVEN", `${name} has signed it too, as was expected.`, evidence)
    : finding("identity", "ISSUER_NOT_PROVEN", `Only a register speaks for the signature of ${signer}.`, evidence);
}

/** The verifier's list may know the register that took the root; that may be the issuer's, and says nothing of other signers. */
function isOfSignerItself({ by, evidence = {} }: Extract<IdentityAnswer, { kind: "proven" }>): boolean {
  const { listedBy, records } = evidence;
  const isByRecords = isObject(records) && memberOf(records, "kind") === "proven";
  return by !== "trust-list" || listedBy !== "register" || isByRecords;
}
