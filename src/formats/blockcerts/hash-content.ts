/** The digest of a document's content, the same in versions 2 and 3: SHA-256 over what its statements are, not how they are written. */

import { toCanonicalQuads, type LossEvent } from "../../canon/rdfc.ts";
import { toUtf8, type Digest } from "../../core/bytes.ts";
import { isObject, memberOf, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { sha256 } from "../../core/sha256.ts";
import { contextsOf } from "./context-list.ts";

/** Blockcerts' word for what no context defines: terms without meaning land under it, and are found there. */
const FALLBACK = "http://fallback.org/";
const FALLBACK_IRI = /<http:\/\/fallback\.org\/([^>]*)>/g;

/** A node of the tree digests 64 bytes, so nothing else may. */
const NODE_BYTES = 64;

export interface HashedContent {
  /** The canonical statements: exactly what was digested. */
  readonly quads: string;
  readonly leaf: Digest;
  /** What the processor reported: parts that it dropped, so that no digest covers them. */
  readonly losses: readonly LossEvent[];
}

/**
 * Canonicalises and digests a document.
 *
 * @param content  the document without the proof that is to be checked; its contexts were checked before.
 * @param toSign  true for issuing: see `RdfcOptions`.
 * @throws {Refusal} `MEMBER_UNKNOWN` naming every term that no context defines; `CONTEXT_NOT_ALLOWED`; `SHAPE_WRONG` for
 *   what is not JSON-LD, and for statements of exactly 64 bytes, which could be two nodes of a tree.
 * @see Blockcerts: URDNA2015 to N-Quads, in the lenient mode its software has hashed with from the start
 */
export async function hashContent(content: JsonObject, toSign = false): Promise<HashedContent> {
  const losses: LossEvent[] = [];
  const quads = await toCanonicalQuads(withFallback(content), {
    contexts: ["blockcerts"],
    safe: false,
    toSign,
    onEvent: (event) => losses.push(event),
  });
  insistOnMeaning(quads);
  const bytes = toUtf8(quads);
  if (bytes.length === NODE_BYTES)
    refuse("SHAPE_WRONG", "The document's statements are 64 bytes long: they could be two nodes of a tree.");
  return { quads, leaf: sha256(bytes), losses };
}

/** A vocabulary of the document's own takes the place of the fallback: its terms then all mean something. */
function withFallback(content: JsonObject): JsonObject {
  const contexts = contextsOf(content);
  const hasOwn = contexts.some((context) => isObject(context) && memberOf(context, "@vocab") !== undefined);
  return { ...content, "@context": hasOwn ? contexts : [...contexts, { "@vocab": FALLBACK }] };
}

function insistOnMeaning(quads: string): void {
  const terms = new Set([...quads.matchAll(FALLBACK_IRI)].map(([, term]) => term));
  if (terms.size === 0) return;
  const names = [...terms].map((term) => JSON.stringify(term)).join(", ");
  refuse("MEMBER_UNKNOWN", `No context of the document says what these mean: ${names}.`);
}
