/** `testamur share DOC --hide FIELD... --out FILE`: what is left still verifies. */

import { writeFile } from "node:fs/promises";

import type { Command } from "commander";

import { shareDocument } from "../../app/share-document.ts";
import { TestamurError } from "../../core/errors.ts";
import { readInputFiles } from "../input-files.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";

interface ShareFlags {
  readonly hide: readonly string[];
  readonly out: string;
  readonly force?: boolean;
}

export function addShareCommand(program: Command, shell: Shell): void {
  program
    .command("share")
    .description("hide parts of your own document; what is left still verifies")
    .argument("<document>", "your document (.json)")
    .requiredOption("--hide <field...>", "what to hide, for example transcript or recipient.birthDate")
    .requiredOption("--out <file>", "where to write the rest")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: ShareFlags) => runShare(path, flags, shell));
}

async function runShare(path: string, flags: ShareFlags, { terminal }: Shell): Promise<void> {
  for await (const { bytes } of readInputFiles([path])) {
    const shared = await shareDocument(bytes, flags.hide);
    await writeNew(flags.out, shared.text, flags.force === true);
    terminal.say(
      `${paint.tone("good", "✓")} ${flags.out}: ${shared.hidden} ${shared.hidden === 1 ? "entry" : "entries"} hidden in all.`,
    );
    for (const notice of shared.notices) terminal.say(`  ${paint.tone("warn", "!")} ${harmless(notice)}`);
    terminal.say(
      "  Who reads it sees how many entries are hidden, not which. What you have given away cannot be called back.",
    );
  }
}

async function writeNew(path: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, text, { flag: overwrite ? "w" : "wx" });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    throw exists
      ? new TestamurError("FILE_EXISTS", `${path} is there already`, {
          cause,
          next: "choose another --out, or add --force",
        })
      : new TestamurError("FILE_UNREADABLE", `${path} cannot be written`, { cause });
  }
}
