/** Credentials inside a document: each by itself, in order, and no more of them than can be paid for. */

import { expect } from "chai";

import type { InnerDocument } from "../../src/core/claims.ts";
import { TestamurError } from "../../src/core/errors.ts";
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

  it("takes one at a time, and leaves the rest open once one could not be read in time", async () => {
    const asked: string[] = [];
    let open = 0;
    const reports = await verifyInner(inner(4), async (bytes) => {
      asked.push(new TextDecoder().decode(bytes));
      expect(++open).to.equal(1);
      await Promise.resolve();
      open -= 1;
      if (asked.length === 2) throw new TestamurError("DOCUMENT_TOO_COSTLY", "reading the document takes too long");
      return report(bytes);
    });
    expect(asked).to.deep.equal(['{"at":0}', '{"at":1}']);
    expect(reports.map(({ headline }) => headline)).to.deep.equal(["VALID", ...Array(3).fill("COULD_NOT_CHECK")]);
  });

  it("hides no fault of ours", async () => {
    const asked = verifyInner(inner(1), async () => {
      await Promise.resolve();
      throw new TypeError("a bug");
    });
    expect(String(await asked.catch((error: unknown) => error))).to.equal("TypeError: a bug");
  });
});
