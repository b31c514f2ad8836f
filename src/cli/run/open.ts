/** What `testamur open SHARE` does: takes a document out of an encrypted share. */

import { openShare } from "../../app/encrypted-share.ts";
import { askPassword } from "../ask.ts";
import { readOneFile } from "../input-files.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";
import { writeNew } from "../write-new.ts";

export interface OpenFlags {
  readonly key?: string;
  readonly out: string;
  readonly force?: boolean;
}

export async function runOpen(
  path: string,
  { key, out, force = false }: OpenFlags,
  { terminal }: Shell,
): Promise<void> {
  const bytes = await readOneFile(path);
  await writeNew(out, await openShare(bytes, key ?? (await askPassword("Key of the share", "--key"))), force);
  terminal.say(`${paint.tone("good", "✓")} ${out}: not verified yet (testamur verify ${out}).`);
}
