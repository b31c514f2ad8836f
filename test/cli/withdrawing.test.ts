/** What a registrar and an admin do after issuing, on a real chain: on hold, good again, withdrawn; stolen keys, caps, handing over. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { JsonRpcProvider } from "ethers";

import { toHex, type Hex } from "../../src/core/bytes.ts";
import type { Report } from "../../src/core/report.ts";
import { LOCAL_KEYS } from "../support/local-node.ts";
import { LOCAL_KEY, startLocalStore, type LocalStore } from "../support/local-store.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";
import { CREDENTIAL, ISSUER } from "../support/openattestation-samples.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

const LIST: Hex = `0x${"1d".repeat(32)}`;
/** Two words of the list, and one far away from both. */
const INDICES = [5, 7, 300, 100_000];
const OWNER = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const OTHER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const [, OTHERS_KEY = LOCAL_KEY, HEIRS_KEY = LOCAL_KEY] = LOCAL_KEYS;

describe("testamur after issuing", function () {
  this.timeout(120_000);
  let store: LocalStore;
  let issuer: NativeIssuer;
  let folder: string;

  const testamur = async (args: readonly string[], key = LOCAL_KEY): Promise<CliRun> =>
    runCli(folder, args, { TESTAMUR_PRIVATE_KEY: key });

  async function reports(...paths: readonly string[]): Promise<readonly Report[]> {
    const { stdout } = await testamur(["verify", ...paths, "--json"]);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Report);
  }

  const headlines = async (...paths: readonly string[]): Promise<readonly string[]> =>
    (await reports(...paths)).map(({ headline }) => headline);

  before(async () => {
    store = await startLocalStore();
    issuer = await startNativeIssuer({ chainId: 1337, address: store.address });
    folder = mkdtempSync(join(tmpdir(), "testamur-after-"));
    mkdirSync(join(folder, "degrees"));
    const rows = ["row,learner id,file,leaf"];
    for (const [at, index] of INDICES.entries()) {
      const { text, root, sealed } = await issuer.issue({ status: { list: LIST, index }, seed: at + 1 });
      await store.issue(toHex(root));
      writeFileSync(join(folder, "degrees", `${at}.json`), text);
      rows.push(`${at + 1},,${at}.json,${toHex(sealed.leaf)}`);
    }
    writeFileSync(join(folder, "degrees", "index.csv"), `${rows.join("\r\n")}\r\n`);
    const [text = ""] = await store.issueBatch([
      { ...CREDENTIAL, issuers: [{ ...ISSUER, documentStore: store.address }] },
    ]);
    writeFileSync(join(folder, "classic.json"), text);
    writeFileSync(
      join(folder, "testamur.json"),
      JSON.stringify({ rpc: store.chain.url, store: store.address, allowedHosts: [issuer.host] }),
    );
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await issuer.close();
    await store.stop();
  });

  describe("status lists", () => {
    it("shows what it would do, and does nothing", async () => {
      const { code, stderr } = await testamur(["suspend", "degrees/0.json", "--dry-run"]);
      expect([code, stderr.includes(`place ${INDICES[0]} of list ${LIST}`)]).to.deep.equal([0, true]);
      expect(await headlines("degrees/0.json")).to.deep.equal(["VALID"]);
    });

    it("knows the document in a badge, in a folder with other pictures, too", async () => {
      mkdirSync(join(folder, "badges"));
      const picture = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>';
      writeFileSync(join(folder, "badges", "logo.svg"), picture);
      const baking = ["badge", "bake", "degrees/0.json", "--image", "badges/logo.svg", "--out", "badges/0.svg"];
      expect((await testamur(baking)).code).to.equal(0);
      const { code, stderr } = await testamur(["suspend", "badges", "--dry-run"]);
      expect(code, stderr).to.equal(0);
      expect(stderr).to.contain(`place ${INDICES[0]} of list ${LIST}`);
      expect(await headlines("badges")).to.deep.equal(["VALID"]);
    });

    it("puts a document on hold and reinstates it, and no other", async () => {
      expect((await testamur(["suspend", "degrees/0.json", "--yes"])).code).to.equal(0);
      const [held, neighbour] = await reports("degrees/0.json", "degrees/1.json");
      expect([held?.headline, neighbour?.headline]).to.deep.equal(["SUSPENDED", "VALID"]);
      expect(held?.findings.find(({ code }) => code === "SUSPENDED")?.evidence).to.include({ reason: "on hold" });
      expect((await testamur(["reinstate", "degrees/0.json", "--yes"])).code).to.equal(0);
      expect(await headlines("degrees/0.json")).to.deep.equal(["VALID"]);
    });

    it("withdraws a document by its place in the list, so that its leaf stays unknown", async () => {
      const run = await testamur(["revoke", "degrees/0.json", "--reason", "superseded", "--yes", "--json"]);
      expect(run.code, run.stderr).to.equal(0);
      expect(JSON.parse(run.stdout)).to.deep.include({ revoked: [], entries: [{ list: LIST, index: INDICES[0] }] });
      const [report] = await reports("degrees/0.json");
      expect(report?.headline).to.equal("REVOKED");
      expect(report?.findings.find(({ code }) => code === "REVOKED")?.evidence).to.include({ reason: "superseded" });
    });

    it("withdraws many by the list that issuing wrote, in one transaction, and leaves out what is withdrawn", async () => {
      const args = ["revoke", "--list", "degrees/index.csv", "--reason", "privilege-withdrawn", "--yes", "--json"];
      const run = await testamur(args);
      expect(run.code, run.stderr).to.equal(0);
      const said = JSON.parse(run.stdout) as { entries: { index: number }[]; transactions: string[] };
      expect(said.entries.map(({ index }) => index)).to.deep.equal(INDICES.slice(1));
      expect(said.transactions).to.have.length(1);
      expect(await headlines("degrees")).to.deep.equal(Array(INDICES.length).fill("REVOKED"));
      expect(JSON.parse((await testamur(args)).stdout)).to.deep.include({ entries: [], transactions: [] });
    });

    it("refuses to put on hold what names no list", async () => {
      const { code, stderr } = await testamur(["suspend", "classic.json", "--yes"]);
      expect([code, stderr.includes("status list")]).to.deep.equal([2, true]);
    });

    it("touches nobody's place on the word of an altered document", async () => {
      const { text } = await issuer.issue({ status: { list: LIST, index: 9 }, seed: 40 });
      writeFileSync(join(folder, "altered.json"), text.replaceAll('"9"', '"8"').replaceAll("#9", "#8"));
      const { code, stderr } = await testamur(["revoke", "altered.json", "--reason", "unspecified", "--yes"]);
      expect([code, stderr.includes("not on record")]).to.deep.equal([2, true]);
    });
  });

  describe("store cap", () => {
    it("limits what a revoker withdraws a day", async () => {
      expect((await testamur(["store", "cap", "1"])).code).to.equal(0);
      const leaves = [`0x${"a1".repeat(32)}`, `0x${"a2".repeat(32)}`, `0x${"a3".repeat(32)}`];
      const refused = await testamur(["revoke", ...leaves, "--reason", "unspecified", "--yes"]);
      expect(refused.stderr).to.contain("may revoke 1 a day");
      expect(refused.code).not.to.equal(0);
      expect((await testamur(["store", "cap", "0"])).code).to.equal(0);
      expect((await testamur(["revoke", ...leaves, "--reason", "unspecified", "--yes"])).code).to.equal(0);
      expect((await testamur(["store", "cap", "-1"])).code).to.equal(2);
    });
  });

  describe("store compromise", () => {
    it("voids what the thief anchored, keeps what came before, and gives no role back", async () => {
      expect((await testamur(["store", "roles", "--grant", `issuer=${OTHER}`])).code).to.equal(0);
      const provider = new JsonRpcProvider(store.chain.url, 1337, { staticNetwork: true, cacheTimeout: -1 });
      const documents: Record<string, string> = {};
      for (const [at, name] of ["before", "after"].entries()) {
        const { text, root } = await issuer.issue({ seed: 50 + at });
        const data = `0x0f75e81f${toHex(root).slice(2)}`; // issue(bytes32)
        await provider.send("eth_sendTransaction", [{ from: OTHER, to: store.address, data }]);
        documents[name] = text;
        writeFileSync(join(folder, `${name}.json`), text);
      }
      const head = await provider.getBlockNumber();
      provider.destroy();
      expect(await headlines("before.json", "after.json")).to.deep.equal(["VALID", "VALID"]);
      const unasked = await testamur(["store", "compromise", OTHER, "--since", String(head)]);
      expect([unasked.code, unasked.stderr.includes("--yes")]).to.deep.equal([2, true]);
      const declared = await testamur(["store", "compromise", OTHER, "--since", String(head), "--yes"]);
      expect(declared.code, declared.stderr).to.equal(0);
      const [kept, voided] = await reports("before.json", "after.json");
      expect([kept?.headline, voided?.headline]).to.deep.equal(["VALID", "REVOKED"]);
      expect(voided?.findings.map(({ code }) => code)).to.include("ANCHOR_AFTER_COMPROMISE");
      const again = await testamur(["store", "compromise", OTHER, "--since", String(head), "--yes"]);
      expect(again.stderr).to.contain("already");
      const grant = await testamur(["store", "roles", "--grant", `issuer=${OTHER}`]);
      expect(grant.stderr).to.contain("compromised");
    });
  });

  describe("store handover", () => {
    it("moves all roles once they are accepted, and not before", async () => {
      const heir = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc";
      expect((await testamur(["store", "handover", "--offer", heir, "--accept", heir])).code).to.equal(2);
      expect((await testamur(["store", "handover", "--offer", heir])).code).to.equal(0);
      const thief = await testamur(["store", "handover", "--accept", OWNER], OTHERS_KEY);
      expect(thief.stderr).to.contain("has not offered");
      const roles = async (): Promise<unknown> =>
        (JSON.parse((await testamur(["store", "roles", "--json"])).stdout) as { roles: unknown }).roles;
      expect(await roles()).to.deep.equal({ admin: [OWNER], issuer: [OWNER], revoker: [OWNER] });
      expect((await testamur(["store", "handover", "--accept", OWNER], HEIRS_KEY)).code).to.equal(0);
      expect(await roles()).to.deep.equal({ admin: [heir], issuer: [heir], revoker: [heir] });
      expect((await testamur(["store", "cap", "3"])).stderr).to.contain("ROLE_MISSING");
    });
  });
});
