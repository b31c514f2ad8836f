/** Work on a stream, several pieces at a time: order, width, and what happens when a piece fails. */

import { expect } from "chai";
import * as fc from "fast-check";

import { inOrder } from "../../src/issue/in-order.ts";
import { collect, streamOf } from "../support/collect.ts";
import { holds } from "../support/property.ts";

async function after<Value>(turns: number, value: Value): Promise<Value> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  return value;
}

describe("work on a stream, several pieces at a time", () => {
  it("gives the results in the order of the pieces, however long each takes", () =>
    holds(
      fc.asyncProperty(fc.array(fc.nat(20)), fc.integer({ min: 1, max: 5 }), async (turns, width) => {
        const results = inOrder(streamOf(...turns.entries()), width, async ([at, many]) => after(many, at));
        expect(await collect(results)).to.deep.equal([...turns.keys()]);
      }),
    ));

  it("never has more pieces under way than it may", async () => {
    let underWay = 0;
    let most = 0;
    const act = async (turns: number): Promise<void> => {
      most = Math.max(most, ++underWay);
      await after(turns, undefined);
      underWay--;
    };
    await collect(inOrder(streamOf(90, 10, 80, 20, 70, 30), 3, act));
    expect(most).to.equal(3);
  });

  it("stops at the first piece that fails, and leaves no failure unheard", async () => {
    const seen: number[] = [];
    const act = async (piece: number): Promise<number> => {
      if (piece >= 3) throw new Error(`piece ${piece}`);
      return piece;
    };
    try {
      for await (const result of inOrder(streamOf(1, 2, 3, 4, 5), 2, act)) seen.push(result);
      expect.fail("it must stop");
    } catch (error) {
      expect(error).to.have.property("message", "piece 3");
    }
    expect(seen).to.deep.equal([1, 2]);
  });

  it("ends only when nothing is under way any more", async () => {
    let ended = 0;
    const act = async (piece: number): Promise<void> => {
      await after(piece === 1 ? 1 : 50, undefined);
      ended++;
      if (piece === 1) throw new Error("the first fails at once");
    };
    await collect(inOrder(streamOf(1, 2, 3), 3, act)).catch(() => undefined);
    expect(ended).to.equal(3);
  });
});
