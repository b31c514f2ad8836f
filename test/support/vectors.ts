/** Third-party test vectors: a folder beside the project, or where TESTAMUR_VECTORS says. Said aloud where it is absent. */

import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(
  process.env["TESTAMUR_VECTORS"] ?? join(import.meta.dirname, "..", "..", "..", "shared", "vectors"),
);

/** Path of a vector file, or undefined, with a word on the terminal, where the vectors are not present. */
export function findVectors(path: string): string | undefined {
  const file = join(folder, path);
  if (existsSync(file)) return file;
  console.warn(`vectors absent, not tested: ${file}`);
  return undefined;
}

/** The JSON of a vector file, or undefined where the vectors are not present. */
export function findJsonVectors(path: string): unknown {
  const file = findVectors(path);
  return file === undefined ? undefined : JSON.parse(readFileSync(file, "utf8"));
}
