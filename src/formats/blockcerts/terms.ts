/** Words and the addresses they stand for: how statements get readable names again, and which names are the document's own. */

import { isArray, isObject, memberOf, type Json } from "../../core/json.ts";
import type { Context, DocumentContexts } from "./contexts.ts";

/** A word of a context and the IRI it stands for. */
export interface Term {
  readonly name: string;
  readonly iri: string;
}

/** Names for IRIs. An IRI without one keeps its full form: only pinned contexts may give names. */
export type Labels = ReadonlyMap<string, string>;

/** Members that mean something else in what we show. */
const RESERVED: readonly string[] = ["id", "type"];
const LEVELS = 8;

/**
 * The names that pinned contexts give, one name for one IRI and one IRI for one name: the first that takes it.
 *
 * The names of inline contexts are not hashed, only their IRIs: whoever holds the document could change them at will.
 */
export function labelsOf({ named }: DocumentContexts): Labels {
  const labels = new Map<string, string>();
  const taken = new Set(RESERVED);
  for (const { name, iri } of termsOf(named, named)) {
    if (labels.has(iri) || taken.has(name)) continue;
    labels.set(iri, name);
    taken.add(name);
  }
  return labels;
}

/** The document's own words. */
export function ownTermsOf({ named, inline }: DocumentContexts): readonly Term[] {
  return termsOf(inline, [...named, ...inline]);
}

/** IRIs that two or more of the words stand for: who holds the document can swap their values unnoticed. */
export function sharedIris(terms: readonly Term[]): readonly string[] {
  const names = Map.groupBy(terms, ({ iri }) => iri);
  return [...names].filter(([, sharing]) => new Set(sharing.map(({ name }) => name)).size > 1).map(([iri]) => iri);
}

/** All terms, those of the top level first: a scoped one counts only where the top gives no name. */
function termsOf(contexts: readonly Context[], vocabulary: readonly Context[]): Term[] {
  const terms: Term[] = [];
  let level = contexts;
  for (let depth = 0; level.length > 0 && depth < LEVELS; depth++) {
    for (const context of level) terms.push(...termsIn(context, [context, ...vocabulary]));
    level = level.flatMap(scopedContexts);
  }
  return terms;
}

function termsIn(context: Context, vocabulary: readonly Context[]): Term[] {
  return Object.entries(context).flatMap(([name, definition]) => {
    const iri = name.startsWith("@") ? undefined : expand(idOf(definition) ?? name, vocabulary);
    return iri === undefined ? [] : [{ name, iri }];
  });
}

function scopedContexts(context: Context): Context[] {
  return Object.values(context).flatMap((definition) => {
    const scoped = isObject(definition) ? memberOf(definition, "@context") : undefined;
    return (isArray(scoped) ? scoped : [scoped]).filter((one) => isObject(one));
  });
}

function idOf(definition: Json | undefined): string | undefined {
  const id = isObject(definition) ? memberOf(definition, "@id") : definition;
  return typeof id === "string" ? id : undefined;
}

/** `prefix:rest` and bare words become IRIs; keywords and what stands for nothing do not. */
function expand(word: string, vocabulary: readonly Context[], levels = LEVELS): string | undefined {
  if (word.startsWith("@") || levels === 0) return undefined;
  const colon = word.indexOf(":");
  const prefix = colon < 0 ? word : word.slice(0, colon);
  const rest = colon < 0 ? "" : word.slice(colon + 1);
  if (rest.startsWith("//")) return word;
  const meaning = vocabulary.map((context) => idOf(memberOf(context, prefix))).find((id) => id !== undefined);
  if (meaning === undefined || meaning === word) return colon < 0 ? inVocabulary(word, vocabulary) : word;
  const expanded = expand(meaning, vocabulary, levels - 1);
  return expanded === undefined ? undefined : `${expanded}${rest}`;
}

function inVocabulary(word: string, vocabulary: readonly Context[]): string | undefined {
  const vocab = vocabulary.map((context) => memberOf(context, "@vocab")).find((one) => typeof one === "string");
  return vocab === undefined ? undefined : `${vocab}${word}`;
}
