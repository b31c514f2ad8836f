/** Each of the six checks, with ports that answer, fall silent, or speak against the document. */

import { expect } from "chai";

import type { Answer } from "../../src/core/ports/answer.ts";
import type { ListEntryStanding, StoreStanding } from "../../src/core/ports/chain.ts";
import { chainAccess } from "../../src/verify/chain-access.ts";
import { checkAnchor } from "../../src/verify/check-anchor.ts";
import { checkIdentity } from "../../src/verify/check-identity.ts";
import { checkIntegrity } from "../../src/verify/check-integrity.ts";
import { checkStatus } from "../../src/verify/check-status.ts";
import { checkValidity } from "../../src/verify/check-validity.ts";
import { DEFAULT_POLICY, STRICT_POLICY, type Policy } from "../../src/verify/policy.ts";
import {
  GOOD_STANDING,
  GOOD_STATUS,
  INCLUSION,
  LEAF,
  NOW,
  ROOT,
  STORE,
  fakePorts,
  fakeView,
  goodClaims,
} from "../support/fake-ports.ts";

const other = `0x${"ee".repeat(32)}` as const;

function accessTo(standing: StoreStanding | "silent"): ReturnType<typeof chainAccess> {
  return chainAccess(fakePorts({ view: { kind: "view", view: fakeView(standing) } }).chain);
}

describe("checkIntegrity", () => {
  it("passes when every stated digest is the computed one", () => {
    expect(checkIntegrity(goodClaims()).code).to.equal("INTEGRITY_HOLDS");
  });
  it("finds a leaf that differs", () => {
    const inclusion = { ...INCLUSION, leaf: { stated: LEAF, computed: other } };
    expect(checkIntegrity(goodClaims({ inclusions: [inclusion] })).code).to.equal("DIGEST_MISMATCH");
  });
  it("finds a root that differs, in any inclusion", () => {
    const inclusion = { ...INCLUSION, root: { stated: ROOT, computed: other } };
    expect(checkIntegrity(goodClaims({ inclusions: [INCLUSION, inclusion] })).code).to.equal("ROOT_MISMATCH");
  });
  it("refuses a document without any proof", () => {
    expect(checkIntegrity(goodClaims({ inclusions: [] })).code).to.equal("PROOF_MISSING");
  });
  it("doubts content that no digest covers", () => {
    expect(checkIntegrity(goodClaims({ unprotected: ["display"] })).outcome).to.equal("unknown");
  });
});

describe("checkAnchor", () => {
  const cases: readonly [string, StoreStanding | "silent", string][] = [
    ["passes an anchored, final root", GOOD_STANDING, "ROOT_ANCHORED"],
    ["finds a root that is not anchored", { kind: "store", issued: false, final: false }, "ROOT_NOT_ANCHORED"],
    ["finds an address without a contract", { kind: "no-contract" }, "CONTRACT_NOT_THERE"],
    ["waits for a root that is not final", { ...GOOD_STANDING, final: false } as StoreStanding, "ANCHOR_NOT_FINAL"],
    ["does not judge from silence", "silent", "CHAIN_SILENT"],
    [
      "refuses an anchor made after a compromise",
      { ...GOOD_STANDING, revocation: { node: ROOT, byCompromise: true } } as StoreStanding,
      "ANCHOR_AFTER_COMPROMISE",
    ],
  ];
  for (const [sentence, standing, code] of cases) {
    it(sentence, async () => {
      const { findings } = await checkAnchor(goodClaims(), accessTo(standing), DEFAULT_POLICY);
      expect(findings.map((found) => found.code)).to.deep.equal([code]);
    });
  }

  it("asks for every anchor and passes none for another", async () => {
    const anchors = [...goodClaims().anchors, { kind: "unknown", what: "a sundial" } as const];
    const { findings } = await checkAnchor(goodClaims({ anchors }), accessTo(GOOD_STANDING), DEFAULT_POLICY);
    expect(findings.map((found) => found.outcome)).to.deep.equal(["pass", "unknown"]);
  });

  it("skips a document that is not anchored", async () => {
    const { findings } = await checkAnchor(goodClaims({ anchors: [] }), accessTo(GOOD_STANDING), DEFAULT_POLICY);
    expect(findings[0]?.outcome).to.equal("skipped");
  });

  it("doubts unknown store code only when strict", async () => {
    const strict = await checkAnchor(goodClaims(), accessTo(GOOD_STANDING), STRICT_POLICY);
    expect(strict.findings.map((found) => found.code)).to.deep.equal(["ROOT_ANCHORED", "STORE_CODE_UNKNOWN"]);
  });

  const closed = [
    [
      "calls a test chain that nobody pointed at a test network",
      { kind: "not-configured", isTestNetwork: true },
      "ANCHOR_ON_TEST_NETWORK",
    ],
    [
      "does not judge without a node for the chain",
      { kind: "not-configured", isTestNetwork: false },
      "CHAIN_NOT_CONFIGURED",
    ],
    ["does not judge from a node that is behind", { kind: "behind", reason: "two hours" }, "NODE_BEHIND"],
    ["does not judge from a silent node", { kind: "silent", reason: "hung up" }, "CHAIN_SILENT"],
  ] as const;
  for (const [sentence, view, code] of closed) {
    it(sentence, async () => {
      const { findings } = await checkAnchor(goodClaims(), chainAccess(fakePorts({ view }).chain), DEFAULT_POLICY);
      expect(findings[0]).to.include({ code, outcome: "unknown" });
    });
  }
});

