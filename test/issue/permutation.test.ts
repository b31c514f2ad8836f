/** The keyed shuffle: every number has one image of its own, and no pattern shows. */

import { expect } from "chai";
import fc from "fast-check";

import { LARGEST_DOMAIN, openPermutation } from "../../src/issue/permutation.ts";
import { faultOf } from "../support/faults.ts";
import { holds } from "../support/property.ts";

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

function imagesOf(secret: Uint8Array, size: number): number[] {
  const imageOf = openPermutation(secret, size);
  return Array.from({ length: size }, (_, index) => imageOf(index));
}

describe("openPermutation", () => {
  it("is a bijection on any size", async () =>
    holds(
      fc.property(key, fc.integer({ min: 1, max: 3_000 }), (secret, size) => {
        expect(imagesOf(secret, size).toSorted((a, b) => a - b)).to.deep.equal(
          Array.from({ length: size }, (_, at) => at),
        );
      }),
    ));

  it("gives a million learners a million positions", () => {
    const size = 2 ** 20;
    const imageOf = openPermutation(new Uint8Array(32).fill(7), size);
    const taken = new Uint8Array(size);
    for (let index = 0; index < 1_000_000; index++) taken[imageOf(index)]! += 1;
    expect(taken.every((times) => times <= 1)).to.equal(true);
  });

  it("is the same for the same key, another for another", async () =>
    holds(
      fc.property(key, key, (one, other) => {
        expect(imagesOf(one, 500)).to.deep.equal(imagesOf(one, 500));
        if (Buffer.compare(one, other) !== 0) expect(imagesOf(one, 500)).not.to.deep.equal(imagesOf(other, 500));
      }),
    ));

  it("leaves no trace of the order: neighbours land apart as often as strangers do", () => {
    const size = 2 ** 17;
    const count = 20_000;
    const imageOf = openPermutation(new Uint8Array(32).fill(9), size);
    let rises = 0;
    let near = 0;
    for (let index = 0; index < count; index++) {
      const step = imageOf(index + 1) - imageOf(index);
      if (step > 0) rises++;
      if (Math.abs(step) < size / 64) near++;
    }
    // whole numbers: the matchers for contracts, loaded by other tests, know no others
    expect(rises).to.be.within(0.48 * count, 0.52 * count);
    expect(near).to.be.within(0.025 * count, 0.0375 * count);
  });

  it("does not use one place of the list more than another", () => {
    const size = 48; // walked on from 64
    const seen = Array.from({ length: size }, () => 0);
    for (let trial = 0; trial < 4_800; trial++) {
      const secret = new Uint8Array(32);
      new DataView(secret.buffer).setUint32(0, trial);
      seen[openPermutation(secret, size)(5)]! += 1;
    }
    for (const times of seen) expect(times).to.be.within(60, 145); // 100 expected, a deviation of 10
  });

  it("reaches to 2^32, and not further", () => {
    const imageOf = openPermutation(new Uint8Array(32), LARGEST_DOMAIN);
    expect(imageOf(LARGEST_DOMAIN - 1)).to.be.within(0, LARGEST_DOMAIN - 1);
    for (const size of [0, -1, 1.5, LARGEST_DOMAIN + 1])
      expect(faultOf(() => openPermutation(new Uint8Array(32), size))).to.equal("INTERNAL");
    for (const index of [-1, 7, 0.5])
      expect(faultOf(() => openPermutation(new Uint8Array(32), 7)(index))).to.equal("INTERNAL");
  });
});
