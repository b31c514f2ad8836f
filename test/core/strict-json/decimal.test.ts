/** Which decimal values JavaScript keeps, against arithmetic with whole numbers of any size. */

import { expect } from "chai";
import * as fc from "fast-check";

import { isKept } from "../../../src/core/strict-json/decimal.ts";
import { holds } from "../../support/property.ts";

/** mantissa × 10^exponent as a fraction of whole numbers, from the text of a number. */
function fractionOf(token: string): readonly [bigint, bigint] {
  const [, sign, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? [];
  const power = Number(exponent) - fraction.length;
  const mantissa = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  return power >= 0 ? [mantissa * 10n ** BigInt(power), 1n] : [mantissa, 10n ** BigInt(-power)];
}

function areEqual([a, b]: readonly [bigint, bigint], [c, d]: readonly [bigint, bigint]): boolean {
  return a * d === c * b;
}

const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.nat(9), { minLength: 1, maxLength }).map((list) => list.join(""));
const tokens = fc
  .tuple(
    fc.constantFrom("", "-"),
    digits(20).map((text) => text.replace(/^0+(?=\d)/, "")),
    fc.option(digits(20)),
    fc.option(fc.tuple(fc.constantFrom("e", "E", "e+", "e-"), fc.nat(330))),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      sign + whole + (fraction === null ? "" : `.${fraction}`) + (exponent === null ? "" : exponent.join("")),
  );

describe("isKept", () => {
  it("is true exactly where the value printed back equals the value written", () =>
    holds(
      fc.property(tokens, (token) => {
        const value = Number(token);
        const expected = Number.isFinite(value) && areEqual(fractionOf(token), fractionOf(String(value)));
        expect(isKept(token)).to.equal(expected);
      }),
      10,
    ));

  it("is true for every number as JavaScript prints it", () =>
    holds(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isKept(String(value))).to.equal(true);
      }),
    ));

  it("is true for every decimal of fifteen digits", () =>
    holds(
      fc.property(fc.bigInt(0n, 10n ** 15n - 1n), fc.nat(15), (mantissa, point) => {
        const text = mantissa.toString().padStart(16, "0");
        const token = `${text.slice(0, 16 - point)}.${text.slice(16 - point)}0`.replace(/^0+(?=\d)/, "");
        expect(isKept(token)).to.equal(true);
      }),
    ));

  it("takes linear time over a million zeros", () => {
    expect(isKept(`1${"0".repeat(1e6)}1e-1000001`)).to.equal(false);
    expect(isKept(`0.${"0".repeat(1e6)}1e1000001`)).to.equal(true);
    expect(isKept(`1.${"0".repeat(1e6)}`)).to.equal(true);
  });
});
