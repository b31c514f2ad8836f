/** `testamur demo`: the whole product in its first minute. */

import type { Command } from "commander";

import type { DemoFlags } from "../run/demo.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/demo.ts");

export function addDemoCommand(program: Command, shell: Shell): void {
  program
    .command("demo")
    .description("see it work: a local chain, 1,000 transcripts issued, verified, altered, withdrawn")
    .option("--keep", "leave the chain, the DNS and the service running until Ctrl-C")
    .option("--dir <directory>", "where to work", "demo")
    .action(async (flags: DemoFlags) => (await run()).runDemo(flags, shell));
}
