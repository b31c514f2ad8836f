/** Credentials inside a document: each by itself, in order, and no more of them than can be paid for. */

import { expect } from "chai";

import type { InnerDocument } from "../../src/core/claims.ts";
import type { Report } from "../../src/core/report.ts";
import { verifyInner } from "../../src/verify/verify-inner.ts";

const report = (bytes: Uint8Array): Report => ({
  verdict: "valid",
  headline: "VALID",
  findings: [],
  issuer: { proven: new TextDecoder().decode(bytes) },
  credential: { content: {} },
  checkedAt: "2026-11-22T00:00:00Z",
  version: "0",
});

function inner(count: number): readonly InnerDocument[] {
  return Array.from({ length: count }, (_, at) => ({
    place: `/endorsement/${at}`,
    kind: "endorsement",
    isAboutHolder: at % 2 === 0,
    document: { at },
  }));
}

describe("verifyInner", () => {
  it("says of each where it stands and what came of it, without its contents", async () => {
    expect(await verifyInner(inner(2), async (bytes) => report(bytes))).to.deep.equal([
      {
        place: "/endorsement/0",
        kind: "endorsement",
        isAboutHolder: true,
        verdict: "valid",
        headline: "VALID",
        findings: [],
        issuer: { proven: '{"at":0}' },
      },
      {
        place: "/endorsement/1",
        kind: "endorsement",
        isAboutHolder: false,
        verdict: "valid",
        headline: "VALID",
        findings: [],
        issuer: { proven: '{"at":1}' },
      },
    ]);
  });

  it("verifies 64, and leaves it open what the others are", async () => {
    let asked = 0;
    const reports = await verifyInner(inner(70), async (bytes) => {
      asked += 1;
      return report(bytes);
    });
    expect(asked).to.equal(64);
    expect(reports.map(({ verdict }) => verdict)).to.deep.equal([
      ...Array<string>(64).fill("valid"),
      ...Array<string>(6).fill("inconclusive"),
    ]);
  });
});
