import { expect } from "chai";
import fc from "fast-check";

import { fingerprint, openTwinFinder } from "../../src/issue/twins.ts";
import { holds } from "../support/property.ts";

describe("openTwinFinder", () => {
  it("suspects every text that occurs twice", async () => {
    await holds(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (texts) => {
        const finder = openTwinFinder();
        for (const text of texts) finder.add(text);
        const suspects = finder.suspects();
        for (const text of texts)
          if (texts.filter((other) => other === text).length > 1)
            expect(suspects.has(fingerprint(text))).to.equal(true);
      }),
    );
  });

  it("suspects none of half a million numbers that follow each other", () => {
    const finder = openTwinFinder();
    for (let at = 0; at < 500_000; at++) finder.add(`S-${at}`);
    expect(finder.suspects().size).to.equal(0);
  });
});

describe("fingerprint", () => {
  it("is a whole number that a double holds exactly", async () => {
    await holds(fc.property(fc.string(), (text) => Number.isSafeInteger(fingerprint(text))));
  });
});
