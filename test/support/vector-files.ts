/** Whole suites over third-party vectors: described where the vectors are present, said aloud where they are not. */

import { readFileSync } from "node:fs";

import { findVectors } from "./vectors.ts";

/** `describe` for tests that need a folder of the vectors. */
export function describeVectors(folder: string, title: string, tests: () => void): void {
  if (findVectors(folder) !== undefined) describe(title, tests);
}

/** The bytes of a file of the vectors, which must be present. */
export function vectorBytes(path: string): Uint8Array {
  const file = findVectors(path);
  if (file === undefined) throw new Error(`no vector file ${path}`);
  return readFileSync(file);
}

/** The text of a file of the vectors, which must be present. */
export function vectorText(path: string): string {
  return new TextDecoder().decode(vectorBytes(path));
}
