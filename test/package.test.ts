/** The package as a stranger installs it: packed, unpacked into an empty folder, run as a command and as a library. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";

import manifest from "../package.json" with { type: "json" };

const project = resolve(import.meta.dirname, "..");

describe("the package", function () {
  this.timeout(180_000);
  let folder: string;
  let cli: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "testamur-package-"));
    const npm = process.env["npm_execpath"];
    const [command, ...first] = npm === undefined ? ["npm"] : [process.execPath, npm];
    execFileSync(command ?? "npm", [...first, "pack", "--silent", "--pack-destination", folder], {
      cwd: project,
      stdio: "pipe",
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    execFileSync("tar", ["-xzf", tarball], { cwd: folder });
    // its dependencies, and nothing else of ours, where an installation would put them
    mkdirSync(join(folder, "node_modules"));
    for (const name of Object.keys(manifest.dependencies)) link(name);
    symlinkSync(join(folder, "package"), join(folder, "node_modules", "testamur"));
    cli = join(folder, "node_modules", "testamur", manifest.bin.testamur);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function link(name: string): void {
    const [scope] = name.split("/");
    if (name.startsWith("@")) mkdirSync(join(folder, "node_modules", scope ?? ""), { recursive: true });
    symlinkSync(join(project, "node_modules", name), join(folder, "node_modules", name));
  }

  function run(...args: string[]): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
  }

  it("holds no TypeScript but declarations, and no tests", () => {
    const files = readdirSync(join(folder, "package"), { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))).to.deep.equal([]);
    expect(files.filter((name) => name.startsWith("test"))).to.deep.equal([]);
  });

  it("runs as a command", () => {
    expect(run("--version").stdout.trim()).to.equal(manifest.version);
    expect(run("--help").stdout).to.contain("verify").and.contain("issue");
  });

  it("verifies as a command, with the exit codes of the command line", () => {
    writeFileSync(join(folder, "nothing.json"), "{}");
    const { status, stdout } = run("verify", "nothing.json", "--offline", "--json");
    expect(status).to.equal(1);
    expect(JSON.parse(stdout)).to.include({ verdict: "invalid", headline: "MALFORMED", file: "nothing.json" });
    expect(run("verify", "nothing.json").status).to.equal(4);
    expect(run("verify").status).to.equal(2);
  });

  it("works as a library", () => {
    const script = `import { openVerifier, VERSION } from "testamur";
      import { buildSortedTree } from "testamur/merkle";
      import { FORMATS } from "testamur/formats";
      const report = await openVerifier({ offline: true }).verify("{}");
      console.log(JSON.stringify([VERSION, report.headline, buildSortedTree(new Uint8Array(32)).size, FORMATS.length > 1]));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stdout.trim(), stderr).to.equal(JSON.stringify([manifest.version, "MALFORMED", 1, true]));
  });
});
