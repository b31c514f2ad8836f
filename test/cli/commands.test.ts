/** The command line as a person or a script meets it, on a real chain: what works, and one clear error for everything that does not. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";

import { expect } from "chai";
import { JsonRpcProvider } from "ethers";

import type { Report } from "../../src/core/report.ts";
import { LOCAL_KEY, startLocalStore, type LocalStore } from "../support/local-store.ts";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");
const examples = resolve(import.meta.dirname, "../../examples");
/** An account of the public mnemonic that has no role in the store. */
const STRANGER = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("testamur on the command line", function () {
  this.timeout(120_000);
  let store: LocalStore;
  let folder: string;
  const documents = (): string[] =>
    readdirSync(join(folder, "degrees"))
      .filter((name) => name.endsWith(".json"))
      .toSorted()
      .map((name) => join("degrees", name));

  before(async () => {
    store = await startLocalStore();
    folder = mkdtempSync(join(tmpdir(), "testamur-cli-"));
    const roster = readFileSync(join(examples, "roster.csv"), "utf8").split("\n").slice(0, 13).join("\n");
    writeFileSync(join(folder, "roster.csv"), `${roster}\n`);
    writeFileSync(join(folder, "template.json"), readFileSync(join(examples, "transcript.template.json")));
    writeFileSync(
      join(folder, "trust.json"),
      JSON.stringify({ issuers: [{ name: "University of Example", stores: [`eip155:1337:${store.address}`] }] }),
    );
    writeFileSync(
      join(folder, "testamur.json"),
      JSON.stringify({ rpc: store.chain.url, store: store.address, trust: "trust.json" }),
    );
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await store.stop();
  });

  async function testamur(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = { TESTAMUR_PRIVATE_KEY: LOCAL_KEY },
  ): Promise<Run> {
    const { TESTAMUR_PRIVATE_KEY: _, ...inherited } = process.env;
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { ...inherited, NO_COLOR: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [stdout, stderr, code] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<number | null>((done) => child.once("close", done)),
    ]);
    return { code, stdout, stderr };
  }

  const issueArgs = ["issue", "roster.csv", "--template", "template.json", "--out", "degrees", "--yes"];

  it("rehearses a batch and leaves nothing behind", async () => {
    const { code, stdout } = await testamur([...issueArgs, "--dry-run", "--json"]);
    expect(code).to.equal(0);
    expect(JSON.parse(lastLine(stdout))).to.include({ kind: "dry-run", count: 12 });
    expect(readdirSync(folder)).not.to.include("degrees");
  });

  it("wants to be told that it may sign where nobody can be asked", async () => {
    const { code, stderr } = await testamur(issueArgs.slice(0, -1));
    expect(code).to.equal(2);
    expect(stderr).to.contain("--yes");
  });

  it("issues a batch", async () => {
    const { code, stdout } = await testamur([...issueArgs, "--json"]);
    expect(code).to.equal(0);
    expect(JSON.parse(lastLine(stdout))).to.include({ kind: "done", count: 12, chainId: 1337 });
    expect(documents()).to.have.length(12);
  });

  it("verifies a folder: one report a line, in the order of names", async () => {
    const { code, stdout } = await testamur(["verify", "degrees", "--json"]);
    const reports = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Report);
    expect(code).to.equal(0);
    expect(reports.map((report) => report.file)).to.deep.equal(documents());
    for (const report of reports) expect(report).to.include({ verdict: "valid", headline: "VALID", network: "test" });
  });

  it("verifies lines of a file, and writes a table", async () => {
    const lines = documents()
      .slice(0, 3)
      .map((path) => readFileSync(join(folder, path), "utf8").trim());
    writeFileSync(join(folder, "many.ndjson"), lines.join("\n"));
    const { code, stdout } = await testamur(["verify", "many.ndjson", "--report", "table.csv"]);
    expect(code).to.equal(0);
    expect(stdout).to.contain("3 documents: 3 VALID");
    expect(readFileSync(join(folder, "table.csv"), "utf8").trimEnd().split("\r\n")).to.have.length(4);
  });

  it("exits 3, not 1, when the node is down", async () => {
    const { code, stdout } = await testamur(["verify", documents()[0] ?? "", "--rpc", "http://127.0.0.1:1", "--json"]);
    expect(code).to.equal(3);
    expect(JSON.parse(stdout)).to.include({ verdict: "inconclusive", headline: "COULD_NOT_CHECK" });
  });

  it("believes of a chain only what as many nodes say, and of dates only what was asked for", async () => {
    const [path = ""] = documents();
    const verify = async (...flags: readonly string[]): Promise<number | null> =>
      (await testamur(["verify", path, "--json", ...flags])).code;
    expect(await verify("--agree", "1")).to.equal(0);
    expect(await verify("--agree", "2")).to.equal(3); // there is one node
    expect(await verify("--agree", "0")).to.equal(2);
    expect(await verify("--max-backdating", "99999")).to.equal(0);
    expect(await verify("--max-backdating", "soon")).to.equal(2);
  });

  it("withdraws a document, and verifies it as withdrawn ever after", async () => {
    const [path = ""] = documents();
    expect((await testamur(["revoke", path, "--reason", "replaced", "--dry-run"])).stderr).to.contain(
      "Nothing was sent",
    );
    expect((await testamur(["verify", path])).code).to.equal(0);
    expect((await testamur(["revoke", path, "--reason", "replaced", "--yes"])).code).to.equal(0);
    const { code, stdout } = await testamur(["verify", path, "--json"]);
    const report = JSON.parse(stdout) as Report;
    expect([code, report.headline]).to.deep.equal([1, "REVOKED"]);
    expect(report.findings.find((found) => found.aspect === "status")?.evidence).to.include({ reason: "superseded" });
    expect((await testamur(["verify", documents()[1] ?? ""])).code).to.equal(0);
  });

  it("replays a verdict at the block before the withdrawal", async () => {
    const { stdout } = await testamur(["verify", documents()[0] ?? "", "--at-block", "2", "--json"]);
    expect(JSON.parse(stdout)).to.deep.include({ headline: "VALID" });
  });

  it("withdraws by the list that issuing wrote", async () => {
    const [header = "", , , row = ""] = readFileSync(join(folder, "degrees/index.csv"), "utf8").split(/\r?\n/);
    writeFileSync(join(folder, "withdrawn.csv"), `${header}\n${row}\n`);
    expect((await testamur(["revoke", "--list", "withdrawn.csv", "--reason", "superseded", "--yes"])).code).to.equal(0);
    expect((await testamur(["verify", documents()[2] ?? ""])).code).to.equal(1);
  });

  it("shares a part that verifies", async () => {
    expect(
      (await testamur(["share", documents()[1] ?? "", "--hide", "transcript", "--out", "shared.json"])).code,
    ).to.equal(0);
    const { stdout } = await testamur(["verify", "shared.json", "--json"]);
    expect(JSON.parse(stdout)).to.include({ headline: "VALID", hidden: 36 });
  });

  it("finds its books in order", async () => {
    expect((await testamur(["fsck"])).code).to.equal(0);
    expect((await testamur(["status", "--json"])).stdout).to.contain('"state":"checked"');
  });

  it("writes lost documents once more, and does not say that they are there", async () => {
    const { id } = JSON.parse((await testamur(["status", "--json"])).stdout) as { id: string };
    renameSync(join(folder, "degrees"), join(folder, "lost"));
    const without = await testamur(["resume", id]);
    expect(without.code, without.stdout).to.equal(2);
    expect(without.stderr).to.contain(`testamur resume ${id} --out`);
    expect((await testamur(["resume", id, "--out", "degrees"])).code).to.equal(0);
    for (const name of readdirSync(join(folder, "lost")))
      expect(readFileSync(join(folder, "degrees", name))).to.deep.equal(readFileSync(join(folder, "lost", name)));
    expect((await testamur(["fsck"])).code).to.equal(0);
  });

  it("makes a key, and signs with it", async () => {
    writeFileSync(join(folder, "password"), "correct horse battery\n");
    const made = await testamur(["key", "create", "--out", "issuer.json", "--password-file", "password"], {});
    expect(made.code).to.equal(0);
    const address = made.stdout.trim();
    expect((await testamur(["key", "address", "issuer.json"])).stdout.trim()).to.equal(address);
    const provider = new JsonRpcProvider(store.chain.url, 1337, { staticNetwork: true });
    await provider.send("hardhat_setBalance", [address, "0xde0b6b3a7640000"]);
    provider.destroy();
    expect((await testamur(["store", "roles", "--grant", `issuer=${address}`])).code).to.equal(0);
    writeFileSync(
      join(folder, "one.csv"),
      readFileSync(join(folder, "roster.csv"), "utf8").split("\n").slice(0, 2).join("\n"),
    );
    const issued = await testamur(
      [
        "issue",
        "one.csv",
        "--template",
        "template.json",
        "--out",
        "one",
        "--yes",
        "--keystore",
        "issuer.json",
        "--password-file",
        "password",
      ],
      {},
    );
    expect(issued.code, issued.stderr).to.equal(0);
  });

  it("never repeats a password or a key", async () => {
    const secret = "0xabc0000000000000000000000000000000000000000000000000000000000abcd";
    const { stdout, stderr, code } = await testamur(["doctor"], { TESTAMUR_PRIVATE_KEY: secret });
    expect(code).to.equal(4);
    expect(stdout + stderr).not.to.contain(secret.slice(2, 20));
  });

  describe("bad input", () => {
    /** What is tried, how, and the one code it must give; nothing may be left behind. */
    const cases: readonly (readonly [string, () => Promise<Run>, number, string])[] = [
      [
        "a wrong password",
        async () => tryWith(["--keystore", "issuer.json", "--password-file", "wrong"], {}),
        4,
        "PASSWORD_WRONG",
      ],
      ["a role that is missing", async () => tryWith([], { TESTAMUR_PRIVATE_KEY: STRANGER }), 5, "ROLE_MISSING"],
      ["an address without a contract", async () => tryWith(["--store", `0x${"77".repeat(20)}`]), 4, "CONTRACT_ABSENT"],
      [
        "an account where a register should be",
        async () => tryWith(["--store", "0x0000000000000000000000000000000000000001"]),
        4,
        "CONTRACT_",
      ],
      ["a node that is down", async () => tryWith(["--rpc", "http://127.0.0.1:1"]), 4, "NODE_UNAVAILABLE"],
      ["a cap below the fee", async () => tryWith(["--max-fee", "0.000000001"]), 5, "FEE_ABOVE_CAP"],
      ["no key at all", async () => tryWith([], {}), 4, "KEY_MISSING"],
      ["an empty roster", async () => tryRoster(""), 2, "ROSTER_INVALID"],
      ["a roster of a header only", async () => tryRoster(header()), 2, "ROSTER_INVALID"],
      ["a learner twice", async () => tryRoster(`${header()}\n${line(1)}\n${line(1)}`), 2, "ROSTER_INVALID"],
      ["a row with a cell too few", async () => tryRoster(`${header()}\nA,B`), 2, "ROSTER_INVALID"],
      [
        "a roster without a column of the template",
        async () => tryRoster("student_id,name\n1,Ann"),
        2,
        "TEMPLATE_INVALID",
      ],
      [
        "a roster that is not there",
        async () => testamur(["issue", "none.csv", "--template", "template.json", "--out", "never", "--yes"]),
        2,
        "FILE_UNREADABLE",
      ],
      ["a format nobody issues", async () => tryWith(["--format", "pdf"]), 2, "FORMAT_NOT_ISSUABLE"],
      ["a misspelt option", async () => testamur(["verify", "x.json", "--jsn"]), 2, "--jsn"],
      ["a file that is not there", async () => testamur(["verify", "none.json"]), 2, "FILE_UNREADABLE"],
      [
        "settings that cannot be understood",
        async () => testamur(["status", "--config", "bad.json"]),
        4,
        "CONFIGURATION_INVALID",
      ],
      ["a list that is not there", async () => tryList("none.csv"), 2, "FILE_UNREADABLE"],
      ["a list that is a folder", async () => tryList("degrees"), 2, "FILE_UNREADABLE"],
      ["a list with a leaf that is none", async () => tryList("list.csv", "Leaf\n0x1234\n"), 2, "is not a leaf"],
      [
        "a list of a batch in another register",
        async () => {
          const facts = { store: `0x${"77".repeat(20)}`, root: `0x${"07".repeat(32)}` };
          writeFileSync(join(folder, "other/batch.info"), JSON.stringify(facts));
          return tryList("other/index.csv", `leaf\n0x${"08".repeat(32)}\n`);
        },
        2,
        `anchored in 0x${"77".repeat(20)}`,
      ],
      [
        "a list beside facts that say nothing",
        async () => {
          writeFileSync(join(folder, "other/batch.info"), "{}");
          return tryList("other/index.csv", `leaf\n0x${"08".repeat(32)}\n`);
        },
        2,
        "batch.info",
      ],
      ["lines without a document", async () => tryLines("\n \r\n"), 2, "holds no documents"],
      ["a port that cannot be", async () => testamur(["serve", "--port", "99999"]), 2, "--port"],
      [
        "a service that would do nothing",
        async () => testamur(["serve", "--max-in-flight", "0"]),
        2,
        "--max-in-flight",
      ],
      [
        "a second register that nobody asked for",
        async () => testamur(["store", "deploy", "--name", "x"]),
        2,
        "--again",
      ],
      [
        "a node's address that is none",
        async () => testamur(["init", "--rpc", "notaurl", "--name", "x", "--domain", "uni.example", "--force"]),
        2,
        "--rpc: not an http or https address",
      ],
      ["a learner's column that is not there", async () => tryWith(["--learner-id", "nosuch"]), 2, "nosuch"],
      ["a batch nobody knows", async () => testamur(["resume", "20200101-00000000"]), 2, "BATCH_UNKNOWN"],
    ];

    before(() => {
      writeFileSync(join(folder, "wrong"), "not the password\n");
      writeFileSync(join(folder, "bad.json"), '{"rcp": "http://127.0.0.1:1"}');
      mkdirSync(join(folder, "other"), { recursive: true });
      // other learners than those of the batch above, so that none of these is taken for it
      writeFileSync(
        join(folder, "other.csv"),
        readFileSync(join(examples, "roster.csv"), "utf8")
          .split("\n")
          .filter((_, at) => at === 0 || at > 900)
          .slice(0, 6)
          .join("\n"),
      );
    });

    async function tryWith(flags: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Run> {
      return testamur(
        ["issue", "other.csv", "--template", "template.json", "--out", "never", "--yes", ...flags],
        environment,
      );
    }
    async function tryRoster(text: string): Promise<Run> {
      writeFileSync(join(folder, "tried.csv"), text);
      return testamur(["issue", "tried.csv", "--template", "template.json", "--out", "never", "--yes"]);
    }
    async function tryList(path: string, text?: string): Promise<Run> {
      if (text !== undefined) writeFileSync(join(folder, path), text);
      return testamur(["revoke", "--list", path, "--reason", "superseded", "--yes"]);
    }
    async function tryLines(text: string): Promise<Run> {
      writeFileSync(join(folder, "tried.ndjson"), text);
      return testamur(["verify", "tried.ndjson"]);
    }
    const header = (): string => readFileSync(join(folder, "roster.csv"), "utf8").split("\n")[0] ?? "";
    const line = (at: number): string => readFileSync(join(folder, "roster.csv"), "utf8").split("\n")[at] ?? "";

    for (const [what, attempt, exit, code] of cases) {
      it(`${what} gives exit ${exit}, ${code}, and loses nothing`, async () => {
        const run = await attempt();
        expect(run.stderr, run.stdout).to.contain(code);
        expect(run.code).to.equal(exit);
        expect(run.stdout).not.to.contain("documents in");
        expect(readdirSync(folder).includes("never") && readdirSync(join(folder, "never")).length > 0).to.equal(false);
      });
    }

    it("a PDF named .json is not readable, and said to look like a PDF", async () => {
      writeFileSync(join(folder, "degree.json"), "%PDF-1.7\n1 0 obj");
      const { code, stdout } = await testamur(["verify", "degree.json"]);
      expect(code).to.equal(1);
      expect(stdout).to.contain("MALFORMED").and.contain("PDF");
    });

    it("a paused register refuses to issue, and verifying goes on", async () => {
      expect((await testamur(["store", "pause"])).code).to.equal(0);
      const refused = await tryWith([]);
      expect([refused.code, refused.stderr.includes("STORE_PAUSED")]).to.deep.equal([5, true]);
      expect((await testamur(["verify", documents()[1] ?? ""])).code).to.equal(0);
      expect((await testamur(["store", "pause", "--off"])).code).to.equal(0);
    });
  });
});

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}
