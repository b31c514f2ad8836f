/** The package as it is published, built from this checkout: what users run, without TypeScript on the way. */

import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import process from "node:process";

export const project: string = resolve(import.meta.dirname, "../..");

/** The command line of the package, from the project's directory. */
export const PACKAGE = "dist/cli/main.js";

export function buildPackage(): void {
  execFileSync(process.execPath, ["scripts/build-package.mjs"], { cwd: project, stdio: "ignore" });
}
