/** What may be shown of a document: its statements as JSON again, under names that only pinned contexts give. */

import type { Json, JsonObject } from "../../core/json.ts";
import { isUnnamed, TYPE, type Graph, type Value } from "./statements.ts";
import type { Labels } from "./terms.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD = "http://www.w3.org/2001/XMLSchema#";

/**
 * The thing and everything stated of it, to any depth.
 *
 * Every thing is spelled out once; where it comes up again, its `id` stands for it. Arrays are in canonical order, since
 * the order in the document is not hashed.
 */
export function toView(graph: Graph, thing: string, labels: Labels): JsonObject {
  const told = new Set<string>();
  const nameOf = (iri: string): string => labels.get(iri) ?? iri;

  const tellThing = (id: string): JsonObject => {
    const properties = graph.get(id);
    if (properties === undefined || told.has(id)) return { id };
    told.add(id);
    const members: [string, Json][] = isUnnamed(id) ? [] : [["id", id]];
    for (const [property, values] of properties) {
      if (property === TYPE) members.push(["type", single(values.map((value) => tellType(value)))]);
      else members.push([nameOf(property), single(values.map(tell))]);
    }
    return Object.fromEntries(members);
  };

  const tellType = (value: Value): Json => (value.kind === "thing" ? nameOf(value.id) : value.text);

  const tell = (value: Value): Json => {
    if (value.kind === "literal") return tellLiteral(value);
    const list = findList(graph, value.id);
    if (list !== undefined) return list.map(tell);
    return graph.has(value.id) ? tellThing(value.id) : value.id;
  };

  return tellThing(thing);
}

function single(values: readonly Json[]): Json {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

function tellLiteral({ text, datatype, language }: Extract<Value, { kind: "literal" }>): Json {
  if (language !== undefined) return { "@value": text, "@language": language };
  if (datatype === `${XSD}boolean` && (text === "true" || text === "false")) return text === "true";
  const isNumber =
    datatype.startsWith(XSD) && ["integer", "double", "positiveInteger"].includes(datatype.slice(XSD.length));
  return isNumber && text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** The values of an ordered list, or undefined for a thing that is none. */
function findList(graph: Graph, head: string): readonly Value[] | undefined {
  if (head === `${RDF}nil`) return [];
  const values: Value[] = [];
  const seen = new Set<string>();
  for (let at = head; at !== `${RDF}nil`;) {
    const [first, ...others] = graph.get(at)?.get(`${RDF}first`) ?? [];
    const [rest] = graph.get(at)?.get(`${RDF}rest`) ?? [];
    if (first === undefined || others.length > 0 || rest?.kind !== "thing" || seen.has(at)) return undefined;
    seen.add(at);
    values.push(first);
    at = rest.id;
  }
  return values;
}
