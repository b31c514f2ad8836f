/** The arithmetic that the benchmark's claims rest on. */

import { expect } from "chai";

import { growthExponent, median, percentile } from "../../scripts/bench/statistics.ts";

describe("median", () => {
  it("takes the middle value, whatever the order, and is not moved by one that is far off", () => {
    expect(median([9, 1, 1_000])).to.equal(9);
    expect(median([5])).to.equal(5);
  });

  it("takes the mean of the two in the middle of an even number", () => {
    expect(median([4, 1, 100, 2])).to.equal(3);
  });
});

describe("percentile", () => {
  it("has all but a share of the values below it", () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect(percentile(hundred, 0.99)).to.equal(100);
    expect(percentile(hundred, 0.5)).to.equal(51);
    expect(percentile([7], 0.99)).to.equal(7);
  });
});

describe("growthExponent", () => {
  it("is 1 for what grows in step, 2 for squares, 0 for what stays", () => {
    const grow = (power: number): number => growthExponent([1e3, 1e4, 1e5].map((n) => [n, 7 * n ** power]));
    for (const power of [0, 1, 2]) expect(grow(power).toFixed(9)).to.equal(power.toFixed(9));
  });
});
