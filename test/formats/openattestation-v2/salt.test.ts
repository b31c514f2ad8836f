/** Salted values: the synthetic vectors. */

import { expect } from "chai";

import { Refusal } from "../../../src/core/refusal.ts";
import { unsaltValue } from "../../../src/formats/openattestation-v2/salt.ts";
import { readLeaves } from "../../../src/formats/openattestation-v2/read-leaves.ts";
import { salt } from "../../support/openattestation-samples.ts";
import { findJsonVectors } from "../../support/vectors.ts";

interface UnsaltVector {
  readonly salted: string;
  readonly value?: string | number | boolean | null;
  readonly refuse?: string;
}

describe("unsaltValue", () => {
  const vectors = (findJsonVectors("openattestation/vectors/v2-unsalt.json") ?? []) as UnsaltVector[];
  for (const { salted, value, refuse } of vectors) {
    it(`${refuse === undefined ? "reads" : "refuses"} ${JSON.stringify(salted)}`, () => {
      if (refuse !== undefined)
        expect(() => unsaltValue(salted, "a"))
          .to.throw(Refusal)
          .with.property("code", refuse);
      else expect(unsaltValue(salted, "a")).to.equal(value === "__undefined__" ? undefined : value);
    });
  }

  it("refuses a type with white space before it, which others would trim", () => {
    expect(() => unsaltValue(salt("x").replace("string", " string"), "a")).to.throw(Refusal);
  });
});

describe("the content without its salts", () => {
  it("keeps the shape, leaves undefined out and puts null in its place in a list", () => {
    const nothing = salt("undefined").replace("string", "undefined");
    const { content } = readLeaves({ a: [salt(1), nothing, {}], b: { c: nothing, d: [] }, e: salt(null) });
    expect(content).to.deep.equal({ a: [1, null, {}], b: { d: [] }, e: null });
  });
});
