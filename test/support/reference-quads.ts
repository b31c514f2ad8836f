/** What `jsonld` itself makes of a document, without anything of ours between: the oracle for our quick reader. */

import type { JsonLd, RdfQuad } from "jsonld";

import { loadContext, type ContextSet } from "../../src/canon/contexts/context-set.ts";
import type { JsonObject } from "../../src/core/json.ts";

/** One processor for each choice of sets, as in `rdfc.ts`: it remembers what addresses mean. */
const processors = new Map<string, Promise<JsonLd>>();

/** The statements in the processor's order, or undefined for what it refuses in safe mode. */
export async function referenceQuads(
  document: JsonObject,
  sets: readonly ContextSet[],
  safe = true,
): Promise<readonly RdfQuad[] | undefined> {
  const key = sets.join();
  const processor = processors.get(key) ?? import("jsonld").then(({ default: jsonld }) => jsonld());
  processors.set(key, processor);
  const reading = (await processor).toRDF(document, {
    base: null,
    safe,
    rdfDirection: "i18n-datatype",
    produceGeneralizedRdf: false,
    documentLoader: async (url) => ({
      contextUrl: null,
      documentUrl: url,
      document: await loadContext(sets, url),
      tag: "static",
    }),
  });
  return reading.catch(() => undefined);
}
