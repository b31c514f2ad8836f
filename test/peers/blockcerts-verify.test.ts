/** What Blockcerts' own verifier says of our documents, and what we say of the same ones, on one real chain. */

import { expect } from "chai";

import { openVerifier, type VerifierOptions } from "../../src/app/open-verifier.ts";
import { roleId } from "../../src/chain/store-roles.ts";
import type { Hex } from "../../src/core/bytes.ts";
import type { Inclusion } from "../../src/core/claims.ts";
import type { JsonObject } from "../../src/core/json.ts";
import type { Report } from "../../src/core/report.ts";
import { blockcertsV3 } from "../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import { ACCOUNTS, OWNER, send, write } from "../chain/support/stores.ts";
import {
  CHAIN_ID,
  diploma,
  issuerProfile,
  movedTo,
  openBlockcertsIssuer,
  pagesOf,
  PROFILE,
  respelled,
  type BlockcertsIssuer,
} from "../support/blockcerts-issuer.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { withPages, type Pages } from "../support/pages.ts";
import { askBlockcerts } from "./blockcerts-client.ts";

const OWN_PROFILE = issuerProfile(LOCAL_KEYS[0]!, OWNER);
const WELL = pagesOf(OWN_PROFILE);

const NEVER: Hex = `0x${"33".repeat(32)}`;

async function inclusionOf(document: JsonObject): Promise<Inclusion> {
  const opened = await blockcertsV3.open(document);
  const [inclusion] = opened.kind === "opened" ? opened.claims.inclusions : [];
  if (inclusion === undefined) throw new Error("no inclusion");
  return inclusion;
}

function idOf(document: JsonObject): string {
  const { id } = document;
  if (typeof id !== "string") throw new Error("no id");
  return id;
}

