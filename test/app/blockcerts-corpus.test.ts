/** The Blockcerts corpus through the whole verifier: each document gives what its index says, as far as its chain can be read here. */

import { expect } from "chai";

import type { Hex } from "../../src/core/bytes.ts";
import type { Headline } from "../../src/core/findings.ts";
import { isObject, type Json, type JsonObject } from "../../src/core/json.ts";
import type { ChainReader, ChainView } from "../../src/core/ports/chain.ts";
import { openDidKeys } from "../../src/identity/did-keys.ts";
import { openIdentityProver } from "../../src/identity/identity-prover.ts";
import { findRevocationList, openIssuerRecords } from "../../src/identity/issuer-records.ts";
import { openStatusReader } from "../../src/status/status-reader.ts";
import { verify } from "../../src/verify/verify.ts";
import { corpusRows } from "../formats/blockcerts/corpus.ts";
import { fakeView } from "../support/fake-ports.ts";
import { withPages } from "../support/pages.ts";
import { describeVectors, vectorBytes, vectorText } from "../support/vector-files.ts";

function corpusJson(path: string): JsonObject {
  const value = JSON.parse(vectorText(`blockcerts/${path}`)) as Json;
  if (!isObject(value)) throw new Error(`${path} is no object`);
  return value;
}

interface Recorded {
  readonly data: string;
  readonly from: Hex;
  readonly time: string;
}

/** Networks of the index that have a chain id; Bitcoin has none. */
const CHAINS: Readonly<Record<string, number>> = { ethereumRopsten: 3, "eth:sepolia": 11155111 };

/** The chains as the upstream tests state them: one block a transaction, all of them final. */
function recordedChain(): ChainReader {
  const { transactions } = corpusJson("transactions.json") as unknown as {
    readonly transactions: Readonly<Record<string, Recorded & { readonly chain: string }>>;
  };
  const viewOf = (chainId: number): ChainView => ({
    ...fakeView({ kind: "no-contract" }),
    readAt: { chainId, block: 9, hash: `0x${"dd".repeat(32)}`, time: "2026-11-22T00:00:00Z" },
    transactionOf: async (hash) => {
      const found = transactions[hash];
      if (found === undefined || CHAINS[found.chain] !== chainId) return { kind: "silent", reason: "not recorded" };
      const { data, from, time } = found;
      const blockHash: Hex = `0x${"77".repeat(32)}`;
      const input: Hex = `0x${data}`;
      const mined = { kind: "mined", from, input, succeeded: true, block: 7, blockHash, time, final: true } as const;
      return { kind: "answer", value: mined };
    },
  });
  return {
    viewOf: async (chainId) =>
      chainId !== undefined && Object.values(CHAINS).includes(chainId)
        ? { kind: "view", view: viewOf(chainId) }
        : { kind: "not-configured", isTestNetwork: false },
  };
}

function pages(): Readonly<Record<string, JsonObject>> {
  const { urls } = corpusJson("urls.json") as unknown as {
    readonly urls: Readonly<Record<string, { readonly file: string }>>;
  };
  return Object.fromEntries(Object.entries(urls).map(([url, { file }]) => [url, corpusJson(file)]));
}

/** What the index's classes are to us. */
const HEADLINES: Readonly<Record<string, Headline>> = {
  valid: "VALID",
  "valid-v1": "UNSUPPORTED",
  tampered: "TAMPERED",
  "wrong-root": "TAMPERED",
  revoked: "REVOKED",
  "not-yet-valid": "NOT_YET_VALID",
  "date-format": "MALFORMED",
  unmapped: "MALFORMED",
  mock: "TEST_NETWORK",
  "no-chain-data": "COULD_NOT_CHECK",
  sample: "TAMPERED",
  unsigned: "TAMPERED",
  "own-vocab": "TAMPERED",
};

const BITCOIN = "Bitcoin is not read here";
const SCHEMAS = "JSON schemas are not part of verification";
const SECP_256K1 = "signatures of EcdsaSecp256k1Signature2019 are not verified";
const SUITES = "documents without a Merkle proof, of a suite that is not verified";
const VERSION_1 = "version 1 is recognised only";

/** Where we do not say what the index says: why, and of which documents. None of them is called valid. */
const DEVIATIONS: Readonly<Record<string, readonly string[]>> = {
  [BITCOIN]: [
    "v2.0-alpha/py-invalid_authenticity.json",
    "v2.0-alpha/py-valid.json",
    "v2.0-alpha/testnet-valid-v1-issuer-2.0.json",
    "v2.0/mainnet-valid-2.0.json",
    "v2.0/testnet-valid-2.0.json",
    "v3.0/testnet-v3-did--verification-method-not-referenced.json",
  ],
  [SCHEMAS]: ["vp/mocknet-verifiable-presentation-failing-credential.json"],
  [SECP_256K1]: ["v3.0/cert-rl-status-list-2021-revoked.json", "v3.1/mocknet-v3-valid.json"],
  [SUITES]: ["v3.0/ecdsa-sd-2023-derived-credential.json", "v3.0/testnet-v3-verification-method-issuer-profile.json"],
  [VERSION_1]: ["v1.2/schema-invalid-1.2.json"],
};
const DEVIATION_HEADLINES: Readonly<Record<string, Headline>> = {
  [BITCOIN]: "COULD_NOT_CHECK",
  [SCHEMAS]: "TEST_NETWORK",
  [SECP_256K1]: "COULD_NOT_CHECK",
  [SUITES]: "UNSUPPORTED",
  [VERSION_1]: "UNSUPPORTED",
};

describeVectors("blockcerts", "the Blockcerts corpus, verified", () => {
  const all = pages();
  const allowedHosts = [
    ...new Set(
      Object.keys(all)
        .filter((url) => url.startsWith("https"))
        .map((url) => new URL(url).host),
    ),
  ];
  const chain = recordedChain();
  const clock = { now: () => new Date("2026-11-22T00:00:00Z") };
  const readers = { chain, registries: {}, allowedHosts, clock };
  const records = openIssuerRecords(readers);
  const ports = {
    chain,
    clock,
    identity: openIdentityProver({ ...readers, records }),
    keys: openDidKeys(readers),
    status: openStatusReader({ allowedHosts, revocationListOf: async (issuer) => findRevocationList(records, issuer) }),
  };
  for (const row of corpusRows()) {
    const file = row["file"]!.replace("documents/", "");
    const deviation = Object.entries(DEVIATIONS).find(([, files]) => files.includes(file))?.[0];
    it(`${file}: ${deviation ?? row["expected"]}`, async () => {
      const report = await withPages(all, async () => verify(vectorBytes(`blockcerts/${row["file"]}`), {}, ports));
      const expected = deviation === undefined ? HEADLINES[row["class"]!] : DEVIATION_HEADLINES[deviation];
      expect(report.headline, JSON.stringify(report.findings)).to.equal(expected);
      expect(report.verdict === "valid").to.equal(expected === "VALID");
    });
  }

  it("has no deviation of a document that is not in the index", () => {
    const files = corpusRows().map((row) => row["file"]!.replace("documents/", ""));
    expect(files).to.include.members(Object.values(DEVIATIONS).flat());
  });
});
