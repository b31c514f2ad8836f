/** Fetches what documents link to by digest, from hosts that the operator named. Safe in a browser. */

import { fetchGuarded } from "../core/guarded-fetch.ts";
import { openMemory } from "../core/memory.ts";
import type { LinkedContentReader } from "../core/ports/status.ts";

/** Pictures and pages; of what type they are does not matter to their digest. */
const MEDIA_TYPES = [
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/svg+xml",
  "image/webp",
  "application/pdf",
  "text/html",
  "text/plain",
  "text/css",
  "application/json",
  "application/octet-stream",
] as const;
const MAX_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 5_000;
/** They are large, and a batch of documents shares its pictures. */
const MAX_KEPT = 20;

export function openLinkedContent(allowedHosts: readonly string[]): LinkedContentReader {
  const memory = openMemory<Uint8Array>(undefined, MAX_KEPT);
  const guard = { allowedHosts, accept: MEDIA_TYPES, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS };
  return { contentAt: async (url) => memory.recall(url, async () => fetchGuarded(url, guard)) };
}
