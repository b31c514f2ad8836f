/** `testamur open SHARE`: takes a document out of an encrypted share. */

import type { Command } from "commander";

import { openShare } from "../../app/encrypted-share.ts";
import { askPassword } from "../ask.ts";
import { readOneFile } from "../input-files.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";
import { writeNew } from "../write-new.ts";

interface OpenFlags {
  readonly key?: string;
  readonly out: string;
  readonly force?: boolean;
}

export function addOpenCommand(program: Command, shell: Shell): void {
  program
    .command("open")
    .description("decrypt a document that somebody shared with you")
    .argument("<share>", "the encrypted share (.json)")
    .requiredOption("--out <file>", "where to write the document")
    .option("--key <digits>", "its key; without it you are asked")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: OpenFlags) => runOpen(path, flags, shell));
}

async function runOpen(path: string, { key, out, force = false }: OpenFlags, { terminal }: Shell): Promise<void> {
  const bytes = await readOneFile(path);
  await writeNew(out, await openShare(bytes, key ?? (await askPassword("Key of the share", "--key"))), force);
  terminal.say(`${paint.tone("good", "✓")} ${out}: not verified yet (testamur verify ${out}).`);
}
