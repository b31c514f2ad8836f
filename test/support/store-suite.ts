/** What every store of batches does, whatever it keeps them in. */

import { expect } from "chai";

import { fromUtf8 } from "../../src/core/bytes.ts";
import type { SignedTransaction } from "../../src/core/ports/anchoring.ts";
import type {
  BatchOrder,
  BatchStore,
  BatchTransition,
  SealedBytes,
  SealedEntry,
} from "../../src/core/ports/batches.ts";
import { collect } from "./collect.ts";
import { faultOf, laterFaultOf } from "./faults.ts";

export const ORDER: BatchOrder = {
  id: "20260701-3f9a2c7b",
  format: "openattestation-v2",
  chainId: 1337,
  store: "0x5fbdb2315678afecb367f032d93f642f64180aa3",
  account: "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
  out: "/tmp/nowhere",
  rosterDigest: "aa".repeat(32),
  templateDigest: "bb".repeat(32),
  createdAt: "2026-07-01T08:00:00.000Z",
};

export const DRAFT: BatchTransition = {
  state: "draft",
  at: ORDER.createdAt,
  detail: { roster: "/tmp/r.csv", count: 2 },
};

export const TRANSACTION: SignedTransaction = {
  hash: `0x${"11".repeat(32)}`,
  raw: "0x02f8",
  nonce: 7,
  from: ORDER.account,
  chainId: 1337,
};

/** An entry whose texts are as awkward as they may be. */
export function entryOf(row: number): SealedEntry {
  return {
    row,
    learnerId: `=S-${row},"x"`,
    fileName: `3f9a2c7b-00000${row}.json`,
    leaf: `0x${String(row).padStart(2, "0").repeat(32)}`,
    sealed: JSON.stringify({ name: "Zoë \u2028 അ ישראל \\n\n", row }),
  };
}

