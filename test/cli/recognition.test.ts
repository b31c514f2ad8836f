/** Recognition on the command line, on a real chain: a ministry recognises an accreditor, that one a university, an employer asks. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { toHex } from "../../src/core/bytes.ts";
import type { Report } from "../../src/core/report.ts";
import { LOCAL_KEYS } from "../support/local-node.ts";
import { LOCAL_KEY, startLocalStore, type LocalStore } from "../support/local-store.ts";
import { startNativeIssuer, type NativeIssuer } from "../support/native-issuer.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

const MINISTRY = "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc";
const ACCREDITOR = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const [, ACCREDITORS_KEY = LOCAL_KEY, MINISTRYS_KEY = LOCAL_KEY] = LOCAL_KEYS;

describe("testamur recognition", function () {
  this.timeout(240_000);
  let store: LocalStore;
  let issuer: NativeIssuer;
  let folder: string;
  let register: string;

  const testamur = async (args: readonly string[], key = MINISTRYS_KEY): Promise<CliRun> =>
    runCli(folder, args, { TESTAMUR_PRIVATE_KEY: key });

  /** The last line of what a command prints, which must end well. */
  async function told(args: readonly string[], key = MINISTRYS_KEY): Promise<string> {
    const run = await testamur(args, key);
    expect(run.code, run.stderr).to.equal(0);
    return run.stdout.trim().split("\n").at(-1) ?? "";
  }

  async function verify(...flags: readonly string[]): Promise<Report> {
    return JSON.parse((await testamur(["verify", "degree.json", "--json", ...flags])).stdout) as Report;
  }

  before(async () => {
    store = await startLocalStore();
    issuer = await startNativeIssuer({ chainId: 1337, address: store.address });
    folder = mkdtempSync(join(tmpdir(), "testamur-recognition-"));
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

  it("puts a register on the chain, recognises, and passes recognition on, but never wider", async () => {
    register = await told(["recognition", "deploy"]);
    expect(register).to.match(/^eip155:1337:0x[0-9a-f]{40}$/);
    const passed = ["recognition", "recognise", "did:web:accreditor.example", "--delegate", ACCREDITOR];
    expect(await told([...passed, "--types", "BachelorDegree", "other", "--register", register])).to.equal("1");
    const own = ["recognition", "recognise", `eip155:1337:${store.address}`, "--parent", "1", "--register", register];
    const wider = await testamur([...own, "--types", "DoctoralDegree"], ACCREDITORS_KEY);
    expect(wider.stderr).to.contain("wider than recognition 1");
    expect((await testamur([...own, "--types", "other"])).stderr).to.contain("only its delegate");
    const later = new Date(Date.now() - 60_000).toISOString();
    expect(await told([...own, "--types", "other", "--from", later], ACCREDITORS_KEY)).to.equal("2");
  });

  it("is asked for by an employer, by flags or by settings", async () => {
    const { text, root } = await issuer.issue();
    await store.issue(toHex(root));
    writeFileSync(join(folder, "degree.json"), text);
    const by = ["--recognition-register", register, "--recognised-by"];
    const report = await verify(...by, MINISTRY);
    expect(report.headline, JSON.stringify(report.findings)).to.equal("VALID");
    expect(report.findings.find(({ code }) => code === "ISSUER_RECOGNISED")?.evidence).to.deep.include({
      recognisers: [MINISTRY, ACCREDITOR],
    });
    expect((await verify(...by, ACCREDITOR)).headline).to.equal("ISSUER_UNPROVEN");
    const recognition = { register, roots: [MINISTRY], types: ["BachelorDegree"] };
    writeFileSync(
      join(folder, "strict.json"),
      JSON.stringify({ rpc: store.chain.url, allowedHosts: [issuer.host], recognition }),
    );
    expect((await verify("--config", "strict.json")).headline).to.equal("ISSUER_UNPROVEN"); // for others only
    expect((await testamur(["verify", "degree.json", "--recognised-by", MINISTRY])).code).to.equal(2);
  });

  it("is shown, and withdrawn by whom it was given", async () => {
    expect(await told(["recognition", "show", "--register", register])).to.contain("passed on from 1");
    const withdraw = ["recognition", "withdraw", "2", "--since", "1", "--register", register];
    expect((await testamur(withdraw, ACCREDITORS_KEY)).stderr).to.contain("cannot be withdrawn from that block");
    const [, second = "{}"] = (await testamur(["recognition", "show", "--json", "--register", register])).stdout.split(
      "\n",
    );
    const { grantedAt } = JSON.parse(second) as { grantedAt: number };
    await told([...withdraw.slice(0, 3), "--since", String(grantedAt), "--register", register], ACCREDITORS_KEY);
    expect(await told(["recognition", "show", `eip155:1337:${store.address}`, "--register", register])).to.contain(
      "WITHDRAWN",
    );
    const report = await verify("--recognition-register", register, "--recognised-by", MINISTRY);
    expect(report.headline).to.equal("ISSUER_UNPROVEN");
  });
});
