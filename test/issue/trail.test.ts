/** How far one piece of work has come, for another that follows it. */

import { expect } from "chai";

import { openTrail } from "../../src/issue/trail.ts";

describe("a trail", () => {
  it("lets go on who waits for a place that is reached, and nobody else", async () => {
    const trail = openTrail();
    const settled: number[] = [];
    const waits = [3, 1, 2].map(async (place) => {
      expect(await trail.isReached(place)).to.equal(true);
      settled.push(place);
    });
    trail.reach(2);
    await Promise.all(waits.slice(1));
    expect(settled).to.deep.equal([1, 2]);
    trail.reach(3);
    await Promise.all(waits);
    expect(settled).to.deep.equal([1, 2, 3]);
  });

  it("does not let wait for what is reached already", async () => {
    const trail = openTrail();
    expect(await trail.isReached(0)).to.equal(true);
    trail.reach(5);
    expect(await trail.isReached(5)).to.equal(true);
  });

  it("that has ended lets nobody wait", async () => {
    const trail = openTrail();
    const waits = trail.isReached(1);
    trail.end();
    expect([await waits, await trail.isReached(1)]).to.deep.equal([false, false]);
  });
});
