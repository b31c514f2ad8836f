/** Documents dated long before they were put on record: a doubt for those who ask, and for nobody else. */

import { expect } from "chai";

import { checkBackdating } from "../../src/verify/check-backdating.ts";
import { goodClaims } from "../support/fake-ports.ts";

const AT = "2026-11-22T10:00:00Z";

function codes(
  from: string | undefined,
  anchoredAt: string | undefined,
  maxDays: number | undefined,
): readonly string[] {
  const claims = goodClaims({ validity: from === undefined ? {} : { from } });
  return checkBackdating(claims, anchoredAt, maxDays).map(({ code }) => code);
}

describe("checkBackdating", () => {
  it("doubts a date earlier before the anchor than is allowed, to the second", () => {
    expect(codes("2026-11-12T10:00:00Z", AT, 10)).to.deep.equal([]);
    expect(codes("2026-11-12T09:59:59Z", AT, 10)).to.deep.equal(["DATED_BEFORE_ANCHOR"]);
    expect(codes("2026-11-22", AT, 0)).to.deep.equal(["DATED_BEFORE_ANCHOR"]);
    expect(codes("2026-12-01T00:00:00Z", AT, 0)).to.deep.equal([]);
  });

  it("doubts what cannot be told", () => {
    expect(codes("2026-11-22T00:00:00Z", undefined, 10)).to.deep.equal(["DATED_BEFORE_ANCHOR"]);
    expect(codes("some day", AT, 10)).to.deep.equal(["DATED_BEFORE_ANCHOR"]);
  });

  it("takes the day of issue where no beginning is stated", () => {
    const claims = goodClaims({ credential: { content: {}, issuedOn: "1999-01-01" } });
    expect(checkBackdating(claims, AT, 365)).to.have.length(1);
  });

  it("says nothing unless it is asked, and nothing of documents without a date or an anchor", () => {
    expect(codes("1999-01-01", AT, undefined)).to.deep.equal([]);
    expect(codes(undefined, AT, 10)).to.deep.equal([]);
    expect(checkBackdating(goodClaims({ anchors: [], validity: { from: "1999-01-01" } }), undefined, 10)).to.deep.equal(
      [],
    );
  });
});
