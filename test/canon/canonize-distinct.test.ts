/** The short way against rdf-canonize: the same text, or no answer where unnamed nodes look alike. */

import { expect } from "chai";
import * as fc from "fast-check";
import { canonize } from "rdf-canonize";

import { canonizeDistinct } from "../../src/canon/canonize-distinct.ts";
import { findQuads } from "../../src/canon/quick-quads.ts";
import type { RdfObject, RdfQuad, RdfTerm } from "../../src/canon/rdf.ts";
import { toCanonicalQuads, type RdfcOptions } from "../../src/canon/rdfc.ts";
import { toHexDigits } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { sha256OfText } from "../../src/core/sha256.ts";
import { holds } from "../support/property.ts";

function hash(text: string): string {
  return toHexDigits(sha256OfText(text));
}

/** rdf-canonize as `rdfc.ts` asks it; undefined where its limits end it. */
async function slowly(quads: readonly RdfQuad[]): Promise<string | undefined> {
  return canonize(quads, {
    algorithm: "RDFC-1.0",
    createMessageDigest: () => {
      let message = "";
      return { update: (text: string) => void (message += text), digest: () => hash(message) };
    },
    maxWorkFactor: 1,
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined);
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";

const address: fc.Arbitrary<RdfTerm> = fc
  .constantFrom("urn:x:a", "urn:x:b", "https://x/é😀", 'urn:x:<>"{}|^`\\ \0\x1f\x7f', "urn:x:\ud800", "urn:x:\u2028")
  .map((value) => ({ termType: "NamedNode", value }));
const unnamed: fc.Arbitrary<RdfTerm> = fc
  .constantFrom("b0", "b1", "b2", "b3", "b10", "a", "z")
  .map((value) => ({ termType: "BlankNode", value }));
const text = fc.oneof(
  fc.constantFrom("x", "", '"', "\\", "\n\r\t\b\f\0\x0b\x1f\x7f\x80\u2028", "é😀", "\ud800", "_:b0", "\\u0041", "<a>"),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const literal: fc.Arbitrary<RdfObject> = fc.oneof(
  fc
    .record({ value: text, type: fc.constantFrom(`${XSD}string`, `${XSD}integer`, "urn:x:<>") })
    .map(({ value, type }): RdfObject => ({
      termType: "Literal",
      value,
      datatype: { termType: "NamedNode", value: type },
    })),
  fc.record({ value: text, language: fc.constantFrom("en", "de-ch", "") }).map(({ value, language }): RdfObject => ({
    termType: "Literal",
    value,
    datatype: { termType: "NamedNode", value: LANG_STRING },
    ...(language !== "" && { language }),
  })),
);
const quad: fc.Arbitrary<RdfQuad> = fc.record({
  subject: fc.oneof(address, { arbitrary: unnamed, weight: 3 }),
  predicate: address,
  object: fc.oneof(address, { arbitrary: unnamed, weight: 2 }, { arbitrary: literal, weight: 2 }),
  graph: fc.oneof(
    { arbitrary: fc.constant<RdfTerm>({ termType: "DefaultGraph", value: "" }), weight: 6 },
    address,
    unnamed,
  ),
});

describe("canonizeDistinct", () => {
  it("says what rdf-canonize says of any statements, in any order, or nothing where nodes look alike", async () => {
    let answered = 0;
    await holds(
      fc.asyncProperty(fc.array(quad, { maxLength: 12 }), async (quads) => {
        const short = canonizeDistinct(quads, hash);
        if (short === undefined) return;
        answered += 1;
        expect(short).to.equal(await slowly(quads));
        expect(canonizeDistinct(quads.toReversed(), hash)).to.equal(short);
      }),
      20,
    );
    expect(answered).to.be.greaterThan(500);
  });

  it("gives no answer to two nodes alike, nor to names that rdf-canonize would not change", () => {
    const named = (value: string): RdfTerm => ({ termType: "NamedNode", value });
    const node = (value: string): RdfTerm => ({ termType: "BlankNode", value });
    const of = (subject: RdfTerm, object: RdfTerm): RdfQuad => ({
      subject,
      predicate: named("urn:x:p"),
      object,
      graph: { termType: "DefaultGraph", value: "" },
    });
    const [a, b] = [of(node("a"), named("urn:x:a")), of(node("b"), named("urn:x:b"))];
    expect(canonizeDistinct([a, b], hash)).to.be.a("string");
    expect(canonizeDistinct([a, of(node("b"), named("urn:x:a"))], hash)).to.equal(undefined);
    expect(canonizeDistinct([of(node("c14n1"), named("urn:x:a"))], hash)).to.equal(undefined);
    expect(canonizeDistinct([], hash)).to.equal("");
  });
});

describe("toCanonicalQuads", () => {
  const options: RdfcOptions = { contexts: ["w3c"], safe: true, withDirection: true };

  async function outcome(document: JsonObject, byReference: boolean): Promise<string> {
    return toCanonicalQuads(document, { ...options, byReference }).catch((error: unknown) =>
      error instanceof Refusal ? error.code : String(error),
    );
  }

  /** Things that hold others like themselves: unnamed nodes of which `width` look alike, `depth` deep. */
  function twins(width: number, depth: number, at = 0): JsonObject {
    const inner = depth === 0 ? {} : { "https://x.example/q": Array.from({ length: width }, () => twins(width, depth - 1)) };
    return { type: "https://x.example/T", ...(at % 3 === 1 && { "https://x.example/n": at }), ...inner };
  } // prettier-ignore

  it("ends in the same text or refusal for unnamed parts that look alike, whoever reads", async function () {
    this.timeout(120_000);
    const outcomes = new Set<string>();
    for (const [width, depth] of [[1, 3], [2, 1], [2, 2], [2, 3], [3, 2], [4, 1], [6, 1], [5, 2]] as const) {
      for (const at of [0, 1]) {
        const document = { "@context": ["https://www.w3.org/ns/credentials/v2"], id: "urn:x:a", "https://x.example/p": [twins(width, depth, at), twins(width, depth)] };
        expect(await findQuads(document, options.contexts)).to.be.an("array");
        const quick = await outcome(document, false);
        expect(quick, `${width} ${depth} ${at}`).to.equal(await outcome(document, true));
        outcomes.add(quick.startsWith("<") ? "text" : quick);
      }
    }
    expect([...outcomes].sort()).to.deep.equal(["FORMAT_UNSUPPORTED", "text"]);
  }); // prettier-ignore
});
