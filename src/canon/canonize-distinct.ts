/**
 * RDF canonicalisation where it is easy: no two unnamed nodes look alike by their own statements. Then canonical names
 * follow the order of their hashes (RDFC-1.0 steps 1 to 5 and 7), whatever order the statements came in.
 */

import type { RdfObject, RdfQuad, RdfTerm } from "./rdf.ts";

const LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const STRING = "http://www.w3.org/2001/XMLSchema#string";

/** What canonical names begin with: nodes that have such names already are not renamed by the library, so not here. */
const PREFIX = "c14n";

/**
 * The canonical N-Quads of statements, or undefined where some unnamed nodes look alike: then rdf-canonize compares
 * them deeply, within its limits.
 *
 * @param quads  in any order; one that is there twice stays so.
 * @param hash  of a text's UTF-8 bytes, as hexadecimal digits.
 * @see RDFC-1.0 §4.4 (canonicalisation), §4.6 (hash first degree quads)
 */
export function canonizeDistinct(quads: readonly RdfQuad[], hash: (text: string) => string): string | undefined {
  const byNode = quadsByNode(quads);
  const byHash = new Map<string, string>();
  for (const [node, own] of byNode) {
    if (node.startsWith(PREFIX)) return undefined;
    const lines = own.map((quad) => toLine(quad, (name) => (name === node ? "a" : "z")));
    byHash.set(hash(lines.sort().join("")), node);
  }
  if (byHash.size < byNode.size) return undefined;
  const names = new Map<string, string>();
  for (const digits of [...byHash.keys()].sort()) names.set(byHash.get(digits) ?? "", `${PREFIX}${names.size}`);
  return quads
    .map((quad) => toLine(quad, (name) => names.get(name) ?? ""))
    .sort()
    .join("");
}

function quadsByNode(quads: readonly RdfQuad[]): ReadonlyMap<string, readonly RdfQuad[]> {
  const byNode = new Map<string, RdfQuad[]>();
  for (const quad of quads) {
    const nodes = [quad.subject, quad.object, quad.graph].filter(({ termType }) => termType === "BlankNode");
    for (const node of new Set(nodes.map(({ value }) => value))) {
      const own = byNode.get(node);
      if (own === undefined) byNode.set(node, [quad]);
      else own.push(quad);
    }
  }
  return byNode;
}

/** A statement as N-Quads, its unnamed nodes under other names. */
function toLine({ subject, predicate, object, graph }: RdfQuad, rename: (name: string) => string): string {
  const begin = `${toText(subject, rename)} ${toText(predicate, rename)} ${toText(object, rename)}`;
  return graph.termType === "DefaultGraph" ? `${begin} .\n` : `${begin} ${toText(graph, rename)} .\n`;
}

function toText(term: RdfTerm, rename: (name: string) => string): string {
  if (term.termType === "BlankNode") return `_:${rename(term.value)}`;
  return term.termType === "Literal" ? toLiteral(term) : `<${escapeAddress(term.value)}>`;
}

function toLiteral({ value, datatype, language }: RdfObject): string {
  const text = `"${escapeText(value)}"`;
  const type = datatype?.value ?? STRING;
  if (type === STRING) return text;
  if (type !== LANG_STRING) return `${text}^^<${escapeAddress(type)}>`;
  return language === undefined || language === "" ? text : `${text}@${language}`;
}

/** The short escapes of canonical N-Quads; other control characters have their number. */
const SHORT: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
  '"': '\\"',
  "\\": "\\\\",
};

function escapeText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is escaped
  return text.replaceAll(/[\0-\x1f\x7f"\\]/g, (letter) => SHORT[letter] ?? toNumber(letter));
}

function escapeAddress(address: string): string {
  return address.replaceAll(/[\0-\x20<>"{}|^`\\]/g, toNumber);
}

function toNumber(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
