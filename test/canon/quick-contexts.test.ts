/**
 * The quick reader and contexts that nobody has pinned: what it makes of words, types and properties that redefine each other
 * is what the reference makes of them, or nothing. 4,000 lists of contexts at hand, 100,000 with THOROUGH=true.
 */

import { expect } from "chai";
import fc from "fast-check";

import { quadsOf } from "../../src/canon/quick-quads.ts";
import { applyContext, noTerms, type Terms } from "../../src/canon/quick-terms.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import { referenceQuads } from "../support/reference-quads.ts";

const RUNS = process.env["THOROUGH"] === "true" ? 100_000 : 4_000;
const SEED = Number(process.env["SEED"] ?? 20_261_124);

const WORDS = ["a", "b", "c", "d", "s", "t", "T", "U", "V"];
const ADDRESSES = ["urn:x:1", "urn:x:2", "urn:x:3", "s:1", "t:2", "https://s.example/a"];

const some = <Value>(value: fc.Arbitrary<Value>, freq = 3) => fc.option(value, { nil: undefined, freq });
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 15 }, { arbitrary: value, weight: 1 });

function without(object: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as JsonObject;
}

/** A context whose words bring contexts, to some depth. */
function contextOf(depth: number): fc.Arbitrary<JsonObject> {
  const details = fc
    .record({
      "@id": fc.constantFrom(...ADDRESSES, ...ADDRESSES, "a", "_:b", "@type", "urn:x:a b"),
      "@type": some(fc.constantFrom("@id", "@id", "@vocab", "s:D", "urn:x:D", "@json", "@none", "T"), 2),
      "@container": rarely(fc.constantFrom("@set", ["@set"], "@list", "@graph", "@language", "@index")),
      "@protected": rarely(fc.boolean()),
      "@context": depth === 0 ? fc.constant(undefined) : some(contextOf(depth - 1), 2),
      "@language": rarely(fc.constant("en")),
    })
    .map(without);
  const definition = fc.oneof(fc.constantFrom(...ADDRESSES, ...ADDRESSES, "a"), details, details);
  const prefix = fc.constantFrom("https://s.example/", "urn:s:", "https://t.example/x");
  return fc
    .record({
      words: fc.dictionary(fc.constantFrom(...WORDS), definition, { minKeys: 1, maxKeys: 6 }),
      s: some(prefix),
      id: fc.constantFrom("@id", "@id", "@id", "@id", undefined),
      type: fc.constantFrom("@type", "@type", "@type", "@type", { "@id": "@type", "@container": "@set" }, undefined),
      isProtected: fc.constantFrom(true, false, undefined, undefined),
    })
    .map(({ words, isProtected, ...rest }) => without({ "@protected": isProtected, ...words, ...rest }));
}

/** The outermost context knows all words: a document of unknown ones says nothing. */
const outermost: fc.Arbitrary<JsonObject> = contextOf(2).map((context) => ({
  ...Object.fromEntries(WORDS.map((word) => [word, `urn:w:${word}`])),
  id: "@id",
  type: "@type",
  s: "https://s.example/",
  t: "urn:t:",
  ...context,
}));

const scalar: fc.Arbitrary<Json> = fc.constantFrom<Json[]>(
  "x",
  "urn:x:a",
  "s:x",
  "t:y",
  "s:a b",
  "T",
  "a",
  "@type",
  5,
  1.5,
  true,
);
const { node } = fc.letrec<{ node: JsonObject; value: Json }>((tie) => ({
  node: fc
    .record({
      id: some(fc.constantFrom("urn:x:a", "urn:x:b", "s:x", "t:y", "T:z", "_:b0"), 2),
      type: some(fc.oneof(fc.constantFrom("T", "U", "a"), fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 3 })), 3),
      members: fc.dictionary(fc.constantFrom(...WORDS, ...WORDS, "https://s.example/a", "s:1", "t:2", "a:b"), tie("value"), { maxKeys: 3 }),
    })
    .map(({ members, ...rest }) => without({ ...members, ...rest })),
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, scalar, tie("node"), tie("node"), fc.array(fc.oneof(scalar, tie("node")), { maxLength: 2 })),
})); // prettier-ignore

function termsOf(contexts: readonly Json[]): Terms | undefined {
  let terms: Terms | undefined = noTerms();
  for (const context of contexts) terms = terms && applyContext(terms, context, { override: false, propagate: true });
  return terms;
}

const BASE: JsonObject = { id: "@id", type: "@type", s: "https://s.example/", p: "urn:x:p", q: "urn:x:q" };

describe("quadsOf", function () {
  this.timeout(3_600_000);

  it("resolves a bare reference by what its holder's type brings, and other things by what is around", async () => {
    const type: JsonObject = { T: { "@id": "urn:x:T", "@context": { s: "https://t.example/" } } };
    const contexts = [{ ...BASE, ...type }];
    const content = { type: "T", id: "s:a", p: [{ id: "s:b" }, { id: "s:c", q: "x" }], "s:d": "x" };
    const quads = quadsOf(content, termsOf(contexts) ?? noTerms());
    expect(quads).to.deep.equal(await referenceQuads({ "@context": contexts, ...content }, []));
    const addresses = quads?.flatMap(({ subject, object }) => [subject.value, object.value]) ?? [];
    expect(addresses).to.include.members(["https://t.example/a", "https://t.example/b", "https://s.example/c"]);
  });

  it("takes no word whose context is wrong where it is met, as the reference refuses the whole", async () => {
    const inner: JsonObject = { "@id": "urn:x:2", "@context": { a: "s:1", s: "https://s.example/" } };
    const protectedPrefix: JsonObject = { ...BASE, "@protected": true, s: "https://t.example/x" };
    for (const [contexts, isTaken] of [
      [[{ ...BASE, b: inner }], true],
      [[protectedPrefix, { b: inner }], false],
      [[protectedPrefix, { b: { "@id": "urn:x:3", "@context": { b: inner } } }], false],
    ] as const) {
      expect(termsOf(contexts) !== undefined, JSON.stringify(contexts)).to.equal(isTaken);
      expect(await isRefused(contexts)).to.equal(!isTaken);
    }
  });

  it("says what the reference says under any contexts that the reference takes, or nothing", async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(outermost, some(contextOf(1), 2)),
        fc.array(node, { minLength: 4, maxLength: 8 }),
        async (list, documents) => {
          const contexts = list.filter((context) => context !== undefined);
          const terms = termsOf(contexts);
          if (terms === undefined) return;
          for (const content of documents) {
            const quads = quadsOf(content, terms);
            if (quads === undefined) continue;
            const document: JsonObject = { "@context": contexts, ...content };
            const reference = await referenceQuads(document, []);
            if (reference === undefined && (await isRefused(contexts))) return;
            answered += 1;
            expect(quads, JSON.stringify(document)).to.deep.equal(reference);
          }
        },
      ),
      { numRuns: RUNS, seed: SEED },
    );
    console.info(`      ${answered} documents answered`);
    expect(answered).to.be.greaterThan(RUNS / 4);
  });
});

/** True where the reference takes the contexts under no document: it looks into each, used or not. Pinned ones it takes. */
async function isRefused(contexts: readonly Json[]): Promise<boolean> {
  return (await referenceQuads({ "@context": contexts, "https://x.example/p": "x" }, [])) === undefined;
}
