/** When an issuer itself put a document on record. Its keys are judged by that moment, so that documents outlive them. */

import type { Claims } from "../core/claims.ts";
import type { AnchorMoment } from "../core/ports/chain.ts";
import type { AnchorCheck } from "./anchor-findings.ts";

/** @returns the moment by which the controller's keys are judged; undefined: now. */
export type MomentOf = (controller: string) => Promise<AnchorMoment | undefined>;

/** For documents that nothing dates. */
export const NOW: MomentOf = async () => undefined;

/**
 * Moments of one document. A store vouches for the time of those only who must list it as theirs: what anybody else signed
 * may have been signed since, with a key that was found.
 */
export function ownMoments(claims: Pick<Claims, "issuers">, anchoring: Promise<AnchorCheck>): MomentOf {
  return async (controller) => {
    const { store, chainId, block, time } = (await anchoring).anchor ?? {};
    if (store === undefined || chainId === undefined || block === undefined || time === undefined) return undefined;
    const isOwn = claims.issuers.some(
      ({ proof }) =>
        proof.kind === "did" &&
        proof.did === controller &&
        proof.chainId === chainId &&
        proof.account?.toLowerCase() === store.toLowerCase(),
    );
    return isOwn ? { chainId, block, time } : undefined;
  };
}
