/**
 * The statements of a JSON-LD document, read quickly: the part of JSON-LD expansion that credentials use. Anything beyond
 * it (value objects, embedded contexts, lists, graphs, words without a meaning) is answered with undefined, and the
 * reference processor is asked instead. Tests hold the two to the same answers.
 */

import { isArray, isObject, memberOf, type Json, type JsonObject } from "../core/json.ts";
import { loadContext, type ContextSet } from "./contexts/context-set.ts";
import { applyContext, NO_TERMS, toAddress, toIri, type Term, type Terms } from "./quick-terms.ts";
import type { RdfObject, RdfQuad, RdfTerm } from "./rdf.ts";

const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const XSD = "http://www.w3.org/2001/XMLSchema#";

const DEFAULT_GRAPH: RdfTerm = { termType: "DefaultGraph", value: "" };

/** Words known after the contexts of a document, by sets and addresses. */
const known = new Map<string, Promise<Terms | undefined>>();
const MAX_KNOWN = 64;

/**
 * The statements of a document, or undefined where the reference processor has to be asked.
 *
 * @param document  with a list of context addresses at the top and no context below.
 * @see JSON-LD 1.1 API §5.1 (expansion), §7 (deserialisation to RDF)
 */
export async function findQuads(
  document: JsonObject,
  sets: readonly ContextSet[],
): Promise<readonly RdfQuad[] | undefined> {
  const contexts = memberOf(document, "@context");
  if (!isArray(contexts) || !contexts.every((context) => typeof context === "string")) return undefined;
  const terms = await termsOf(contexts, sets);
  if (terms === undefined) return undefined;
  const { "@context": _, ...content } = document;
  const reader: Reader = { quads: new Map(), unnamed: 0 };
  return readObject(reader, content, terms) === undefined ? undefined : reader.quads.values().toArray();
}

async function termsOf(urls: readonly string[], sets: readonly ContextSet[]): Promise<Terms | undefined> {
  const key = [...sets, ...urls].join(" ");
  const [oldest] = known.keys();
  if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  const terms = known.get(key) ?? workOut(urls, sets);
  known.set(key, terms);
  terms.catch(() => known.delete(key));
  return terms;
}

async function workOut(urls: readonly string[], sets: readonly ContextSet[]): Promise<Terms | undefined> {
  let terms: Terms | undefined = NO_TERMS;
  for (const url of urls) {
    const context = memberOf(await loadContext(sets, url), "@context") ?? {};
    terms = terms === undefined ? undefined : applyContext(terms, context, { override: false, propagate: true });
  }
  return terms;
}

interface Reader {
  /** By their text: a statement made twice is one. */
  readonly quads: Map<string, RdfQuad>;
  unnamed: number;
}

/** Adds what an object states; gives the node it is, or undefined where it cannot be read here. */
function readObject(reader: Reader, object: JsonObject, terms: Terms): RdfTerm | undefined {
  const names = Object.keys(object);
  const inner = termsInside(object, terms);
  const subject = toSubject(reader, memberOf(object, "id"), terms);
  if (names.length === 0 || inner === undefined || subject === undefined) return undefined;
  for (const name of names) {
    const term = inner.words.get(name);
    const iri = term?.iri ?? toAddress(inner.words, name);
    const isRead =
      iri === "@id"
        ? name === "id"
        : iri === "@type"
          ? name === "type" && readTypes(reader, subject, object, terms)
          : iri !== undefined && readValues(reader, subject, iri, object[name] ?? null, { name, term, terms: inner });
    if (!isRead) return undefined;
  }
  return subject;
}

/** The words known inside an object: those around it, and those its types bring. */
function termsInside(object: JsonObject, terms: Terms): Terms | undefined {
  const types = typesOf(object);
  if (types === undefined || (types.length > 0 && terms.words.get("type")?.iri !== "@type")) return undefined;
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

function toSubject(reader: Reader, id: Json | undefined, terms: Terms): RdfTerm | undefined {
  if (id === undefined) return { termType: "BlankNode", value: `b${reader.unnamed++}` };
  const iri = typeof id === "string" ? toAddress(terms.words, id) : undefined;
  return iri === undefined ? undefined : { termType: "NamedNode", value: iri };
}

function readTypes(reader: Reader, subject: RdfTerm, object: JsonObject, terms: Terms): boolean {
  const types = typesOf(object) ?? [];
  return types.every((type) => {
    const iri = toIri(terms.words, type);
    if (iri === undefined || iri.startsWith("@")) return false;
    addQuad(reader, subject, RDF_TYPE, { termType: "NamedNode", value: iri });
    return true;
  });
}

interface Property {
  readonly name: string;
  /** Absent for a property named by its address. */
  readonly term: Term | undefined;
  readonly terms: Terms;
}

function readValues(reader: Reader, subject: RdfTerm, iri: string, value: Json, property: Property): boolean {
  if (property.term?.isPlain === false) return false;
  const values = isArray(value) ? value : [value];
  return values.length > 0 && values.every((one) => readValue(reader, subject, iri, one, property));
}

function readValue(reader: Reader, subject: RdfTerm, iri: string, value: Json, property: Property): boolean {
  const object = isObject(value) ? readNode(reader, value, property) : toLiteral(value, property);
  if (object === undefined) return false;
  addQuad(reader, subject, iri, object);
  return true;
}

/** An object that is a value: what its holder's types brought ends here, what the property brings begins. */
function readNode(reader: Reader, value: JsonObject, { name, terms }: Property): RdfTerm | undefined {
  const scoped = terms.words.get(name)?.scoped;
  if (isObject(scoped) && Object.hasOwn(scoped, name)) return undefined;
  const isReference = Object.keys(value).length === 1 && Object.hasOwn(value, "id");
  const around = isReference ? terms : (terms.outer ?? terms);
  const inner = scoped === undefined ? around : applyContext(around, scoped, { override: true, propagate: true });
  return inner === undefined || Object.hasOwn(value, "@context") ? undefined : readObject(reader, value, inner);
}

function toLiteral(value: Json, { term, terms }: Property): RdfObject | undefined {
  const type = term?.type;
  if (term?.scoped !== undefined) return undefined;
  if (type === "@id") {
    const iri = typeof value === "string" ? toAddress(terms.words, value) : undefined;
    return iri === undefined ? undefined : { termType: "NamedNode", value: iri };
  }
  if (type?.startsWith("@") === true || type === `${XSD}double`) return undefined;
  const typed = (text: string, usual: string): RdfObject => ({
    termType: "Literal",
    value: text,
    datatype: { termType: "NamedNode", value: type ?? `${XSD}${usual}` },
  });
  if (typeof value === "string") return typed(value, "string");
  if (typeof value === "boolean") return typed(String(value), "boolean");
  if (typeof value !== "number" || String(value).includes("e")) return undefined;
  return Number.isInteger(value) ? typed(value.toFixed(0), "integer") : typed(toDouble(value), "double");
}

/** XML Schema's canonical form of a double: one digit before the point, at least one behind, an exponent. */
function toDouble(value: number): string {
  return value.toExponential(15).replace(/(\d)0*e\+?/, "$1E");
}

function addQuad(reader: Reader, subject: RdfTerm, predicate: string, object: RdfObject): void {
  const parts = [subject.termType, subject.value, predicate, object.termType, object.value, object.datatype?.value];
  reader.quads.set(JSON.stringify(parts), {
    subject,
    predicate: { termType: "NamedNode", value: predicate },
    object,
    graph: DEFAULT_GRAPH,
  });
}
