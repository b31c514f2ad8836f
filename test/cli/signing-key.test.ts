/** `testamur key create --signing` and `testamur init` with such a key: what an issuer has to publish, ready to be copied. */

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { runCli } from "../support/run-cli.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

describe("testamur key create --signing", function () {
  this.timeout(60_000);
  const temporary = withTemporaryDirectory();
  const testamur = async (...args: readonly string[]) => runCli(temporary(), args);
  const create = async (...flags: readonly string[]) => {
    writeFileSync(join(temporary(), "password"), "correct horse battery\n");
    return testamur("key", "create", "--signing", "--out", "signing.json", "--password-file", "password", ...flags);
  };

  it("makes a key whose name can be asked for, and never overwrites one", async () => {
    const made = await create();
    expect(made.code, made.stderr).to.equal(0);
    expect(made.stdout.trim()).to.match(/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/);
    expect((await testamur("key", "address", "signing.json")).stdout).to.equal(made.stdout);
    expect(statSync(join(temporary(), "signing.json")).mode & 0o777).to.equal(0o600);
    const again = await create("--curve", "P-256");
    expect([again.code, again.stderr.includes("FILE_EXISTS")]).to.deep.equal([2, true]);
  });

  it("makes one on P-256, and none on another curve", async () => {
    expect((await create("--curve", "P-256")).stdout).to.match(/^zDna/);
    expect((await create("--curve", "P-521")).code).to.equal(2);
  });

  it("is shown by init, with the DID document to publish", async () => {
    const key = (await create()).stdout.trim();
    const flags = ["--rpc", "http://127.0.0.1:1", "--name", "Example", "--domain", "uni.example"];
    const made = await testamur("init", ...flags, "--signing-key", "signing.json");
    expect(made.code, made.stderr).to.equal(0);
    const settings = JSON.parse(readFileSync(join(temporary(), "testamur.json"), "utf8")) as object;
    expect(settings).to.deep.include({ signingKey: "signing.json" });
    expect(settings).to.have.nested.property("issuer.did", "did:web:uni.example");
    expect(made.stderr).to.contain("https://uni.example/.well-known/did.json");
    const document = JSON.parse(made.stdout) as object;
    expect(document).to.have.nested.property("assertionMethod[0]", `did:web:uni.example#${key}`);
  });
});