describe("cert-verifier-js", () => {
  const node = withLocalNode(CHAIN_ID);
  let issuer: BlockcertsIssuer;

  before(async () => {
    issuer = await openBlockcertsIssuer(node());
  });

  async function theirs(document: JsonObject, pages: Pages = WELL): Promise<string> {
    const { status, message } = await askBlockcerts(document, node(), pages);
    return status === "success" ? status : `${status}: ${JSON.stringify(message)}`;
  }

  async function ours(document: JsonObject, pages: Pages = WELL, options: VerifierOptions = {}): Promise<Report> {
    const verifier = openVerifier({ rpc: node().url, allowedHosts: ["uni.example"], ...options });
    return withPages(pages, async () => verifier.verify(document));
  }

  /** The store has the root already; with its gas stated, nobody tries the call out before. */
  async function sendAgain(root: Hex): Promise<Hex> {
    const call = { from: OWNER, to: issuer.store, data: root, gas: "0x186a0" };
    await node()
      .request("eth_sendTransaction", [call])
      .catch(() => undefined);
    const latest = (await node().request("eth_getBlockByNumber", ["latest", false])) as { transactions: Hex[] };
    return latest.transactions[0]!;
  }

  it("accepts every document of batches of odd sizes, and we call them valid", async () => {
    for (const size of [1, 2, 3, 5, 9]) {
      const documents = await issuer.issueBatch(Array.from({ length: size }, (_, learner) => diploma(learner)));
      for (const document of documents) {
        expect(await theirs(document)).to.equal("success");
        const report = await ours(document);
        expect(report, JSON.stringify(report.findings)).to.include({ headline: "VALID", network: "test" });
        expect(report.issuer).to.include({ proven: PROFILE, provenBy: "issuer-profile" });
        expect(report.anchor).to.include({ store: issuer.store, chainId: CHAIN_ID });
      }
    }
  });

  it("accepts words of the issuer's own, and the other spelling of a proof; so do we", async () => {
    const terms = { height: "https://uni.example/terms#height" };
    const subject = { id: "did:example:ada", height: "1.80 m" };
    const [document = {}] = await issuer.issueBatch([diploma(1, { "@context": [terms], credentialSubject: subject })]);
    for (const spelt of [document, respelled(document)]) {
      expect(await theirs(spelt)).to.equal("success");
      expect((await ours(spelt)).headline).to.equal("VALID");
    }
  });

  it("refuses a changed value, another document's proof, and a root that is not the transaction's; so do we", async () => {
    const [document = {}, other = {}] = await issuer.issueBatch([diploma(1), diploma(2)]);
    const [stranger = {}] = await issuer.issueBatch([diploma(3)]);
    for (const [altered, headline] of [
      [{ ...document, name: "Doctor of Science" }, "TAMPERED"],
      [{ ...document, validFrom: "2023-07-01T00:00:00Z" }, "TAMPERED"],
      [{ ...document, proof: other["proof"]! }, "TAMPERED"],
      [{ ...document, proof: stranger["proof"]! }, "TAMPERED"],
    ] as const) {
      expect(await theirs(altered)).to.match(/^failure/);
      expect((await ours(altered)).headline).to.equal(headline);
    }
  });

  it("refuses a transaction that was reverted or holds something else, and we call it not anchored", async () => {
    const [document = {}] = await issuer.issueBatch([diploma(1)]);
    const root = (await inclusionOf(document)).root.computed;
    const { transactionHash } = await send(node(), { to: ACCOUNTS[3]!, data: `0x${"22".repeat(32)}` });
    const reverted = await sendAgain(root);
    for (const transaction of [transactionHash, reverted, NEVER]) {
      const moved = movedTo(document, transaction);
      expect(await theirs(moved)).to.match(/^failure/);
      expect((await ours(moved)).headline).to.equal("NOT_ANCHORED");
    }
  });

  it("refuses a key that is not the issuer's, and we say that the issuer contradicts", async () => {
    const [document = {}] = await issuer.issueBatch([diploma(1)]);
    const foreign: readonly JsonObject[] = [
      issuerProfile(LOCAL_KEYS[1]!, ACCOUNTS[1]!),
      issuerProfile(LOCAL_KEYS[1]!, OWNER),
      issuerProfile(LOCAL_KEYS[0]!, ACCOUNTS[1]!),
      { ...OWN_PROFILE, publicKey: [{ id: `ecdsa-koblitz-pubkey:${OWNER}`, created: "2099-01-01T00:00:00Z" }] },
      {
        ...OWN_PROFILE,
        publicKey: [
          { id: `ecdsa-koblitz-pubkey:${OWNER}`, created: "2023-01-01T00:00:00Z", revoked: "2024-01-01T00:00:00Z" },
        ],
      },
    ];
    for (const profile of foreign) {
      const pages = pagesOf(profile);
      expect(await theirs(document, pages)).to.match(/^failure/);
      expect((await ours(document, pages)).headline).to.equal("ISSUER_CONTRADICTED");
    }
  });

  it("refuses a batch that another issuer of the same store has sent, and so do we", async () => {
    await write(node(), issuer.store, { functionName: "grantRole", args: [roleId("issuer"), ACCOUNTS[2]!] });
    const [document = {}] = await issuer.issueBatch([diploma(1)], ACCOUNTS[2]);
    expect(await theirs(document)).to.match(/^failure/);
    expect((await ours(document)).headline).to.equal("ISSUER_CONTRADICTED");
  });

  it("refuses a document that the profile's list names, and so do we", async () => {
    const [document = {}, other = {}] = await issuer.issueBatch([diploma(1), diploma(2)]);
    const pages = pagesOf(OWN_PROFILE, idOf(document));
    expect(await theirs(document, pages)).to.match(/^failure/);
    expect((await ours(document, pages)).headline).to.equal("REVOKED");
    expect(await theirs(other, pages)).to.equal("success");
    expect((await ours(other, pages)).headline).to.equal("VALID");
  });

  it("knows nothing of a withdrawal in the store, which we see", async () => {
    const [document = {}, other = {}] = await issuer.issueBatch([diploma(1), diploma(2)]);
    const leaf = (await inclusionOf(document)).leaf.computed;
    await write(node(), issuer.store, { functionName: "revoke", args: [leaf] });
    expect(await theirs(document)).to.equal("success");
    expect((await ours(document)).headline).to.equal("REVOKED");
    expect((await ours(other)).headline).to.equal("VALID");
  });

  it("refuses an expired document, and so do we", async () => {
    const [document = {}] = await issuer.issueBatch([diploma(1, { validUntil: "2025-01-01T00:00:00Z" })]);
    expect(await theirs(document)).to.match(/^failure/);
    expect((await ours(document)).headline).to.equal("EXPIRED");
  });
});
