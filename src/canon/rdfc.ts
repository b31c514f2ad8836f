/** RDF canonicalisation: the statements a JSON-LD document makes, in one order. The door of `jsonld` and `rdf-canonize`. */

import type { JsonLd, JsonLdEvent } from "jsonld";

import { toHexDigits, toUtf8 } from "../core/bytes.ts";
import type { JsonObject } from "../core/json.ts";
import { refuse } from "../core/refusal.ts";
import { sha256, sha384 } from "../core/sha256.ts";
import { canonizeDistinct } from "./canonize-distinct.ts";
import { loadContext, type ContextSet } from "./contexts/context-set.ts";
import { insistOnAffordable } from "./json-ld-limits.ts";
import { toRefusal } from "./json-ld-refusal.ts";
import { findQuads } from "./quick-quads.ts";
import type { RdfQuad } from "./rdf.ts";
import { readAgain } from "./second-reading.ts";

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
  /** True: the reference processor reads the document, also where our quick reader would answer. */
  readonly byReference?: boolean;
  /** True where the outcome is to be signed: the reference processor reads the first document of each shape as well. */
  readonly toSign?: boolean;
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
 * @throws {TestamurError} `SECOND_OPINION_DIFFERS` (only where the outcome is to be signed).
 * @see RDF Dataset Canonicalization (RDFC-1.0); URDNA2015 is its older name, with the same result
 */
export async function toCanonicalQuads(document: JsonObject, options: RdfcOptions): Promise<string> {
  insistOnAffordable(document);
  const quick = options.byReference === true ? undefined : await findQuads(document, options.contexts);
  const text = await putInOrder(quick ?? (await toQuads(document, options)), options);
  if (quick !== undefined && options.toSign === true)
    await readAgain(document, text, async () => toCanonicalQuads(document, { ...options, byReference: true }));
  return text;
}

async function putInOrder(quads: readonly RdfQuad[], options: RdfcOptions): Promise<string> {
  if (quads.length > MAX_QUADS) {
    refuse("FORMAT_UNSUPPORTED", `The document makes ${quads.length} statements; at most ${MAX_QUADS} are read.`);
  }
  const hash = options.hash === "SHA-384" ? sha384 : sha256;
  const toDigits = (text: string): string => toHexDigits(hash(toUtf8(text)));
  try {
    return canonizeDistinct(quads, toDigits) ?? (await compareDeeply(quads, toDigits));
  } catch {
    return refuse("FORMAT_UNSUPPORTED", "The document's unnamed parts are too entangled to be put in order.");
  }
}

/** Puts statements in order where some unnamed nodes look alike, within limits. */
async function compareDeeply(quads: readonly RdfQuad[], toDigits: (text: string) => string): Promise<string> {
  const { canonize } = await import("rdf-canonize");
  return canonize(quads, {
    algorithm: "RDFC-1.0",
    createMessageDigest: () => messageDigest(toDigits),
    maxWorkFactor: 1,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
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

function messageDigest(toDigits: (text: string) => string): {
  readonly update: (text: string) => void;
  readonly digest: () => string;
} {
  let message = "";
  return {
    update: (text) => {
      message += text;
    },
    digest: () => toDigits(message),
  };
}
