/** One roster, one command, every standard we issue: on a real chain, from the settings to the verdict. */

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";
import { Wallet } from "ethers";

import { isHex } from "../../src/core/bytes.ts";
import type { Report } from "../../src/core/report.ts";
import { ISSUING_FORMATS } from "../../src/formats/formats.ts";
import { deployStore } from "../chain/support/stores.ts";
import { withLocalNode } from "../support/local-node.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { startWebIdentity, type WebIdentity } from "../support/web-identity.ts";

const examples = resolve(import.meta.dirname, "../../examples");
const LEARNERS = 5;
/** Blockcerts can name five chains only; a local node has to look like one of them, with a key that is not public. */
const CHAIN = 11_155_111;

/** The example template of each standard. */
const TEMPLATES: Readonly<Record<string, string>> = {
  "openattestation-v2": "transcript.template.json",
  "w3c-vc-v2": "degree.template.json",
  "blockcerts-v3": "blockcerts.template.json",
};

describe("testamur issue, one roster in every standard", function () {
  this.timeout(180_000);
  const node = withLocalNode(CHAIN);
  const account = Wallet.createRandom();
  let folder: string;
  let web: WebIdentity;

  const testamur = async (...args: readonly string[]): Promise<CliRun> =>
    runCli(folder, args, { TESTAMUR_PRIVATE_KEY: account.privateKey });
  const documentsOf = (format: string): string[] =>
    readdirSync(join(folder, format))
      .filter((name) => name.endsWith(".json"))
      .toSorted()
      .map((name) => join(format, name));
  const issueAs = async (format: string, ...flags: readonly string[]): Promise<CliRun> =>
    testamur("issue", "roster.csv", "--template", TEMPLATES[format] ?? "", "--out", format, "--yes", ...flags);
  async function verify(...paths: readonly string[]): Promise<readonly Report[]> {
    const { stdout } = await testamur("verify", ...paths, "--json");
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Report);
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "testamur-formats-"));
    web = await startWebIdentity();
    const { address } = account;
    if (!isHex(address)) throw new Error(address);
    await node().request("hardhat_setBalance", [address, "0x56bc75e2d63100000"]);
    const store = await deployStore(node(), address);
    const roster = readFileSync(join(examples, "roster.csv"), "utf8").split("\n");
    writeFileSync(join(folder, "roster.csv"), `${roster.slice(0, LEARNERS + 1).join("\n")}\n`);
    for (const template of Object.values(TEMPLATES)) cpSync(join(examples, template), join(folder, template));
    writeFileSync(join(folder, "password"), "correct horse battery\n");
    await testamur("key", "create", "--signing", "--out", "signing.json", "--password-file", "password");
    const flags = ["--name", "Faculty of Law", "--domain", "law.uni.example", "--did", web.did, "--store", store];
    const made = await testamur("init", "--rpc", node().url, ...flags, "--signing-key", "signing.json");
    expect(made.code, made.stderr).to.equal(0);
    web.publish(made.stdout.slice(made.stdout.lastIndexOf('{\n  "@context"'))); // what init says is what is published
    const settings = JSON.parse(readFileSync(join(folder, "testamur.json"), "utf8")) as object;
    const more = {
      allowedHosts: [web.host],
      signingPasswordFile: "password",
      trust: "trust.json",
      resolvers: ["http://127.0.0.1:1"],
    };
    writeFileSync(join(folder, "testamur.json"), JSON.stringify({ ...settings, ...more }));
    const trusted = { name: "Faculty of Law, University of Example", stores: [`eip155:${CHAIN}:${store}`] };
    writeFileSync(join(folder, "trust.json"), JSON.stringify({ issuers: [trusted] }));
  });
  after(async () => {
    await web.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const format of ISSUING_FORMATS) {
    const { id } = format;
    describe(id, () => {
      it("makes documents that are all valid", async () => {
        const issued = await issueAs(id);
        expect(issued.code, issued.stderr).to.equal(0);
        const reports = await verify(id);
        expect(reports.map(({ format, headline }) => ({ format, headline }))).to.deep.equal(
          Array.from({ length: LEARNERS }, () => ({ format: id, headline: "VALID" })),
        );
      });

      it("finds one that was altered", async () => {
        const [first = ""] = documentsOf(id);
        const text = readFileSync(join(folder, first), "utf8");
        expect(text).to.contain("Bachelor of Laws");
        writeFileSync(join(folder, "altered.json"), text.replace("Bachelor of Laws", "Master of Laws"));
        expect((await verify("altered.json")).map(({ headline }) => headline)).to.deep.equal(["TAMPERED"]);
      });

      it("misses a signer who was expected, beside the issuer itself", async () => {
        const [first = ""] = documentsOf(id);
        const missing = await verify(first, "--expect-signer", web.did, "did:web:board.uni.example");
        const found = missing[0]?.findings.filter(({ code }) => code === "SIGNATURE_MISSING") ?? [];
        const names = found.map(({ evidence }) => evidence?.["signer"]);
        // OpenAttestation's documents name a domain, and no signer
        expect(names)
          .to.include("did:web:board.uni.example")
          .and.have.length(id === "openattestation-v2" ? 2 : 1);
        expect(missing[0]?.headline).to.equal("TAMPERED");
      });

      it("finds one that was withdrawn, and none of the others", async () => {
        const [, second = ""] = documentsOf(id);
        const withdrawn = await testamur("revoke", second, "--reason", "superseded", "--yes");
        expect(withdrawn.code, withdrawn.stderr).to.equal(0);
        const headlines = (await verify(id)).map(({ headline }) => headline);
        expect(headlines).to.deep.equal(["VALID", "REVOKED", "VALID", "VALID", "VALID"]);
        const [report] = await verify(second);
        const revoked = report?.findings.filter(({ code }) => code === "REVOKED").map(({ evidence }) => evidence);
        expect(revoked).to.have.length(1);
        if (format.namesStatusList === "by-name")
          expect(revoked?.[0]).to.have.property("list"); // by its own place, not by its leaf
        else expect(revoked?.[0]).to.have.property("node");
      });
    });
  }

  describe("the set-up", () => {
    it("shows the published DID document again", async () => {
      const { code, stdout, stderr } = await testamur("key", "did");
      expect(code, stderr).to.equal(0);
      const published = web.publish(undefined);
      web.publish(published);
      expect(JSON.parse(stdout)).to.deep.equal(JSON.parse(published ?? ""));
    });

    it("is fine to doctor while key and register are published, and not when they are gone", async () => {
      const fine = (await testamur("doctor", "--json")).stdout;
      expect(stateOf(fine, "Signing key"), fine).to.equal("fine");
      expect(stateOf(fine, "DID and register")).to.equal("fine");
      const document = web.publish('{"id": "nobody"}');
      const gone = (await testamur("doctor", "--json")).stdout;
      web.publish(document);
      expect(stateOf(gone, "Signing key"), gone).not.to.equal("fine");
      expect(stateOf(gone, "DID and register")).not.to.equal("fine");
    });
  });

  describe("the books of all of them", () => {
    it("agree with chain and disk", async () => {
      const { code, stdout, stderr } = await testamur("fsck");
      expect(code, stdout + stderr).to.equal(0);
      expect(stdout).to.contain(`${ISSUING_FORMATS.length} batches`);
    });
  });
});

/** What doctor says of one thing. */
function stateOf(found: string, what: string): string | undefined {
  const diagnoses = JSON.parse(found) as readonly { readonly what: string; readonly state: string }[];
  return diagnoses.find((diagnosis) => diagnosis.what === what)?.state;
}
