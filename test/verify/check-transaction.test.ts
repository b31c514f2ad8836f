/** Anchors by transaction: what must hold of the transaction, and what the register it went to has to say. */

import { expect } from "chai";

import type { StoreStanding, TransactionOnRecord } from "../../src/core/ports/chain.ts";
import type { AnchorClaim } from "../../src/core/claims.ts";
import { chainAccess, type ChainAccess } from "../../src/verify/chain-access.ts";
import { checkAnchor } from "../../src/verify/check-anchor.ts";
import { checkIdentity } from "../../src/verify/check-identity.ts";
import { checkStatus } from "../../src/verify/check-status.ts";
import { DEFAULT_POLICY, STRICT_POLICY } from "../../src/verify/policy.ts";
import {
  GOOD_STANDING,
  GOOD_TRANSACTION,
  INCLUSION,
  LEAF,
  ROOT,
  STORE,
  GOOD_STATUS,
  fakePorts,
  fakeView,
  goodClaims,
} from "../support/fake-ports.ts";

type TransactionClaim = Extract<AnchorClaim, { kind: "transaction" }>;

const HASH = `0x${"99".repeat(32)}` as const;
const CLAIM: TransactionClaim = { kind: "transaction", hash: HASH, chainId: 1337, inclusion: INCLUSION };
const { to: _, ...SENT_TO_NOBODY } = GOOD_TRANSACTION;
const KNOWN: StoreStanding = { ...GOOD_STANDING, codeHash: HASH, codeKnown: true } as StoreStanding;
const NOT_TAKEN = { kind: "store", issued: false, final: false } as const;

function accessTo(
  transaction: TransactionOnRecord | "silent",
  standing: StoreStanding | "silent" = KNOWN,
): ChainAccess {
  return chainAccess(fakePorts({ view: { kind: "view", view: fakeView(standing, transaction) } }).chain);
}

function claimsOf(changes: Partial<TransactionClaim> = {}): ReturnType<typeof goodClaims> {
  return goodClaims({ anchors: [{ ...CLAIM, ...changes }], statuses: [] });
}

describe("checkAnchor of a transaction", () => {
  const cases: readonly [string, TransactionOnRecord | "silent", StoreStanding | "silent", string][] = [
    ["passes the root alone, final, in a register of ours", GOOD_TRANSACTION, KNOWN, "ROOT_ANCHORED"],
    ["passes a root sent where no contract is", GOOD_TRANSACTION, { kind: "no-contract" }, "ROOT_ANCHORED"],
    ["passes a root in a transaction to nobody", SENT_TO_NOBODY, "silent", "ROOT_ANCHORED"],
    ["passes a root sent to a strange contract that has not taken it", GOOD_TRANSACTION, NOT_TAKEN, "ROOT_ANCHORED"],
    ["refuses one that no block has", { kind: "absent" }, KNOWN, "ROOT_NOT_ANCHORED"],
    ["refuses one that was reverted", { ...GOOD_TRANSACTION, succeeded: false }, KNOWN, "ROOT_NOT_ANCHORED"],
    ["refuses other data", { ...GOOD_TRANSACTION, input: LEAF }, KNOWN, "ROOT_NOT_ANCHORED"],
    ["refuses a root within longer data", { ...GOOD_TRANSACTION, input: `${ROOT}00` }, KNOWN, "ROOT_NOT_ANCHORED"],
    [
      "refuses a root after a selector",
      { ...GOOD_TRANSACTION, input: `0x0f75e81f${ROOT.slice(2)}` },
      KNOWN,
      "ROOT_NOT_ANCHORED",
    ],
    [
      "refuses a root that a register of ours has not taken in",
      GOOD_TRANSACTION,
      { ...NOT_TAKEN, codeKnown: true },
      "ROOT_NOT_ANCHORED",
    ],
    [
      "refuses one by an account that was compromised",
      GOOD_TRANSACTION,
      { ...KNOWN, revocation: { node: ROOT, byCompromise: true } } as StoreStanding,
      "ANCHOR_AFTER_COMPROMISE",
    ],
    ["waits for a block that is final", { ...GOOD_TRANSACTION, final: false }, KNOWN, "ANCHOR_NOT_FINAL"],
    ["does not judge from silence", "silent", KNOWN, "CHAIN_SILENT"],
    ["does not judge from a silent register", GOOD_TRANSACTION, "silent", "CHAIN_SILENT"],
  ];
  for (const [sentence, transaction, standing, code] of cases) {
    it(sentence, async () => {
      const { findings } = await checkAnchor(claimsOf(), accessTo(transaction, standing), DEFAULT_POLICY);
      expect(findings.map((found) => found.code)).to.deep.equal([code]);
    });
  }

  it("reports transaction, block, time and register", async () => {
    const { anchor } = await checkAnchor(claimsOf(), accessTo(GOOD_TRANSACTION), DEFAULT_POLICY);
    const { block, time } = GOOD_TRANSACTION;
    expect(anchor).to.deep.equal({ root: ROOT, transaction: HASH, chainId: 1337, block, time, store: STORE });
  });

  it("doubts a register of unknown code only when strict", async () => {
    const access = accessTo(GOOD_TRANSACTION, GOOD_STANDING);
    const { findings } = await checkAnchor(claimsOf(), access, STRICT_POLICY);
    expect(findings.map((found) => found.code)).to.deep.equal(["ROOT_ANCHORED", "STORE_CODE_UNKNOWN"]);
  });

  it("calls a mock chain a test network and asks nobody", async () => {
    const { findings } = await checkAnchor(claimsOf({ chainId: "mock" }), accessTo("silent"), DEFAULT_POLICY);
    expect(findings[0]).to.include({ code: "ANCHOR_ON_TEST_NETWORK", outcome: "unknown" });
  });

  it("does not judge a network that cannot be looked up", async () => {
    const claims = claimsOf({ chainId: "unsupported", network: "btc:mainnet" });
    const { findings } = await checkAnchor(claims, accessTo(GOOD_TRANSACTION), DEFAULT_POLICY);
    expect(findings[0]).to.include({ code: "ANCHOR_KIND_UNKNOWN", outcome: "unknown" });
  });
});

