/** One process at a time works in a home directory: the system holds the lock and lets go of it when a process dies. */

import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";

import { TestamurError } from "../core/errors.ts";

export interface Lock {
  release(): void;
}

/**
 * Takes the lock of a home directory. What a dead process left behind does not hold it: the lock itself is one of the
 * operating system's, through SQLite, on `lock.db`; `lock.json` only says whose it is.
 *
 * @throws {TestamurError} `DATABASE_LOCKED`, naming process, host and since when.
 */
export function takeLock(home: string): Lock {
  const database = new DatabaseSync(join(home, "lock.db"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    throw new TestamurError("DATABASE_LOCKED", `${home} is in use by ${holderOf(home)}`, {
      cause,
      next: "wait until it is done; a process that has died holds no lock",
    });
  }
  const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  writeFileSync(join(home, "lock.json"), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  return {
    release() {
      database.close(); // rolls back, and with it lets go
    },
  };
}

function holderOf(home: string): string {
  try {
    const holder: unknown = JSON.parse(readFileSync(join(home, "lock.json"), "utf8"));
    if (typeof holder === "object" && holder !== null && "pid" in holder && "host" in holder && "since" in holder)
      return `process ${String(holder.pid)} on ${String(holder.host)} since ${String(holder.since)}`;
  } catch {
    // the other process is just about to write it
  }
  return "another process";
}
