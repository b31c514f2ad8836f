/** Questions to the verifier's own list: whose register, domain or DID is this, at that moment? */

import type { Hex } from "../core/bytes.ts";
import { matchesHostName } from "./host-name.ts";
import { isSameDid } from "./same-did.ts";
import type { TrustedIssuer, TrustList } from "./trust-list.ts";

/** The issuer that has this register. */
export function findByStore(list: TrustList, chainId: number, address: Hex, now: Date): TrustedIssuer | undefined {
  const wanted = `eip155:${chainId}:${address.toLowerCase()}`;
  return list.issuers.find((issuer) => isBelieved(issuer, now) && issuer.stores.includes(wanted));
}

/** The issuer that has this DID. */
export function findByDid(list: TrustList, did: string, now: Date): TrustedIssuer | undefined {
  return list.issuers.find((issuer) => isBelieved(issuer, now) && issuer.dids.some((entry) => isSameDid(entry, did)));
}

/** The issuer that has this domain; where several entries match, the longest speaks. */
export function findByDomain(list: TrustList, domain: string, now: Date): TrustedIssuer | undefined {
  const closeness = (issuer: TrustedIssuer) =>
    Math.max(0, ...issuer.domains.filter((entry) => matchesHostName(domain, entry)).map((entry) => entry.length));
  const [closest] = list.issuers
    .filter((issuer) => isBelieved(issuer, now) && closeness(issuer) > 0)
    .sort((a, b) => closeness(b) - closeness(a));
  return closest;
}

/** From `from` on, and before `until`. */
function isBelieved(issuer: TrustedIssuer, now: Date): boolean {
  return (issuer.from === undefined || issuer.from <= now) && (issuer.until === undefined || now < issuer.until);
}
