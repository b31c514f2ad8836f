import { expect } from "chai";
import fc from "fast-check";

import { TestamurError, type Problem } from "../../src/core/errors.ts";
import type { Json } from "../../src/core/json.ts";
import { parseTemplate } from "../../src/issue/template.ts";
import { parseText, type Special } from "../../src/issue/template-text.ts";
import { holds } from "../support/property.ts";

const utf8 = new TextEncoder();
const SPECIALS: Readonly<Record<Special, string>> = {
  $store: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
  $chainId: "1337",
  $row: "3",
  $uuid: "00000000-0000-4000-8000-000000000000",
  $today: "2026-07-01",
  $issuer: "did:web:uni.example",
};

interface Filled {
  readonly credential: Json;
  readonly faults: readonly { readonly column: string; readonly what: string; readonly next?: string }[];
}

/** One learner's credential. */
function fill(template: Json | string, row: Readonly<Record<string, string>>): Filled {
  const text = typeof template === "string" ? template : JSON.stringify(template);
  const { fill: fillIn } = parseTemplate(utf8.encode(text), "t.json").bind(Object.keys(row), "r.csv");
  const faults: { column: string; what: string }[] = [];
  const refuse = (column: string, fault: Omit<Problem, "where">): void => void faults.push({ column, ...fault });
  const credential = fillIn({ cells: Object.values(row), specials: SPECIALS, refuse });
  return { credential, faults };
}

function problemsOf(template: Json | string, row: Readonly<Record<string, string>> = {}): readonly Problem[] {
  try {
    fill(template, row);
  } catch (error) {
    if (!(error instanceof TestamurError)) throw error;
    expect(error.code).to.equal("TEMPLATE_INVALID");
    return error.problems;
  }
  return expect.fail("the template was accepted");
}

const placesOf = (template: Json | string, row: Readonly<Record<string, string>> = {}): readonly string[] =>
  problemsOf(template, row).map(({ where }) => where);

