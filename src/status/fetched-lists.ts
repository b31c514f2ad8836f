/** Lists that lie on other people's servers: fetched on guard, once a minute for all documents that name them. */

import { fetchGuarded, type Fetch } from "../core/guarded-fetch.ts";
import { openMemory } from "../core/memory.ts";
import type { Answer } from "../core/ports/answer.ts";

export interface ListOptions {
  /** Hosts that documents may send us to. */
  readonly allowedHosts: readonly string[];
  readonly fetch?: Fetch | undefined;
  readonly timeoutMs?: number | undefined;
}

export interface FetchedLists {
  /** The bytes at an address; nothing is added to it that would tell whose document is being looked at. Never rejects. */
  at(location: string): Promise<Answer<Uint8Array>>;
}

const TIMEOUT_MS = 5_000;
/** Some ten thousand entries of a revocation list; a status list is bounded more tightly when it is opened. */
const MAX_BYTES = 4 * 1024 * 1024;
/** They are large, and a verifier meets few. */
const MAX_LISTS = 20;

/** How servers label a credential or a list, the exact name first. */
const MEDIA_TYPES = [
  "application/vc",
  "application/vc+ld+json",
  "application/ld+json",
  "application/json",
  "text/plain",
] as const;

export function openFetchedLists(options: ListOptions): FetchedLists {
  const memory = openMemory<Uint8Array>(undefined, MAX_LISTS);
  return {
    at: async (location) =>
      memory.recall(location, async () =>
        fetchGuarded(location, {
          allowedHosts: options.allowedHosts,
          accept: MEDIA_TYPES,
          maxBytes: MAX_BYTES,
          timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
          fetch: options.fetch,
        }),
      ),
  };
}
