/** `testamur badge bake|unbake`: a credential into an image, and out again. */

import type { Command } from "commander";

import type { BadgeFlags } from "../run/badge.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/badge.ts");

export function addBadgeCommands(program: Command, shell: Shell): void {
  const badge = program.command("badge").description("images that carry their credential (Open Badges 3.0)");
  badge
    .command("bake")
    .description("put a credential into an image; the image still verifies")
    .argument("<document>", "a W3C credential (.json)")
    .requiredOption("--image <file>", "the picture, PNG or SVG")
    .requiredOption("--out <file>", "where to write the badge")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: BadgeFlags) => (await run()).runBake(path, flags, shell));
  badge
    .command("unbake")
    .description("take the credential out of an image")
    .argument("<image>", "a badge, PNG or SVG")
    .requiredOption("--out <file>", "where to write the credential")
    .option("--force", "overwrite the file")
    .action(async (path: string, flags: Omit<BadgeFlags, "image">) => (await run()).runUnbake(path, flags, shell));
}
