/** The verdict function against the sentence that defines it, over every set of findings a generator can think of. */

import { expect } from "chai";
import fc from "fast-check";

import {
  ASPECTS,
  FINDINGS,
  HEADLINES,
  finding,
  weigh,
  type Aspect,
  type Finding,
  type FindingCode,
} from "../../src/core/findings.ts";
import { judge } from "../../src/verify/judge.ts";
import { DEFAULT_POLICY } from "../../src/verify/policy.ts";
import { holds } from "../support/property.ts";

const codes = Object.keys(FINDINGS) as FindingCode[];
const anyFinding = fc
  .tuple(fc.constantFrom(...ASPECTS), fc.constantFrom(...codes))
  .map(([aspect, code]) => finding(aspect, code, "said by a test"));

const good: readonly Finding[] = [
  finding("integrity", "INTEGRITY_HOLDS", ""),
  finding("signature", "SIGNATURE_NOT_USED", ""),
  finding("anchor", "ROOT_ANCHORED", ""),
  finding("status", "NOT_REVOKED", ""),
  finding("identity", "ISSUER_PROVEN", ""),
  finding("validity", "NO_EXPIRY_STATED", ""),
];
const MAY_LACK: readonly Aspect[] = ["signature", "anchor", "status"];

/** The good findings with one aspect's replaced. */
function but(aspect: Aspect, code: FindingCode): Finding[] {
  return good.map((found) => (found.aspect === aspect ? finding(aspect, code, "") : found));
}

describe("judge", () => {
  it("calls a document valid when every required aspect passes", () => {
    expect(judge(good, DEFAULT_POLICY, MAY_LACK)).to.deep.equal({ verdict: "valid", headline: "VALID" });
  });

  it("does not accept a skipped aspect that the format does not allow", () => {
    expect(judge(good, DEFAULT_POLICY, [])).to.deep.equal({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
  });

  it("wants a signature or an anchor, whatever the format allows to lack", () => {
    expect(judge(but("anchor", "ANCHOR_NOT_USED"), DEFAULT_POLICY, MAY_LACK).verdict).to.equal("inconclusive");
  });

  it("does not call anything valid from no findings at all", () => {
    expect(judge([], DEFAULT_POLICY, ASPECTS).verdict).to.equal("inconclusive");
  });

  for (const missing of ASPECTS) {
    it(`does not call a document valid when nobody reported on ${missing}`, () => {
      const rest = good.filter((found) => found.aspect !== missing);
      expect(judge(rest, DEFAULT_POLICY, MAY_LACK).verdict).to.equal("inconclusive");
    });
  }

  for (const code of codes) {
    const { outcome, headline } = weigh(code);
    if (outcome !== "fail" && outcome !== "unknown") continue;
    it(`answers ${headline} for ${code} alone`, () => {
      const judged = judge(but("identity", code), DEFAULT_POLICY, MAY_LACK);
      expect(judged).to.deep.equal({ verdict: outcome === "fail" ? "invalid" : "inconclusive", headline });
    });
  }

  it("is invalid exactly when something fails, and valid only when nothing is unknown", async () => {
    await holds(
      fc.property(fc.array(anyFinding, { maxLength: 12 }), fc.subarray([...ASPECTS]), (findings, mayLack) => {
        const { verdict, headline } = judge(findings, DEFAULT_POLICY, mayLack);
        const outcomes = new Set(findings.map((found) => found.outcome));
        expect(verdict === "invalid").to.equal(outcomes.has("fail"));
        if (verdict === "valid") {
          expect(outcomes.has("unknown")).to.equal(false);
          for (const aspect of ASPECTS) expect(findings.some((found) => found.aspect === aspect)).to.equal(true);
        }
        expect(headline === "VALID").to.equal(verdict === "valid");
      }),
    );
  });

  it("lets the first headline of the list speak", async () => {
    await holds(
      fc.property(fc.array(anyFinding, { minLength: 1, maxLength: 12 }), (findings) => {
        const { headline } = judge(findings, DEFAULT_POLICY, ASPECTS);
        const first = Math.min(...findings.map((found) => HEADLINES.indexOf(weigh(found.code).headline)));
        if (HEADLINES[first] !== "VALID") expect(headline).to.equal(HEADLINES[first]);
      }),
    );
  });

  it("does not depend on the order of findings", async () => {
    await holds(
      fc.property(fc.array(anyFinding, { maxLength: 8 }), (findings) => {
        expect(judge(findings.toReversed(), DEFAULT_POLICY, ASPECTS)).to.deep.equal(
          judge(findings, DEFAULT_POLICY, ASPECTS),
        );
      }),
    );
  });
});
