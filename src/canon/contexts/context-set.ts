/** Sets of pinned JSON-LD contexts. Meaning never comes from the network: what is not in the set asked for does not exist. */

import type { JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { ADDRESSES, FILES } from "./catalogue.ts";

/**
 * `w3c`: what credentials shown to people may name. `generic`: what test suites use besides.
 * `blockcerts`: the copies that Blockcerts' own software has hashed with; some differ from the published ones.
 */
export type ContextSet = "w3c" | "generic" | "blockcerts";

export interface PinnedContext {
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly sha384: string;
  readonly load: () => Promise<{ readonly default: unknown }>;
}

/** True when a document of these sets may name that address. */
export function isPinned(sets: readonly ContextSet[], url: string): boolean {
  return findPinned(sets, url) !== undefined;
}

/**
 * The context document at an address.
 *
 * @throws {Refusal} `CONTEXT_NOT_ALLOWED` for an address outside the sets.
 */
export async function loadContext(sets: readonly ContextSet[], url: string): Promise<JsonObject> {
  const pinned = findPinned(sets, url);
  if (pinned === undefined) return refuse("CONTEXT_NOT_ALLOWED", `The context ${url} is not one we know.`);
  const loaded = await pinned.load();
  return loaded.default as JsonObject; // our own file: its bytes are pinned
}

/** The context pinned for an address, or undefined. */
export function findPinned(sets: readonly ContextSet[], url: string): PinnedContext | undefined {
  const set = sets.find((one) => Object.hasOwn(ADDRESSES[one], url));
  const file = set === undefined ? undefined : ADDRESSES[set][url];
  return file === undefined ? undefined : FILES[file];
}
