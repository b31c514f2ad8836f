/** The home directory's database: opened only where it is sound, written only where it is durable. */

import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";

import { TestamurError } from "../core/errors.ts";
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { inOurWords } from "./sqlite-faults.ts";

export type Access = "write" | "read";

/** Lists of values: one list of batches, and for each batch one of each kind. Rows are added, never changed. */
export interface Rows {
  /** Adds values to lists, all or none; on the disk itself when it returns. */
  add(rows: readonly NewRow[]): void;
  /** The batch's order as JSON text, or undefined. */
  findBatch(id: string): string | undefined;
  /** Every order, oldest first. */
  listBatches(): readonly string[];
  /** A batch's values, oldest first. */
  list(table: ListTable, batch: string): readonly string[];
  close(): void;
}

type ListTable = "transitions" | "transactions";
export interface NewRow {
  readonly table: ListTable | "batches";
  readonly batch: string;
  readonly body: string;
}

const FULL_SYNC = 2;
const RESTORE = "restore the home directory from a backup";

/**
 * @throws {TestamurError} `DATABASE_CORRUPT`, `DATABASE_LOCKED`, `DISK_FULL`; `CONFIGURATION_INVALID` for a database of a
 *   newer release and for a file system that cannot keep promises.
 */
export function openRows(path: string, access: Access): Rows {
  return inOurWords(path, () => {
    const database = new DatabaseSync(path, { readOnly: access === "read", timeout: 5_000 });
    try {
      if (access === "write") database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
      refuseUnsound(database, path);
      if (access === "write") makeReady(database, path);
      return rowsIn(database, path);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function refuseUnsound(database: DatabaseSync, path: string): void {
  const found = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (found !== "ok")
    throw new TestamurError("DATABASE_CORRUPT", `${path} is damaged: ${String(found)}`, { next: RESTORE });
  if (pragma(database, "user_version") > SCHEMA_VERSION)
    throw new TestamurError("CONFIGURATION_INVALID", `${path} was made by a newer Testamur`, {
      next: "update Testamur: an older one must not write there",
    });
}

/** Durable means these modes; a file system may refuse them in silence. */
function makeReady(database: DatabaseSync, path: string): void {
  const mode = database.prepare("PRAGMA journal_mode").get()?.["journal_mode"];
  if (mode !== "wal" || pragma(database, "synchronous") !== FULL_SYNC)
    throw new TestamurError("CONFIGURATION_INVALID", `${path} cannot be written durably on this file system`, {
      next: "choose a home directory on a local disk",
    });
  if (pragma(database, "user_version") === 0)
    database.exec(
      `BEGIN; ${SCHEMA} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`,
    );
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function rowsIn(database: DatabaseSync, path: string): Rows {
  const insert = {
    batches: database.prepare("INSERT INTO batches VALUES (?, ?, ?, ?)"),
    transitions: database.prepare("INSERT INTO transitions VALUES (?, ?, ?, ?)"),
    transactions: database.prepare("INSERT INTO transactions VALUES (?, ?, ?, ?)"),
  };
  const select = {
    transitions: database.prepare("SELECT * FROM transitions WHERE batch = ? ORDER BY number"),
    transactions: database.prepare("SELECT * FROM transactions WHERE batch = ? ORDER BY number"),
  };
  const selectBatch = database.prepare("SELECT id AS batch, number, body, checksum FROM batches WHERE id = ?");
  const selectBatches = database.prepare("SELECT id AS batch, number, body, checksum FROM batches ORDER BY number");

  function addOne({ table, batch, body }: NewRow): void {
    const before = table === "batches" ? selectBatches.all() : select[table].all(batch);
    const number = before.length + 1;
    insert[table].run(batch, number, body, checksumOf(batch, number, body));
  }
  const toBody = (row: Row): string => checkedBody(row, path);
  return {
    add: (rows) => inOurWords(path, () => inTransaction(database, () => rows.forEach(addOne))),
    findBatch: (id) => inOurWords(path, () => selectBatch.all(id).map(toBody)[0]),
    listBatches: () => inOurWords(path, () => selectBatches.all().map(toBody)),
    list: (table, batch) => inOurWords(path, () => select[table].all(batch).map(toBody)),
    close: () => database.close(),
  };
}

/** The log is emptied into the database after each transaction: a database file that is copied alone is complete. */
function inTransaction(database: DatabaseSync, act: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    act();
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)"); // a reader may hold it up: then the log stays, and is as durable
}

type Row = Record<string, unknown>;

/** SQLite has no checksums of its own: a changed letter would go unnoticed. */
function checkedBody(row: Row, path: string): string {
  const [batch, number, body] = [String(row["batch"]), Number(row["number"]), String(row["body"])];
  if (checksumOf(batch, number, body) === row["checksum"]) return body;
  throw new TestamurError("DATABASE_CORRUPT", `${path}: row ${number} of batch ${batch} is not what was written`, {
    next: RESTORE,
  });
}

function checksumOf(batch: string, number: number, body: string): number {
  return crc32(`${batch}\n${number}\n${body}`);
}
