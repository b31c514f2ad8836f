/**
 * The statements of a JSON-LD document, read quickly: the part of JSON-LD that credentials use. Anything beyond it (value
 * objects, embedded contexts, lists, graphs, words without a meaning) is answered with undefined, and the reference
 * processor is asked instead. Whoever wrote the document may want the two to differ: an answer is exactly the reference's,
 * statement by statement, in its order and with its names for unnamed nodes, and none is given where it refuses. Step by
 * step of JSON-LD 1.1 API, why that is so:
 *
 * - §4.1, §4.2 contexts and terms: `quick-terms.ts`, contexts that words bring are tried as they are met, as the reference does.
 *   At most ten addresses, all pinned; no context of the document's own.
 * - §5.1.2, scalars at the top, nulls, empty arrays, arrays in arrays: undefined.
 * - §5.1.2 step 7 to 9, contexts that end or begin at an object: `termsFor`; `@context` inside: undefined.
 * - Step 11, contexts of types: only the word `type` means `@type`, and it never means anything else; in order of code units.
 * - Step 13, members: every name is a word or an absolute address of a property; keywords, their aliases and names without a
 *   meaning: undefined. So is what only keywords bring about: lists, sets, graphs, maps, nests, reverse and included nodes.
 * - §5.3 values: an absolute address or a word for one where the property is typed so; else a text, boolean or plain number,
 *   typed by its word or not at all. `@json`, `@none`, doubles by type and numbers written with an exponent: undefined.
 * - Steps 15 to 19, objects that are dropped because nothing is said of them: undefined. Without `@value`, `@list` and
 *   `@language` nothing else is dropped.
 * - §7.2 node map: things of one `id` are one, values are compared as `Values` has it. §8.2 to RDF: addresses are absolute
 *   and hold nothing that would be escaped; whoever names an unnamed node (`_:b0`) is not answered.
 */

import { isArray, isObject, memberOf, type Json, type JsonObject } from "../core/json.ts";
import { isPinned, loadContext, type ContextSet } from "./contexts/context-set.ts";
import { applyContext, noTerms, toAddress, toIri, type Term, type Terms } from "./quick-terms.ts";
import type { RdfObject, RdfQuad, RdfTerm } from "./rdf.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** How the reference calls the property of types while it sorts. */
const TYPE = "@type";

/** Addresses that the reference loads for one list of contexts. */
const MAX_CONTEXTS = 10;

const DEFAULT_GRAPH: RdfTerm = { termType: "DefaultGraph", value: "" };

/** Words known after the contexts of a document, by sets and addresses, the longest unused first. */
const known = new Map<string, Promise<Terms | undefined>>();
const MAX_KNOWN = 16;

/**
 * The statements of a document, or undefined where the reference processor has to be asked.
 *
 * @param document  with a list of context addresses at the top and no context below. The list may end in a vocabulary for
 *   names without a meaning, as Blockcerts has one: such names are not answered, so it changes nothing.
 * @see JSON-LD 1.1 API §5.1 (expansion), §7 (flattening), §8 (deserialisation to RDF)
 */
export async function findQuads(
  document: JsonObject,
  sets: readonly ContextSet[],
): Promise<readonly RdfQuad[] | undefined> {
  const urls = readContexts(memberOf(document, "@context"), sets);
  const terms = urls && (await termsOf(urls, sets));
  if (terms === undefined) return undefined;
  const { "@context": _, ...content } = document;
  return quadsOf(content, terms);
}

/** The statements of a document without its contexts, of which the words are known, or undefined. */
export function quadsOf(content: JsonObject, terms: Terms): readonly RdfQuad[] | undefined {
  const reader: Reader = { things: new Map(), unnamed: 0 };
  const isRead = Object.keys(content).some((name) => name !== "id") && readTop(reader, content, terms);
  return isRead ? toQuads(reader) : undefined;
}

function readContexts(value: Json | undefined, sets: readonly ContextSet[]): readonly string[] | undefined {
  if (!isArray(value)) return undefined;
  const named = isVocabulary(value.at(-1)) ? value.slice(0, -1) : value;
  const urls = named.filter((context) => typeof context === "string");
  const isUsual = urls.length === named.length && urls.length <= MAX_CONTEXTS;
  return isUsual && urls.every((url) => isPinned(sets, url)) ? urls : undefined;
}

function isVocabulary(context: Json | undefined): boolean {
  if (!isObject(context) || Object.keys(context).join() !== "@vocab") return false;
  const vocabulary = memberOf(context, "@vocab");
  return typeof vocabulary === "string" && /^https?:\/\/[\w./-]+$/.test(vocabulary);
}

