/** Verifies many documents: the first ones in this thread, the rest in others once it shows that there are many. */

import type { Report } from "../core/report.ts";
import { nextSession, openThreads, type Threads } from "./batch-threads.ts";
import { openVerifier, type VerifierOptions } from "./open-verifier.ts";

export interface BulkVerifier {
  /** One report a document, in order; each names the block it was read at. */
  verifyMany(documents: readonly Uint8Array[]): Promise<readonly Report[]>;
  close(): void;
}

/** So many documents take about as long as starting the threads. */
const ENOUGH = 2_048;

/**
 * @param options  plain data, since it travels to the threads: no clock, no other way of opening documents.
 * @throws {TestamurError} `CONFIGURATION_INVALID`, as `openVerifier` does.
 */
export function openBulkVerifier(options: Omit<VerifierOptions, "clock" | "open">): BulkVerifier {
  const here = openVerifier(options);
  const session = nextSession();
  let threads: Threads | undefined;
  let begun = 0;
  return {
    verifyMany: async (documents) => {
      begun += documents.length;
      if (begun <= ENOUGH) return Promise.all(documents.map(async (document) => here.verify(document)));
      threads ??= openThreads();
      return threads.run({ kind: "verify", session, options, documents });
    },
    close: () => threads?.close(),
  };
}
