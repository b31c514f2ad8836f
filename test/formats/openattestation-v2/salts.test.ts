/** Fresh salts: their form, and that none comes twice. */

import { randomBytes } from "node:crypto";

import { expect } from "chai";

import { fromUtf8 } from "../../../src/core/bytes.ts";
import type { RandomSource } from "../../../src/core/ports/answer.ts";
import { SALT_LENGTH, saltSource } from "../../../src/formats/openattestation-v2/salts.ts";

/** The salts of a source, as texts. */
function salts(random: RandomSource): () => string {
  const write = saltSource(random);
  const memory = new Uint8Array(SALT_LENGTH + 2);
  return () => {
    write(memory, 1);
    expect([memory[0], memory.at(-1)]).to.deep.equal([0, 0]); // nothing beside it
    return fromUtf8(memory.subarray(1, -1));
  };
}

describe("saltSource", () => {
  it("gives lower-case UUIDs of version 4", () => {
    const next = salts((count) => new Uint8Array(count).fill(0xff));
    expect(next()).to.equal("ffffffff-ffff-4fff-bfff-ffffffffffff");
    const zeros = salts((count) => new Uint8Array(count));
    expect(zeros()).to.equal("00000000-0000-4000-8000-000000000000");
  });

  it("uses every random byte once, in order", () => {
    let drawn = 0;
    const next = salts((count) => Uint8Array.from({ length: count }, () => drawn++ & 0xff));
    expect(next()).to.equal("00010203-0405-4607-8809-0a0b0c0d0e0f");
    expect(next()).to.equal("10111213-1415-4617-9819-1a1b1c1d1e1f");
  });

  it("gives 100,000 different salts from the system's generator", () => {
    const next = salts(randomBytes);
    const all = new Set(Array.from({ length: 100_000 }, next));
    expect(all.size).to.equal(100_000);
    for (const salt of all)
      expect(salt).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("leaves none of the 122 random bits fixed", () => {
    const next = salts(randomBytes);
    const digits = Array.from({ length: 2_000 }, () => next().replaceAll("-", ""));
    for (let place = 0; place < 32; place++) {
      const seen = new Set(digits.map((text) => text[place])).size;
      expect(seen, `digit ${place}`).to.equal(place === 12 ? 1 : place === 16 ? 4 : 16);
    }
  });
});
