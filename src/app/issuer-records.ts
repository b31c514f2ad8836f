/** What an issuer publishes so that others can tell whose register it is: DNS record, DID document, the entry of a trust list. */

import type { Hex } from "../core/bytes.ts";
import { accountMethodOf, keyMethodOf, storeMethodOf } from "../core/issuer-methods.ts";
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

/** What speaks for an issuer, as far as it is known. */
export interface IssuerMeans {
  /** Signs W3C credentials. */
  readonly key?: PublicKey;
  readonly register?: Register;
  /** Sends the register's transactions: in Blockcerts the account stands for the issuer. */
  readonly account?: Hex;
}

/**
 * The DID document that lists what speaks for an issuer; what did so in former years stays in it, beside this.
 *
 * @see docs/merkle-jcs-2026.md §3.2
 */
export function issuerDidDocument(did: string, { key, register, account }: IssuerMeans): JsonObject {
  const method = (id: string, type: string, material: JsonObject): JsonObject & { readonly id: string } => ({
    id,
    type,
    controller: did,
    ...material,
  });
  const methods = [
    ...(key === undefined ? [] : [method(keyMethodOf(did, key), "Multikey", { publicKeyMultibase: toMultikey(key) })]),
    ...(register === undefined
      ? []
      : [
          method(storeMethodOf(did, register.chainId, register.store), "BlockchainVerificationMethod2021", {
            blockchainAccountId: toCaip10(register.chainId, register.store),
          }),
        ]),
    ...(register === undefined || account === undefined
      ? []
      : [
          method(accountMethodOf(did, account), "EcdsaSecp256k1RecoveryMethod2020", {
            blockchainAccountId: toCaip10(register.chainId, account),
          }),
        ]),
  ];
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
}

function toCaip10(chainId: number, address: Hex): string {
  return `eip155:${chainId}:${address.toLowerCase()}`;
}
