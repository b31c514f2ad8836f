/** The JSON canonical form: RFC 8785's own examples, the corners of its rules, and agreement with a second implementation. */

import { expect } from "chai";
import * as fc from "fast-check";

import { toJcs, toJcsBytes } from "../../src/canon/jcs.ts";
import { toHexDigits } from "../../src/core/bytes.ts";
import type { Json } from "../../src/core/json.ts";
import { Refusal } from "../../src/core/refusal.ts";
import { holds } from "../support/property.ts";

/** RFC 8785 written a second time, for the values JSON can hold. */
function secondOpinion(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(secondOpinion).join(",")}]`;
  const members = Object.entries(value as Readonly<Record<string, Json>>);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${secondOpinion(member)}`).join(",")}}`;
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return "none";
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
}

describe("toJcs", () => {
  // RFC 8785, section 3.2.2 and 3.2.4
  it("writes the RFC's example, byte for byte", () => {
    const value: Json = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    ) as Json;
    const text = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`;
    expect(toJcs(value)).to.equal(text);
    expect(toHexDigits(toJcsBytes(value)).slice(-54)).to.equal(
      "22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d",
    );
  });

  // RFC 8785, section 3.2.3
  it("sorts members by UTF-16 code units, astral names before the private area", () => {
    const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 };
    expect([...toJcs(value).matchAll(/:(\d)/g)].map(([, digit]) => digit).join("")).to.equal("2467153");
  });

  // RFC 8785, appendix B
  it("writes numbers as ECMAScript does", () => {
    const samples: readonly (readonly [number, string])[] = [
      [-0, "0"],
      [5e-324, "5e-324"],
      [1.7976931348623157e308, "1.7976931348623157e+308"],
      [9007199254740992, "9007199254740992"],
      [295147905179352830000, "295147905179352830000"],
      [1e21, "1e+21"],
      [9.999999999999997e22, "9.999999999999997e+22"],
      [1e23, "1e+23"],
      [999999999999999700000, "999999999999999700000"],
      [0.000001, "0.000001"],
      [1e-7, "1e-7"],
    ];
    for (const [number, text] of samples) expect(toJcs(number)).to.equal(text);
  });

  it("agrees with a second implementation on any JSON value", async () => {
    await holds(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(toJcs(json)).to.equal(secondOpinion(json));
      }),
    );
  });

  it("keeps NFC and NFD apart", () => {
    expect(toJcs("\u00e9")).to.not.equal(toJcs("e\u0301"));
  });

  it("writes members that shadow built-in names like any other", () => {
    const value = JSON.parse('{"toJSON":1,"constructor":{"__proto__":2},"hasOwnProperty":null}') as Json;
    expect(toJcs(value)).to.equal('{"constructor":{"__proto__":2},"hasOwnProperty":null,"toJSON":1}');
  });

  it("refuses lone surrogates, in values and in names, and numbers without a JSON form", () => {
    expect(codeOf(() => toJcs("\ud800"))).to.equal("JSON_LONE_SURROGATE");
    expect(codeOf(() => toJcs({ "a\udc00": 1 }))).to.equal("JSON_LONE_SURROGATE");
    expect(codeOf(() => toJcs([Number.NaN]))).to.equal("JSON_NUMBER_RANGE");
    expect(codeOf(() => toJcs(undefined as unknown as Json))).to.equal("JSON_MALFORMED");
  });

  it("takes 64 levels and refuses 65, however deep the rest goes", () => {
    let value: Json = 1;
    for (let level = 0; level < 64; level++) value = [value];
    expect(toJcs(value)).to.equal("[".repeat(64) + "1" + "]".repeat(64));
    expect(codeOf(() => toJcs([value]))).to.equal("JSON_TOO_DEEP");
    for (let level = 0; level < 100_000; level++) value = [value];
    expect(codeOf(() => toJcs(value))).to.equal("JSON_TOO_DEEP");
  });
});
