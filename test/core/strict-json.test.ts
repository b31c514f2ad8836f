/** The strict reader: what it keeps, what it refuses and by which code, and that its two ways of reading agree. */

import { expect } from "chai";
import * as fc from "fast-check";

import { concatBytes, toUtf8 } from "../../src/core/bytes.ts";
import type { Json } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { parseStrictJson } from "../../src/core/strict-json.ts";
import { readExactly } from "../../src/core/strict-json/exact-reader.ts";
import { findFast } from "../../src/core/strict-json/fast-reader.ts";
import { STRICT_LIMITS, type JsonLimits } from "../../src/core/strict-json/limits.ts";
import { survey } from "../../src/core/strict-json/survey.ts";
import { holds } from "../support/property.ts";

function read(document: string | Uint8Array, limits?: Partial<JsonLimits>): Json {
  return parseStrictJson(typeof document === "string" ? toUtf8(document) : document, limits);
}

function refusalOf(run: () => unknown): Refusal | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function codeOf(document: string | Uint8Array, limits?: Partial<JsonLimits>): string | undefined {
  return refusalOf(() => read(document, limits))?.code;
}

describe("parseStrictJson", () => {
  describe("keeps", () => {
    const kept: readonly [string, Json][] = [
      ["{}", {}],
      ["[]", []],
      [" \t\r\n[ ] \n", []],
      ["null", null],
      ["true", true],
      ["false", false],
      ["0", 0],
      ["-0", 0],
      ["-0.0e-7", 0],
      ["1.0", 1],
      ["1E2", 100],
      ["1e+2", 100],
      ["100e-2", 1],
      ["-1.5", -1.5],
      ["0.1", 0.1],
      ["0.30000000000000004", 0.30000000000000004],
      ["9007199254740992", 9007199254740992],
      ["1e21", 1e21],
      ["100000000000000000000000", 1e23],
      ["123456789012345680000", 123456789012345680000],
      ["1.7976931348623157e308", Number.MAX_VALUE],
      ["5e-324", 5e-324],
      ["0e999999999999", 0],
      ['""', ""],
      [String.raw`"\"\\\/\b\f\n\r\t"`, '"\\/\b\f\n\r\t'],
      [String.raw`"\u0041\u00e9\u20AC"`, "Aé€"],
      [String.raw`"\ud83d\ude00"`, "😀"],
      [String.raw`"\u0000"`, "\0"],
      [String.raw`"\\ud800"`, String.raw`\ud800`],
      ['"\u007f\u2028\u2029\ufeff😀"', "\u007f\u2028\u2029\ufeff😀"],
      ['{"a":{"b":[1,{"c":null}]},"":0}', { a: { b: [1, { c: null }] }, "": 0 }],
      ['{"a":"{[:,1e999","b":"\\":"}', { a: "{[:,1e999", b: '":' }],
      ['[{"a":1},{"a":1}]', [{ a: 1 }, { a: 1 }]],
    ];
    for (const [text, value] of kept) it(text, () => expect(read(text)).to.deep.equal(value));

    it("minus zero as zero, so that no reader downstream sees a sign", () => {
      expect(Object.is(read("-0"), 0)).to.equal(true);
      expect((read("[-0, -0.0, -0e1]") as number[]).map((zero) => Object.is(zero, 0))).to.deep.equal([
        true,
        true,
        true,
      ]);
    });

    it("a member whatever its name, without touching any prototype", () => {
      const text = '{"__proto__":{"polluted":1},"constructor":1,"prototype":2,"toString":3,"hasOwnProperty":4}';
      for (const document of [text, text.replace("1}", "-0}")]) {
        const object = read(document) as Record<string, Json>;
        expect(Object.keys(object)).to.deep.equal([
          "__proto__",
          "constructor",
          "prototype",
          "toString",
          "hasOwnProperty",
        ]);
        expect(Object.getPrototypeOf(object)).to.equal(Object.prototype);
        expect(({} as Record<string, unknown>)["polluted"]).to.equal(undefined);
      }
    });

    it("the order in which members were given", () => {
      expect(Object.keys(read('{"b":1,"a":2,"é":3}') as object)).to.deep.equal(["b", "a", "é"]);
    });

    it("names of any length, and names that differ in their Unicode form only", () => {
      const long = "k".repeat(10_240);
      expect(read(`{"${long}":1}`)).to.deep.equal({ [long]: 1 });
      expect(Object.keys(read('{"\u00e9":1,"e\u0301":2,"a.b":3,"[0]":4,"/~":5}') as object)).to.have.length(5);
    });

    it("a view into a larger buffer", () => {
      expect(read(toUtf8('xx{"a":1}xx').subarray(2, 9))).to.deep.equal({ a: 1 });
    });
  });

  describe("refuses", () => {
    const malformed: readonly (readonly [string, string | Uint8Array])[] = [
      ["nothing at all", ""],
      ["white space alone", " \n\t"],
      ["trailing data", "{} x"],
      ["two documents", "{}{}"],
      ["newline-delimited documents", '{"a":1}\n{"a":2}\n'],
      ["a trailing comma in an object", '{"a":1,}'],
      ["a trailing comma in an array", "[1,]"],
      ["a leading comma", "[,1]"],
      ["a doubled comma", "[1,,2]"],
      ["a missing comma", "[1 2]"],
      ["a missing colon", '{"a" 1}'],
      ["a missing value", '{"a":}'],
      ["a missing name", "{:1}"],
      ["a bare name", "{a:1}"],
      ["single quotes", "{'a':1}"],
      ["a line comment", "{} // c"],
      ["a block comment", "[1/* c */]"],
      ["NaN", "NaN"],
      ["Infinity", "[-Infinity]"],
      ["undefined", "[undefined]"],
      ["upper-case literals", "[True]"],
      ["a literal that goes on", "[nullx]"],
      ["a literal cut short", "[tru]"],
      ["a leading zero", "[01]"],
      ["a leading zero after minus", "[-01]"],
      ["a leading plus", "[+1]"],
      ["a bare point", "[.5]"],
      ["a trailing point", "[1.]"],
      ["an empty exponent", "[1e]"],
      ["a signed empty exponent", "[1e+]"],
      ["a lone minus", "[-]"],
      ["two points", "[1.2.3]"],
      ["hexadecimal", "[0x10]"],
      ["digits of other scripts", "[１]"],
      ["an open object", '{"a":1'],
      ["an open array", "[1"],
      ["an open text", '["abc'],
      ["a text that ends in a backslash", '["abc\\'],
      ["the wrong bracket", "[1}"],
      ["the wrong brace", '{"a":1]'],
      ["a closing bracket alone", "]"],
      ["a raw line break in a text", '["a\nb"]'],
      ["a raw tab in a text", '["a\tb"]'],
      ["a raw NUL in a text", '["a\0b"]'],
      ["a raw NUL between values", "[1,\0 2]"],
      ["a NUL behind the document", "{}\0"],
      ["an escape that is none", String.raw`["\x41"]`],
      ["an escaped single quote", String.raw`["\'"]`],
      ["a short Unicode escape", String.raw`["\u12"]`],
      ["a Unicode escape with other letters", String.raw`["\u00g0"]`],
      ["an escaped line break", '["\\\n"]'],
      ["no-break space as white space", "[1,\u00a02]"],
      ["a form feed as white space", "[1,\f2]"],
      ["a byte order mark", "\ufeff{}"],
      ["a byte order mark behind the document", "{}\ufeff"],
      ["UTF-16", concatBytes(Uint8Array.of(0xff, 0xfe), Uint8Array.of(0x7b, 0, 0x7d, 0))],
      ["a byte that UTF-8 does not have", Uint8Array.of(0x22, 0xff, 0x22)],
      ["an overlong slash", Uint8Array.of(0x22, 0xc0, 0xaf, 0x22)],
      ["an overlong NUL", Uint8Array.of(0x22, 0xc0, 0x80, 0x22)],
      ["a surrogate in UTF-8", Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)],
      ["a character beyond U+10FFFF", Uint8Array.of(0x22, 0xf4, 0x90, 0x80, 0x80, 0x22)],
      ["a character cut short", Uint8Array.of(0x22, 0xe2, 0x82, 0x22)],
      ["a continuation byte alone", Uint8Array.of(0x22, 0x80, 0x22)],
      ["plain words", "This is to certify"],
    ];
    for (const [what, document] of malformed)
      it(`${what} as JSON_MALFORMED`, () => expect(codeOf(document)).to.equal("JSON_MALFORMED"));

    const twice = [
      '{"a":1,"a":1}',
      '{"a":1,"b":2,"a":3}',
      String.raw`{"a":1,"\u0061":2}`,
      String.raw`{"\ud83d\ude00":1,"😀":2}`,
      '{"x":[{"y":{"a":1,"a":2}}]}',
      '{"__proto__":1,"__proto__":2}',
      '{"":1,"":2}',
      '{"a":{},"a":{"b":1}}',
    ];
    for (const document of twice)
      it(`${document} as JSON_KEY_TWICE`, () => expect(codeOf(document)).to.equal("JSON_KEY_TWICE"));

    const outOfRange = [
      "9007199254740993",
      "-9007199254740993",
      "1e400",
      "-1e400",
      "1e-400",
      "0.12345678901234567890",
      "0.1234567890123456789",
      "123456789012345678901234567890",
      "9007199254740992.5",
      "1.00000000000000000000000000001",
      "4.9e-324",
      "1e99999999999999999999",
      "179769313486231580793e289",
    ];
    for (const number of outOfRange) {
      it(`${number} as JSON_NUMBER_RANGE`, () => {
        for (const document of [number, `[${number}]`, `{"a":${number}}`])
          expect(codeOf(document)).to.equal("JSON_NUMBER_RANGE");
      });
    }

    const lone = [
      String.raw`"\ud800"`,
      String.raw`"\uDFFF"`,
      String.raw`"a\ud83dz"`,
      String.raw`"\ude00\ud83d"`,
      String.raw`{"\ud800":1}`,
      String.raw`"\ud83d😀"`,
    ];
    for (const document of lone)
      it(`${document} as JSON_LONE_SURROGATE`, () => expect(codeOf(document)).to.equal("JSON_LONE_SURROGATE"));

    const strangers: readonly (readonly [string, string | Uint8Array])[] = [
      ["a PDF", "%PDF-1.7\n%âãÏÓ"],
      ["a PNG image", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
      ["a JPEG image", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10)],
      ["a ZIP archive", Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
      ["a gzip archive", Uint8Array.of(0x1f, 0x8b, 8, 0)],
      ["a web page", "\n <!DOCTYPE html><html></html>"],
      ["an XML file", '\ufeff<?xml version="1.0"?><a/>'],
      ["a JSON Web Token", "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"],
    ];
    for (const [what, document] of strangers)
      it(`${what} by its name as FILE_NOT_JSON`, () => {
        const refusal = refusalOf(() => read(document));
        expect(refusal?.code).to.equal("FILE_NOT_JSON");
        expect(refusal?.message).to.contain(what);
      });
  });

  describe("within limits", () => {
    it("reads 64 levels and refuses the 65th", () => {
      expect(codeOf("[".repeat(64) + "]".repeat(64))).to.equal(undefined);
      expect(codeOf("[".repeat(65) + "]".repeat(65))).to.equal("JSON_TOO_DEEP");
      expect(codeOf(`${'{"a":'.repeat(64)}1${"}".repeat(64)}`)).to.equal(undefined);
      expect(codeOf(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`)).to.equal("JSON_TOO_DEEP");
      expect(codeOf("[[1]]", { maxDepth: 1 })).to.equal("JSON_TOO_DEEP");
      expect(codeOf("1", { maxDepth: 0 })).to.equal(undefined);
    });

    it("answers a hundred thousand levels, closed or not", () => {
      for (const document of ["[".repeat(1e5), `${"[".repeat(1e5)}${"]".repeat(1e5)}`, '{"a":'.repeat(1e5)])
        expect(codeOf(document)).to.equal("JSON_TOO_DEEP");
    });

    it("reads a thousand levels where asked to, by either way, and more for nobody", () => {
      const deep = (inner: string): string => "[".repeat(1000) + inner + "]".repeat(1000);
      expect(codeOf(deep("1"), { maxDepth: 1000 })).to.equal(undefined);
      expect(codeOf(deep("-0"), { maxDepth: 1000 })).to.equal(undefined);
      expect(() => read("1", { maxDepth: 1001 })).to.throw(RangeError);
    });

    it("refuses a byte too many, and a hundred megabytes, unread", () => {
      expect(codeOf("[1,2]", { maxBytes: 5 })).to.equal(undefined);
      expect(codeOf("[1,2]", { maxBytes: 4 })).to.equal("DOCUMENT_TOO_LARGE");
      expect(codeOf(new Uint8Array(100_000_000).fill(0x20))).to.equal("DOCUMENT_TOO_LARGE");
    });

    it("refuses a million members and a million elements", () => {
      const members = Array.from({ length: 1e6 }, (_, at) => `"k${at}":1`).join(",");
      expect(codeOf(`{${members}}`)).to.equal("DOCUMENT_TOO_LARGE");
      expect(codeOf(`[${"1,".repeat(1e6)}1]`)).to.equal("DOCUMENT_TOO_LARGE");
      expect(codeOf(`[${"[],".repeat(1e6)}1]`)).to.equal("DOCUMENT_TOO_LARGE");
    });

    it("counts members and elements, not what looks like them inside a text", () => {
      expect(codeOf('["a,b,c,[,{"]', { maxValues: 2 })).to.equal(undefined);
      expect(codeOf('["a","b"]', { maxValues: 2 })).to.equal("DOCUMENT_TOO_LARGE");
    });

    it("reads a text of many megabytes, escaped or not", () => {
      expect(read(`"${"x".repeat(4e6)}"`)).to.have.length(4e6);
      expect(read(`"${String.raw`\ud83d\ude00`.repeat(3e5)}"`)).to.have.length(6e5);
    });
  });

  describe("says where", () => {
    const places: readonly (readonly [string, string | Uint8Array, string])[] = [
      ["line and column", '{\n  "a": 1,\r\n  "b" 2\n}', "line 3, column 7"],
      ["characters, not code units", '["😀é" 1]', "line 1, column 7"],
      ["the path of what is missing", '{"a":[{"b":}]}', "a[0].b"],
      ["the path of a name given twice", '{"x":[0,{"y":{"a":1,"a":2}}]}', "x[1].y.a"],
      ["where the name is given again", '{"a":1,\n"a":2}', "line 2, column 1"],
      ["where bytes are torn", concatBytes(toUtf8('{"é":\n"'), Uint8Array.of(0xe2, 0x82, 0x22)), "line 2, column 2"],
      ["what JavaScript makes of a number", "[9007199254740993]", "9007199254740992"],
      ["that a text is not closed", '{"a":"b', "line 1, column 6"],
      ["which escape is none", String.raw`["\n\t\x"]`, "line 1, column 7"],
    ];
    for (const [what, document, said] of places)
      it(what, () => expect(refusalOf(() => read(document))?.message).to.contain(said));

    it("in a short message, whatever the document holds", () => {
      const long = "n".repeat(1e6);
      for (const document of [`{"${long}":1,"${long}":2}`, `[${long}]`, `[1${"0".repeat(1e6)}1]`, `{"${long}":}`])
        expect(refusalOf(() => read(document))?.message.length).to.be.below(500);
    });
  });
});

/** JSON values of every kind, names and texts from all of Unicode without lone surrogates. */
const values = fc.jsonValue({ stringUnit: "binary", maxDepth: 6 });
const fragments = fc.constantFrom(
  ...'{ } [ ] , : " \\ \\u \\ud83d \\ude00 d800 0 -0 1 1.0 1e2 1e400 - . e + 9007199254740993 true null " "a" "a": "b": __proto__ ,"a":1 / \n'.split(
    " ",
  ),
  " ",
  "\t",
  "\u0000",
  "é",
  "😀",
);
const hostile = fc.oneof(
  fc.array(fragments, { maxLength: 24 }).map((parts) => parts.join("")),
  fc
    .tuple(values, fc.nat(), fragments, fc.nat(2))
    .map(([value, where, piece, cut]) => {
      const text = JSON.stringify(value);
      const at = where % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + cut);
    })
    .filter((text) => text.isWellFormed()),
);

function exactly(text: string): Json | Refusal {
  try {
    return readExactly(text, STRICT_LIMITS.maxDepth);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function fast(text: string): Json | undefined {
  return findFast(text, survey(toUtf8(text), STRICT_LIMITS));
}

function engine(text: string): unknown {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

describe("the two readers", () => {
  it("both give the value that was written", () =>
    holds(
      fc.property(values, fc.constantFrom(undefined, 1, "\t", "\r\n"), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        const written = JSON.parse(text) as unknown;
        expect(exactly(text)).to.deep.equal(written);
        const quick = fast(text);
        if (quick !== undefined) expect(quick).to.deep.equal(written);
      }),
    ));

  it("agree on hostile texts: the fast one gives the exact one's value or nothing", () =>
    holds(
      fc.property(hostile, (text) => {
        const quick = fast(text);
        if (quick !== undefined) expect(quick).to.deep.equal(exactly(text));
      }),
      20,
    ));

  it("accept nothing that the engine refuses, and refuse as malformed nothing that it accepts", () =>
    holds(
      fc.property(hostile, (text) => {
        const exact = exactly(text);
        const parsed = engine(text);
        if (parsed === undefined)
          expect(exact).to.be.instanceOf(Refusal); // the engine is never stricter
        else if (exact instanceof Refusal) expect(exact.code).not.to.equal("JSON_MALFORMED");
      }),
      20,
    ));

  it("take the fast way for ordinary documents", () => {
    for (const text of ['{"a":[1,2.5,true,null,{"b":"é\\n"}],"c":-3}', '[1e5,"\\u00e9",1.7976931348623157e308]'])
      expect(fast(text), text).not.to.equal(undefined);
  });

  it("take the exact way at every doubt", () => {
    for (const text of ['{"a":1,"a":1}', "[-0]", "[1e400]", "[9007199254740993]", String.raw`["\ud83d\ude00"]`, "[1"])
      expect(fast(text), text).to.equal(undefined);
  });

  it("never throw anything but a refusal, whatever the bytes", () =>
    holds(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        refusalOf(() => parseStrictJson(bytes));
      }),
      5,
    ));
});
