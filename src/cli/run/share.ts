/** What `testamur share DOC` does: hides parts of it, encrypts it for one reader, or makes a link for LinkedIn. */

import { encryptDocument } from "../../app/encrypted-share.ts";
import { linkedInLink } from "../../app/linkedin-link.ts";
import { openOwnDocument } from "../../app/own-document.ts";
import { shareDocument } from "../../app/share-document.ts";
import { toUtf8 } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { readOneFile } from "../input-files.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";
import { writeNew } from "../write-new.ts";

export interface ShareFlags {
  readonly hide?: readonly string[];
  readonly encrypt?: boolean;
  readonly linkedin?: boolean;
  readonly url?: string;
  readonly out?: string;
  readonly force?: boolean;
}

export async function runShare(path: string, flags: ShareFlags, shell: Shell): Promise<void> {
  const bytes = await readOneFile(path);
  const { hide, encrypt = false, linkedin = false } = flags;
  if (hide === undefined && !encrypt && !linkedin) {
    throw new TestamurError("USAGE", "nothing is to be done with the document", {
      next: "say --hide FIELD..., --encrypt or --linkedin",
    });
  }
  if (hide !== undefined || encrypt) await writeShared(bytes, flags, shell);
  if (linkedin) await printLink(bytes, flags, shell);
}

async function writeShared(bytes: Uint8Array, flags: ShareFlags, { terminal }: Shell): Promise<void> {
  const { out, hide, encrypt = false, force = false } = flags;
  if (out === undefined) throw new TestamurError("USAGE", "where to write is not said", { next: "add --out FILE" });
  const shared = hide === undefined ? undefined : await shareDocument(bytes, hide);
  const encrypted = encrypt ? await encryptDocument(shared === undefined ? bytes : toUtf8(shared.text)) : undefined;
  await writeNew(out, encrypted?.text ?? shared?.text ?? "", force);
  if (shared !== undefined) {
    terminal.say(
      `${paint.tone("good", "✓")} ${out}: ${shared.hidden} ${shared.hidden === 1 ? "entry" : "entries"} hidden in all.`,
    );
    for (const notice of shared.notices) terminal.say(`  ${paint.tone("warn", "!")} ${harmless(notice)}`);
    terminal.say(
      "  Who reads it sees how many entries are hidden, not which. What you have given away cannot be called back.",
    );
  }
  if (encrypted !== undefined) {
    terminal.say(
      `${paint.tone("good", "✓")} ${out}: encrypted. This is its key; send it another way than the file (testamur open ${out} --key …):`,
    );
    terminal.print(encrypted.key);
  }
}

async function printLink(bytes: Uint8Array, { url }: ShareFlags, { terminal }: Shell): Promise<void> {
  const link = linkedInLink(await openOwnDocument(bytes), url);
  terminal.print(link.url);
  terminal.say(
    `  ${paint.tone("warn", "!")} Whoever follows the link tells LinkedIn, and then everybody who sees the profile: ${link.discloses.join(", ")}.`,
  );
}
