/**
 * What the words of pinned contexts mean, worked out once and kept: the part of JSON-LD context processing that our
 * contexts use. Whatever lies beyond it is answered with undefined, and the reference processor is asked instead.
 */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../core/json.ts";

/** What one word means. */
export interface Term {
  /** An absolute address; the keyword `@id` for the word `id` alone, `@type` for `type` alone. */
  readonly iri: string;
  /** `@id`, `@vocab`, `@none`, `@json`, a datatype's address, or none. */
  readonly type?: string;
  /** A context for what stands inside: of the property for a property, of the object for a type. */
  readonly scoped?: Json;
  /** Containers as JSON: a protected word that is defined again must have the same. */
  readonly container: string;
  /** Values are a plain set of things and scalars; lists, graphs, maps and JSON are unreadable here. */
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
  readonly memory: Memory;
}

/** How much more may be kept of what was applied: documents choose the combinations, and there is no end of them. */
export interface Memory {
  left: number;
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

/** Types of values that are no address. */
const TYPE_KEYWORDS: readonly string[] = ["@id", "@vocab", "@none", "@json"];

/** Combinations of contexts kept for one list of contexts, some 30 kB each; usual documents need a dozen. */
export const MAX_APPLIED = 128;

/**
 * An absolute address, narrower than the reference has it: nothing that N-Quads would have to escape.
 *
 * @see jsonld.js `isAbsolute`, which takes more
 */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\0-\x20<>"{}|^`\\]+$/;

/** No words yet, and an empty memory. */
export function noTerms(): Terms {
  return { words: new Map(), applied: new Map(), memory: { left: MAX_APPLIED } };
}

/**
 * The words known after a context was applied, or undefined where that is beyond this reader or an error.
 *
 * @param context  one context object, not an address.
 * @see JSON-LD 1.1 API §4.1 and §4.2, of which this is a part
 */
export function applyContext(terms: Terms, context: Json, application: Application): Terms | undefined {
  const key = `${application.override} ${application.propagate}`;
  const before = terms.applied.get(context);
  if (before?.has(key) === true) return before.get(key);
  const after = workOut(terms, context, application);
  if (terms.memory.left > 0) {
    terms.memory.left -= 1;
    terms.applied.set(context, (before ?? new Map<string, Terms | undefined>()).set(key, after));
  }
  return after;
}

function workOut(terms: Terms, context: Json, { override, propagate }: Application): Terms | undefined {
  if (!isObject(context) || (memberOf(context, "@version") ?? 1.1) !== 1.1) return undefined;
  const names = Object.keys(context).filter((name) => !CONTEXT_MEMBERS.includes(name));
  const words = new Map(terms.words);
  const defining: Defining = { words, context, defined: new Set(), pending: new Set() };
  for (const name of names) {
    if (!define(defining, name, override) || !isScopeSound(words, memberOf(context, name))) return undefined;
  }
  const outer = propagate ? terms.outer : (terms.outer ?? terms);
  return { words, applied: new Map(), memory: terms.memory, ...(outer !== undefined && { outer }) };
}

/**
 * The reference tries the contexts that words bring as it meets them, and refuses the whole where one is wrong there. Those
 * beyond this reader are right everywhere if they are anywhere, unless their words lead to each other: what they lead to
 * may be protected by then.
 */
function isScopeSound(words: ReadonlyMap<string, Term>, definition: Json | undefined): boolean {
  const scoped = isObject(definition) ? memberOf(definition, "@context") : undefined;
  if (scoped === undefined) return true;
  const terms = { words, applied: new Map(), memory: { left: 0 } };
  return workOut(terms, scoped, { override: true, propagate: true }) !== undefined || isFlat(scoped);
}

/** True where no word of a context, nor of those inside it, is defined by way of another; a context of none is right, too. */
function isFlat(context: Json): boolean {
  if (!isObject(context)) return context === null;
  return Object.values(context).every((definition) => {
    const texts = isObject(definition)
      ? ["@id", "@type", "@reverse", "@index", "@nest"].map((member) => textOf(definition, member) ?? "")
      : [typeof definition === "string" ? definition : ""];
    const inner = isObject(definition) ? memberOf(definition, "@context") : undefined;
    const leads = texts.some((text) => Object.hasOwn(context, text.split(":", 1)[0] ?? ""));
    return !leads && (inner === undefined || isFlat(inner));
  });
}

interface Defining {
  readonly words: Map<string, Term>;
  readonly context: JsonObject;
  readonly defined: Set<string>;
  /** Words whose address is being looked for: one that leads back to itself is an error. */
  readonly pending: Set<string>;
}

/** Defines a word, and before it those that its address begins with; false where that is beyond this reader. */
function define(defining: Defining, name: string, override: boolean): boolean {
  const { words, context, defined, pending } = defining;
  if (defined.has(name)) return true;
  const definition = memberOf(context, name);
  const details = typeof definition === "string" ? { "@id": definition } : definition;
  if (name === "" || name.startsWith("@") || /[:/]/.test(name) || pending.has(name) || !isObject(details)) return false;
  if (Object.keys(details).some((member) => !TERM_MEMBERS.includes(member))) return false;
  pending.add(name);
  const previous = words.get(name);
  const resolve = (address: string): string | undefined =>
    defineFirst(defining, address) ? toIri(words, address) : undefined;
  const term = toTerm(details, typeof definition === "string", memberOf(context, "@protected"), resolve);
  pending.delete(name);
  if (term === undefined || !isUsual(name, term)) return false;
  defined.add(name);
  if (previous?.isProtected === true && !override) return isSame(previous, term);
  words.set(name, term);
  return true;
}

/** What an address leads to is never overridden, not even by a property's context: the reference has it so. */
function defineFirst(defining: Defining, address: string): boolean {
  const [word = ""] = address.split(":", 1);
  return !Object.hasOwn(defining.context, word) || define(defining, word, false);
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
  const type = typeof stated === "string" ? toType(stated, resolve) : undefined;
  if (iri === undefined || (stated !== undefined && type === undefined)) return undefined;
  const container = memberOf(details, "@container") ?? [];
  const containers = JSON.stringify(isArray(container) ? container : [container]);
  const scoped = memberOf(details, "@context");
  return {
    iri,
    ...(type !== undefined && { type }),
    ...(scoped !== undefined && { scoped }),
    container: containers,
    isPlain: type !== "@json" && (containers === "[]" || containers === '["@set"]'),
    isPrefix: isShort && /[:/?#[\]@]$/.test(iri),
    isProtected: (memberOf(details, "@protected") ?? allProtected) === true,
  };
}

function toType(stated: string, resolve: (address: string) => string | undefined): string | undefined {
  if (stated.startsWith("@")) return TYPE_KEYWORDS.includes(stated) ? stated : undefined;
  const type = resolve(stated);
  return type?.startsWith("@") === true ? undefined : type;
}

/** The keywords have one name each, and these names are never anything else: an object's id and types are found by name. */
function isUsual(name: string, { iri }: Term): boolean {
  return name === "id" || name === "type" ? iri === `@${name}` : !iri.startsWith("@");
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
  const prefix = words.get(text.slice(0, colon));
  const isCompact = prefix?.isPrefix === true && !text.startsWith("//", colon + 1);
  const address = isCompact ? `${prefix.iri}${text.slice(colon + 1)}` : text;
  return ABSOLUTE.test(address) ? address : undefined;
}
