/** Which acts of the register withdraw a document. */

import type { ListEntry } from "../chain/set-status.ts";
import type { Hex } from "../core/bytes.ts";
import type { Claims } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { documentIn } from "../formats/document-in.ts";
import { detectFormat } from "../formats/formats.ts";
import type { Settings } from "./config.ts";
import { requireStore } from "./open-issuer.ts";
import { openConfiguredInspector } from "./stores.ts";

/** What an issuer can withdraw: a node of a tree, or better the document's own place in a status list, where it has one. */
export interface Withdrawable {
  readonly node: Hex;
  /** The root that the document leads to, where it was found in one: only what the store has on record is its document. */
  readonly root?: Hex;
  /** The store that the document itself names, where it was found in one. */
  readonly store?: Hex;
  /** The place in the store's lists by which it can be withdrawn for ever, and put on hold. */
  readonly places?: Readonly<Partial<Record<"revocation" | "suspension", ListEntry>>>;
}

/**
 * What withdrawing a document takes: its own leaf, and its places in status lists.
 *
 * @throws {TestamurError} `USAGE` for a file that is no intact document with an anchor.
 */
export async function findWithdrawable(bytes: Uint8Array, name: string): Promise<Withdrawable> {
  const { anchors, statuses } = await open(bytes, name);
  const anchor = anchors.find(({ kind }) => kind === "document-store" || kind === "transaction");
  if (anchor?.kind !== "document-store" && anchor?.kind !== "transaction")
    throw new TestamurError("USAGE", `${name} is not anchored in a register, so it cannot be withdrawn there`);
  const { leaf, root } = anchor.inclusion;
  if (leaf.stated !== leaf.computed || root.stated !== root.computed)
    throw new TestamurError("USAGE", `${name} was changed after it was issued: its own leaf cannot be told`, {
      next: "use the original file, or give the leaf from index.csv",
    });
  const places = statuses
    .flatMap((claim) => (claim.kind === "bitstring-list" ? (claim.published ?? []) : claim))
    .filter((claim) => claim.kind === "store-list");
  const store = anchor.kind === "document-store" ? anchor.address : places[0]?.address;
  return {
    node: leaf.computed,
    root: root.computed,
    ...(store !== undefined && { store }),
    ...(places.length > 0 && {
      places: Object.fromEntries(places.map(({ purpose, list, index }) => [purpose, { list, index }])),
    }),
  };
}

async function open(bytes: Uint8Array, name: string): Promise<Claims> {
  try {
    return await openClaims(bytes, name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TestamurError("USAGE", `${name}: ${error.message}`);
  }
}

async function openClaims(bytes: Uint8Array, name: string): Promise<Claims> {
  const document = parseStrictJson(documentIn(bytes));
  const detected = isObject(document) ? detectFormat(document) : undefined;
  if (detected?.kind !== "format" || !isObject(document))
    throw new TestamurError("USAGE", `${name} is not a document of any kind we know`);
  const opened = await detected.format.open(document);
  if (opened.kind === "refused") throw new TestamurError("USAGE", `${name}: ${opened.finding.message}`);
  return opened.claims;
}

/**
 * The store to withdraw in: the one that is set, or the one the documents name.
 *
 * @throws {TestamurError} `USAGE` when a document belongs to another store.
 */
export function storeOf(settings: Settings, withdrawn: readonly Withdrawable[]): Hex {
  const named = [...new Set(withdrawn.map(({ store }) => store).filter((store) => store !== undefined))];
  const store = settings.store ?? (named.length === 1 ? named[0] : undefined) ?? requireStore(settings);
  const stranger = named.find((other) => other !== store);
  if (stranger === undefined) return store;
  throw new TestamurError("USAGE", `one of the documents is anchored in ${stranger}, not in ${store}`, {
    next: "withdraw the documents of one register at a time",
  });
}

/**
 * Refuses documents that do not lead to a root of the store: one that was altered could name somebody else's place in a list.
 *
 * @throws {TestamurError} `USAGE` naming the first; what nodes do.
 */
export async function insistOnRecord(
  settings: Settings,
  store: Hex,
  documents: readonly (Withdrawable & { readonly name: string })[],
): Promise<void> {
  const roots = [...new Set(documents.map(({ root }) => root).filter((root) => root !== undefined))];
  if (roots.length === 0) return;
  const unissued = await openConfiguredInspector(settings).findUnissued(store, roots);
  const stranger = documents.find(({ root }) => root !== undefined && unissued.includes(root));
  if (stranger === undefined) return;
  throw new TestamurError("USAGE", `${stranger.name} is not on record in ${store}: it was altered, or never issued`, {
    next: "use the file as it was issued, or name its leaf from index.csv",
  });
}
