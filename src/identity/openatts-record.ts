/** The TXT records by which a domain vouches for a register or a key: `openatts …`, read strictly. */

import { isAddress, type Hex } from "../core/bytes.ts";

/** What one record vouches for. Addresses and chain ids are canonical; `key` is kept as it was written. */
export type OpenattsRecord =
  | { readonly kind: "store"; readonly chainId: number; readonly address: Hex }
  | { readonly kind: "key"; readonly key: string };

/** True for texts that mean to be such a record; the others at the same domain are none of our business. */
export function isOpenattsText(text: string): boolean {
  return withoutQuotes(text).startsWith("openatts");
}

/**
 * The record that a TXT text is, or undefined for a void one.
 *
 * `openatts net=ethereum netId=<chain id, decimal> addr=0x<40 digits>` or `openatts a=dns-did; p=<key>; v=<version>;`: tokens
 * between spaces, each split at its first `=`, one `;` at its end dropped. Unknown names are ignored. A record that gives a
 * name twice is void, since two readers could take different values; so is one whose values are not exactly of their form.
 *
 * @param text  the joined text of one TXT record; one pair of surrounding double quotes is dropped.
 */
export function findOpenattsRecord(text: string): OpenattsRecord | undefined {
  const [first, ...tokens] = withoutQuotes(text).split(" ");
  if (first !== "openatts") return undefined;
  const fields = findFields(tokens.filter((token) => token !== ""));
  if (fields === undefined) return undefined;
  return fields.has("a") ? findKeyRecord(fields) : findStoreRecord(fields);
}

/** The record that a registrar publishes at the domain, so that documents of this store are known to be the domain's. */
export function dnsRecordFor(store: { readonly chainId: number; readonly store: Hex }): string {
  return `openatts net=ethereum netId=${store.chainId} addr=${store.store}`;
}

/** The record that a registrar publishes for a key that signs documents. */
export function dnsRecordForKey(key: string): string {
  return `openatts a=dns-did; p=${key}; v=1.0;`;
}

function withoutQuotes(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function findFields(tokens: readonly string[]): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const token of tokens) {
    const [name = "", ...rest] = (token.endsWith(";") ? token.slice(0, -1) : token).split("=");
    if (fields.has(name)) return undefined;
    fields.set(name, rest.join("="));
  }
  return fields;
}

function findStoreRecord(fields: ReadonlyMap<string, string>): OpenattsRecord | undefined {
  const address = fields.get("addr");
  const netId = fields.get("netId") ?? "";
  const chainId = Number(netId);
  if (fields.get("net") !== "ethereum" || !isAddress(address)) return undefined;
  if (!/^[1-9]\d*$/.test(netId) || !Number.isSafeInteger(chainId)) return undefined;
  return { kind: "store", chainId, address: `0x${address.slice(2).toLowerCase()}` };
}

function findKeyRecord(fields: ReadonlyMap<string, string>): OpenattsRecord | undefined {
  const key = fields.get("p") ?? "";
  const isKey = fields.get("a") === "dns-did" && /^did:[a-z0-9]+:./.test(key) && (fields.get("v") ?? "") !== "";
  return isKey ? { kind: "key", key } : undefined;
}