async function termsOf(urls: readonly string[], sets: readonly ContextSet[]): Promise<Terms | undefined> {
  const key = JSON.stringify([sets, urls]);
  const pending = known.get(key) ?? workOut(urls, sets);
  known.delete(key);
  known.set(key, pending);
  pending.catch(() => known.delete(key));
  const [oldest] = known.keys();
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  const terms = await pending;
  // a memory that documents have filled is given up: the next one begins anew
  if (terms?.memory.left === 0) known.delete(key);
  return terms;
}

async function workOut(urls: readonly string[], sets: readonly ContextSet[]): Promise<Terms | undefined> {
  let terms: Terms | undefined = noTerms();
  for (const url of urls) {
    const context = memberOf(await loadContext(sets, url), "@context") ?? {};
    terms = terms === undefined ? undefined : applyContext(terms, context, { override: false, propagate: true });
  }
  return terms;
}

interface Reader {
  /** What is stated, by thing and property. Things are addresses, or `_:b` and a number. */
  readonly things: Map<string, Map<string, Values>>;
  unnamed: number;
}

/**
 * The values of one property of one thing. The reference leaves out a value that is there already, which it compares as
 * JSON with its type; two that differ there and become one statement (5 and "5", both of one type) it states twice.
 */
interface Values {
  readonly objects: Map<string, RdfObject>;
  readonly texts: Set<string>;
}

function readTop(reader: Reader, object: JsonObject, terms: Terms): boolean {
  const subject = toSubject(reader, object, terms);
  return subject !== undefined && readObject(reader, subject, object, terms);
}

/** Adds what an object states; false where it cannot be read here. */
function readObject(reader: Reader, subject: string, object: JsonObject, terms: Terms, holder?: string): boolean {
  const inner = termsInside(object, terms);
  if (inner === undefined || (holder !== undefined && inner.words.get(holder)?.isPlain === false)) return false;
  const properties: Property[] = [];
  for (const name of Object.keys(object).toSorted(byCodeUnits)) {
    const term = inner.words.get(name);
    const iri = term?.iri ?? toAddress(inner.words, name);
    if (iri === undefined || (iri.startsWith("@") && term?.iri !== `@${name}`)) return false;
    if (iri !== "@id") properties.push({ name, iri, term });
  }
  if (Object.hasOwn(object, "id") && inner.words.get("id")?.iri !== "@id") return false;
  return properties
    .toSorted((one, other) => byCodeUnits(one.iri, other.iri))
    .every((property) =>
      property.iri === TYPE
        ? readTypes(reader, subject, object, terms)
        : readValues(reader, subject, object[property.name] ?? null, property, inner),
    );
}

/** The words known inside an object: those around it, and those its types bring. */
function termsInside(object: JsonObject, terms: Terms): Terms | undefined {
  const types = typesOf(object);
  if (types === undefined || (types.length > 0 && terms.words.get("type")?.iri !== TYPE)) return undefined;
  let inner: Terms | undefined = terms;
  for (const type of types.toSorted(byCodeUnits)) {
    const scoped = terms.words.get(type)?.scoped;
    if (scoped !== undefined) inner = inner && applyContext(inner, scoped, { override: false, propagate: false });
  }
  return inner;
}

function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function typesOf(object: JsonObject): readonly string[] | undefined {
  const type = memberOf(object, "type") ?? [];
  const types = isArray(type) ? type : [type];
  const texts = types.filter((one) => typeof one === "string");
  return texts.length < types.length ? undefined : texts;
}

/** The name of an object: its id, an absolute address among the words inside it, or the next name for what has none. */
function toSubject(reader: Reader, object: JsonObject, terms: Terms): string | undefined {
  const id = memberOf(object, "id");
  if (id === undefined) return `_:b${reader.unnamed++}`;
  const inner = termsInside(object, terms);
  return typeof id === "string" && inner !== undefined ? toAddress(inner.words, id) : undefined;
}

function readTypes(reader: Reader, subject: string, object: JsonObject, terms: Terms): boolean {
  const types = typesOf(object) ?? [];
  const isRead = types.every((type) => {
    const iri = toIri(terms.words, type);
    return iri !== undefined && !iri.startsWith("@") && add(reader, subject, TYPE, iri, toTerm(iri));
  });
  return types.length > 0 && isRead;
}

interface Property {
  readonly name: string;
  readonly iri: string;
  /** Absent for a property named by its address. */
  readonly term: Term | undefined;
}

/** The words for a property's values. */
type Around = Property & { readonly terms: Terms };

const BY_PROPERTY = { override: true, propagate: true } as const;