/** @param open  gives a store over the same place each time, as after a restart. */
export function shouldBehaveLikeAStore(open: () => BatchStore): void {
  let store: BatchStore;
  beforeEach(() => {
    store = open();
  });
  afterEach(() => store.close());

  const restart = (): void => {
    store.close();
    store = open();
  };
  async function seal(rows: number): Promise<void> {
    const writer = store.openSealedWriter(ORDER.id);
    for (let row = 1; row <= rows; row++) await writer.write(entryOf(row));
    await writer.commit();
  }

  it("knows nothing at first", () => {
    expect(store.listBatches()).to.deep.equal([]);
    expect(store.findBatch(ORDER.id)).to.equal(undefined);
  });

  it("keeps an order and its first row together", () => {
    store.createBatch(ORDER, DRAFT);
    restart();
    expect(store.findBatch(ORDER.id)).to.deep.equal(ORDER);
    expect(store.historyOf(ORDER.id)).to.deep.equal([DRAFT]);
  });

  it("refuses an id that is taken and leaves the first batch as it is", () => {
    store.createBatch(ORDER, DRAFT);
    expect(() => store.createBatch({ ...ORDER, out: "/tmp/else" }, DRAFT)).to.throw();
    expect(store.findBatch(ORDER.id)).to.deep.equal(ORDER);
    expect(store.historyOf(ORDER.id)).to.have.length(1);
  });

  it("lists batches in the order of their making", () => {
    const ids = ["20260702-00000002", "20260701-00000001", "20260703-00000003"];
    for (const id of ids) store.createBatch({ ...ORDER, id }, DRAFT);
    restart();
    expect(store.listBatches().map(({ id }) => id)).to.deep.equal(ids);
  });

  it("keeps every row of a history, in order, with details of every type", () => {
    store.createBatch(ORDER, DRAFT);
    const rows: BatchTransition[] = [
      {
        state: "sealed",
        at: "2026-07-01T08:00:01.000Z",
        detail: { count: 2, good: true, none: null, text: "é\u0000" },
      },
      { state: "rooted", at: "2026-07-01T08:00:02.000Z", detail: { root: `0x${"22".repeat(32)}` } },
      { state: "rooted", at: "2026-07-01T08:00:03.000Z", detail: {} },
    ];
    for (const row of rows) store.recordTransition(ORDER.id, row);
    restart();
    expect(store.historyOf(ORDER.id)).to.deep.equal([DRAFT, ...rows]);
  });

  it("keeps transactions, in order, to the last byte", () => {
    store.createBatch(ORDER, DRAFT);
    const raised: SignedTransaction = { ...TRANSACTION, hash: `0x${"33".repeat(32)}`, raw: `0x${"ab".repeat(200)}` };
    store.recordTransaction(ORDER.id, TRANSACTION);
    store.recordTransaction(ORDER.id, raised);
    restart();
    expect(store.transactionsOf(ORDER.id)).to.deep.equal([TRANSACTION, raised]);
  });

  it("keeps batches apart", () => {
    const other = { ...ORDER, id: "20260701-00000000" };
    store.createBatch(ORDER, DRAFT);
    store.createBatch(other, DRAFT);
    store.recordTransition(other.id, { ...DRAFT, state: "sealed" });
    store.recordTransaction(other.id, TRANSACTION);
    expect(store.historyOf(ORDER.id)).to.have.length(1);
    expect(store.transactionsOf(ORDER.id)).to.deep.equal([]);
  });

  it("gives sealed credentials back as they were written, once they are committed", async () => {
    store.createBatch(ORDER, DRAFT);
    expect(store.hasSealed(ORDER.id)).to.equal(false);
    await seal(3);
    restart();
    expect(store.hasSealed(ORDER.id)).to.equal(true);
    expect(await collect(store.readSealed(ORDER.id))).to.deep.equal([entryOf(1), entryOf(2), entryOf(3)]);
  });

  it("gives them as bytes, some of them, or only what is noted of them", async () => {
    store.createBatch(ORDER, DRAFT);
    await seal(5);
    const all = [1, 2, 3, 4, 5].map((row) => entryOf(row));
    const texts = (entries: readonly SealedBytes[]): readonly SealedEntry[] =>
      entries.map((entry) => ({ ...entry, sealed: fromUtf8(entry.sealed) }));
    expect(texts(await collect(store.readSealedBytes(ORDER.id)))).to.deep.equal(all);
    expect(texts(await collect(store.readSealedSample(ORDER.id, 2)))).to.deep.equal([all[0], all[2], all[4]]);
    const notes = await collect(store.readSealedNotes(ORDER.id));
    expect(notes.map((one, at) => ({ ...one, sealed: all[at]?.sealed }))).to.deep.equal(all);
    expect(notes.some((one) => "sealed" in one)).to.equal(false);
  });

  it("has nothing sealed when a writer never committed", async () => {
    store.createBatch(ORDER, DRAFT);
    await store.openSealedWriter(ORDER.id).write(entryOf(1));
    restart();
    expect(store.hasSealed(ORDER.id)).to.equal(false);
    await seal(2);
    expect(await collect(store.readSealed(ORDER.id))).to.have.length(2);
  });

  it("forgets what a writer discarded", async () => {
    store.createBatch(ORDER, DRAFT);
    const writer = store.openSealedWriter(ORDER.id);
    await writer.write(entryOf(1));
    await writer.discard();
    expect(store.hasSealed(ORDER.id)).to.equal(false);
  });

  it("says that it does not know a batch", async () => {
    const unknown = "20260701-ffffffff";
    expect(faultOf(() => store.historyOf(unknown))).to.equal("BATCH_UNKNOWN");
    expect(faultOf(() => store.transactionsOf(unknown))).to.equal("BATCH_UNKNOWN");
    expect(faultOf(() => store.recordTransition(unknown, DRAFT))).to.equal("BATCH_UNKNOWN");
    expect(faultOf(() => store.recordTransaction(unknown, TRANSACTION))).to.equal("BATCH_UNKNOWN");
    expect(faultOf(() => store.openSealedWriter(unknown))).to.equal("BATCH_UNKNOWN");
    expect(faultOf(() => store.hasSealed("../../etc/passwd"))).to.equal("BATCH_UNKNOWN");
    expect(await laterFaultOf(async () => collect(store.readSealed(unknown)))).to.equal("BATCH_UNKNOWN");
  });
}
