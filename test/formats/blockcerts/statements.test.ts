/** Statements read back from their canonical text, and what is made of them for people. */

import { expect } from "chai";
import fc from "fast-check";

import { Refusal } from "../../../src/core/refusal.ts";
import {
  findText,
  findThing,
  readStatements,
  thingsOfType,
  valuesOf,
} from "../../../src/formats/blockcerts/statements.ts";
import { labelsOf, ownTermsOf, sharedIris } from "../../../src/formats/blockcerts/terms.ts";
import { toView } from "../../../src/formats/blockcerts/view.ts";
import { hashContent } from "../../../src/formats/blockcerts/hash-content.ts";
import { holds } from "../../support/property.ts";

const TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
const XSD = "http://www.w3.org/2001/XMLSchema#";

function codeOf(quads: string): string {
  try {
    readStatements(quads);
    return "read";
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe("readStatements", () => {
  it("reads things, texts, datatypes and languages", () => {
    const graph = readStatements(
      [
        '<urn:a> <urn:p> "a \\"quoted\\" back\\\\slash\\n" .',
        '<urn:a> <urn:p> "7"^^<urn:t> .',
        '<urn:a> <urn:p> "sept"@fr-CA .',
        "<urn:a> <urn:q> _:c14n0 .",
        `_:c14n0 ${TYPE} <urn:T> .`,
        "",
      ].join("\n"),
    );
    expect(valuesOf(graph, "urn:a", "urn:p")).to.deep.equal([
      { kind: "literal", text: 'a "quoted" back\\slash\n', datatype: `${XSD}string` },
      { kind: "literal", text: "7", datatype: "urn:t" },
      {
        kind: "literal",
        text: "sept",
        datatype: "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
        language: "fr-CA",
      },
    ]);
    expect(findThing(graph, "urn:a", "urn:q")).to.equal("_:c14n0");
    expect(thingsOfType(graph, "urn:T")).to.deep.equal(["_:c14n0"]);
  });

  it("leaves out what other graphs say", () => {
    const graph = readStatements('<urn:a> <urn:p> "here" .\n<urn:a> <urn:p> "there" _:c14n0 .\n');
    expect(findText(graph, "urn:a", "urn:p")).to.equal("here");
  });

  it("refuses to choose between two values", () => {
    const graph = readStatements('<urn:a> <urn:p> "1" .\n<urn:a> <urn:p> "2" .\n');
    expect(() => findText(graph, "urn:a", "urn:p")).to.throw(Refusal);
  });

  for (const line of [
    '<urn:a> <urn:p> "open .',
    '<urn:a> <urn:p> "x" . .',
    '<urn:a> <urn:p> "x"^^urn:t .',
    '<urn:a> <urn:p> "x"@ .',
    "<urn:a> <urn:p> .",
    "<urn:a> urn:p <urn:b> .",
    "_:x <urn:p> <urn:b> .",
    '<urn:a> <urn:p> "x" _:c14n0',
    "nonsense",
    "",
  ])
    it(`refuses the line ${JSON.stringify(line)}`, () => {
      expect(codeOf(`${line}\n`)).to.equal("SHAPE_WRONG");
    });

  it("reads back any text that was hashed", () =>
    holds(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        if (!text.isWellFormed()) return;
        const thing = `urn:${"a".repeat(64)}`; // so that the statement is never 64 bytes long, which is refused
        const { quads } = await hashContent({ "@context": { "@vocab": "urn:v:" }, "@id": thing, p: text });
        expect(findText(readStatements(quads), thing, "urn:v:p")).to.equal(text);
      }),
    ));

  it("reads back addresses with letters that no address has", async () => {
    const { quads } = await hashContent({ "@context": { "@vocab": "urn:v:" }, "@id": 'urn:a>"<b\\u0041', p: "x" });
    expect(findText(readStatements(quads), 'urn:a>"<b\\u0041', "urn:v:p")).to.equal("x");
  });
});

describe("labelsOf", () => {
  const named = [
    {
      s: "https://schema.org/",
      name: "s:name",
      title: "s:name",
      id: "@id",
      Person: { "@id": "s:Person", "@context": { born: "s:birthDate" } },
    },
    { name: "http://schema.org/name", nothing: null, born: "https://other.example/born" },
  ];

  it("gives an address its first name, and a name one address", () => {
    const labels = labelsOf({ named, inline: [{ grade: "https://uni.example/grade" }] });
    expect(labels.get("https://schema.org/name")).to.equal("name");
    expect(labels.get("http://schema.org/name")).to.equal(undefined);
    expect(labels.get("https://schema.org/Person")).to.equal("Person");
    expect(labels.get("https://other.example/born")).to.equal("born");
    expect(labels.get("https://schema.org/birthDate")).to.equal(undefined);
    expect(labels.has("https://uni.example/grade")).to.be.false;
  });

  it("does not follow prefixes in circles", () => {
    expect(labelsOf({ named: [{ a: "b:x", b: "a:y" }], inline: [] }).size).to.equal(0);
  });
});

describe("ownTermsOf", () => {
  it("finds the words of inline contexts with the prefixes of all, and those that share an address", () => {
    const own = ownTermsOf({
      named: [{ s: "https://schema.org/" }],
      inline: [
        { first: "s:Text", second: { "@id": "s:Text" }, third: { "@id": "s:Thing" }, "@vocab": "urn:v:", fourth: {} },
      ],
    });
    expect(own.map(({ name, iri }) => `${name} ${iri}`)).to.deep.equal([
      "first https://schema.org/Text",
      "second https://schema.org/Text",
      "third https://schema.org/Thing",
      "fourth urn:v:fourth",
    ]);
    expect(sharedIris(own)).to.deep.equal(["https://schema.org/Text"]);
  });
});

describe("toView", () => {
  const labels = new Map([["urn:p", "p"]]);

  it("shows numbers, truth values, languages and lists as they were meant", async () => {
    const { quads } = await hashContent({
      "@context": [{ "@vocab": "urn:", list: { "@id": "urn:list", "@container": "@list" } }],
      "@id": "urn:a",
      p: [1.5, 7, true, { "@value": "sept", "@language": "fr" }],
      list: ["b", "a"],
    });
    const view = toView(readStatements(quads), "urn:a", labels);
    expect(view["urn:list"]).to.deep.equal(["b", "a"]);
    expect(view["p"]).to.have.deep.members([1.5, 7, true, { "@value": "sept", "@language": "fr" }]);
  });

  it("spells every thing out once, also in a circle", () => {
    const graph = readStatements("<urn:a> <urn:p> <urn:b> .\n<urn:b> <urn:p> <urn:a> .\n<urn:b> <urn:q> <urn:b> .\n");
    expect(toView(graph, "urn:a", labels)).to.deep.equal({
      id: "urn:a",
      p: { id: "urn:b", p: { id: "urn:a" }, "urn:q": { id: "urn:b" } },
    });
  });

  it("shows a thing of which nothing is stated by its address", () => {
    expect(toView(readStatements("<urn:a> <urn:p> <urn:b> .\n"), "urn:a", labels)).to.deep.equal({
      id: "urn:a",
      p: "urn:b",
    });
  });
});
