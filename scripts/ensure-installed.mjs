/** Installs what is missing, so that the first command of the README works in a fresh clone. Plain JavaScript: nothing is installed yet. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

const folder = resolve(import.meta.dirname, "..", process.argv[2] ?? ".");

/** True when what lies in node_modules is what the lock file asks for. */
function isInstalled() {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const found = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional === true || entry.devOptional === true || found[path]?.version === entry.version,
  );
}

if (!isInstalled()) {
  console.error(`Installing packages in ${folder} …`);
  // an npm that runs under an old Node would leave out Hardhat's native part: use this very Node
  execFileSync(process.execPath, [process.env.npm_execpath ?? "npm", "ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: "inherit",
  });
}
