/** Builds `dist/`: plain JavaScript and declarations, because Node runs no TypeScript inside node_modules. */

import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

const project = resolve(import.meta.dirname, "..");

rmSync(join(project, "dist"), { recursive: true, force: true });
execFileSync(process.execPath, [join(project, "node_modules/typescript/bin/tsc"), "--project", "tsconfig.build.json"], {
  cwd: project,
  stdio: "inherit",
});
chmodSync(join(project, "dist/cli/main.js"), 0o755);