describe("checkStatus of a transaction", () => {
  const revoked = { ...GOOD_STANDING, revocation: { node: LEAF, block: 8 } } as StoreStanding;
  const cases: readonly [string, TransactionOnRecord | "silent", StoreStanding | "silent", string][] = [
    ["asks the register that took the root", GOOD_TRANSACTION, KNOWN, "NOT_REVOKED"],
    ["finds what that register withdrew", GOOD_TRANSACTION, revoked, "REVOKED"],
    [
      "finds no way of withdrawing where no register is",
      GOOD_TRANSACTION,
      { kind: "no-contract" },
      "STATUS_NOT_OFFERED",
    ],
    [
      "asks nobody about data that is not the root",
      { ...GOOD_TRANSACTION, input: LEAF },
      revoked,
      "STATUS_NOT_OFFERED",
    ],
    ["does not judge from silence", GOOD_TRANSACTION, "silent", "STATUS_SILENT"],
  ];
  for (const [sentence, transaction, standing, code] of cases) {
    it(sentence, async () => {
      const found = await checkStatus(claimsOf(), accessTo(transaction, standing), GOOD_STATUS);
      expect(found.map((each) => each.code)).to.deep.equal([code]);
    });
  }

  it("adds the register's word to what the document offers itself", async () => {
    const claims = { ...claimsOf(), statuses: [{ kind: "not-offered" } as const] };
    const found = await checkStatus(claims, accessTo(GOOD_TRANSACTION, revoked), GOOD_STATUS);
    expect(found.map((each) => each.code)).to.deep.equal(["STATUS_NOT_OFFERED", "REVOKED"]);
  });
});

describe("checkIdentity of a transaction", () => {
  async function codesOf(chainId: TransactionClaim["chainId"], access: ChainAccess): Promise<readonly string[]> {
    const proof = { kind: "issuer-profile", location: "https://uni.example/", anchor: { ...CLAIM, chainId } } as const;
    const { findings } = await checkIdentity(
      { ...claimsOf({ chainId }), issuers: [{ proof }] },
      { prove: async () => ({ kind: "unproven", reason: "asked" }) },
      access,
      DEFAULT_POLICY,
    );
    return findings.map((found) => found.code);
  }

  it("asks who sent it where the chain can be asked", async () => {
    expect(await codesOf(1337, accessTo(GOOD_TRANSACTION))).to.deep.equal(["ISSUER_NOT_PROVEN"]);
    expect(await codesOf("unsupported", accessTo(GOOD_TRANSACTION))).to.deep.equal(["ISSUER_NOT_PROVEN"]);
  });

  it("says of a mock chain and of a chain that is not open what the anchor's finding says", async () => {
    expect(await codesOf("mock", accessTo(GOOD_TRANSACTION))).to.deep.equal(["ANCHOR_ON_TEST_NETWORK"]);
    const views = [
      [{ kind: "not-configured", isTestNetwork: true }, "ANCHOR_ON_TEST_NETWORK"],
      [{ kind: "not-configured", isTestNetwork: true, closed: "Goerli" }, "ANCHOR_ON_TEST_NETWORK"],
      [{ kind: "not-configured", isTestNetwork: false }, "CHAIN_NOT_CONFIGURED"],
      [{ kind: "behind", reason: "an hour" }, "NODE_BEHIND"],
    ] as const;
    for (const [view, code] of views)
      expect(await codesOf(1, chainAccess(fakePorts({ view }).chain))).to.deep.equal([code]);
  });
});
