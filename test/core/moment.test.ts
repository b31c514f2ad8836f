/** Dates and times with exactly one meaning, and the many texts that have none or several. */

import { expect } from "chai";

import { findDay, findMoment } from "../../src/core/moment.ts";

describe("findMoment", () => {
  it("reads dates and times with a zone", () => {
    const noon = Date.UTC(2026, 1, 28, 12);
    const texts = ["2026-02-28T12:00:00Z", "2026-02-28T12:00:00.000000000Z", "2026-02-28T14:00:00+02:00"];
    for (const text of texts) expect(findMoment(text, "stated"), text).to.equal(noon);
    expect(findMoment("2026-02-28T12:00Z", "optional")).to.equal(noon);
    expect(findMoment("2024-02-29T00:00:00Z", "stated")).to.equal(Date.UTC(2024, 1, 29));
  });

  const meaningless = [
    "",
    "2026-02-28",
    "2026-02-28T12:00:00",
    "2026-02-28 12:00:00Z",
    "2026-02-28T12:00:00z",
    "2026-02-28T12:00:00+0200",
    "2026-02-30T12:00:00Z",
    "2025-02-29T12:00:00Z",
    "2026-13-01T12:00:00Z",
    "2026-02-28T25:00:00Z",
    "2026-02-28T12:60:00Z",
    "2026-02-28T12:00:00.Z",
    "2026-02-28T12:00:00.0000000000Z",
    "+12026-02-28T12:00:00Z",
    " 2026-02-28T12:00:00Z",
    "28 February 2026",
  ];
  for (const text of meaningless)
    it(`has no moment for ${JSON.stringify(text)}`, () => {
      expect(findMoment(text, "optional")).to.equal(undefined);
    });

  it("insists on seconds where they are wanted", () => {
    expect(findMoment("2026-02-28T12:00Z", "stated")).to.equal(undefined);
  });
});

describe("findDay", () => {
  it("reads a date as its first moment in UTC, and nothing else", () => {
    expect(findDay("2024-02-29")).to.equal(Date.UTC(2024, 1, 29));
    for (const text of ["", "2025-02-29", "2026-04-31", "2026-00-10", "2026-02-28T00:00:00Z", "2026-2-8"])
      expect(findDay(text), text).to.equal(undefined);
  });
});