function readValues(reader: Reader, subject: string, value: Json, property: Property, terms: Terms): boolean {
  const { name, iri, term } = property;
  // types have a word of their own: the reference does not know its values again among those of the address
  if (term?.isPlain === false || iri === `${RDF}type`) return false;
  const scoped = term?.scoped;
  if (isObject(scoped) && Object.hasOwn(scoped, name)) return false;
  const applied = scoped === undefined ? terms : applyContext(terms, scoped, BY_PROPERTY);
  if (applied === undefined) return false;
  const around = { ...property, terms: applied };
  const values = isArray(value) ? value : [value];
  return values.length > 0 && values.every((one) => readValue(reader, subject, one, around));
}

function readValue(reader: Reader, subject: string, value: Json, around: Around): boolean {
  if (isObject(value)) return readNode(reader, subject, value, around);
  const object = toScalar(value, around);
  if (object === undefined) return false;
  const stated = object.datatype === undefined ? object.value : JSON.stringify([value, around.term?.type]);
  return add(reader, subject, around.iri, stated, object);
}

function readNode(reader: Reader, holder: string, value: JsonObject, around: Around): boolean {
  const terms = termsFor(value, around);
  if (terms === undefined || Object.keys(value).length === 0) return false;
  const subject = toSubject(reader, value, terms);
  return (
    subject !== undefined &&
    add(reader, holder, around.iri, subject, toTerm(subject)) &&
    readObject(reader, subject, value, terms, around.name)
  );
}

/**
 * The words around an object that is a value: what its holder's types brought ends here, except for a bare reference; then
 * the reference applies the property's context once more.
 */
function termsFor(value: JsonObject, { term, terms }: Around): Terms | undefined {
  const isReference = Object.keys(value).length === 1 && Object.hasOwn(value, "id");
  const reverted = isReference ? terms : (terms.outer ?? terms);
  return term?.scoped === undefined ? reverted : applyContext(reverted, term.scoped, BY_PROPERTY);
}

/** What a value that is no object stands for: an address where its property says so, else a literal. */
function toScalar(value: Json, { term, terms }: Around): RdfObject | undefined {
  const type = term?.type;
  if (type === "@id" || type === "@vocab") {
    if (typeof value !== "string") return undefined;
    const iri = type === "@id" ? toAddress(terms.words, value) : toIri(terms.words, value);
    return iri === undefined || iri.startsWith("@") ? undefined : toTerm(iri);
  }
  return type?.startsWith("@") === true ? undefined : toLiteral(value, type);
}

function toLiteral(value: Json, type: string | undefined): RdfObject | undefined {
  if (type === `${XSD}double` || type === `${RDF}langString`) return undefined;
  const typed = (text: string, usual: string): RdfObject => ({
    termType: "Literal",
    value: text,
    datatype: { termType: "NamedNode", value: type ?? `${XSD}${usual}` },
  });
  if (typeof value === "string") return typed(value, "string");
  if (typeof value === "boolean") return typed(String(value), "boolean");
  if (typeof value !== "number" || !Number.isFinite(value) || String(value).includes("e")) return undefined;
  return Number.isInteger(value) ? typed(value.toFixed(0), "integer") : typed(toDouble(value), "double");
}

/** XML Schema's canonical form of a double: one digit before the point, at least one behind, an exponent. */
function toDouble(value: number): string {
  return value.toExponential(15).replace(/(\d)0*e\+?/, "$1E");
}

function toTerm(name: string): RdfTerm {
  return name.startsWith("_:")
    ? { termType: "BlankNode", value: name.slice(2) }
    : { termType: "NamedNode", value: name };
}

/**
 * Adds a value, unless it is there.
 *
 * @param stated  what the reference compares: an address, a name, or a scalar with its type.
 * @returns false for another value of the same statement.
 */
function add(reader: Reader, subject: string, property: string, stated: string, object: RdfObject): boolean {
  const thing = reader.things.get(subject) ?? new Map<string, Values>();
  reader.things.set(subject, thing);
  const values = thing.get(property) ?? { objects: new Map<string, RdfObject>(), texts: new Set<string>() };
  thing.set(property, values);
  if (values.objects.has(stated)) return true;
  const text = `${object.datatype?.value ?? ""} ${object.value}`;
  if (values.texts.has(text)) return false;
  values.texts.add(text);
  values.objects.set(stated, object);
  return true;
}

/** In the order of the reference: things and properties by their names, values as they came. */
function toQuads({ things }: Reader): readonly RdfQuad[] {
  const quads: RdfQuad[] = [];
  for (const [name, properties] of sorted(things)) {
    const subject = toTerm(name);
    for (const [property, { objects }] of sorted(properties)) {
      const predicate = toTerm(property === TYPE ? `${RDF}type` : property);
      for (const object of objects.values()) quads.push({ subject, predicate, object, graph: DEFAULT_GRAPH });
    }
  }
  return quads;
}

function sorted<Value>(map: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...map].sort(([one], [other]) => byCodeUnits(one, other));
}
