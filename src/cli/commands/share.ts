/** `testamur share DOC`: hide parts of it, encrypt it for one reader, or make a link for LinkedIn. */

import type { Command } from "commander";

import type { ShareFlags } from "../run/share.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/share.ts");

export function addShareCommand(program: Command, shell: Shell): void {
  program
    .command("share")
    .description("hide parts of your own document, encrypt it, or put it on a profile; what is left still verifies")
    .argument("<document>", "your document (.json)")
    .option("--hide <field...>", "what to hide, for example transcript or recipient.birthDate")
    .option("--encrypt", "encrypt it for one reader; the key is printed, and must travel another way")
    .option("--linkedin", 'print the link that adds it to a LinkedIn profile ("licenses and certifications")')
    .option("--url <address>", "with --linkedin: where others can see the document")
    .option("--out <file>", "where to write what is shared")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: ShareFlags) => (await run()).runShare(path, flags, shell));
}