describe("parseTemplate", () => {
  describe("fills", () => {
    it("columns into texts, whole or in part", () => {
      const { credential } = fill({ a: "{{name}}", b: ["Dear {{ name }}, no. {{id}}!"] }, { name: "Zoë", id: "7" });
      expect(credential).to.deep.equal({ a: "Zoë", b: ["Dear Zoë, no. 7!"] });
    });

    it("names with spaces and letters of any script", () => {
      expect(fill({ a: "{{full name}} {{名前}}" }, { "full name": "A", 名前: "B" }).credential).to.deep.equal({
        a: "A B",
      });
    });

    it("numbers and booleans as such", () => {
      const row = { credits: "2.5", minus: "-3", zero: "0", yes: "TRUE", no: "false" };
      const template = {
        a: "{{credits|number}}",
        b: "{{ minus | number }}",
        c: "{{zero|number}}",
        d: "{{yes|boolean}}",
        e: "{{no|boolean}}",
      };
      expect(fill(template, row)).to.deep.equal({ credential: { a: 2.5, b: -3, c: 0, d: true, e: false }, faults: [] });
    });

    it("what no column gives", () => {
      const template = {
        s: "{{$store}}",
        c: "{{$chainId}}",
        n: "{{$chainId|number}}",
        r: "{{$row|number}}",
        u: "urn:uuid:{{$uuid}}",
        t: "{{$today}}",
      };
      expect(fill(template, { x: "" }).credential).to.deep.equal({
        s: SPECIALS.$store,
        c: "1337",
        n: 1337,
        r: 3,
        u: `urn:uuid:${SPECIALS.$uuid}`,
        t: "2026-07-01",
      });
    });

    it("nothing where an optional cell is empty: the member goes, and what was only made of it", () => {
      const template = {
        name: "{{name}}",
        minor: "Minor: {{minor?}}",
        honours: "{{honours?|boolean}}",
        courses: [
          { course: "{{c1?}}", grade: "{{g1?}}" },
          { course: "{{c2?}}", grade: "{{g2?}}" },
        ],
        none: { deep: ["{{minor?}}"] },
        empty: {},
        always: [],
      };
      const row = { name: "A", minor: "", honours: "", c1: "Tort", g1: "A", c2: "", g2: "" };
      expect(fill(template, row)).to.deep.equal({
        credential: { name: "A", courses: [{ course: "Tort", grade: "A" }], empty: {}, always: [] },
        faults: [],
      });
    });

    it("a column whose own name ends in a question mark", () => {
      expect(fill({ a: "{{Honours?}}" }, { "Honours?": "yes" }).credential).to.deep.equal({ a: "yes" });
      expect(fill({ a: "{{Honours??}}", b: 1 }, { "Honours?": "" }).credential).to.deep.equal({ b: 1 });
    });

    it("cells that look like placeholders as plain text", () => {
      expect(fill({ a: "{{x}}" }, { x: "{{y}} {{$store}}" }).credential).to.deep.equal({ a: "{{y}} {{$store}}" });
    });

    it("everything else as it stands", () => {
      const constant = { n: 1, b: false, z: null, o: { a: [1, "x", {}] }, s: "{ not } a {placeholder}" };
      expect(fill(constant, { x: "" }).credential).to.deep.equal(constant);
    });

    it("no settings into the credential", () => {
      expect(fill({ $testamur: { learnerId: "id" }, a: "{{id}}" }, { id: "7" }).credential).to.deep.equal({ a: "7" });
    });

    it("any cell into any place without changing a letter of it", async () => {
      await holds(
        fc.property(fc.string({ unit: "binary", minLength: 1 }), (cell) => {
          expect(fill({ a: "{{x}}", b: ["<{{x}}>"] }, { x: cell }).credential).to.deep.equal({
            a: cell,
            b: [`<${cell}>`],
          });
        }),
      );
    });
  });

  describe("reports a cell", () => {
    const faultsOf = (template: string, cell: string): readonly string[] =>
      fill({ a: template }, { x: cell }).faults.map(({ column }) => column);

    it("that is empty and not optional", () => expect(faultsOf("{{x}}", "")).to.deep.equal(["x"]));
    for (const cell of [
      "1,5",
      "1.10",
      "01",
      "+1",
      "1e400",
      "9007199254740993",
      "NaN",
      "Infinity",
      "-0",
      "0x10",
      "12a",
      "١٢",
    ])
      it(`that would not come back as the number it is: ${cell}`, () =>
        expect(faultsOf("{{x|number}}", cell)).to.deep.equal(["x"]));
    it("and says how a decimal comma is written", () => {
      expect(fill({ a: "{{x|number}}" }, { x: "2,5" }).faults[0]?.next).to.contain("2.5");
    });
    for (const cell of ["yes", "1", "truee", "ja"])
      it(`that is no boolean: ${cell}`, () => expect(faultsOf("{{x|boolean}}", cell)).to.deep.equal(["x"]));
  });

  describe("refuses", () => {
    it("columns that do not exist, with the nearest that does", () => {
      const [problem] = problemsOf({ a: { b: ["{{studentld}}"] } }, { studentId: "1", name: "A" });
      expect(problem).to.include({ where: "t.json, a.b.0", next: 'did you mean "studentId"?' });
    });
    it("specials that do not exist", () =>
      expect(problemsOf({ a: "{{$stores}}" }, { x: "" })[0]?.next).to.contain("$store"));
    it("specials of a type they are not of", () =>
      expect(placesOf({ a: "{{$store|number}}", b: "{{$row|boolean}}" }, { x: "" })).to.have.length(2));
    it("placeholders that are malformed, all of them, with their paths", () => {
      const template = {
        a: "{{x",
        b: "x}}",
        c: { d: "{{}}" },
        e: ["{{x|date}}"],
        f: "no {{x|number}}",
        g: "{{x|number|text}}",
        h: "{{?}}",
        i: "{{ {{x}} }}",
      };
      expect(placesOf(template, { x: "1" })).to.deep.equal(
        ["a", "b", "c.d", "e.0", "f", "g", "h", "i"].map((path) => `t.json, ${path}`),
      );
    });
    it("placeholders in the names of members", () =>
      expect(placesOf({ "{{x}}": 1 }, { x: "" })).to.deep.equal(["t.json, {{x}}"]));
    it("settings that do not exist, or are not what they should be", () => {
      expect(problemsOf({ $testamur: { learnerID: "x" } }, { x: "" })[0]?.next).to.contain("learnerId");
      expect(placesOf({ $testamur: { learnerId: 7 } }, { x: "" })).to.have.length(1);
      expect(placesOf({ $testamur: "x" }, { x: "" })).to.have.length(1);
      expect(placesOf({ $testamur: { learnerId: "y" } }, { x: "" })).to.have.length(1);
    });
    it("what is not JSON, or no object", () => {
      for (const text of ["", "{", "[]", "null", '{"a":1,"a":2}', '{"a":1e400}', "\ufeff{}"])
        expect(placesOf(text), text).to.deep.equal(["t.json"]);
    });
    it("names that mean something to JavaScript", () => {
      expect(placesOf('{"a":{"__proto__":{"b":"{{x}}"}}}', { x: "1" })).to.deep.equal(["t.json, a.__proto__"]);
      expect(({} as Record<string, unknown>)["b"]).to.equal(undefined);
    });
  });

  it("names the columns that nothing uses", () => {
    const template = parseTemplate(utf8.encode('{"$testamur":{"learnerId":"id"},"a":"{{name}}"}'), "t.json");
    expect(template.bind(["id", "name", "phone", "notes"], "r.csv").unused).to.deep.equal(["phone", "notes"]);
    expect(template.learnerId).to.equal("id");
  });
});

describe("parseText", () => {
  it("never throws, and takes a text apart so that it can be put together again", async () => {
    const texts = fc
      .array(fc.constantFrom("{{", "}}", "{", "}", "|", "?", "a", " ", "$store", "number", "é"))
      .map((pieces) => pieces.join(""));
    await holds(
      fc.property(texts, (text) => {
        const parsed = parseText(text);
        if (parsed.kind === "malformed") return;
        const written = parsed.parts.map((part) => (typeof part === "string" ? part : `{{${part.name}}}`)).join("");
        const bare = text.replaceAll(/\{\{[^}]*\}\}/g, (inside) => inside.replaceAll(" ", "").replace(/\|\w+/, ""));
        expect(written.replaceAll(/\{\{[^}]*\}\}/g, (inside) => inside.replaceAll(" ", ""))).to.equal(bare);
      }),
      3,
    );
  });

  it("takes time in proportion to hostile text", () => {
    for (const piece of ["{{", "}}", "{{a", "{{a}}", "{"]) {
      const start = process.cpuUsage();
      parseText(piece.repeat(50_000));
      expect(process.cpuUsage(start).user / 1_000).to.be.lessThan(2_000);
    }
  });
});
