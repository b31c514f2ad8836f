/** Finds the document of an identifier: worked out (did:key), read from a chain (did:ethr) or fetched (did:web, https). */

import { fetchJsonObject } from "../core/fetch-json.ts";
import type { Fetch } from "../core/guarded-fetch.ts";
import { openMemory } from "../core/memory.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { AnchorMoment } from "../core/ports/chain.ts";
import { findDidDocument, type DidDocument } from "./did-document.ts";
import type { DidEthrDocuments, DidEthrOptions } from "./did-ethr-documents.ts";
import { findDidEthr } from "./did-ethr.ts";
import { findDidKeyDocument } from "./did-key.ts";
import { findDidWebAddress } from "./did-web.ts";

export interface DidOptions extends DidEthrOptions {
  /** Hosts whose documents may be fetched, since a credential chooses its issuer's address; absent: none. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly fetch?: Fetch | undefined;
  readonly timeoutMs?: number | undefined;
}

type DidDocumentAnswer = Answer<DidDocument> | { readonly kind: "unknown-kind"; readonly reason: string };

export interface DidDocuments {
  /**
   * @param id  a DID, or the https address of an issuer, without `#`.
   * @param at  the moment whose document is asked for, where a chain keeps old ones; absent: now. A document at a web address
   *   is always the one that lies there now: it says of its keys how long they were good.
   * @returns `unknown-kind` for identifiers whose documents are not looked up here. Never rejects.
   */
  documentOf(id: string, at?: AnchorMoment): Promise<DidDocumentAnswer>;
}

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
const MEDIA_TYPES = [
  "application/json",
  "application/did+json",
  "application/did+ld+json",
  "application/did",
  "application/cid",
  "application/ld+json",
] as const;

/** Opens the sources of documents for one session; fetched ones are kept for a minute. */
export function openDidDocuments(options: DidOptions): DidDocuments {
  let registries: Promise<DidEthrDocuments> | undefined;
  const memory = openMemory<DidDocument>();
  return {
    documentOf: async (id, at) => {
      const ethr = findDidEthr(id);
      if (ethr !== undefined) return (await (registries ??= openRegistries(options))).documentOf(id, ethr, at);
      const computed = findDidKeyDocument(id);
      if (computed !== undefined) return { kind: "answer", value: computed };
      const address = findDidWebAddress(id) ?? (/^https:[^#]+$/.test(id) ? id : undefined);
      if (address === undefined) return { kind: "unknown-kind", reason: `${id} cannot be looked up here` };
      return memory.recall(id, async () => fetchDocument(address, id, options));
    },
  };
}

/** Loaded where a document names such a DID: few do, and browsers load everything else first. */
async function openRegistries(options: DidOptions): Promise<DidEthrDocuments> {
  const { openDidEthrDocuments } = await import("./did-ethr-documents.ts");
  return openDidEthrDocuments(options);
}

async function fetchDocument(address: string, id: string, options: DidOptions): Promise<Answer<DidDocument>> {
  const answer = await fetchJsonObject(address, {
    allowedHosts: options.allowedHosts ?? [],
    accept: MEDIA_TYPES,
    maxBytes: MAX_BYTES,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    fetch: options.fetch,
  });
  if (answer.kind === "silent") return answer;
  const document = findDidDocument(answer.value, id);
  return document === undefined
    ? { kind: "silent", reason: `what lies at ${address} is not the document of ${id}` }
    : { kind: "answer", value: document };
}
