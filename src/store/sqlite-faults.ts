/** SQLite's errors in our words. */

import { TestamurError, type FaultCode } from "../core/errors.ts";
import { codeOf } from "./disk.ts";

/** Primary result codes. @see https://www.sqlite.org/rescode.html */
const BUSY = 5;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const FAULTS: Readonly<Record<number, readonly [FaultCode, string, string]>> = {
  [BUSY]: ["DATABASE_LOCKED", "is in use by another process", "wait until it is done"],
  [INPUT_OUTPUT]: [
    "FILE_UNREADABLE",
    "cannot be read or written: the disk reports an error",
    "check the disk, then resume",
  ],
  [CORRUPT]: ["DATABASE_CORRUPT", "is damaged", "restore the home directory from a backup"],
  [FULL]: ["DISK_FULL", "cannot grow: the disk is full", "make room, then resume: nothing is lost"],
  [CANNOT_OPEN]: ["FILE_UNREADABLE", "cannot be opened", "check --home and your rights: no batch was made there yet"],
  [NOT_A_DATABASE]: ["DATABASE_CORRUPT", "is no database", "restore the home directory from a backup"],
};

/** Runs something that uses the database; what SQLite throws comes out as a TestamurError where it is a known trouble. */
export function inOurWords<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw translate(path, error);
  }
}

function translate(path: string, error: unknown): unknown {
  if (codeOf(error) !== "ERR_SQLITE_ERROR") return error;
  const extended = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
  const fault = FAULTS[extended & 0xff];
  if (fault === undefined) return error;
  const [code, what, next] = fault;
  return new TestamurError(code, `${path} ${what}`, { cause: error, next });
}
