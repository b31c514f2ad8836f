/** How long the command line takes to be there. */

import { execFileSync } from "node:child_process";
import process from "node:process";

import { buildPackage, PACKAGE, project } from "../package.ts";
import type { Figure, Survey } from "../row.ts";

const CHECKOUT = "src/cli/main.ts";

const COMMANDS: readonly (readonly [subject: string, args: readonly string[]])[] = [
  ["node alone (-e 0)", ["-e", "0"]],
  ["testamur --version, from the package", [PACKAGE, "--version"]],
  ["testamur verify --help, from the package", [PACKAGE, "verify", "--help"]],
  ["testamur --version, from a checkout (TypeScript as it is)", [CHECKOUT, "--version"]],
  ["testamur verify --help, from a checkout", [CHECKOUT, "verify", "--help"]],
];

export const start: Survey = {
  kind: "survey",
  title: "Start-up of the command line",
  async measure({ quick }) {
    buildPackage();
    const rounds = quick ? 3 : 15;
    const values = COMMANDS.map((): number[] => []);
    for (let round = 0; round <= rounds; round++)
      for (const [at, [, args]] of COMMANDS.entries()) {
        const ms = timeOf(args);
        if (round > 0) values[at]?.push(ms); // the first one reads the files from the disk
      }
    return {
      figures: COMMANDS.map(([subject], at): Figure => ({ subject, unit: "ms", values: values[at] ?? [], goals: [] })),
      notes: ["From the start of the process to its end, files in the disk cache."],
    };
  },
};

function timeOf(args: readonly string[]): number {
  const started = performance.now();
  execFileSync(process.execPath, args, { cwd: project, stdio: "ignore" });
  return performance.now() - started;
}
