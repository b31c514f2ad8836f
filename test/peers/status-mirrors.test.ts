/** What verifiers that read no chain see of a withdrawal in a store: by the lists that our service publishes of it. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createDocumentKey } from "../../src/app/document-key.ts";
import { openVerifier } from "../../src/app/open-verifier.ts";
import { keyMethodOf } from "../../src/core/issuer-methods.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toListAddress, type ListForm } from "../../src/core/list-address.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import type { StatusPlace } from "../../src/formats/format.ts";
import { deployStore, digestOf, OWNER, write } from "../chain/support/stores.ts";
import {
  CHAIN_ID,
  diploma,
  issuerProfile,
  openBlockcertsIssuer,
  pagesOf,
  type BlockcertsIssuer,
} from "../support/blockcerts-issuer.ts";
import { LOCAL_KEYS, withLocalNode } from "../support/local-node.ts";
import { withPages, type Pages } from "../support/pages.ts";
import { startService, type ServiceForTests } from "../support/running-service.ts";
import { badge, issue, ISSUER, KEYS } from "../support/w3c-samples.ts";
import { askBlockcerts } from "./blockcerts-client.ts";
import { digitalBazaarVerifier } from "./w3c-clients.ts";

/** Where documents say that the service is; cert-verifier-js asks over https only. */
const LISTS = "https://lists.uni.example";
const NOW = new Date("2027-01-01T00:00:00Z");
const [REVOKE, SUSPEND, REINSTATE] = [0, 1, 2];

