/** The demo from an empty folder: its whole story, the words it must say, and nothing left running. */

import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";

import { expect } from "chai";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");

describe("testamur demo", function () {
  this.timeout(180_000);

  it("tells its story to the end and leaves no process behind", async () => {
    const folder = mkdtempSync(join(tmpdir(), "testamur-demo-"));
    const child = spawn(process.execPath, [main, "demo"], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.stdout.resume();
    const code = await new Promise<number | null>((done) => child.once("close", done));
    expect(code, said).to.equal(0);
    for (const headline of ["1,000 of 1,000 valid", "TAMPERED", "REVOKED", "COULD_NOT_CHECK", '"headline":"VALID"'])
      expect(said).to.contain(headline);
    expect(said.match(/\$ /g), "commands to do it by hand").to.have.length.greaterThan(6);
    const names = readdirSync(join(folder, "demo", "documents")).filter((name) => name.endsWith(".json"));
    expect(names).to.have.length(1_000);
    expect(said).to.contain("10 credentials in");
    const chain = Number(/process (\d+)\)/.exec(said)?.[1]);
    expect(() => process.kill(chain, 0), "the chain still runs").to.throw();
    rmSync(folder, { recursive: true });
  });

  it("does not empty a folder that is not its own", async () => {
    const child = spawn(process.execPath, [main, "demo", "--dir", resolve(import.meta.dirname)], { stdio: "ignore" });
    expect(await new Promise<number | null>((done) => child.once("close", done))).to.equal(2);
    expect(readdirSync(import.meta.dirname)).to.include("demo.test.ts");
  });
});
