/** What a holder does with a document, on the command line: hide parts of it, bake it, encrypt it, put it on a profile. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type { JsonObject } from "../../src/core/json.ts";
import type { Report } from "../../src/core/report.ts";
import { MAY_WITHHOLD } from "../../src/formats/w3c-vc-v2/names.ts";
import { png, SVG } from "../support/images.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";
import { badge, firstFault, issue, type Issued } from "../support/w3c-samples.ts";

const SECRET = "With honours, against all odds";

describe("testamur share, with a credential of the native format", function () {
  this.timeout(120_000);
  const directory = withTemporaryDirectory();
  const testamur = async (...args: readonly string[]): Promise<CliRun> => runCli(directory(), args);
  const read = (name: string): string => readFileSync(join(directory(), name), "utf8");
  let issued: Issued;

  before(async () => {
    issued = await issue(
      badge({ description: SECRET, [MAY_WITHHOLD]: ["/description", "/credentialSubject/result/1"] }),
    );
  });
  beforeEach(() => writeFileSync(join(directory(), "degree.json"), issued.text));

  it("hides what was chosen; the rest still holds", async () => {
    const { code, stderr } = await testamur(
      "share",
      "degree.json",
      "--hide",
      "description",
      "credentialSubject.result.1",
      "--out",
      "part.json",
    );
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain("2 entries hidden in all");
    expect(read("part.json")).not.to.contain(SECRET).and.not.to.contain('"97"');
    expect(await firstFault(JSON.parse(read("part.json")) as JsonObject, issued.root)).to.equal(undefined);
    const checked = await testamur("verify", "part.json", "--offline", "--json");
    const report = JSON.parse(checked.stdout) as Report;
    expect(checked.code).to.equal(3);
    expect(report).to.include({ format: "w3c-vc-v2", verdict: "inconclusive", hidden: 2 });
    expect(report.findings[0]).to.include({ aspect: "integrity", outcome: "pass" });
  });

  it("refuses what must stay, and says why and what may go", async () => {
    const { code, stderr } = await testamur("share", "degree.json", "--hide", "issuer", "--out", "part.json");
    expect(code).to.equal(2);
    expect(stderr)
      .to.contain("PATH_NOT_HIDEABLE")
      .and.contain("/issuer cannot be hidden")
      .and.contain("verifiers rely on")
      .and.contain("/credentialSubject/result/1");
    expect(() => read("part.json")).to.throw("ENOENT");
  });

  it("says so when the issuer let nothing be hidden", async () => {
    writeFileSync(join(directory(), "whole.json"), (await issue()).text);
    const { code, stderr } = await testamur("share", "whole.json", "--hide", "description", "--out", "part.json");
    expect(code).to.equal(2);
    expect(stderr).to.contain("CREDENTIAL_INVALID").and.contain("did not provide for parts of it to be hidden");
  });

  it("says what to do when nothing was asked for, or no place to write", async () => {
    const nothing = await testamur("share", "degree.json");
    expect([nothing.code, nothing.stderr.includes("--linkedin")]).to.deep.equal([2, true]);
    const nowhere = await testamur("share", "degree.json", "--encrypt");
    expect([nowhere.code, nowhere.stderr.includes("--out FILE")]).to.deep.equal([2, true]);
  });

  it("encrypts; verify says how to open it, and opens it with its key", async () => {
    const shared = await testamur("share", "degree.json", "--hide", "description", "--encrypt", "--out", "share.json");
    expect(shared.code, shared.stderr).to.equal(0);
    const key = shared.stdout.trim();
    expect(key).to.match(/^[0-9a-f]{64}$/);
    expect(read("share.json")).not.to.contain("Example University");
    const closed = await testamur("verify", "share.json", "--offline");
    expect([closed.code, closed.stdout.includes("testamur open")]).to.deep.equal([1, true]);
    const checked = await testamur("verify", "share.json", "--key", key, "--offline", "--json");
    expect(JSON.parse(checked.stdout)).to.include({ file: "share.json", format: "w3c-vc-v2", hidden: 1 });
    expect((await testamur("open", "share.json", "--key", "00".repeat(32), "--out", "opened.json")).code).to.equal(2);
    expect((await testamur("open", "share.json", "--key", key, "--out", "opened.json")).code).to.equal(0);
    expect(await firstFault(JSON.parse(read("opened.json")) as JsonObject, issued.root)).to.equal(undefined);
  });

  it("prints a link for a profile, and what it discloses", async () => {
    const { code, stdout, stderr } = await testamur(
      "share",
      "degree.json",
      "--linkedin",
      "--url",
      "https://me.example/d",
    );
    expect(code).to.equal(0);
    expect(new URL(stdout.trim()).searchParams.get("organizationName")).to.equal("Example University");
    expect(stderr).to.contain("title, issuer's name, date of issue").and.contain("address of the credential");
  });

  for (const [name, image] of [
    ["badge.png", png()],
    ["badge.svg", SVG],
  ] as const) {
    it(`bakes a credential into ${name}, which verifies as it is, and takes it out again`, async () => {
      writeFileSync(join(directory(), "whole.json"), (await issue()).text);
      writeFileSync(join(directory(), `plain-${name}`), image);
      const baked = await testamur("badge", "bake", "whole.json", "--image", `plain-${name}`, "--out", name);
      expect(baked.code, baked.stderr).to.equal(0);
      const checked = await testamur("verify", name, "--offline", "--json");
      const report = JSON.parse(checked.stdout) as Report;
      expect(report).to.include({ file: name, format: "w3c-vc-v2" });
      expect(report.findings[0]).to.include({ code: "INTEGRITY_HOLDS" });
      expect((await testamur("badge", "unbake", name, "--out", "out.json")).code).to.equal(0);
      expect(JSON.parse(read("out.json"))).to.deep.equal(JSON.parse(read("whole.json")));
      expect((await testamur("badge", "unbake", `plain-${name}`, "--out", "none.json")).code).to.equal(2);
      const plain = await testamur("verify", `plain-${name}`, "--offline");
      expect([plain.code, plain.stdout.includes("no credential")]).to.deep.equal([1, true]);
    });
  }

  it("bakes of a credential with parts to hide what everybody can read, and says so", async () => {
    writeFileSync(join(directory(), "plain.png"), png());
    const baked = await testamur("badge", "bake", "degree.json", "--image", "plain.png", "--out", "badge.png");
    expect([baked.code, baked.stderr.includes("hidden in a badge")]).to.deep.equal([0, true]);
    expect(read("badge.png")).not.to.contain(SECRET);
    writeFileSync(join(directory(), "text.png"), "not an image");
    const text = await testamur("badge", "bake", "degree.json", "--image", "text.png", "--out", "other.png");
    expect([text.code, text.stderr.includes("neither PNG nor SVG")]).to.deep.equal([2, true]);
  });
});
