/** Which answers of a resolver say something, and what. */

import { expect } from "chai";
import fc from "fast-check";

import type { Json, JsonObject } from "../../src/core/json.ts";
import { findTxtAnswer } from "../../src/identity/txt-answer.ts";
import { toAnswer } from "../support/fake-doh.ts";
import { holds } from "../support/property.ts";

const DOMAIN = "uni.example";

function txt(data: Json, changes: JsonObject = {}): JsonObject {
  return { name: "uni.example.", type: 16, TTL: 300, data, ...changes };
}

function answer(records: Json, changes: JsonObject = {}): JsonObject {
  return {
    Status: 0,
    TC: false,
    AD: true,
    Question: [{ name: "uni.example.", type: 16 }],
    Answer: records,
    ...changes,
  };
}

function textsOf(...data: readonly Json[]): readonly string[] | undefined {
  return findTxtAnswer(answer(data.map((each) => txt(each))), DOMAIN)?.texts;
}

describe("findTxtAnswer", () => {
  it("reads texts that are bare, quoted, in pieces, or escaped", () => {
    expect(textsOf("openatts a=1")).to.deep.equal(["openatts a=1"]);
    expect(textsOf('"openatts a=1"')).to.deep.equal(["openatts a=1"]);
    expect(textsOf('"opena" "tts a=1"', '"opena""tts a=1" ')).to.deep.equal(["openatts a=1", "openatts a=1"]);
    expect(textsOf(String.raw`"a\"b\\c\065"`)).to.deep.equal(['a"b\\cA']);
    expect(textsOf("", '""')).to.deep.equal(["", ""]);
  });

  it("reads back every text that a resolver writes in pieces", async () => {
    await holds(
      fc.property(fc.array(fc.string({ maxLength: 700 })), (texts) => {
        const parsed = JSON.parse(toAnswer(DOMAIN, 0, texts, false)) as JsonObject;
        expect(findTxtAnswer(parsed, DOMAIN)?.texts).to.deep.equal(texts);
      }),
    );
  });

  it("tells names that exist from names that do not, and checked zones from others", () => {
    expect(findTxtAnswer({ Status: 3 }, DOMAIN)).to.deep.equal({ authenticated: false, exists: false, texts: [] });
    expect(findTxtAnswer({ Status: 0, AD: true }, DOMAIN)).to.deep.equal({
      authenticated: true,
      exists: true,
      texts: [],
    });
    expect(findTxtAnswer({ Status: 0, AD: "true" }, DOMAIN)?.authenticated).to.equal(false);
  });

  it("follows the names that a name stands for", () => {
    const alias = { name: "UNI.example", type: 5, data: "Host.Example." };
    const target = txt("openatts", { name: "host.example" });
    expect(findTxtAnswer(answer([alias, target]), DOMAIN)?.texts).to.deep.equal(["openatts"]);
    expect(findTxtAnswer(answer([target]), DOMAIN)).to.equal(undefined);
  });

  it("leaves records of other types out", () => {
    expect(findTxtAnswer(answer([txt("x", { type: 46 }), txt("y")]), DOMAIN)?.texts).to.deep.equal(["y"]);
  });

  it("reads 500 records", () => {
    expect(textsOf(...Array.from({ length: 500 }, (_, at) => `record ${at}`))).to.have.length(500);
  });

  const unusable: readonly [string, JsonObject][] = [
    ["a failure of the resolver", answer([], { Status: 2 })],
    ["a refusal", answer([], { Status: 5 })],
    ["a status that is no number", answer([], { Status: "0" })],
    ["no status", { Answer: [] }],
    ["a truncated answer", answer([txt("x")], { TC: true })],
    ["an answer to a question about another name", answer([], { Question: [{ name: "other.example", type: 16 }] })],
    ["an answer to a question of another type", answer([], { Question: [{ name: DOMAIN, type: 1 }] })],
    ["an answer to two questions", answer([], { Question: [1, 2].map(() => ({ name: DOMAIN, type: 16 })) })],
    ["an answer to no question", answer([], { Question: [] })],
    ["a question that is no list", answer([], { Question: DOMAIN })],
    ["records that are no list", answer({})],
    ["records that are null", answer(null)],
    ["a record that is no object", answer(["x"])],
    ["a record of another name", answer([txt("x", { name: "evil.example" })])],
    ["a record without name", answer([{ type: 16, data: "x" }])],
    ["a text that is no text", answer([txt(7)])],
    ["a text that is missing", answer([{ name: DOMAIN, type: 16 }])],
    ["an open quote", answer([txt('"x')])],
    ["something after the last piece", answer([txt('"x" y')])],
    ["records of a name that does not exist", answer([txt("x")], { Status: 3 })],
    ["more records than any name has", answer(Array(2_001).fill(txt("x")))],
  ];
  for (const [what, value] of unusable) {
    it(`cannot use ${what}`, () => expect(findTxtAnswer(value, DOMAIN)).to.equal(undefined));
  }
});
