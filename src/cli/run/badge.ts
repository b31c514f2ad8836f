/** What `testamur badge bake|unbake` does: a credential into an image, and out again. */

import { bakeBadge, unbakeBadge } from "../../app/badges.ts";
import { readOneFile } from "../input-files.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";
import { writeNew } from "../write-new.ts";

export interface BadgeFlags {
  readonly image: string;
  readonly out: string;
  readonly force?: boolean;
}

export async function runBake(
  path: string,
  { image, out, force = false }: BadgeFlags,
  { terminal }: Shell,
): Promise<void> {
  const baked = await bakeBadge(await readOneFile(path), await readOneFile(image));
  await writeNew(out, baked.image, force);
  terminal.say(`${paint.tone("good", "✓")} ${out}: the image carries the whole credential, for whoever gets the file.`);
  for (const notice of baked.notices) terminal.say(`  ${paint.tone("warn", "!")} ${notice}`);
}

export async function runUnbake(path: string, flags: Omit<BadgeFlags, "image">, { terminal }: Shell): Promise<void> {
  await writeNew(flags.out, unbakeBadge(await readOneFile(path)), flags.force ?? false);
  terminal.say(`${paint.tone("good", "✓")} ${flags.out}: not verified yet (testamur verify ${flags.out}).`);
}
