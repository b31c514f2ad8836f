/** What a holder does with a document, on the command line: hide parts of it. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import type { JsonObject } from "../../src/core/json.ts";
import type { Report } from "../../src/core/report.ts";
import { MAY_WITHHOLD } from "../../src/formats/w3c-vc-v2/names.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";
import { badge, firstFault, issue, type Issued } from "../support/w3c-samples.ts";

const SECRET = "With honours, against all odds";

describe("testamur share, with a credential of the native format", function () {
  this.timeout(60_000);
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
});
