/**
 * What the words of pinned contexts mean, worked out once and kept: the part of JSON-LD context processing that our
 * contexts use. Whatever lies beyond it is answered with undefined, and the reference processor is asked instead.
 */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../core/json.ts";

/** What one word means. */
export interface Term {
  /** An absolute address, or the keyword `@id` or `@type`. */
  readonly iri: string;
  /** `@id`, a datatype's address, or none. `@json` and `@vocab` make a value unreadable here. */
  readonly type?: string;
  /** A context for what stands inside: of the property for a property, of the object for a type. */
  readonly scoped?: Json;
  /** Values are a plain set; lists, graphs and maps are unreadable here. */
  readonly isPlain: boolean;
  /** True where the word may begin a compact address. */
  readonly isPrefix: boolean;
  readonly isProtected: boolean;
}

/** The words that are known at one place of a document. */
export interface Terms {
  readonly words: ReadonlyMap<string, Term>;
  /** What is known again one object further down: contexts of types reach no deeper than their object. */
  readonly outer?: Terms;
  /** Contexts that were applied here before, and what came of it. */
  readonly applied: Map<Json, Map<string, Terms | undefined>>;
}

export interface Application {
  /** Protected words may be given another meaning: a property's context may, a type's may not. */
  readonly override: boolean;
  /** False for a type's context. */
  readonly propagate: boolean;
}

/** Members of a context or of a term beyond which nothing is read here. */
const CONTEXT_MEMBERS: readonly string[] = ["@version", "@protected"];
const TERM_MEMBERS: readonly string[] = ["@id", "@type", "@container", "@context", "@protected"];

export const NO_TERMS: Terms = { words: new Map(), applied: new Map() };

/**
 * The words known after a context was applied, or undefined where that is beyond this reader or an error.
 *
 * @param context  one context object, not an address.
 * @see JSON-LD 1.1 API §4.1 and §4.2, of which this is a part
 */
export function applyContext(terms: Terms, context: Json, application: Application): Terms | undefined {
  const byContext = terms.applied.get(context) ?? new Map<string, Terms | undefined>();
  terms.applied.set(context, byContext);
  const key = `${application.override} ${application.propagate}`;
  if (!byContext.has(key)) byContext.set(key, workOut(terms, context, application));
  return byContext.get(key);
}

function workOut(terms: Terms, context: Json, { override, propagate }: Application): Terms | undefined {
  if (!isObject(context) || (memberOf(context, "@version") ?? 1.1) !== 1.1) return undefined;
  const names = Object.keys(context).filter((name) => !CONTEXT_MEMBERS.includes(name));
  const words = new Map(terms.words);
  for (const name of names) {
    if (!define(words, context, name, override, [])) return undefined;
  }
  const outer = propagate ? terms.outer : (terms.outer ?? terms);
  return { words, applied: new Map(), ...(outer !== undefined && { outer }) };
}

/** Defines a word, and before it those that its address begins with; false where that is beyond this reader. */
function define(
  words: Map<string, Term>,
  context: JsonObject,
  name: string,
  override: boolean,
  pending: readonly string[],
): boolean {
  const definition = memberOf(context, name);
  const details = typeof definition === "string" ? { "@id": definition } : definition;
  if (name === "" || name.startsWith("@") || name.includes(":") || pending.includes(name) || !isObject(details))
    return false;
  if (Object.keys(details).some((member) => !TERM_MEMBERS.includes(member))) return false;
  const resolve = (address: string): string | undefined =>
    defineFirst(words, context, address, override, [...pending, name]) ? toIri(words, address) : undefined;
  const previous = words.get(name);
  const term = toTerm(details, typeof definition === "string", memberOf(context, "@protected"), resolve);
  if (term === undefined) return false;
  if (previous?.isProtected === true && !override) return isSame(previous, term);
  words.set(name, term);
  return true;
}

function defineFirst(
  words: Map<string, Term>,
  context: JsonObject,
  address: string,
  override: boolean,
  pending: readonly string[],
): boolean {
  const [word = ""] = address.split(":", 1);
  if (!Object.hasOwn(context, word)) return true;
  return define(words, context, word, override, pending);
}

function toTerm(
  details: JsonObject,
  isShort: boolean,
  allProtected: Json | undefined,
  resolve: (address: string) => string | undefined,
): Term | undefined {
  const id = textOf(details, "@id");
  const iri = id === "@id" || id === "@type" ? id : resolve(id ?? "");
  const stated = memberOf(details, "@type");
  const type = typeof stated === "string" && !stated.startsWith("@") ? resolve(stated) : stated;
  if (iri === undefined || (stated !== undefined && typeof type !== "string")) return undefined;
  const container = memberOf(details, "@container");
  const scoped = memberOf(details, "@context");
  return {
    iri,
    ...(typeof type === "string" && { type }),
    ...(scoped !== undefined && { scoped }),
    isPlain:
      container === undefined ||
      container === "@set" ||
      (isArray(container) && container.length === 1 && container[0] === "@set"),
    isPrefix: isShort && /[:/?#[\]@]$/.test(iri),
    isProtected: (memberOf(details, "@protected") ?? allProtected) === true,
  };
}

/** A protected word may be defined again when that changes nothing. */
function isSame(one: Term, other: Term): boolean {
  return JSON.stringify({ ...one, isProtected: true }) === JSON.stringify({ ...other, isProtected: true });
}

/** The absolute address that a text stands for as a word, a compact address or an address; undefined for none. */
export function toIri(words: ReadonlyMap<string, Term>, text: string): string | undefined {
  return words.get(text)?.iri ?? toAddress(words, text);
}

/** The absolute address that a text stands for as a compact address or an address; undefined for none. */
export function toAddress(words: ReadonlyMap<string, Term>, text: string): string | undefined {
  const colon = text.indexOf(":");
  if (colon < 1) return undefined;
  const suffix = text.slice(colon + 1);
  const prefix = words.get(text.slice(0, colon));
  if (prefix?.isPrefix === true && !suffix.startsWith("//")) return `${prefix.iri}${suffix}`;
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(text) ? text : undefined;
}
