/** Fresh salts: their form, and that none comes twice. */

import { randomBytes } from "node:crypto";

import { expect } from "chai";

import { saltSource } from "../../../src/formats/openattestation-v2/salts.ts";

describe("saltSource", () => {
  it("gives lower-case UUIDs of version 4", () => {
    const next = saltSource((count) => new Uint8Array(count).fill(0xff));
    expect(next()).to.equal("ffffffff-ffff-4fff-bfff-ffffffffffff");
    const zeros = saltSource((count) => new Uint8Array(count));
    expect(zeros()).to.equal("00000000-0000-4000-8000-000000000000");
  });

  it("uses every random byte once, in order", () => {
    let drawn = 0;
    const next = saltSource((count) => Uint8Array.from({ length: count }, () => drawn++ & 0xff));
    expect(next()).to.equal("00010203-0405-4607-8809-0a0b0c0d0e0f");
    expect(next()).to.equal("10111213-1415-4617-9819-1a1b1c1d1e1f");
  });

  it("gives 100,000 different salts from the system's generator", () => {
    const next = saltSource(randomBytes);
    const salts = new Set(Array.from({ length: 100_000 }, next));
    expect(salts.size).to.equal(100_000);
    for (const salt of salts)
      expect(salt).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("leaves none of the 122 random bits fixed", () => {
    const next = saltSource(randomBytes);
    const digits = Array.from({ length: 2_000 }, () => next().replaceAll("-", ""));
    for (let place = 0; place < 32; place++) {
      const seen = new Set(digits.map((text) => text[place])).size;
      expect(seen, `digit ${place}`).to.equal(place === 12 ? 1 : place === 16 ? 4 : 16);
    }
  });
});
