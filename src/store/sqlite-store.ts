/** Batches kept in a directory: SQLite for orders, histories and transactions, one framed file a batch for what was sealed. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { TestamurError } from "../core/errors.ts";
import type { SignedTransaction } from "../core/ports/anchoring.ts";
import type { BatchOrder, BatchStore, BatchTransition } from "../core/ports/batches.ts";
import { openRows, type Access, type NewRow, type Rows } from "./database.ts";
import { toDiskFault } from "./disk.ts";
import { takeLock, type Lock } from "./lock.ts";
import {
  isSealedFile,
  openSealedFile,
  readSealedFile,
  readSealedNotes,
  readSealedSample,
  withTexts,
} from "./sealed-file.ts";

/** Ids become file names. */
const BATCH_ID = /^[0-9a-z][0-9a-z-]{0,63}$/;

/**
 * Opens the store in a home directory, and makes both where there are none.
 *
 * @param home  absolute path.
 * @param access  `read` takes no lock and writes nothing: to look while another process works.
 * @throws {TestamurError} `DATABASE_LOCKED` naming the other process, `DATABASE_CORRUPT`, `DISK_FULL`;
 *   `CONFIGURATION_INVALID` for a database of a newer release, or a file system that is not durable.
 */
export function openSqliteStore(home: string, access: Access = "write"): BatchStore {
  if (access === "write") makeHome(home);
  const lock = access === "write" ? takeLock(home) : undefined;
  try {
    return storeOver(openRows(join(home, "testamur.db"), access), home, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function makeHome(home: string): void {
  try {
    mkdirSync(join(home, "batches"), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toDiskFault(error, home);
  }
}

/** The database holds only what was written through here, and checksums say so: its JSON needs no second check. */
function storeOver(rows: Rows, home: string, lock: Lock | undefined): BatchStore {
  const known = (id: string): string => {
    if (!BATCH_ID.test(id) || rows.findBatch(id) === undefined) throw unknownBatch(id);
    return id;
  };
  const sealedFileOf = (id: string): string => join(home, "batches", `${known(id)}.sealed.ndjson`);
  return {
    createBatch(order, draft) {
      if (!BATCH_ID.test(order.id)) throw new TestamurError("INTERNAL", `${order.id} is no id of a batch`);
      rows.add([row("batches", order.id, order), row("transitions", order.id, draft)]);
    },
    findBatch(id) {
      const body = rows.findBatch(id);
      return body === undefined ? undefined : (JSON.parse(body) as BatchOrder);
    },
    listBatches: () => rows.listBatches().map((body) => JSON.parse(body) as BatchOrder),
    recordTransition: (id, transition) => rows.add([row("transitions", known(id), transition)]),
    historyOf: (id) => rows.list("transitions", known(id)).map((body) => JSON.parse(body) as BatchTransition),
    recordTransaction: (id, transaction) => rows.add([row("transactions", known(id), transaction)]),
    transactionsOf: (id) => rows.list("transactions", known(id)).map((body) => JSON.parse(body) as SignedTransaction),
    openSealedWriter: (id) => openSealedFile(sealedFileOf(id)),
    hasSealed: (id) => isSealedFile(sealedFileOf(id)),
    readSealed: (id) => withTexts(readSealedFile(sealedFileOf(id))),
    readSealedBytes: (id) => readSealedFile(sealedFileOf(id)),
    readSealedSample: (id, every) => readSealedSample(sealedFileOf(id), every),
    readSealedNotes: (id) => readSealedNotes(sealedFileOf(id)),
    close() {
      rows.close();
      lock?.release();
    },
  };
}

function row(table: NewRow["table"], batch: string, value: object): NewRow {
  return { table, batch, body: JSON.stringify(value) };
}

function unknownBatch(id: string): TestamurError {
  return new TestamurError("BATCH_UNKNOWN", `there is no batch ${id}`, { next: "testamur status lists all batches" });
}
