/** What an issuer publishes so that others can tell whose register it is: the DNS record and the entry of a trust list. */

import type { Hex } from "../core/bytes.ts";
import { findHostName } from "../identity/host-name.ts";
import { dnsRecordFor } from "../identity/openatts-record.ts";

export interface IssuerRecords {
  /** The line for the domain's TXT records. */
  readonly dns: string;
  /** A trust file with this issuer in it. */
  readonly trust: string;
}

export function issuerRecords(
  issuer: { readonly name: string; readonly domain: string },
  chainId: number,
  store: Hex,
): IssuerRecords {
  const entry = { name: issuer.name, stores: [`eip155:${chainId}:${store}`], domains: [issuer.domain] };
  return {
    dns: `${issuer.domain}. IN TXT "${dnsRecordFor({ chainId, store })}"`,
    trust: JSON.stringify({ issuers: [entry] }, null, 2),
  };
}

/** True for a name that may stand in a document as its issuer's domain. */
export function isHostName(text: string): boolean {
  return findHostName(text) !== undefined;
}
