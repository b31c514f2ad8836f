/** Status lists of a real store, published as W3C Bitstring Status Lists and read by a verifier that asks no chain for them. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createDocumentKey } from "../../src/app/document-key.ts";
import { openDocumentSigner } from "../../src/app/document-signer.ts";
import { workHere } from "../../src/app/document-work.ts";
import { signatureIssuer } from "../../src/app/issue-by-signature.ts";
import { openVerifier } from "../../src/app/open-verifier.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { decodeBitstring, findValue } from "../../src/status/bitstring.ts";
import { deployStore, digestOf, write } from "../chain/support/stores.ts";
import { withLocalNode } from "../support/local-node.ts";
import { startService, type ServiceForTests } from "../support/running-service.ts";

const LIST = digestOf("list");
const TOKEN = "a-token-that-nobody-guesses";
const [REVOKE, SUSPEND, REINSTATE] = [0, 1, 2];

describe("the status lists of a store, published", function () {
  this.timeout(60_000);
  const node = withLocalNode();
  let folder: string;
  let store: Hex;
  let service: ServiceForTests;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "testamur-lists-"));
    writeFileSync(join(folder, "signing.json"), (await createDocumentKey("Ed25519", "password", 2)).text);
    writeFileSync(join(folder, "password"), "password\n");
    store = await deployStore(node());
    for (const index of [0, 5, 300, 131_071]) await set(REVOKE, index);
    await set(SUSPEND, 7);
    service = await startService({
      settings: settings(),
      viewMaxAgeMs: 1,
      publishesStatusLists: true,
      issues: true,
      issueToken: TOKEN,
    });
  });
  after(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = (): { rpcUrls: string[]; store: Hex; signingKey: string; signingPasswordFile: string } => ({
    rpcUrls: [node().url],
    store,
    signingKey: join(folder, "signing.json"),
    signingPasswordFile: join(folder, "password"),
  });

  async function set(change: number | undefined, index: number): Promise<void> {
    const args = [LIST, change ?? 0, BigInt(Math.floor(index / 256)), [1n << BigInt(index % 256)], 1] as const;
    await write(node(), store, { functionName: "setStatus", args });
  }

  const pathOf = (purpose: string, list: Hex = LIST, of: Hex = store): string =>
    `/v1/status-lists/1337/${of}/${list}/${purpose}`;

  async function fetchList(path: string): Promise<{ readonly text: string; readonly set: readonly number[] }> {
    const response = await fetch(`${service.url}${path}`);
    expect(response.status).to.equal(200);
    expect(response.headers.get("content-type")).to.match(/^application\/vc\b/);
    const text = await response.text();
    const list = JSON.parse(text) as { id: string; credentialSubject: { encodedList: string } };
    expect(list.id).to.equal(`${service.url}${path}`);
    const decoded = await decodeBitstring(list.credentialSubject.encodedList);
    if (decoded.kind === "refused") throw new Error(decoded.reason);
    const { bits } = decoded;
    const all = Array.from({ length: bits.length * 8 }, (_, index) => index);
    return { text, set: all.filter((index) => findValue(bits, { index, size: 1 }) === 1) };
  }

  it("say what the store says, the first entry at the left", async () => {
    expect((await fetchList(pathOf("revocation"))).set).to.deep.equal([0, 5, 300, 131_071]);
    expect((await fetchList(pathOf("suspension"))).set).to.deep.equal([7]);
    expect((await fetchList(pathOf("revocation", digestOf("another list")))).set).to.deep.equal([]);
  });

  it("are signed once a block, and anew when the chain has gone on", async () => {
    const first = await fetchList(pathOf("suspension"));
    expect((await fetchList(pathOf("suspension"))).text).to.equal(first.text);
    await set(REINSTATE, 7);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await fetchList(pathOf("suspension"))).set).to.deep.equal([]);
  });

  it("have as many entries as a large batch needs", async () => {
    await set(REVOKE, 200_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await fetchList(`${pathOf("revocation")}?entries=200192`)).set).to.deep.equal([
      0, 5, 300, 131_071, 200_000,
    ]);
  });

  it("are those of the issuer's own store only, each at one address", async () => {
    for (const path of [
      pathOf("revocation", LIST, `0x${"11".repeat(20)}`),
      pathOf("message"),
      pathOf("revocation").replace("1337", "1"),
      pathOf("revocation").replace("1337", "01337"),
      pathOf("revocation", LIST.toUpperCase().replace("X", "x") as Hex),
      `${pathOf("revocation")}?entries=1000`,
      `${pathOf("revocation")}?entries=131072`,
      `${pathOf("revocation")}?entries=999999999`,
    ]) {
      expect((await fetch(`${service.url}${path}`)).status, path).to.equal(404);
    }
  });

  it("are believed by a verifier that finds them on the web", async () => {
    const signer = await openDocumentSigner(
      { ...settings(), allowedHosts: [], didRegistries: {}, home: folder, isCi: false },
      async () => "",
    );
    const issuer = signatureIssuer({
      work: workHere("strict"),
      signer,
      clock: { now: () => new Date() },
      replacesIssuer: false,
    });
    const verifier = openVerifier({ policy: "signed", allowedHosts: [new URL(service.url).host] });
    const statusOf = async (index: number): Promise<string | undefined> => {
      const document = await issuer.issue({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        type: ["VerifiableCredential"],
        issuer: signer.issuer,
        credentialSubject: { name: "x" },
        credentialStatus: {
          type: "BitstringStatusListEntry",
          statusPurpose: "revocation",
          statusListIndex: String(index),
          statusListCredential: `${service.url}${pathOf("revocation")}`,
        },
      });
      const { findings } = await verifier.verify(document);
      return findings.find(({ aspect }) => aspect === "status")?.code;
    };
    expect([await statusOf(5), await statusOf(6)]).to.deep.equal(["REVOKED", "NOT_REVOKED"]);
  });

  it("are a problem, not a list without entries, while the chain is silent", async () => {
    const blind = await startService({
      settings: { ...settings(), rpcUrls: ["http://127.0.0.1:1"] },
      publishesStatusLists: true,
    });
    try {
      const response = await fetch(`${blind.url}${pathOf("revocation")}`);
      expect([response.status, response.headers.get("retry-after")]).to.deep.equal([503, "5"]);
    } finally {
      await blind.stop();
    }
  });

  it("come with an issuer that signs for those who know its token, in its own name only", async () => {
    const issue = async (issuer: string, headers: Record<string, string>): Promise<Response> =>
      fetch(`${service.url}/credentials/issue`, {
        method: "POST",
        headers,
        body: JSON.stringify({
          credential: {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            type: ["VerifiableCredential"],
            issuer,
            credentialSubject: { name: "x" },
          },
        }),
      });
    const list = JSON.parse((await fetchList(pathOf("suspension"))).text) as { issuer: string };
    expect((await issue(list.issuer, {})).status).to.equal(401);
    expect((await issue(list.issuer, { Authorization: "Bearer wrong" })).status).to.equal(401);
    expect((await issue("did:example:other", { Authorization: `Bearer ${TOKEN}` })).status).to.equal(400);
    const signed = await issue(list.issuer, { Authorization: `Bearer ${TOKEN}` });
    expect(signed.status).to.equal(201);
    const { verifiableCredential } = (await signed.json()) as { verifiableCredential: JsonObject };
    expect(verifiableCredential).to.have.nested.property("proof.cryptosuite", "eddsa-rdfc-2022");
  });
});
