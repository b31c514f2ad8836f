/** Where the demo works: a directory of its own, with copies of the examples and the settings for playing on by hand. */

import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { TestamurError } from "../../core/errors.ts";

/** Tells our own directory from somebody else's of the same name. */
const MARKER = ".testamur-demo";
const EXAMPLES = resolve(import.meta.dirname, "../../../examples");

/**
 * Makes an empty working directory; one that an earlier demo left is emptied.
 *
 * @throws {TestamurError} `FILE_EXISTS` for a directory that holds anything else.
 */
export async function openWorkshop(path: string): Promise<string> {
  const directory = resolve(path);
  const found: readonly string[] = await readdir(directory).catch(() => []);
  if (found.length > 0 && !found.includes(MARKER)) {
    throw new TestamurError("FILE_EXISTS", `${directory} is not empty and not an earlier demo's`, {
      next: "choose another directory with --dir",
    });
  }
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, MARKER), "This directory is emptied by the next demo.\n");
  for (const name of ["roster.csv", "transcript.template.json", "degree.template.json"])
    await cp(join(EXAMPLES, name), join(directory, name));
  return directory;
}
