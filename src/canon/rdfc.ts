/** RDF canonicalisation: the statements a JSON-LD document makes, in one order. The door of `jsonld` and `rdf-canonize`. */

import type { JsonLd, JsonLdEvent } from "jsonld";

import { toHexDigits, toUtf8 } from "../core/bytes.ts";
import type { JsonObject } from "../core/json.ts";
import { refuse } from "../core/refusal.ts";
import { sha256, sha384 } from "../core/sha256.ts";
import { loadContext, type ContextSet } from "./contexts/context-set.ts";
import { insistOnAffordable } from "./json-ld-limits.ts";
import { toRefusal } from "./json-ld-refusal.ts";
import { findQuads } from "./quick-quads.ts";
import type { RdfQuad } from "./rdf.ts";

/** Statements one document may make; a transcript of 40 courses makes about 1,000. */
const MAX_QUADS = 50_000;

/** Time one canonicalisation may take, in milliseconds; a usual document takes about 10. */
const TIMEOUT_MS = 5_000;

export interface RdfcOptions {
  /** Sets of contexts the document may name, the first that has an address wins. */
  readonly contexts: readonly ContextSet[];
  /** True: whatever would be dropped is refused. False: it is dropped, and `onEvent` hears of it. */
  readonly safe: boolean;
  /** The hash inside the algorithm, SHA-256 where it is not said. */
  readonly hash?: "SHA-256" | "SHA-384";
  /** True: text direction becomes part of the statements, as Data Integrity wants it; Blockcerts leaves it out. */
  readonly withDirection?: boolean;
  /**
   * True: our own quick reader finds the statements, where it knows everything the document uses. For issuing only: the
   * verifier, which asks the reference processor, reads every document again before it is handed out.
   */
  readonly quick?: boolean;
  /** Hears everything the processor reports: terms without a meaning, relative addresses, whatever is dropped. */
  readonly onEvent?: (event: LossEvent) => void;
}

/** Something the processor noticed: `code` is jsonld.js's own, `what` the term or value concerned, where it names one. */
export interface LossEvent {
  readonly code: string;
  readonly what?: string;
}

/**
 * The canonical N-Quads of a JSON-LD document, one statement a line, each line ended.
 *
 * Nothing is fetched: contexts come from the pinned sets. The base address is none, so relative ones have no meaning.
 *
 * @throws {Refusal} `CONTEXT_NOT_ALLOWED`; `MEMBER_UNKNOWN` (safe mode: something has no meaning in the contexts);
 *   `SHAPE_WRONG` (not JSON-LD, or a protected term redefined); `FORMAT_UNSUPPORTED` (too many or too entangled statements).
 * @see RDF Dataset Canonicalization (RDFC-1.0); URDNA2015 is its older name, with the same result
 */
export async function toCanonicalQuads(document: JsonObject, options: RdfcOptions): Promise<string> {
  insistOnAffordable(document);
  const { canonize } = await import("rdf-canonize");
  const quick = options.quick === true ? await findQuads(document, options.contexts) : undefined;
  const quads = quick ?? (await toQuads(document, options));
  if (quads.length > MAX_QUADS) {
    refuse("FORMAT_UNSUPPORTED", `The document makes ${quads.length} statements; at most ${MAX_QUADS} are read.`);
  }
  const hash = options.hash === "SHA-384" ? sha384 : sha256;
  try {
    return await canonize(quads, {
      algorithm: "RDFC-1.0",
      createMessageDigest: () => messageDigest(hash),
      maxWorkFactor: 1,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return refuse("FORMAT_UNSUPPORTED", "The document's unnamed parts are too entangled to be put in order.");
  }
}

async function toQuads(document: JsonObject, options: RdfcOptions): Promise<readonly RdfQuad[]> {
  const processor = await processorOf(options.contexts);
  try {
    return await processor.toRDF(document, {
      base: null,
      safe: options.safe,
      produceGeneralizedRdf: false,
      ...(options.withDirection === true && { rdfDirection: "i18n-datatype" }),
      documentLoader: async (url) => ({
        contextUrl: null,
        documentUrl: url,
        document: await loadContext(options.contexts, url),
        tag: "static",
      }),
      eventHandler: ({ event, next }) => {
        options.onEvent?.(toLossEvent(event));
        next();
      },
    });
  } catch (error) {
    throw toRefusal(error);
  }
}

function toLossEvent(event: JsonLdEvent): LossEvent {
  const what = Object.values(event.details).find((detail) => typeof detail === "string");
  return what === undefined ? { code: event.code } : { code: event.code, what };
}

/** One processor for each choice of sets: it remembers contexts by address, and the sets differ in what an address means. */
const processors = new Map<string, Promise<JsonLd>>();

async function processorOf(sets: readonly ContextSet[]): Promise<JsonLd> {
  const key = sets.join();
  const processor = processors.get(key) ?? import("jsonld").then(({ default: jsonld }) => jsonld());
  processors.set(key, processor);
  return processor;
}

function messageDigest(hash: (bytes: Uint8Array) => Uint8Array): {
  readonly update: (text: string) => void;
  readonly digest: () => string;
} {
  let message = "";
  return {
    update: (text) => {
      message += text;
    },
    digest: () => toHexDigits(hash(toUtf8(message))),
  };
}
