/** Keeping batches: what `issue/` asks for, and `store/` does. */

import type { Hex } from "../bytes.ts";
import type { FormatId } from "../claims.ts";
import type { SignedTransaction } from "./anchoring.ts";

/** The states of a batch, in order; the last three are side states. */
export const BATCH_STATES = [
  "draft",
  "sealed",
  "rooted",
  "signed",
  "broadcast",
  "mined",
  "final",
  "attached",
  "checked",
  "paused",
  "needs-attention",
  "abandoned",
] as const;

export type BatchState = (typeof BATCH_STATES)[number];

/** What a batch is about; fixed when it is created. */
export interface BatchOrder {
  readonly id: string;
  readonly format: FormatId;
  readonly chainId: number;
  readonly store: Hex;
  readonly account: Hex;
  /** Absolute path of the directory the documents go to. */
  readonly out: string;
  /** sha-256 of the roster and the template, hexadecimal: the same order twice is recognised. */
  readonly rosterDigest: string;
  readonly templateDigest: string;
  readonly createdAt: string;
}

/** One row of a batch's history: never changed, only followed by another. */
export interface BatchTransition {
  readonly state: BatchState;
  readonly at: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * Keeps batches durably: when a method returns, what it was given survives a power cut. One writer at a time.
 *
 * @throws {TestamurError} `DATABASE_LOCKED`, `DATABASE_CORRUPT`, `DISK_FULL`, `BATCH_UNKNOWN`, `BATCH_CORRUPT`.
 */
export interface BatchStore {
  /** The order and the first row of its history, both or neither. */
  createBatch(order: BatchOrder, draft: BatchTransition): void;
  findBatch(id: string): BatchOrder | undefined;
  /** Every batch, oldest first. */
  listBatches(): readonly BatchOrder[];
  recordTransition(id: string, transition: BatchTransition): void;
  /** The batch's history, oldest first; the last row is its state. */
  historyOf(id: string): readonly BatchTransition[];
  /** Before anything is sent: bytes, hash and nonce of every transaction ever signed for the batch. */
  recordTransaction(id: string, transaction: SignedTransaction): void;
  transactionsOf(id: string): readonly SignedTransaction[];
  /** Sealed credentials, one after the other, in leaf-independent order; durable only after `commit`. */
  openSealedWriter(id: string): SealedWriter;
  /** True once a writer has committed: the sealed credentials are all there. */
  hasSealed(id: string): boolean;
  /** Reads them back in the order they were written. `BATCH_CORRUPT` where the bytes are not those that were written. */
  readSealed(id: string): AsyncIterable<SealedEntry>;
  /** The same, with the sealed forms as the bytes they are kept in: nobody need make text of what is only copied. */
  readSealedBytes(id: string): AsyncIterable<SealedBytes>;
  /** The first of each `every` of them. The others are read, and refused where they are not as written, but not handed out. */
  readSealedSample(id: string, every: number): AsyncIterable<SealedBytes>;
  /** What is noted of them, without their sealed forms; these are read, and refused where they are not as written, all the same. */
  readSealedNotes(id: string): AsyncIterable<SealedNotes>;
  close(): void;
}

/** One sealed credential as it is kept between sealing and handing out. */
export interface SealedEntry {
  /** The learner's number: 1 for the first one of the roster. */
  readonly row: number;
  /** The learner's own number at the issuer, where the roster has one: for the registrar's index, never for a file name. */
  readonly learnerId?: string;
  /** The name of the document's file: never made from learner data. */
  readonly fileName: string;
  /** The leaf, 32 bytes as hexadecimal text. */
  readonly leaf: Hex;
  /** The format's own sealed form, JSON text without line breaks. */
  readonly sealed: string;
  /** The issuer's signature, where the standard has one beside the anchor. */
  readonly signature?: Hex;
}

/** What is noted of it. */
export type SealedNotes = Omit<SealedEntry, "sealed">;

/** The same with its sealed form in UTF-8. */
export type SealedBytes = SealedNotes & { readonly sealed: Uint8Array };

export interface SealedWriter {
  write(entry: SealedEntry | SealedBytes): Promise<void>;
  /** Flushes to the disk itself; after it returns, salts can no longer be lost. */
  commit(): Promise<void>;
  /** Throws away what was written. */
  discard(): Promise<void>;
}
