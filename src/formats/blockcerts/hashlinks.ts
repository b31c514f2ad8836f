/** Hashlinks: addresses that carry the digest of what they lead to, so that a picture cannot be exchanged behind them. */

import { findMultibase58 } from "../../core/base58.ts";
import { toHex, type Hex } from "../../core/bytes.ts";
import { parseCbor, type Cbor } from "../../core/cbor.ts";
import type { LinkedContent } from "../../core/claims.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Graph, Value } from "./statements.ts";

/** `hl:`, a multihash and, after a colon, packed metadata; both base58btc with its multibase letter. */
const HASHLINK = /\bhl:(z[1-9A-HJ-NP-Za-km-z]{40,60})(?::(z[1-9A-HJ-NP-Za-km-z]{1,500}))?/g;
/** SHA-256 and its length, before the digest. @see https://github.com/multiformats/multicodec, sha2-256 */
const SHA256_PREFIX = [0x12, 0x20];
/** The metadata's member for addresses. @see draft-sporny-hashlink-07, section 3.1.2 */
const URL_KEY = 0x0f;
const MAX_LINKS = 100;

/** A hashlink as a report names it. */
export interface Hashlink {
  readonly link: string;
  /** `not-checked`: reading alone cannot tell what it leads to. `unreadable`: nobody can check it. */
  readonly state: "not-checked" | "unreadable";
  /** SHA-256 of what it leads to. */
  readonly sha256: Hex | null;
  /** Where the content may lie; the document chose these addresses. */
  readonly urls: readonly string[];
}

/** The hashlinks in any text or address of the statements, each once; at most 100. */
export function findHashlinks(
  graph: Graph,
): readonly (Hashlink & { readonly [member: string]: string | null | readonly string[] })[] {
  const links = new Map<string, Hashlink>();
  for (const properties of graph.values())
    for (const value of [...properties.values()].flat())
      for (const [link, multihash = "", metadata] of textOf(value).matchAll(HASHLINK))
        if (links.size < MAX_LINKS) links.set(link, readHashlink(link, multihash, metadata));
  return [...links.values()].map((link) => ({ ...link }));
}

/** Those that somebody can follow, and check what is there. */
export function followable(links: readonly Hashlink[]): readonly LinkedContent[] {
  return links.flatMap(({ link, sha256, urls }) =>
    sha256 === null || urls.length === 0 ? [] : [{ link, sha256, urls }],
  );
}

function readHashlink(link: string, multihash: string, metadata: string | undefined): Hashlink {
  const hash = findMultibase58(multihash);
  const isSha256 = hash?.length === 34 && SHA256_PREFIX.every((byte, at) => hash[at] === byte);
  if (hash === undefined || !isSha256) return { link, state: "unreadable", sha256: null, urls: [] };
  return { link, state: "not-checked", sha256: toHex(hash.subarray(2)), urls: readUrls(metadata) };
}

function readUrls(metadata: string | undefined): readonly string[] {
  const packed = metadata === undefined ? undefined : findMultibase58(metadata);
  const item = packed === undefined ? undefined : findCbor(packed);
  if (item?.kind !== "map") return [];
  const [, urls] = item.entries.find(([key]) => key.kind === "integer" && key.value === URL_KEY) ?? [];
  return (urls?.kind === "array" ? urls.items : [])
    .map(untag)
    .flatMap((url) => (url.kind === "text" ? [url.value] : []));
}

function untag(item: Cbor): Cbor {
  return item.kind === "tag" ? item.item : item;
}

function findCbor(bytes: Uint8Array): Cbor | undefined {
  try {
    return parseCbor(bytes);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function textOf(value: Value): string {
  return value.kind === "literal" ? value.text : value.id;
}
