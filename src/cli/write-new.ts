/** Writes a file that a command makes; what is there already stays, unless it is said otherwise. */

import { writeFile } from "node:fs/promises";

import { TestamurError } from "../core/errors.ts";

/** @throws {TestamurError} `FILE_EXISTS`, `FILE_UNREADABLE`. */
export async function writeNew(path: string, contents: string | Uint8Array, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, contents, { flag: overwrite ? "w" : "wx" });
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
