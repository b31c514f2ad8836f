/** Batches kept in memory: what the store suite and the crash sweeps run against. What is not committed dies with the process. */

import { fromUtf8, toUtf8 } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import type { SignedTransaction } from "../../src/core/ports/anchoring.ts";
import type { BatchOrder, BatchStore, BatchTransition, SealedEntry } from "../../src/core/ports/batches.ts";

interface Kept {
  readonly order: BatchOrder;
  readonly history: BatchTransition[];
  readonly transactions: SignedTransaction[];
  sealed?: readonly SealedEntry[];
}

/** An empty store; the same object stands for the disk when a process dies. */
export function openMemoryStore(): BatchStore {
  const batches = new Map<string, Kept>();
  const find = (id: string): Kept => {
    const kept = batches.get(id);
    if (kept === undefined) throw new TestamurError("BATCH_UNKNOWN", id);
    return kept;
  };
  return {
    createBatch(order, draft) {
      if (batches.has(order.id)) throw new Error(`batch ${order.id} is there`);
      batches.set(order.id, { order, history: [draft], transactions: [] });
    },
    findBatch: (id) => batches.get(id)?.order,
    listBatches: () => [...batches.values()].map(({ order }) => order),
    recordTransition: (id, transition) => void find(id).history.push(transition),
    historyOf: (id) => [...find(id).history],
    recordTransaction: (id, transaction) => void find(id).transactions.push(transaction),
    transactionsOf: (id) => [...find(id).transactions],
    openSealedWriter(id) {
      const kept = find(id);
      const entries: SealedEntry[] = [];
      return {
        write: async ({ sealed, ...notes }) =>
          void entries.push({ ...notes, sealed: typeof sealed === "string" ? sealed : fromUtf8(sealed) }),
        commit: async () => void (kept.sealed = entries),
        discard: async () => void entries.splice(0),
      };
    },
    hasSealed: (id) => find(id).sealed !== undefined,
    async *readSealed(id) {
      const { sealed } = find(id);
      if (sealed === undefined) throw new TestamurError("BATCH_CORRUPT", `nothing was sealed for ${id}`);
      yield* sealed;
    },
    async *readSealedBytes(id) {
      for await (const entry of this.readSealed(id)) yield { ...entry, sealed: toUtf8(entry.sealed) };
    },
    async *readSealedSample(id, every) {
      let position = 0;
      for await (const entry of this.readSealedBytes(id)) if (position++ % every === 0) yield entry;
    },
    async *readSealedNotes(id) {
      for await (const { sealed: _, ...notes } of this.readSealed(id)) yield notes;
    },
    close: () => undefined,
  };
}