describe("published status lists", function () {
  this.timeout(60_000);
  const node = withLocalNode(CHAIN_ID);
  let folder: string;
  let issuer: BlockcertsIssuer;
  let service: ServiceForTests;
  let multikey: string;
  let serviceKey: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "testamur-published-"));
    const { text, publicKey } = await createDocumentKey("Ed25519", "password", 2);
    writeFileSync(join(folder, "signing.json"), text);
    writeFileSync(join(folder, "password"), "password\n");
    multikey = toMultikey(publicKey);
    serviceKey = keyMethodOf(ISSUER, publicKey);
    issuer = await openBlockcertsIssuer(node());
    service = await startService({
      settings: {
        rpcUrls: [node().url],
        store: issuer.store,
        issuer: { name: "University of Example", domain: "uni.example", did: ISSUER },
        signingKey: join(folder, "signing.json"),
        signingPasswordFile: join(folder, "password"),
      },
      baseUrl: () => LISTS,
      viewMaxAgeMs: 1,
      publishesStatusLists: true,
    });
  });
  after(async () => {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function setStatus(list: string, change: number | undefined, index: number): Promise<void> {
    const bit = 1n << BigInt(index % 256);
    const args = [digestOf(list), change ?? 0, BigInt(Math.floor(index / 256)), [bit], 1] as const;
    await write(node(), issuer.store, { functionName: "setStatus", args });
    await new Promise((settled) => setTimeout(settled, 20)); // the view's age
  }

  function placeIn(list: string, index: number, form: ListForm): StatusPlace {
    const shared = { chainId: CHAIN_ID, store: issuer.store, list: digestOf(list), entries: 131_072, form };
    const addressOf = (purpose: "revocation" | "suspension"): string => toListAddress(LISTS, { ...shared, purpose });
    return {
      list: digestOf(list),
      index,
      mirrors: { revocation: addressOf("revocation"), suspension: addressOf("suspension") },
    };
  }

  /** What lies at an address now, by way of the service. */
  async function fetchList(url: string): Promise<JsonObject> {
    const response = await fetch(url.replace(LISTS, service.url));
    expect(response.status, url).to.equal(200);
    return (await response.json()) as JsonObject;
  }

  it("are believed by the status library of the Digital Credentials Consortium, for our own documents", async () => {
    const keys = [
      {
        id: `${ISSUER}#key-1`,
        type: "Multikey",
        controller: ISSUER,
        publicKeyMultibase: toMultikey(KEYS[`${ISSUER}#key-1`]!),
      },
      { id: serviceKey, type: "Multikey", controller: ISSUER, publicKeyMultibase: multikey },
    ];
    const didDocument = {
      "@context": ["https://www.w3.org/ns/did/v1"],
      id: ISSUER,
      verificationMethod: keys,
      assertionMethod: keys.map(({ id }) => id),
    };
    const place = { chainId: CHAIN_ID, store: issuer.store, status: placeIn("native", 4_711, "bitstring") };
    const { document } = await issue(badge(), { placement: place });
    const verifies = await digitalBazaarVerifier(didDocument, fetchList);
    const isGood = async (of: JsonObject): Promise<boolean> => verifies(of, NOW);
    expect(await isGood(document)).to.equal(true);
    await setStatus("native", REVOKE, 4_710);
    expect(await isGood(document), "a neighbour's").to.equal(true);
    await setStatus("native", SUSPEND, 4_711);
    expect(await isGood(document)).to.equal(false);
    await setStatus("native", REINSTATE, 4_711);
    expect(await isGood(document)).to.equal(true);
    expect(await isGood({ ...document, name: "Master of Science" })).to.equal(false);
    await setStatus("native", REVOKE, 4_711);
    expect(await isGood(document)).to.equal(false);
  });

  it("are believed by cert-verifier-js, for Blockcerts, and we read the same in the store", async () => {
    const profile = pagesOf(issuerProfile(LOCAL_KEYS[0]!, OWNER));
    const places = [7, 131_071].map((index) => placeIn("blockcerts", index, "blockcerts"));
    const documents = await issuer.issueBatch([diploma(1), diploma(2)], OWNER, (learner) => places[learner]!);
    const urls = Object.values(places[0]!.mirrors ?? {});
    const verifier = openVerifier({ rpc: node().url, allowedHosts: ["uni.example"], viewMaxAgeMs: 1 });

    /** What both say of each document, our verifier without the lists. */
    async function verdicts(): Promise<readonly string[]> {
      const lists: Pages = Object.fromEntries(await Promise.all(urls.map(async (url) => [url, await fetchList(url)])));
      const said: string[] = [];
      for (const document of documents) {
        const { status, message } = await askBlockcerts(document, node(), { ...profile, ...lists });
        const ours = await withPages(profile, async () => verifier.verify(document));
        said.push(`${status}${status === "success" ? "" : ` ${JSON.stringify(message)}`} ${ours.headline}`);
      }
      return said;
    }

    expect(await verdicts()).to.deep.equal(["success VALID", "success VALID"]);
    await setStatus("blockcerts", SUSPEND, 131_071);
    expect(await verdicts()).to.satisfy(
      ([first = "", second = ""]: string[]) =>
        /^success VALID$/.test(first) && /^failure.*suspended.*SUSPENDED$/i.test(second),
    );
    await setStatus("blockcerts", REINSTATE, 131_071);
    expect(await verdicts()).to.deep.equal(["success VALID", "success VALID"]);
    await setStatus("blockcerts", REVOKE, 7);
    const [first, second] = await verdicts();
    expect(first).to.match(/^failure.*revoked.* REVOKED$/i);
    expect(second).to.equal("success VALID");
  });

  it("of the other form are not read by cert-verifier-js: that is why there are two", async () => {
    const place = placeIn("blockcerts", 9, "bitstring");
    const [document = {}] = await issuer.issueBatch([diploma(3)], OWNER, () => place);
    const urls = Object.values(place.mirrors ?? {});
    const lists: Pages = Object.fromEntries(await Promise.all(urls.map(async (url) => [url, await fetchList(url)])));
    const profile = pagesOf(issuerProfile(LOCAL_KEYS[0]!, OWNER));
    expect((await askBlockcerts(document, node(), { ...profile, ...lists })).status).to.equal("failure");
  });

  it("of a store that did not take the root are lists at an address like any other", async () => {
    const stranger = await deployStore(node());
    const place = placeIn("strange", 9, "blockcerts");
    const mirrors = { revocation: (place.mirrors?.revocation ?? "").replace(issuer.store, stranger) };
    const [document = {}] = await issuer.issueBatch([diploma(4)], OWNER, () => ({ ...place, mirrors }));
    const verifier = openVerifier({ rpc: node().url, allowedHosts: ["uni.example"] });
    const report = await withPages(pagesOf(issuerProfile(LOCAL_KEYS[0]!, OWNER)), async () =>
      verifier.verify(document),
    );
    expect(report).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
    expect(report.findings.filter(({ code }) => code === "STATUS_SILENT")).to.have.length(1);
  });
});
