/** From a document and its digest to what may be said about it: the statements, their root, names for them, and what is left out. */

import type { LinkedContent } from "../../core/claims.ts";
import type { Evidence } from "../../core/findings.ts";
import type { JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import type { DocumentContexts } from "./contexts.ts";
import { hashContent, type HashedContent } from "./hash-content.ts";
import { findHashlinks, followable } from "./hashlinks.ts";
import { unprotectedParts } from "./losses.ts";
import { isUnnamed, readStatements, thingsOfType, valuesOf, type Graph } from "./statements.ts";
import { labelsOf, ownTermsOf, sharedIris, type Labels } from "./terms.ts";
import { NAME } from "./vocabulary.ts";

/** A document as its statements tell it. */
export interface ReadContent {
  readonly graph: Graph;
  /** The thing that is the document itself: an IRI, or a label for a document without an id. */
  readonly root: string;
  readonly labels: Labels;
  readonly unprotected: readonly string[];
  /** What can be followed of the links by digest. */
  readonly links: readonly LinkedContent[];
  /** What is to be reported of words and links that the digest does not pin down. */
  readonly evidence: Evidence;
}

/**
 * Reads what was digested.
 *
 * @param content  the document without its proof.
 * @param contexts  its contexts, checked.
 * @param rootType  the type that the document itself has, and nothing else in it.
 * @throws {Refusal} `SHAPE_WRONG` where no thing or more than one has that type: a reader could be shown the wrong one.
 */
export async function readContent(
  content: JsonObject,
  contexts: DocumentContexts,
  hashed: HashedContent,
  rootType: string,
): Promise<ReadContent> {
  const own = ownTermsOf(contexts);
  const shared = sharedIris(own);
  const { graph, root } = await findRoot(content, hashed, rootType);
  const hashlinks = findHashlinks(graph);
  return {
    graph,
    root,
    labels: labelsOf(contexts),
    unprotected: unprotectedParts(content, hashed.losses),
    links: followable(hashlinks),
    evidence: {
      ...(own.length > 0 && { ownTerms: own.map(({ name, iri }) => `${name} = ${iri}`) }),
      ...(shared.length > 0 && { interchangeable: shared }),
      ...(hashlinks.length > 0 && { hashlinks }),
    },
  };
}

/**
 * A document whose own id is relative has no statements of its own: it is read a second time without its id. That its whole
 * content is unprotected is known by then, from the losses of the first time.
 */
async function findRoot(
  content: JsonObject,
  hashed: HashedContent,
  rootType: string,
): Promise<{ readonly graph: Graph; readonly root: string }> {
  const graph = readStatements(hashed.quads);
  const [root, ...others] = thingsOfType(graph, rootType);
  if (others.length > 0) refuse("SHAPE_WRONG", `The document states ${others.length + 1} things of type ${rootType}.`);
  if (root !== undefined) return { graph, root };
  if (hashed.losses.length === 0) refuse("SHAPE_WRONG", `The document does not state that it is of type ${rootType}.`);
  const { id: _, ...unnamed } = content;
  const again = readStatements((await hashContent(unnamed)).quads);
  const [rootAgain, ...othersAgain] = thingsOfType(again, rootType);
  return rootAgain === undefined || othersAgain.length > 0
    ? refuse("SHAPE_WRONG", `The document does not state that it is of type ${rootType}.`)
    : { graph: again, root: rootAgain };
}

/** The thing's name: the English one where there are several, else the first in canonical order. */
export function findName(graph: Graph, thing: string | undefined): string | undefined {
  if (thing === undefined) return undefined;
  const names = NAME.flatMap((property) => valuesOf(graph, thing, property)).filter(
    (value) => value.kind === "literal",
  );
  return (names.find(({ language }) => language?.startsWith("en")) ?? names[0])?.text;
}

/** The id of a thing, or undefined for one without. */
export function findId(thing: string): string | undefined {
  return isUnnamed(thing) ? undefined : thing;
}
