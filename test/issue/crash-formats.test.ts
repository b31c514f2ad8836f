/** The same for documents that are signed, and for roots that are sent bare: a process dies, another one finishes its work. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";
import { Wallet } from "ethers";

import type { Settings } from "../../src/app/config.ts";
import { createDocumentKey } from "../../src/app/document-key.ts";
import { issuerDidDocument } from "../../src/app/issuer-records.ts";
import { isHex, type Hex } from "../../src/core/bytes.ts";
import type { FormatId } from "../../src/core/claims.ts";
import { issue } from "../../src/issue/issue.ts";
import type { IssueRequest } from "../../src/issue/prepare.ts";
import { resume } from "../../src/issue/resume.ts";
import { deployStore } from "../chain/support/stores.ts";
import { expectIssuedOnce, localSettings, runChild, withIssuer } from "../support/issue-runs.ts";
import { withLocalNode } from "../support/local-node.ts";
import { startWebIdentity, type WebIdentity } from "../support/web-identity.ts";

const examples = resolve(import.meta.dirname, "../../examples");
const LEARNERS = 6;
/** A chain that Blockcerts can name. */
const CHAIN = 11_155_111;
const PASSWORD = "correct horse battery";

const TEMPLATES = { "w3c-vc-v2": "degree", "blockcerts-v3": "blockcerts" } as const;

/** Where the ways of these formats differ from the usual one: sealing and signing, what is sent, what is written. */
const DEATHS: readonly (readonly [keyof typeof TEMPLATES, string])[] = [
  ["w3c-vc-v2", "during:sealing"],
  ["w3c-vc-v2", "after:commit-sealed"],
  ["w3c-vc-v2", "before:rooted"],
  ["w3c-vc-v2", "after:send-transaction"],
  ["w3c-vc-v2", "during:writing"],
  ["blockcerts-v3", "after:record-transaction"],
  ["blockcerts-v3", "after:send-transaction"],
  ["blockcerts-v3", "during:writing"],
];

describe("a killed process that issues", function () {
  this.timeout(180_000);
  const node = withLocalNode(CHAIN);
  const wallet = Wallet.createRandom();
  const account = hexOf(wallet.address);
  let store: Hex;
  let web: WebIdentity;
  let directory: string;
  let key: string;

  before(async () => {
    await node().request("hardhat_setBalance", [account, "0x56bc75e2d63100000"]);
    store = await deployStore(node(), account);
    web = await startWebIdentity();
    const { text, publicKey } = await createDocumentKey("Ed25519", PASSWORD, 2);
    key = text;
    const means = { key: publicKey, register: { chainId: CHAIN, store }, account };
    web.publish(JSON.stringify(issuerDidDocument(web.did, means)));
  });
  after(async () => web.close());
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "testamur-crash-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function setUp(format: keyof typeof TEMPLATES): { readonly settings: Settings; readonly request: IssueRequest } {
    const [roster, template, signingKey, password] = ["roster.csv", "template.json", "signing.json", "password"].map(
      (name) => join(directory, name),
    ) as [string, string, string, string];
    const lines = readFileSync(join(examples, "roster.csv"), "utf8").split("\n");
    writeFileSync(roster, `${lines.slice(0, LEARNERS + 1).join("\n")}\n`);
    cpSync(join(examples, `${TEMPLATES[format]}.template.json`), template);
    writeFileSync(signingKey, key);
    writeFileSync(password, PASSWORD);
    const settings: Settings = {
      ...localSettings(node(), store, join(directory, "home")),
      privateKey: hexOf(wallet.privateKey),
      issuer: { name: "Faculty of Law", domain: "law.uni.example", did: web.did },
      allowedHosts: [web.host],
      signingKey,
      signingPasswordFile: password,
    };
    const id: FormatId = format;
    return { settings, request: { roster, template, format: id, out: join(directory, "out") } };
  }

  for (const [format, killAt] of DEATHS)
    it(`in ${format} leaves a batch that another one finishes, killed ${killAt.replace(":", " ")}`, async () => {
      const { settings, request } = setUp(format);
      const end = await runChild({ settings, request, killAt, occurrence: 1, says: false });
      expect(end.signal, end.said).to.equal("SIGKILL");
      const batch = await withIssuer(settings, async (ports) => {
        const [order] = ports.batches.listBatches();
        return (order === undefined ? await issue(request, ports) : await resume(order.id, ports)).batch;
      });
      await expectIssuedOnce(node(), settings, batch, LEARNERS);
    });

  it("in w3c-vc-v2 leaves one that needs no signing key any more, once its credentials are sealed", async () => {
    const { settings, request } = setUp("w3c-vc-v2");
    await runChild({ settings, request, killAt: "after:sealed", occurrence: 1, says: false });
    const { signingKey: _, ...without } = settings;
    const batch = await withIssuer(without, async (ports) => {
      const [order] = ports.batches.listBatches();
      return (await resume(order?.id ?? "", ports)).batch;
    });
    await expectIssuedOnce(node(), without, batch, LEARNERS);
  });
});

function hexOf(text: string): Hex {
  if (!isHex(text)) throw new Error("not hexadecimal");
  return text;
}
