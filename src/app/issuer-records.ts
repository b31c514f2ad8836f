/** What an issuer publishes so that others can tell whose register it is: DNS record, DID document, the entry of a trust list. */

import type { Hex } from "../core/bytes.ts";
import { keyMethodOf, storeMethodOf } from "../core/issuer-methods.ts";
import type { JsonObject } from "../core/json.ts";
import { toMultikey } from "../core/multikey.ts";
import type { PublicKey } from "../core/public-key.ts";
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

/** A register, and the chain it is on. */
export interface Register {
  readonly chainId: number;
  readonly store: Hex;
}

/**
 * The DID document that lists an issuer's signing key and registers; those of former years stay in it, beside these.
 *
 * @see docs/merkle-jcs-2026.md §3.2
 */
export function issuerDidDocument(did: string, key: PublicKey, registers: readonly Register[]): JsonObject {
  const methods = [
    { id: keyMethodOf(did, key), type: "Multikey", controller: did, publicKeyMultibase: toMultikey(key) },
    ...registers.map(({ chainId, store }) => ({
      id: storeMethodOf(did, chainId, store),
      type: "BlockchainVerificationMethod2021",
      controller: did,
      blockchainAccountId: `eip155:${chainId}:${store.toLowerCase()}`,
    })),
  ];
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
}
