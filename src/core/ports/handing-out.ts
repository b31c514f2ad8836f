/** Documents on their way out: where they go, who checks them, who signs them, and what is said meanwhile. */

import type { Hex } from "../bytes.ts";
import type { PublicKey } from "../public-key.ts";
import type { Report } from "../report.ts";
import type { BatchState, BatchTransition } from "./batches.ts";

/** A file on its way to the disk. */
export interface OutFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The directory that one batch's documents go to. Files first lie in a waiting room, a folder inside it, and leave it all
 * together, once checked: nobody finds a document that was not.
 *
 * @throws {TestamurError} `DISK_FULL`, `FILE_UNREADABLE`, `FILE_EXISTS`.
 */
export interface DocumentDirectory {
  /** Makes the directory; `FILE_EXISTS` where a file of one of these names lies in it already. */
  prepare(names: readonly string[]): Promise<void>;
  /** Puts files into the waiting room; those that lie there with these very bytes are left alone. Durable on return. */
  write(files: readonly OutFile[]): Promise<void>;
  /** Puts one long file there, piece by piece; like the others it appears whole or not at all. */
  writeStream(name: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void>;
  /** The bytes of a file, wherever it lies by now; undefined where there is none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Moves everything out of the waiting room and closes it; a second call finds nothing to do. Durable on return. */
  release(): Promise<void>;
}

/** Our own verifier, reading one block: opened when the documents are written, so that it knows their anchor. */
export interface DocumentChecker {
  check(document: Uint8Array): Promise<Pick<Report, "findings" | "anchor">>;
  /**
   * The same for many, in other threads where there are some; without it, they are checked one by one.
   *
   * @param documents  may be handed to another thread with their memory: who needs them again reads them again.
   * @param root  the batch's root: a document that hangs in another tree is not one of this batch.
   * @returns one verdict a document, in order.
   */
  checkMany?(documents: readonly Uint8Array[], root: Hex, depth: CheckDepth): Promise<readonly OwnVerdict[]>;
}

/**
 * What the store is asked of a document: whether any node from leaf to root is revoked, or the root alone. Nodes below the
 * root are in nobody's hands before the documents are handed out, so nobody can have revoked them.
 */
export type CheckDepth = "every-node" | "root";

/** Whether a document may be handed out. `withdrawn`: it was good and has been withdrawn since; `unsure`: the chain could not be asked. */
export type OwnVerdict =
  { readonly kind: "good" } | { readonly kind: "bad" | "withdrawn" | "unsure"; readonly reason: string };

/** Signs for the issuer, where a standard wants a signature beside the anchor. */
export interface DocumentSigner {
  /** The issuer's DID. */
  readonly issuer: string;
  /** The key as that DID's document lists it: the DID, `#` and a name. */
  readonly verificationMethod: string;
  readonly publicKey: PublicKey;
  /** @returns 64 bytes; for P-256 over the SHA-256 of `bytes`, r then s. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What a job says of itself while it runs: for bars, JSON lines and logs. Never learner data. */
export type JobEvent = { readonly batch?: string } & (
  | { readonly kind: "working"; readonly toward: BatchState; readonly done: number; readonly total: number }
  | { readonly kind: "reached"; readonly state: BatchState; readonly detail: BatchTransition["detail"] }
  | { readonly kind: "waiting"; readonly reason: string }
);

export type Progress = (event: JobEvent) => void;
