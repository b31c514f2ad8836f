/** What a document may do with its contexts: name pinned ones and add terms of its own, but never bend what others mean. */

import { isPinned, loadContext } from "../../canon/contexts/context-set.ts";
import { isArray, isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { contextsOf } from "./context-list.ts";

/** A context as JSON: of a pinned file, or inline. */
export type Context = JsonObject;

export interface DocumentContexts {
  /** Pinned contexts that the document names, in its order. */
  readonly named: readonly Context[];
  /** Contexts that the document brings along: only the addresses of their terms are hashed, not the terms themselves. */
  readonly inline: readonly Context[];
}

/** Keywords that an inline context may set beside its terms. */
const ALLOWED_KEYWORDS: readonly string[] = ["@vocab", "@version", "@language", "@direction", "@protected"];
/** Keywords that a term may stand for; all others (`@index` above all) would make content vanish or change its place. */
const ALLOWED_ALIASES: readonly string[] = ["@id", "@type"];
const ABSOLUTE_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/;

/**
 * The contexts of one document, checked.
 *
 * @throws {Refusal} `CONTEXT_NOT_ALLOWED` for an address that is not pinned, for an inline context that redefines or
 *   removes what a named one defines, and for contexts inside the body.
 */
export async function readContexts(document: JsonObject): Promise<DocumentContexts> {
  const contexts = contextsOf(document);
  const addresses = contexts.filter((context) => typeof context === "string");
  const stranger = addresses.find((address) => !isPinned(["blockcerts"], address));
  if (stranger !== undefined) refuseContext(`the context ${stranger} is not one we know`);
  const named = (await Promise.all(addresses.map(async (address) => loadContext(["blockcerts"], address)))).flatMap(
    unwrap,
  );
  const inline = contexts.filter((context) => typeof context !== "string").map(insistOnObject);
  const defined = new Set(named.flatMap((context) => Object.keys(context)));
  for (const context of inline) insistOnAdding(context, defined);
  return { named, inline };
}

/** The contexts inside a context file. */
function unwrap(file: JsonObject): readonly Context[] {
  return contextsOf(file).filter((context) => isObject(context));
}

function insistOnObject(context: Json): Context {
  return isObject(context) ? context : refuseContext("a context is neither an address nor an object");
}

/** Scoped contexts inside a term's definition are held to the same rule. */
function insistOnAdding(context: Context, defined: ReadonlySet<string>): void {
  for (const [term, definition] of Object.entries(context)) {
    if (term.startsWith("@")) insistOnKeyword(term, definition);
    else if (defined.has(term)) refuseContext(`it redefines the term ${JSON.stringify(term)}`);
    else insistOnDefinition(term, definition, defined);
  }
}

function insistOnKeyword(keyword: string, value: Json): void {
  if (!ALLOWED_KEYWORDS.includes(keyword)) refuseContext(`it sets ${keyword}`);
  if (keyword === "@vocab" && !(typeof value === "string" && ABSOLUTE_IRI.test(value)))
    refuseContext("its @vocab is not an absolute address");
}

function insistOnDefinition(term: string, definition: Json, defined: ReadonlySet<string>): void {
  const name = JSON.stringify(term);
  const id = isObject(definition) ? memberOf(definition, "@id") : definition;
  if (id === null || !(typeof definition === "string" || isObject(definition))) refuseContext(`it removes ${name}`);
  if (typeof id === "string" && id.startsWith("@") && !ALLOWED_ALIASES.includes(id))
    refuseContext(`it makes ${name} another word for ${id}`);
  if (!isObject(definition)) return;
  const containers = memberOf(definition, "@container");
  if ((isArray(containers) ? containers : [containers]).includes("@index"))
    refuseContext(`the names inside ${name} would not be hashed`);
  const scoped = memberOf(definition, "@context");
  if (scoped === undefined) return;
  for (const context of isArray(scoped) ? scoped : [scoped]) insistOnAdding(insistOnObject(context), defined);
}

/**
 * Refuses contexts, and names outside the statements, below the top of a document.
 *
 * @param isEnclosed  true for a member whose elements are documents of their own, with their own contexts.
 */
export function insistOnPlainBody(document: JsonObject, isEnclosed: (member: string) => boolean): void {
  for (const [name, value] of Object.entries(document))
    if (name !== "@context" && !isEnclosed(name)) insistOnNoContext(value);
}

function insistOnNoContext(value: Json): void {
  if (isArray(value)) for (const element of value) insistOnNoContext(element);
  else if (isObject(value))
    for (const [name, member] of Object.entries(value)) {
      if (name === "@context") refuseContext("a part of the body has a context of its own");
      insistOnNoContext(member);
    }
}

function refuseContext(what: string): never {
  return refuse("CONTEXT_NOT_ALLOWED", `The document's contexts are not allowed: ${what}.`);
}
