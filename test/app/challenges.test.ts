/** Challenges: given out once, good once, for five minutes, in bounded memory. */

import { expect } from "chai";

import { openChallenges, type Challenges } from "../../src/app/challenges.ts";
import { TestamurError } from "../../src/core/errors.ts";

const MINUTE_MS = 60_000;

describe("openChallenges", () => {
  let now = 0;
  let challenges: Challenges;
  beforeEach(() => {
    now = Date.parse("2026-11-22T00:00:00Z");
    challenges = openChallenges({ now: () => new Date(now) });
  });

  it("gives a challenge that counts once", () => {
    const challenge = challenges.give();
    expect([1, 2, 3].map(() => challenges.use(challenge))).to.deep.equal(["fresh", "spent", "spent"]);
  });

  it("never gives the same one twice, and 128 bits of each are random", () => {
    const given = Array.from({ length: 1_000 }, () => challenges.give());
    expect(new Set(given.map((one) => one.slice("testamur.".length, "testamur.".length + 21))).size).to.equal(1_000);
    for (const one of given) expect(one).to.match(/^testamur\.[A-Za-z0-9_-]{51}$/);
  });

  it("counts it within five minutes and not after", () => {
    const [first, second, third] = [challenges.give(), challenges.give(), challenges.give()];
    now += 5 * MINUTE_MS - 1;
    expect(challenges.use(first)).to.equal("fresh");
    now += 1;
    expect(challenges.use(second)).to.equal("expired");
    expect(challenges.use(first)).to.equal("expired");
    now += 60 * MINUTE_MS;
    expect(challenges.use(third)).to.equal("expired");
  });

  it("leaves challenges of others to them", () => {
    for (const foreign of ["", "uB3yq9bQxv0Kx8wZ0Zt1c4A", "Testamur.x", " testamur."])
      expect([challenges.use(foreign), challenges.use(foreign)]).to.deep.equal(["foreign", "foreign"]);
  });

  it("does not count what only looks like one of its own, or was given by another process", () => {
    const given = challenges.give();
    const other = openChallenges({ now: () => new Date(now) }).give();
    const letter = given[12] === "A" ? "B" : "A";
    for (const forged of [
      "testamur.",
      `${given}A`,
      given.slice(0, -1),
      `${given.slice(0, 12)}${letter}${given.slice(13)}`,
      other,
    ])
      expect(challenges.use(forged), forged).to.equal("spent");
    expect(challenges.use(given)).to.equal("fresh");
  });

  it("remembers a bounded number, and counts no other before room is made by time", () => {
    challenges = openChallenges({ now: () => new Date(now) }, 3);
    const given = Array.from({ length: 4 }, () => challenges.give());
    for (const one of given.slice(0, 3)) expect(challenges.use(one)).to.equal("fresh");
    expect(() => challenges.use(given[3] ?? ""))
      .to.throw(TestamurError)
      .with.property("code", "TOO_BUSY");
    expect(challenges.use(given[0] ?? "")).to.equal("spent");
    now += 5 * MINUTE_MS;
    expect(challenges.use(challenges.give())).to.equal("fresh");
  });
});
