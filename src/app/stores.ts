/** What the commands do with a store: deploy, revoke, roles, pause. Wires settings and key to the writer of `chain/`. */

import type { StoreFacts } from "../chain/store-facts.ts";
import { openStoreInspector, type StoreInspector } from "../chain/store-inspector.ts";
import { openStoreWriter, type StoreWriter } from "../chain/store-writer.ts";
import { openWriting } from "../chain/writing-session.ts";
import type { Hex } from "../core/bytes.ts";
import type { Claims } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import { isObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { detectFormat } from "../formats/formats.ts";
import type { Settings } from "./config.ts";
import { requireNodes, requireStore } from "./open-issuer.ts";
import { openSigningAccount, type AskPassword } from "./signing-key.ts";

export interface WriterOptions {
  readonly askPassword: AskPassword;
  readonly maxFeeWei?: bigint;
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` without a node; whatever is wrong with the key. */
export async function openConfiguredWriter(settings: Settings, options: WriterOptions): Promise<StoreWriter> {
  return openStoreWriter({
    rpcUrls: requireNodes(settings),
    account: await openSigningAccount(settings, options.askPassword),
    now: () => new Date(),
    ...(options.maxFeeWei !== undefined && { maxFeeWei: options.maxFeeWei }),
  });
}

/** Looks at stores without any key. */
export function openConfiguredInspector(settings: Settings): StoreInspector {
  return openStoreInspector({ rpcUrls: requireNodes(settings), now: () => new Date() });
}

const NOBODY: Hex = `0x${"00".repeat(20)}`;

/** What stands at an address, and on which chain. `account`: whose roles are of interest. */
export async function lookAtStore(
  settings: Settings,
  store: Hex,
  account: Hex = NOBODY,
): Promise<StoreFacts & { readonly chainId: number; readonly networkName: string }> {
  const { network } = await openWriting({ rpcUrls: requireNodes(settings) })();
  return {
    ...(await openConfiguredInspector(settings).inspect(store, account)),
    chainId: network.chainId,
    networkName: network.name,
  };
}

/** Reasons by the words people use, with the numbers of RFC 5280 that the store keeps. */
export const REVOCATION_REASONS: Readonly<Record<string, number>> = {
  unspecified: 0,
  "key-compromise": 1,
  "affiliation-changed": 3,
  superseded: 4,
  replaced: 4,
  "cessation-of-operation": 5,
  "privilege-withdrawn": 9,
};

/** @throws {TestamurError} `USAGE` listing the reasons there are. */
export function reasonCode(word: string): number {
  const code = Object.hasOwn(REVOCATION_REASONS, word) ? REVOCATION_REASONS[word] : undefined;
  if (code !== undefined) return code;
  throw new TestamurError("USAGE", `"${word}" is not a reason`, {
    next: `one of: ${Object.keys(REVOCATION_REASONS).join(", ")}`,
  });
}

/** A node to revoke, and the store that the document itself names, where it was found in one. */
export interface RevocableNode {
  readonly node: Hex;
  readonly store?: Hex;
}

/**
 * The leaf of a document that was issued: what its revocation takes.
 *
 * @throws {TestamurError} `USAGE` for a file that is no intact document in a store.
 */
export async function findLeaf(bytes: Uint8Array, name: string): Promise<RevocableNode> {
  const opened = await open(bytes, name);
  const anchor = opened.anchors.find((claim) => claim.kind === "document-store");
  const inclusion = anchor?.inclusion;
  if (anchor === undefined || inclusion === undefined)
    throw new TestamurError("USAGE", `${name} is not anchored in a register, so it cannot be withdrawn there`);
  const intact = inclusion.leaf.stated === inclusion.leaf.computed && inclusion.root.stated === inclusion.root.computed;
  if (!intact)
    throw new TestamurError("USAGE", `${name} was changed after it was issued: its own leaf cannot be told`, {
      next: "use the original file, or give the leaf from index.csv",
    });
  return { node: inclusion.leaf.computed, store: anchor.address };
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
  const document = parseStrictJson(bytes);
  const detected = isObject(document) ? detectFormat(document) : undefined;
  if (detected?.kind !== "format" || !isObject(document))
    throw new TestamurError("USAGE", `${name} is not a document of any kind we know`);
  const opened = await detected.format.open(document);
  if (opened.kind === "refused") throw new TestamurError("USAGE", `${name}: ${opened.finding.message}`);
  return opened.claims;
}

/**
 * The store to revoke in: the one that is set, or the one the documents name.
 *
 * @throws {TestamurError} `USAGE` when a document belongs to another store.
 */
export function storeOf(settings: Settings, nodes: readonly RevocableNode[]): Hex {
  const named = [...new Set(nodes.map(({ store }) => store).filter((store) => store !== undefined))];
  const store = settings.store ?? (named.length === 1 ? named[0] : undefined) ?? requireStore(settings);
  const stranger = named.find((other) => other !== store);
  if (stranger === undefined) return store;
  throw new TestamurError("USAGE", `one of the documents is anchored in ${stranger}, not in ${store}`, {
    next: "withdraw the documents of one register at a time",
  });
}
