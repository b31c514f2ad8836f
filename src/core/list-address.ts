/** Where the service publishes a status list of a store: the one spelling of it, so that an address tells which list it is. */

import type { Hex } from "./bytes.ts";

/**
 * `bitstring` is the W3C's. `blockcerts` is the same list as Blockcerts' own verifier reads it: its text without the letter
 * `u` in front, and with a second context.
 */
export type ListForm = "bitstring" | "blockcerts";

export interface PublishedList {
  readonly chainId: number;
  /** Lower case, as is the list's name. */
  readonly store: Hex;
  /** The 32 bytes that name the list. */
  readonly list: Hex;
  readonly purpose: "revocation" | "suspension";
  /** 131,072 or more, a multiple of 256. */
  readonly entries: number;
  readonly form: ListForm;
}

/** As many entries as the W3C wants at least, and as many as the largest batch has credentials four times over. */
const MIN_ENTRIES = 131_072;
const MAX_ENTRIES = 4_194_304;
const ENTRIES_PER_WORD = 256;

/** Other spellings are kept out by writing it again. */
const ADDRESS =
  /\/v1\/status-lists\/([1-9]\d{0,14})\/(0x[0-9a-f]{40})\/(0x[0-9a-f]{64})\/(revocation|suspension)(?:\?(?:entries=(\d{6,7}))?&?(form=blockcerts)?)?$/;

/** @param base  where the service is reached, without a slash at its end; empty: the path alone. */
export function toListAddress(base: string, { chainId, store, list, purpose, entries, form }: PublishedList): string {
  const query = [
    ...(entries === MIN_ENTRIES ? [] : [`entries=${entries}`]),
    ...(form === "blockcerts" ? ["form=blockcerts"] : []),
  ];
  const path = `${base}/v1/status-lists/${chainId}/${store}/${list}/${purpose}`;
  return query.length === 0 ? path : `${path}?${query.join("&")}`;
}

/**
 * The list that an address names, whoever's service it is of; undefined for every other address, and for every other spelling
 * of one.
 */
export function findPublishedList(address: string): PublishedList | undefined {
  const [, chainId, store = "0x", list = "0x", purpose, count, form] = ADDRESS.exec(address) ?? [];
  if (chainId === undefined || (purpose !== "revocation" && purpose !== "suspension")) return undefined;
  const found: PublishedList = {
    chainId: Number(chainId),
    store: `0x${store.slice(2)}`,
    list: `0x${list.slice(2)}`,
    purpose,
    entries: count === undefined ? MIN_ENTRIES : Number(count),
    form: form === undefined ? "bitstring" : "blockcerts",
  };
  const isInRange =
    found.entries >= MIN_ENTRIES && found.entries <= MAX_ENTRIES && found.entries % ENTRIES_PER_WORD === 0;
  return isInRange && address.endsWith(toListAddress("", found)) ? found : undefined;
}
