/** `testamur badge bake|unbake`: a credential into an image, and out again. */

import type { Command } from "commander";

import { bakeBadge, unbakeBadge } from "../../app/badges.ts";
import { readOneFile } from "../input-files.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";
import { writeNew } from "../write-new.ts";

interface BadgeFlags {
  readonly image: string;
  readonly out: string;
  readonly force?: boolean;
}

export function addBadgeCommands(program: Command, shell: Shell): void {
  const badge = program.command("badge").description("images that carry their credential (Open Badges 3.0)");
  badge
    .command("bake")
    .description("put a credential into an image; the image still verifies")
    .argument("<document>", "a W3C credential (.json)")
    .requiredOption("--image <file>", "the picture, PNG or SVG")
    .requiredOption("--out <file>", "where to write the badge")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: BadgeFlags) => runBake(path, flags, shell));
  badge
    .command("unbake")
    .description("take the credential out of an image")
    .argument("<image>", "a badge, PNG or SVG")
    .requiredOption("--out <file>", "where to write the credential")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: Omit<BadgeFlags, "image">) => runUnbake(path, flags, shell));
}

async function runBake(path: string, { image, out, force = false }: BadgeFlags, { terminal }: Shell): Promise<void> {
  const baked = await bakeBadge(await readOneFile(path), await readOneFile(image));
  await writeNew(out, baked.image, force);
  terminal.say(`${paint.tone("good", "✓")} ${out}: the image carries the whole credential, for whoever gets the file.`);
  for (const notice of baked.notices) terminal.say(`  ${paint.tone("warn", "!")} ${notice}`);
}

async function runUnbake(path: string, flags: Omit<BadgeFlags, "image">, { terminal }: Shell): Promise<void> {
  await writeNew(flags.out, unbakeBadge(await readOneFile(path)), flags.force ?? false);
  terminal.say(`${paint.tone("good", "✓")} ${flags.out}: not verified yet (testamur verify ${flags.out}).`);
}
