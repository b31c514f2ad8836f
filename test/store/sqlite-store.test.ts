import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect } from "chai";

import { fromUtf8 } from "../../src/core/bytes.ts";
import type { BatchStore, SealedBytes } from "../../src/core/ports/batches.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { collect } from "../support/collect.ts";
import { faultOf, laterFaultOf } from "../support/faults.ts";
import { DRAFT, entryOf, ORDER, shouldBehaveLikeAStore, TRANSACTION } from "../support/store-suite.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

describe("openSqliteStore", () => {
  const home = withTemporaryDirectory();
  const databaseFile = (): string => join(home(), "testamur.db");
  const sealedFile = (): string => join(home(), "batches", `${ORDER.id}.sealed.ndjson`);

  function using(act: (store: BatchStore) => void): void {
    const store = openSqliteStore(home());
    try {
      act(store);
    } finally {
      store.close();
    }
  }
  async function sealThree(): Promise<void> {
    const store = openSqliteStore(home());
    store.createBatch(ORDER, DRAFT);
    const writer = store.openSealedWriter(ORDER.id);
    for (const row of [1, 2, 3]) await writer.write(entryOf(row));
    await writer.commit();
    store.close();
  }
  /** The same for every way of reading. */
  async function readFault(): Promise<string | undefined> {
    const store = openSqliteStore(home());
    const ways = [
      store.readSealed(ORDER.id),
      store.readSealedBytes(ORDER.id),
      store.readSealedSample(ORDER.id, 2),
      store.readSealedNotes(ORDER.id),
    ];
    const faults = new Set<string | undefined>();
    try {
      for (const way of ways) faults.add(await laterFaultOf(async () => collect<unknown>(way)));
    } finally {
      store.close();
    }
    expect(faults.size).to.equal(1);
    return [...faults][0];
  }

  describe("as a store of batches", () => shouldBehaveLikeAStore(() => openSqliteStore(home())));

  it("writes in modes that survive a power cut", () => {
    using((store) => store.createBatch(ORDER, DRAFT));
    const database = new DatabaseSync(databaseFile());
    expect(database.prepare("PRAGMA journal_mode").get()).to.deep.include({ journal_mode: "wal" });
    database.close();
  });

  it("leaves a database file that is complete without its log after every write", () => {
    using((store) => {
      store.createBatch(ORDER, DRAFT);
      store.recordTransaction(ORDER.id, TRANSACTION);
      const copy = join(home(), "copy.db");
      copyFileSync(databaseFile(), copy);
      const database = new DatabaseSync(copy);
      expect(database.prepare("SELECT count(*) AS n FROM transactions").get()).to.deep.include({ n: 1 });
      database.close();
    });
  });

  it("refuses a second writer, naming the first", () => {
    using(() => {
      try {
        openSqliteStore(home());
        expect.fail("opened twice");
      } catch (error) {
        expect(error).to.include({ code: "DATABASE_LOCKED" });
        expect(String(error)).to.contain(`process ${process.pid} on `);
      }
    });
    using(() => undefined); // and lets the next one in once the first has closed
  });

  it("breaks the lock of a process that was killed", async () => {
    const child = spawn(process.execPath, [
      "--input-type=module",
      "--eval",
      `const { openSqliteStore } = await import(${JSON.stringify(join(import.meta.dirname, "../../src/store/sqlite-store.ts"))});
       openSqliteStore(${JSON.stringify(home())}); console.log("open"); setInterval(() => {}, 1000);`,
    ]);
    await once(child.stdout, "data");
    expect(faultOf(() => openSqliteStore(home()))).to.equal("DATABASE_LOCKED");
    child.kill("SIGKILL");
    await once(child, "exit");
    using((store) => expect(store.listBatches()).to.deep.equal([]));
  });

  it("lets others look while one writes", () => {
    using((store) => {
      store.createBatch(ORDER, DRAFT);
      const looking = openSqliteStore(home(), "read");
      expect(looking.listBatches()).to.deep.equal([ORDER]);
      store.recordTransition(ORDER.id, { ...DRAFT, state: "sealed" });
      expect(looking.historyOf(ORDER.id)).to.have.length(2);
      expect(() => looking.recordTransition(ORDER.id, DRAFT)).to.throw();
      looking.close();
    });
  });

  it("says that there is nothing to look at where no store was ever made", () => {
    expect(faultOf(() => openSqliteStore(join(home(), "none"), "read"))).to.equal("FILE_UNREADABLE");
  });

  it("never lets a row be changed or taken away", () => {
    using((store) => {
      store.createBatch(ORDER, DRAFT);
      store.recordTransaction(ORDER.id, TRANSACTION);
    });
    const database = new DatabaseSync(databaseFile());
    for (const table of ["batches", "transitions", "transactions"]) {
      expect(() => database.exec(`UPDATE ${table} SET number = 9`)).to.throw("never changed");
      expect(() => database.exec(`DELETE FROM ${table}`)).to.throw("never changed");
    }
    database.close();
  });

  it("notices a letter that was changed in the database", () => {
    using((store) => store.createBatch(ORDER, DRAFT));
    const database = new DatabaseSync(databaseFile());
    database.exec("DROP TRIGGER transitions_no_update; UPDATE transitions SET body = replace(body, 'r.csv', 's.csv')");
    database.close();
    using((store) => expect(faultOf(() => store.historyOf(ORDER.id))).to.equal("DATABASE_CORRUPT"));
  });

  it("refuses to start on a damaged page", () => {
    using((store) => {
      for (let at = 0; at < 200; at++)
        store.createBatch({ ...ORDER, id: `20260701-${String(at).padStart(8, "0")}`, out: "x".repeat(500) }, DRAFT);
    });
    const bytes = readFileSync(databaseFile());
    bytes.fill(0xff, 4096 * 3, 4096 * 3 + 64);
    writeFileSync(databaseFile(), bytes);
    expect(faultOf(() => openSqliteStore(home()))).to.equal("DATABASE_CORRUPT");
  });

  it("refuses a file that is no database", () => {
    using(() => undefined);
    writeFileSync(databaseFile(), "this is no database at all, but a text of some length\n".repeat(100));
    expect(faultOf(() => openSqliteStore(home()))).to.equal("DATABASE_CORRUPT");
  });

  it("refuses a database of a newer release", () => {
    using(() => undefined);
    const database = new DatabaseSync(databaseFile());
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(faultOf(() => openSqliteStore(home()))).to.equal("CONFIGURATION_INVALID");
  });

  it("keeps what it holds from other users of the machine", async () => {
    await sealThree();
    expect(statSync(sealedFile()).mode & 0o077).to.equal(0);
    expect(statSync(join(home(), "batches")).mode & 0o077).to.equal(0);
  });

  it("leaves no unfinished file behind a writer that was discarded", async () => {
    const store = openSqliteStore(home());
    store.createBatch(ORDER, DRAFT);
    const writer = store.openSealedWriter(ORDER.id);
    await writer.write({ ...entryOf(1), sealed: JSON.stringify("x".repeat(3_000_000)) });
    await writer.discard();
    store.close();
    expect(readdirSync(join(home(), "batches"))).to.deep.equal([]);
  });

  it("reads entries that are longer than its pieces", async () => {
    const store = openSqliteStore(home());
    store.createBatch(ORDER, DRAFT);
    const long = { ...entryOf(1), sealed: JSON.stringify("é".repeat(2_500_000)) };
    const writer = store.openSealedWriter(ORDER.id);
    for (const entry of [long, entryOf(2), long]) await writer.write(entry);
    await writer.commit();
    expect(await collect(store.readSealed(ORDER.id))).to.deep.equal([long, entryOf(2), long]);
    const { sealed: _, ...notes } = long;
    expect((await collect(store.readSealedNotes(ORDER.id)))[2]).to.deep.equal(notes);
    expect(fromUtf8((await collect(store.readSealedSample(ORDER.id, 2)))[1]?.sealed ?? Buffer.of())).to.equal(
      long.sealed,
    );
    store.close();
  });

  it("hands out what lasts, however many pieces of the file have been read since", async () => {
    const store = openSqliteStore(home());
    store.createBatch(ORDER, DRAFT);
    const entries = Array.from({ length: 3_000 }, (_, at) => ({
      ...entryOf(at + 1),
      sealed: `"${at}${"s".repeat(at % 3_000)}"`,
    }));
    const writer = store.openSealedWriter(ORDER.id);
    for (const entry of entries) await writer.write(entry);
    await writer.commit();
    const texts = async (way: AsyncIterable<SealedBytes>): Promise<string[]> =>
      (await collect(way)).map(({ sealed }) => fromUtf8(sealed));
    expect(await texts(store.readSealedBytes(ORDER.id))).to.deep.equal(entries.map(({ sealed }) => sealed));
    const sample = entries.filter((_, at) => at % 7 === 0);
    expect(await texts(store.readSealedSample(ORDER.id, 7))).to.deep.equal(sample.map(({ sealed }) => sealed));
    store.close();
  });

  it("leaves no file open when nobody wants the rest", async function () {
    if (!existsSync("/proc/self/fd")) this.skip(); // other systems have no list of open files
    await sealThree();
    const store = openSqliteStore(home());
    const openFiles = (): number => readdirSync("/proc/self/fd").length;
    const before = openFiles();
    for await (const { row } of store.readSealedNotes(ORDER.id)) if (row === 1) break;
    expect(openFiles()).to.equal(before);
    store.close();
  });

  describe("notices in the sealed file", () => {
    beforeEach(sealThree);

    it("nothing, as long as it is whole", async () => expect(await readFault()).to.equal(undefined));

    it("a file that was cut, wherever it was cut", async () => {
      const whole = readFileSync(sealedFile());
      for (let length = whole.length - 2; length >= 0; length -= 37) {
        writeFileSync(sealedFile(), whole);
        truncateSync(sealedFile(), length);
        expect(await readFault(), `cut at ${length}`).to.equal("BATCH_CORRUPT");
      }
    });

    it("any bit that was turned", async () => {
      const whole = readFileSync(sealedFile());
      for (let at = 0; at < whole.length - 1; at += 41) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(sealedFile(), bytes);
        expect(await readFault(), `byte ${at}`).to.equal("BATCH_CORRUPT");
      }
    });

    it("a line that was taken out", async () => {
      const lines = readFileSync(sealedFile(), "latin1").split("\n");
      writeFileSync(sealedFile(), lines.toSpliced(1, 1).join("\n"), "latin1");
      expect(await readFault()).to.equal("BATCH_CORRUPT");
    });

    it("anything behind its end", async () => {
      appendFileSync(sealedFile(), readFileSync(sealedFile()));
      expect(await readFault()).to.equal("BATCH_CORRUPT");
    });
  });
});
