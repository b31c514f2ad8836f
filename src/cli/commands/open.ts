/** `testamur open SHARE`: takes a document out of an encrypted share. */

import type { Command } from "commander";

import type { OpenFlags } from "../run/open.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/open.ts");

export function addOpenCommand(program: Command, shell: Shell): void {
  program
    .command("open")
    .description("decrypt a document that somebody shared with you")
    .argument("<share>", "the encrypted share (.json)")
    .requiredOption("--out <file>", "where to write the document")
    .option("--key <digits>", "its key; without it you are asked")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: OpenFlags) => (await run()).runOpen(path, flags, shell));
}
