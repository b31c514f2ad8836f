/** The README keeps its word: its commands exist with these options, its settings load, its template compiles, its code runs. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";

import { loadSettings } from "../src/app/config.ts";
import { parseTrustList } from "../src/identity/trust-list.ts";
import { parseTemplate } from "../src/issue/template.ts";
import { toUtf8 } from "../src/core/bytes.ts";
import manifest from "../package.json" with { type: "json" };

const project = resolve(import.meta.dirname, "..");
const readme = readFileSync(join(project, "README.md"), "utf8");
const cli = join(project, "src/cli/main.ts");

/** The snippets of one language, in order. */
function snippets(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map((match) => match[1] ?? "");
}

const commands = snippets("console")
  .flatMap((snippet) => snippet.split("\n"))
  .map((line) => line.replace(/#.*$/, "").trim())
  .filter((line) => line !== "");

describe("README", () => {
  it("names the two commands that package.json knows", () => {
    expect(commands).to.include("npx -y -p node@24 -- npm run demo").and.include("npx -y -p node@24 -- npm cit");
    expect(manifest.scripts).to.include.keys("demo", "predemo", "test", "check");
  });

  const helpOf = new Map<string, string>();
  for (const line of commands.filter((each) => each.startsWith("npx testamur "))) {
    const words = line
      .replace(/^npx testamur /, "")
      .replace(/ &$/, "")
      .split(/\s+/);
    const name = ["key", "store", "badge", "recognition"].includes(words[0] ?? "")
      ? words.slice(0, 2)
      : words.slice(0, 1);
    it(`gives "${line}" a command and options that exist`, () => {
      const key = name.join(" ");
      const help =
        helpOf.get(key) ?? spawnSync(process.execPath, [cli, ...name, "--help"], { encoding: "utf8" }).stdout;
      helpOf.set(key, help);
      expect(help).to.contain(`testamur ${key}`);
      for (const option of words.filter((word) => word.startsWith("--"))) expect(help, option).to.contain(option);
    });
  }

  it("shows a template that compiles", () => {
    const template = snippets("json").find((text) => text.includes("{{$store}}")) ?? "";
    expect(() => parseTemplate(toUtf8(template), "README.md")).not.to.throw();
  });

  it("shows a trust file that is understood", () => {
    const trust =
      snippets("json").find((text) =>
        text.includes('"issuers": [\n    {\n      "name": "University of Example",\n      "stores"'),
      ) ?? "";
    expect(parseTrustList(trust).issuers).to.have.length(1);
  });

  it("shows settings that load", () => {
    const folder = mkdtempSync(join(tmpdir(), "testamur-readme-"));
    writeFileSync(join(folder, "testamur.json"), snippets("json").find((text) => text.includes('"resolvers"')) ?? "");
    const settings = loadSettings({}, {}, folder);
    rmSync(folder, { recursive: true });
    expect(settings.store).to.match(/^0x[0-9a-f]{40}$/);
    expect(settings.resolvers).to.have.length(2);
  });

  it("lists every environment variable that is read", () => {
    const source = readFileSync(join(project, "src/app/config.ts"), "utf8");
    const read = [...source.matchAll(/environment\["(TESTAMUR_\w+)"\]/g)].map((match) => match[1] ?? "");
    for (const name of new Set(read)) expect(readme, name).to.contain(name);
  });

  it("shows library code that runs", () => {
    const [code = ""] = snippets("ts");
    const folder = mkdtempSync(join(tmpdir(), "testamur-readme-"));
    writeFileSync(join(folder, "degree.json"), "{}");
    const script = code.replace('from "testamur"', `from ${JSON.stringify(join(project, "src/index.ts"))}`);
    writeFileSync(join(folder, "snippet.ts"), script);
    const run = spawnSync(process.execPath, ["snippet.ts"], { cwd: folder, encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect(run.stdout, run.stderr).to.contain("invalid MALFORMED");
  });
});
