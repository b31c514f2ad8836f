/** What the program is before a command is called: small. What commands do is loaded when one is. */

import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, resolve } from "node:path";

import { expect } from "chai";

import { runCli } from "../support/run-cli.ts";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");

/** Every module that is loaded with `file`: paths of ours, names of others'. Types vanish, and `import()` waits. */
function loadedWith(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const source = readFileSync(file, "utf8");
  for (const [, target = ""] of source.matchAll(/^(?:import|export) (?!type )(?:[^";]*? from )?"([^"]+)";/gmu))
    if (target.startsWith(".")) loadedWith(resolve(dirname(file), target), loaded);
    else loaded.add(target);
  return loaded;
}

describe("main", function () {
  this.timeout(60_000);

  it("loads no package but those that read options and paint, and nothing of what commands do", () => {
    const loaded = [...loadedWith(main)];
    const packages = loaded.filter((name) => !existsSync(name) && !name.startsWith("node:"));
    expect(packages).to.have.members(["commander", "picocolors"]);
    expect(loaded.filter((name) => name.includes("/cli/run/"))).to.deep.equal([]);
    expect(loaded.filter((name) => name.includes("/cli/commands/"))).to.have.lengthOf.above(14); // the walk is not blind
  });

  it("lists every command, loaded or not", async () => {
    const { code, stdout } = await runCli(tmpdir(), ["--help"]);
    expect(code).to.equal(0);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
    expect(listed).to.deep.equal(
      "init doctor key store issue resume status fsck verify revoke suspend reinstate recognition share open badge serve demo help".split(
        " ",
      ),
    );
  });

  it("shows the options of one command, whichever way it is asked", async () => {
    const [first, second] = await Promise.all([
      runCli(tmpdir(), ["verify", "--help"]),
      runCli(tmpdir(), ["help", "verify"]),
    ]);
    expect(first.stdout).to.contain("--at-block").and.contain("--agree");
    expect(second).to.deep.equal(first);
  });

  it("says of an unknown command what it may have meant", async () => {
    const { code, stderr } = await runCli(tmpdir(), ["verfy"]);
    expect(code).to.equal(2);
    expect(stderr).to.contain("Did you mean verify?");
  });
});
