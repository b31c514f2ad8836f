/** Status lists fetched from a loopback server: believed only when they are sound, current, and the issuer's own. */

import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { TestamurError } from "../../src/core/errors.ts";
import type { Json, JsonObject } from "../../src/core/json.ts";
import type { Report } from "../../src/core/report.ts";
import { encodeBitstring, putValue } from "../../src/status/bitstring.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";
import { badge } from "../support/w3c-samples.ts";

const STORE = { chainId: 1337, address: `0x${"5f".repeat(20)}` } as const;
const INDEX = 23;

describe("a credential with a status list at an address", () => {
  /** What lies at the issuer's own host, and at another's. */
  const pages = new Map<string, string>();
  let issuer: NativeIssuer;
  let stranger: NativeIssuer;
  let good: string;
  let set: string;

  before(async () => {
    issuer = await startNativeIssuer(STORE, pages);
    stranger = await startNativeIssuer(STORE);
    const bits = new Uint8Array(16_384);
    good = await encodeBitstring(bits);
    putValue(bits, { index: INDEX, size: 1 }, 1);
    set = await encodeBitstring(bits);
  });
  after(async () => {
    await issuer.close();
    await stranger.close();
  });
  beforeEach(() => pages.clear());

  const address = (path = "/list"): string => `http://${issuer.host}${path}`;

  /** A list credential, not yet signed. */
  function listOf(encodedList: string, changes: JsonObject = {}, subject: JsonObject = {}): JsonObject {
    return {
      "@context": ["https://www.w3.org/ns/credentials/v2"],
      id: address(),
      type: ["VerifiableCredential", "BitstringStatusListCredential"],
      issuer: issuer.did,
      validFrom: "2026-01-01T00:00:00Z",
      credentialSubject: {
        id: `${address()}#list`,
        type: "BitstringStatusList",
        statusPurpose: "revocation",
        encodedList,
        ...subject,
      },
      ...changes,
    };
  }

  async function credential(entry: JsonObject = {}): Promise<string> {
    const { proof: _, ...members } = badge({
      issuer: { id: issuer.did, type: ["Profile"], name: "Example University" },
    });
    return issuer.sign({
      ...members,
      credentialStatus: {
        id: `${address()}#${INDEX}`,
        type: "BitstringStatusListEntry",
        statusPurpose: "revocation",
        statusListIndex: String(INDEX),
        statusListCredential: address(),
        ...entry,
      },
    });
  }

  async function verify(options: VerifierOptions = {}, entry: JsonObject = {}): Promise<Report> {
    return openVerifier({ allowedHosts: [issuer.host, stranger.host], ...options }).verify(await credential(entry));
  }

  function statusOf(report: Report): { readonly code: string | undefined; readonly message: string | undefined } {
    const found = report.findings.filter(({ aspect }) => aspect === "status");
    expect(found).to.have.length(1);
    return { code: found[0]?.code, message: found[0]?.message };
  }

  it("is valid while its bit is not set", async () => {
    pages.set("/list", await issuer.sign(listOf(good)));
    const report = await verify();
    expect(report, JSON.stringify(report.findings)).to.include({ verdict: "valid", headline: "VALID" });
    expect(report.findings.find(({ aspect }) => aspect === "status")?.evidence).to.include({ index: INDEX, value: 0 });
  });

  it("is withdrawn, or on hold, when it is", async () => {
    pages.set("/list", await issuer.sign(listOf(set)));
    expect((await verify()).headline).to.equal("REVOKED");
    pages.set("/list", await issuer.sign(listOf(set, {}, { statusPurpose: "suspension" })));
    expect((await verify({}, { statusPurpose: "suspension" })).headline).to.equal("SUSPENDED");
  });

  it("is not checked, and no worse, when whoever opens the list gives up", async () => {
    pages.set("/list", await issuer.sign(listOf(set)));
    const report = await verify({
      open: async (format, document) => {
        if (document["id"] === address()) throw new TestamurError("DOCUMENT_TOO_COSTLY", "it takes too long");
        return format.open(document);
      },
    });
    expect(report.verdict).to.equal("inconclusive");
    expect(statusOf(report)).to.deep.include({ code: "STATUS_SILENT" });
    expect((await verify()).headline).to.equal("REVOKED");
  });

  it("asks for the list once for many documents", async () => {
    pages.set("/list", await issuer.sign(listOf(good)));
    const text = await credential();
    const verifier = openVerifier({ allowedHosts: [issuer.host] });
    const reports = await Promise.all(Array.from({ length: 20 }, async () => verifier.verify(text)));
    expect(reports.map(({ headline }) => headline)).to.deep.equal(Array(20).fill("VALID"));
    pages.clear();
    expect((await verifier.verify(text)).headline).to.equal("VALID");
  });

  it("does not follow a list's own status", async () => {
    const own = { type: "BitstringStatusListEntry", statusPurpose: "revocation", statusListIndex: "0" };
    pages.set(
      "/list",
      await issuer.sign(listOf(good, { credentialStatus: { ...own, statusListCredential: address() } })),
    );
    expect((await verify()).headline).to.equal("VALID");
  });

  const doubtful: readonly [string, () => Promise<string>][] = [
    ["is not there", async () => ""],
    ["is no JSON", async () => "<html>"],
    ["is not signed", async () => JSON.stringify(listOf(good))],
    ["was changed", async () => (await issuer.sign(listOf(set))).replace(set, good)],
    ["has expired", async () => issuer.sign(listOf(good, { validUntil: "2026-02-01T00:00:00Z" }))],
    ["is of the future", async () => issuer.sign(listOf(good, { validFrom: "2126-01-01T00:00:00Z" }))],
    ["is for another purpose", async () => issuer.sign(listOf(good, {}, { statusPurpose: "suspension" }))],
    ["lies at another address than its own", async () => issuer.sign(listOf(good, { id: address("/another") }))],
    ["is no list", async () => issuer.sign(listOf(good, { type: ["VerifiableCredential"] }))],
    ["has no prefix", async () => issuer.sign(listOf(good.slice(1)))],
    ["is too short", async () => issuer.sign(listOf(`u${gzipSync(Buffer.alloc(16_383)).toString("base64url")}`))],
    ["is a bomb", async () => issuer.sign(listOf(`u${gzipSync(Buffer.alloc(17 << 20)).toString("base64url")}`))],
    ["is longer than any list may be", async () => issuer.sign(listOf("uH4sI".padEnd(1_200_000, "A")))],
    ["is the credential itself", async () => credential()],
    ["is somebody else's, in the issuer's name", async () => stranger.sign(listOf(good))],
    ["is somebody else's", async () => stranger.sign(listOf(good, { issuer: stranger.did }))],
    ["is somebody else's, and the bit is set", async () => stranger.sign(listOf(set, { issuer: stranger.did }))],
  ];
  for (const [what, list] of doubtful) {
    it(`cannot be judged when the list ${what}`, async () => {
      const text = await list();
      if (text !== "") pages.set("/list", text);
      const report = await verify();
      expect(statusOf(report).code, statusOf(report).message).to.equal("STATUS_SILENT");
      expect(report).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
    });
  }

  it("accepts a publisher of lists that the verifier's own trust list knows as the same issuer", async () => {
    pages.set("/list", await stranger.sign(listOf(good, { issuer: stranger.did })));
    const trust = (...dids: readonly Json[]): VerifierOptions => ({
      trust: JSON.stringify({ issuers: dids.map((did) => ({ name: "University of Example", dids: [did] })) }),
    });
    expect((await verify(trust(issuer.did, stranger.did))).headline).to.equal("VALID");
    expect(statusOf(await verify(trust(issuer.did))).code).to.equal("STATUS_SILENT");
    const apart = { issuers: [issuer, stranger].map(({ did }) => ({ name: `the issuer ${did}`, dids: [did] })) };
    expect(statusOf(await verify({ trust: JSON.stringify(apart) })).code).to.equal("STATUS_SILENT");
  });

  it("asks no host that the operator did not name", async () => {
    pages.set("/list", await issuer.sign(listOf(good)));
    const report = await verify({}, { statusListCredential: "https://elsewhere.example/list" });
    expect(statusOf(report).code).to.equal("STATUS_SILENT");
    expect(statusOf(report).message).to.contain("elsewhere.example");
  });

  it("asks nobody about an entry that could be in no list", async () => {
    const report = await verify({}, { statusListIndex: "1e3" });
    expect(statusOf(report).code).to.equal("STATUS_SILENT");
  });
});