describe("checkStatus", () => {
  it("passes when no node is revoked", async () => {
    const found = await checkStatus(goodClaims(), accessTo(GOOD_STANDING), GOOD_STATUS);
    expect(found.map((each) => each.code)).to.deep.equal(["NOT_REVOKED"]);
  });
  it("fails with the node and the date when one is", async () => {
    const standing: StoreStanding = {
      ...GOOD_STANDING,
      revocation: { node: ROOT, at: "2026-05-03", reason: "1" },
    } as StoreStanding;
    const [found] = await checkStatus(goodClaims(), accessTo(standing), GOOD_STATUS);
    expect(found?.code).to.equal("REVOKED");
    expect(found?.evidence).to.include({ node: ROOT, at: "2026-05-03", reason: "1" });
  });
  it("cannot say when the store is not there or silent", async () => {
    for (const standing of ["silent", { kind: "no-contract" }] as const) {
      const [found] = await checkStatus(goodClaims(), accessTo(standing), GOOD_STATUS);
      expect(found?.code).to.equal("STATUS_SILENT");
    }
  });
  const answers = [
    [{ kind: "good" }, "NOT_REVOKED"],
    [{ kind: "revoked" }, "REVOKED"],
    [{ kind: "suspended" }, "SUSPENDED"],
    [{ kind: "unknown-kind", reason: "" }, "STATUS_KIND_UNKNOWN"],
    [{ kind: "silent", reason: "" }, "STATUS_SILENT"],
  ] as const;
  for (const [answer, code] of answers) {
    it(`reports ${code} when a responder answers ${answer.kind}`, async () => {
      const claims = goodClaims({
        statuses: [{ kind: "ocsp", location: "https://ocsp.example", nodes: [LEAF, ROOT] }],
      });
      const [found] = await checkStatus(claims, accessTo(GOOD_STANDING), { ask: async () => answer });
      expect(found?.code).to.equal(code);
    });
  }
  const entries: readonly (readonly ["revocation" | "suspension", Answer<ListEntryStanding>, string])[] = [
    ["revocation", { kind: "answer", value: {} }, "NOT_REVOKED"],
    ["suspension", { kind: "answer", value: {} }, "NOT_REVOKED"],
    ["revocation", { kind: "answer", value: { revocation: { reason: "superseded" } } }, "REVOKED"],
    ["suspension", { kind: "answer", value: { suspension: {} } }, "SUSPENDED"],
    ["revocation", { kind: "answer", value: { suspension: {} } }, "NOT_REVOKED"],
    ["suspension", { kind: "answer", value: { revocation: {} } }, "NOT_REVOKED"],
    ["revocation", { kind: "silent", reason: "hung up" }, "STATUS_SILENT"],
    ["suspension", { kind: "silent", reason: "hung up" }, "STATUS_SILENT"],
  ];
  for (const [purpose, entry, code] of entries) {
    it(`reports ${code} for ${purpose} when the store's list says ${JSON.stringify(entry)}`, async () => {
      const claim = { kind: "store-list", address: STORE, chainId: 1337, list: ROOT, index: 5, purpose } as const;
      const view = { ...fakeView(), entryOf: async () => entry };
      const { chain } = fakePorts({ view: { kind: "view", view } });
      const [found] = await checkStatus(goodClaims({ statuses: [claim] }), chainAccess(chain), GOOD_STATUS);
      expect(found?.code).to.equal(code);
    });
  }
  it("knows no good status of an unknown kind", async () => {
    const [found] = await checkStatus(
      goodClaims({ statuses: [{ kind: "unknown", what: "smoke" }] }),
      accessTo(GOOD_STANDING),
      GOOD_STATUS,
    );
    expect(found?.outcome).to.equal("unknown");
  });
});

