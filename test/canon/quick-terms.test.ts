/** Words of contexts, where pinned contexts alone would not show a difference. */

import { expect } from "chai";

import { applyContext, MAX_APPLIED, noTerms, toAddress, toIri, type Terms } from "../../src/canon/quick-terms.ts";
import type { Json } from "../../src/core/json.ts";

const FIRST = { override: false, propagate: true } as const;
const BY_PROPERTY = { override: true, propagate: true } as const;
const BY_TYPE = { override: false, propagate: false } as const;

function termsOf(...contexts: readonly Json[]): Terms | undefined {
  let terms: Terms | undefined = noTerms();
  for (const context of contexts) terms = terms && applyContext(terms, context, FIRST);
  return terms;
}

describe("applyContext", () => {
  it("resolves words by words of the same context, whatever their order", () => {
    const terms = termsOf({ name: { "@id": "s:name", "@type": "s:Text" }, s: "https://s.example/" });
    expect(terms?.words.get("name")).to.include({ iri: "https://s.example/name", type: "https://s.example/Text" });
  });

  it("gives no answer to what it does not know", () => {
    const terms: readonly Json[] = [
      { name: null },
      { name: 5 },
      { name: "relative" },
      { name: {} },
      { name: { "@id": "_:b0" } },
      { name: { "@id": "urn:x:a b" } },
      { name: { "@id": "@graph" } },
      { name: { "@id": "@id" } },
      { id: "https://x.example/id" },
      { type: { "@id": "@id" } },
      { "@type": { "@container": "@set" } },
      { "@vocab": "https://x.example/" },
      { "@version": 1 },
      { "@base": "https://x.example/" },
      { "x:y": "https://x.example/y" },
      { "x/y": "https://x.example/y" },
      { "": "https://x.example/" },
      { a: "b:x", b: "a:x" },
      { a: "a:x" },
      { name: { "@id": "urn:x:n", "@type": "@foo" } },
      { name: { "@id": "urn:x:n", "@type": "id" }, id: "@id" },
      { name: { "@id": "urn:x:n", "@language": "en" } },
      { name: { "@reverse": "urn:x:n" } },
      { name: { "@id": "urn:x:n", "@prefix": true } },
    ];
    for (const context of terms) expect(termsOf(context), JSON.stringify(context)).to.equal(undefined);
    for (const context of [null, "https://x.example/", []] as const)
      expect(applyContext(noTerms(), context, FIRST)).to.equal(undefined);
  });

  it("lets protected words be defined again only where nothing changes, or by a property", () => {
    const kept = { "@protected": true, name: { "@id": "urn:x:n", "@container": "@set" } };
    const again = { name: { "@id": "urn:x:n", "@container": "@set" } };
    expect(termsOf(kept, again)?.words.get("name")?.isProtected).to.equal(true);
    for (const other of ["urn:x:n", "urn:x:m", { "@id": "urn:x:n" }, { "@id": "urn:x:n", "@container": "@list" }]) {
      expect(termsOf(kept, { name: other }), JSON.stringify(other)).to.equal(undefined);
      const terms = applyContext(termsOf(kept) ?? noTerms(), { name: other }, BY_PROPERTY);
      expect(terms?.words.get("name")?.isProtected).to.equal(false);
    }
  });

  it("never overrides a protected word on the way to another, as the reference has it", () => {
    const terms = termsOf({ "@protected": true, s: "https://s.example/" }) ?? noTerms();
    expect(applyContext(terms, { s: "https://t.example/" }, BY_PROPERTY)).to.not.equal(undefined);
    expect(applyContext(terms, { a: "s:a", s: "https://t.example/" }, BY_PROPERTY)).to.equal(undefined);
  });

  it("remembers what is known again further down, once a type's context was applied", () => {
    const terms = termsOf({ name: "urn:x:n" }) ?? noTerms();
    const inner = applyContext(terms, { name: "urn:x:m" }, BY_TYPE);
    const innermost = inner && applyContext(inner, { other: "urn:x:o" }, BY_TYPE);
    expect(innermost?.words.get("name")?.iri).to.equal("urn:x:m");
    expect(innermost?.outer).to.equal(terms);
    expect(applyContext(terms, { other: "urn:x:o" }, BY_PROPERTY)?.outer).to.equal(undefined);
  });

  it("keeps a bounded number of outcomes, and works the others out", () => {
    const terms = noTerms();
    for (let at = 0; at < 3 * MAX_APPLIED; at++) {
      const inner = applyContext(terms, { word: `urn:x:${at}` }, FIRST);
      expect(inner?.words.get("word")?.iri).to.equal(`urn:x:${at}`);
    }
    expect(terms.applied.size).to.equal(MAX_APPLIED);
    expect(terms.memory.left).to.equal(0);
  });
});

describe("toAddress and toIri", () => {
  const words = termsOf({ s: "https://s.example/", name: "s:name", long: { "@id": "https://l.example/" } })?.words;

  it("answer absolute and compact addresses, and words where they count", () => {
    expect(toAddress(words ?? new Map(), "s:x")).to.equal("https://s.example/x");
    expect(toAddress(words ?? new Map(), "long:x")).to.equal("long:x");
    expect(toAddress(words ?? new Map(), "s://x")).to.equal("s://x");
    expect(toAddress(words ?? new Map(), "name")).to.equal(undefined);
    expect(toIri(words ?? new Map(), "name")).to.equal("https://s.example/name");
  });

  it("answer nothing that is relative, escaped in N-Quads, or the name of an unnamed node", () => {
    for (const text of ["", ":", "x", "x:", ":x", "_:b0", "@id", "s:a b", "s:a<b", "1x:y", "x:\u00a0", "x:\n", "s:\\"])
      expect(toAddress(words ?? new Map(), text), JSON.stringify(text)).to.equal(undefined);
    expect(toAddress(words ?? new Map(), "s:")).to.equal("https://s.example/");
  });
});
