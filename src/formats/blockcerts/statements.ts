/** The statements a hash stands for: canonical N-Quads, read back. What a document says is taken from here, never from its JSON. */

import { refuse } from "../../core/refusal.ts";

/** What a statement says of a thing: another thing, named by its IRI or a label such as `_:c14n0`, or a literal. */
export type Value =
  | { readonly kind: "thing"; readonly id: string }
  | { readonly kind: "literal"; readonly text: string; readonly datatype: string; readonly language?: string };

/** Properties of one thing: values by the property's IRI, in canonical order. */
type Properties = ReadonlyMap<string, readonly Value[]>;

/** The things of the default graph. What proofs and enclosed credentials say stands in graphs of their own and is left out. */
export type Graph = ReadonlyMap<string, Properties>;

export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const STRING = "http://www.w3.org/2001/XMLSchema#string";
const LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

const LITERAL_END = /^(?:\^\^<([^\s<>]+)>|@([^\s"<>]+))?$/;
const ESCAPES: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

/**
 * Reads canonical N-Quads.
 *
 * @param quads  as `toCanonicalQuads` writes them: one statement a line, one space between the parts.
 * @throws {Refusal} `SHAPE_WRONG` for a line that is no statement: a language or an address tore it apart.
 * @see https://www.w3.org/TR/rdf-canon/#canonical-quads
 */
export function readStatements(quads: string): Graph {
  const graph = new Map<string, Map<string, Value[]>>();
  for (const line of quads.split("\n").slice(0, -1)) {
    const { subject, predicate, object, isDefault } = readLine(line);
    if (!isDefault) continue;
    const properties = graph.get(subject) ?? new Map<string, Value[]>();
    properties.set(predicate, [...(properties.get(predicate) ?? []), object]);
    graph.set(subject, properties);
  }
  return graph;
}

interface Statement {
  readonly subject: string;
  readonly predicate: string;
  readonly object: Value;
  readonly isDefault: boolean;
}

/** Only literals hold spaces, and no part but a literal begins or ends with a quotation mark. */
function readLine(line: string): Statement {
  const [subject = "", predicate = ""] = line.split(" ", 2);
  const rest = line.slice(subject.length + predicate.length + 2);
  const endOfObject = rest.startsWith('"') ? rest.indexOf(" ", closingQuote(rest)) : rest.indexOf(" ");
  const [graph = "", end, ...more] = rest.slice(endOfObject + 1).split(" ");
  const isDefault = graph === "." && end === undefined;
  if (endOfObject < 0 || more.length > 0 || !(isDefault || end === ".")) refuseLine(line);
  if (!isDefault) readThing(graph, line);
  return {
    subject: readThing(subject, line),
    predicate: readThing(predicate, line),
    object: readObject(rest.slice(0, endOfObject), line),
    isDefault,
  };
}

/** Where the literal that begins the text ends: at the first quotation mark that is not escaped. */
function closingQuote(text: string): number {
  let at = text.indexOf('"', 1);
  while (at > 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? text.length : at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes += 1;
  return slashes % 2 === 1;
}

function readObject(term: string, line: string): Value {
  if (!term.startsWith('"')) return { kind: "thing", id: readThing(term, line) };
  const end = closingQuote(term);
  const [matched, datatype, language] = LITERAL_END.exec(term.slice(end + 1)) ?? [];
  if (matched === undefined) return refuseLine(line);
  const text = unescape(term.slice(1, end));
  return language === undefined
    ? { kind: "literal", text, datatype: datatype === undefined ? STRING : unescape(datatype) }
    : { kind: "literal", text, datatype: LANGUAGE_STRING, language };
}

function readThing(term: string, line: string): string {
  if (/^_:c14n\d+$/.test(term)) return term;
  return term.startsWith("<") && term.endsWith(">") && term.length > 2 ? unescape(term.slice(1, -1)) : refuseLine(line);
}

function unescape(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replaceAll(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, short, long, letter) =>
    typeof letter === "string" ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(Number.parseInt(short ?? long, 16)),
  );
}

function refuseLine(line: string): never {
  return refuse("SHAPE_WRONG", `A statement of the document cannot be read back: ${line.slice(0, 120)}`);
}

/** Everything stated of a thing by one property, in canonical order; none for a thing nothing is stated of. */
export function valuesOf(graph: Graph, thing: string, property: string): readonly Value[] {
  return graph.get(thing)?.get(property) ?? [];
}

/** The things that have a type. */
export function thingsOfType(graph: Graph, type: string): readonly string[] {
  return [...graph.keys()].filter((thing) => isOfType(graph, thing, type));
}

export function isOfType(graph: Graph, thing: string, type: string): boolean {
  return valuesOf(graph, thing, TYPE).some((value) => value.kind === "thing" && value.id === type);
}

/**
 * The one value of a property, or undefined where there is none.
 *
 * @throws {Refusal} `SHAPE_WRONG` for two or more: nobody could say which one counts.
 */
function findValue(graph: Graph, thing: string, property: string): Value | undefined {
  const [value, ...others] = valuesOf(graph, thing, property);
  if (others.length > 0) refuse("SHAPE_WRONG", `The document states ${others.length + 1} values of ${property}.`);
  return value;
}

/** The one value of a property where it is a literal: its text. */
export function findText(graph: Graph, thing: string, property: string): string | undefined {
  const value = findValue(graph, thing, property);
  return value?.kind === "literal" ? value.text : undefined;
}

/** The one value of a property where it is a thing: its IRI or label. */
export function findThing(graph: Graph, thing: string, property: string): string | undefined {
  const value = findValue(graph, thing, property);
  return value?.kind === "thing" ? value.id : undefined;
}

/** True for a label that stands for a thing without a name of its own. */
export function isUnnamed(id: string): boolean {
  return id.startsWith("_:");
}