describe("checkIdentity", () => {
  const answers = [
    [{ kind: "proven", by: "dns-txt", name: "uni.example" }, "ISSUER_PROVEN"],
    [{ kind: "contradicted", reason: "" }, "ISSUER_RECORD_CONTRADICTS"],
    [{ kind: "unproven", reason: "" }, "ISSUER_NOT_PROVEN"],
    [{ kind: "unknown-kind", reason: "" }, "IDENTITY_KIND_UNKNOWN"],
    [{ kind: "silent", reason: "" }, "IDENTITY_SILENT"],
  ] as const;
  for (const [answer, code] of answers) {
    it(`reports ${code} when the records answer ${answer.kind}`, async () => {
      const { findings, issuer } = await checkIdentity(
        goodClaims(),
        { prove: async () => answer },
        accessTo(GOOD_STANDING),
        DEFAULT_POLICY,
      );
      expect(findings.map((found) => found.code)).to.deep.equal([code]);
      expect(issuer.proven).to.equal(answer.kind === "proven" ? "uni.example" : undefined);
      expect(issuer.callsItself).to.equal("University of Example");
    });
  }
  it("names nobody as proven while one of two issuers is not", async () => {
    const issuers = [...goodClaims().issuers, { name: "Nobody", proof: { kind: "none" } } as const];
    const prover = {
      prove: async (issuer: { name?: string }) =>
        issuer.name === "Nobody"
          ? ({ kind: "unproven", reason: "" } as const)
          : ({ kind: "proven", by: "dns-txt", name: "uni.example" } as const),
    };
    const { issuer } = await checkIdentity(goodClaims({ issuers }), prover, accessTo(GOOD_STANDING), DEFAULT_POLICY);
    expect(issuer.proven).to.equal(undefined);
  });
  it("reports no identity, which is not a pass, when no issuer is left", async () => {
    const { findings } = await checkIdentity(
      goodClaims({ issuers: [] }),
      fakePorts().identity,
      accessTo(GOOD_STANDING),
      DEFAULT_POLICY,
    );
    expect(findings).to.deep.equal([]);
  });
  it("takes the word of a domain, a DID or a profile by default, and only the verifier's own list when strict", async () => {
    for (const by of ["dns-txt", "dns-did", "did", "issuer-profile", "trust-list"] as const) {
      const codes = async (policy: Policy): Promise<string[]> => {
        const prover = { prove: async () => ({ kind: "proven", by, name: "uni.example" }) as const };
        const { findings } = await checkIdentity(goodClaims(), prover, accessTo(GOOD_STANDING), policy);
        return findings.map((found) => found.code);
      };
      expect(await codes(DEFAULT_POLICY)).to.deep.equal(["ISSUER_PROVEN"]);
      const doubts = by === "trust-list" ? [] : ["ISSUER_NOT_PROVEN"];
      expect(await codes(STRICT_POLICY)).to.deep.equal(["ISSUER_PROVEN", ...doubts]);
    }
  });

  it("doubts two hidden entries only when strict, and not when the number of issuers is bound", async () => {
    const codes = async (hidden: number, strict: boolean, issuerCountBound: boolean): Promise<string[]> => {
      const policy = strict ? STRICT_POLICY : DEFAULT_POLICY;
      const { findings } = await checkIdentity(
        goodClaims({ hidden, issuerCountBound }),
        { prove: async () => ({ kind: "proven", by: "trust-list", name: "University of Example" }) },
        accessTo(GOOD_STANDING),
        policy,
      );
      return findings.map((found) => found.code);
    };
    expect(await codes(2, false, false)).to.deep.equal(["ISSUER_PROVEN"]);
    expect(await codes(1, true, false)).to.deep.equal(["ISSUER_PROVEN"]);
    expect(await codes(2, true, false)).to.deep.equal(["ISSUER_PROVEN", "ISSUER_MAY_BE_HIDDEN"]);
    expect(await codes(2, true, true)).to.deep.equal(["ISSUER_PROVEN"]);
  });
});

describe("checkValidity", () => {
  const cases: readonly [string, { from?: string; until?: string }, string][] = [
    ["passes without dates", {}, "NO_EXPIRY_STATED"],
    ["passes inside its dates", { from: "2026-01-01", until: "2027-01-01" }, "WITHIN_VALIDITY"],
    ["counts the very start", { from: NOW.toISOString() }, "NO_EXPIRY_STATED"],
    ["does not count the very end", { until: NOW.toISOString() }, "EXPIRED"],
    ["is good through the day it ends on", { until: "2026-11-22" }, "WITHIN_VALIDITY"],
    ["is expired on the day after", { until: "2026-11-21" }, "EXPIRED"],
    ["is not valid before it begins", { from: "2026-12-01T00:00:00+01:00" }, "NOT_YET_VALID"],
    [
      "contradicts itself when it ends before it begins",
      { from: "2026-12-01", until: "2026-11-01" },
      "VALIDITY_CONTRADICTORY",
    ],
    ["cannot be read without a zone", { until: "2027-01-01T00:00:00" }, "VALIDITY_UNREADABLE"],
    ["cannot be read on 30 February", { until: "2027-02-30" }, "VALIDITY_UNREADABLE"],
    ["cannot be read in the year 10000", { until: "10000-01-01" }, "VALIDITY_UNREADABLE"],
    ["cannot be read as prose", { until: "next year" }, "VALIDITY_UNREADABLE"],
  ];
  for (const [sentence, validity, code] of cases) {
    it(sentence, () => expect(checkValidity(goodClaims({ validity }), NOW).code).to.equal(code));
  }

  it("says that an end may be hidden, where something is and no end is stated", () => {
    const said = (hidden: number, until?: string): string =>
      checkValidity(goodClaims({ hidden, validity: until === undefined ? {} : { until } }), NOW).message;
    expect(said(1)).to.contain("could be among what its holder has hidden");
    expect(said(0)).not.to.contain("hidden");
    expect(said(1, "2999-01-01")).not.to.contain("hidden");
  });
});
