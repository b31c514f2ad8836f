/** OpenAttestation 2.0 documents made from credentials: salts, digests, tree, paths, text. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openThreads, type Threads } from "../../../src/app/batch-threads.ts";
import { concatBytes, fromHex, toHexDigits, toUtf8 } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { buildSortedTree } from "../../../src/merkle/sorted-tree.ts";
import { openDocumentDirectory } from "../../../src/store/document-directory.ts";
import { isIntact, wrapBatch, wrapBatchInThreads } from "../ours.ts";
import { loadOpenAttestation } from "../peers.ts";
import type { Race, Sample, Setting } from "../row.ts";
import { transcripts } from "../samples.ts";
import { timeOnce } from "../timing.ts";

const WARM_UP = 2_000;
const WRITTEN_TOGETHER = 256;

function countFor({ quick }: Setting): number {
  return quick ? 1_000 : 8_000;
}

export const wrap: Race = {
  kind: "race",
  title: "OpenAttestation 2.0: seal, tree, paths, serialise; 8,000 documents with transcripts of 8 courses",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, in memory, one thread",
      async open(setting) {
        const credentials = transcripts(countFor(setting));
        return {
          warmUp: () => wrapBatch(credentials.slice(0, WARM_UP)),
          run: async () => timeOnce(credentials.length, () => wrapBatch(credentials)),
        };
      },
    },
    threads: {
      name: "Testamur, in memory, two cores",
      async open(setting) {
        const credentials = transcripts(countFor(setting));
        const threads = openThreads();
        return {
          warmUp: async () => wrapBatchInThreads(credentials.slice(0, WARM_UP), threads),
          run: async () => timeOnce(credentials.length, async () => wrapBatchInThreads(credentials, threads)),
        };
      },
    },
    files: {
      name: "Testamur, two cores, each document in a file, with fsync",
      async open(setting) {
        const credentials = transcripts(countFor(setting));
        const threads = openThreads();
        return {
          warmUp: async () => timeFiles(credentials.slice(0, WARM_UP), threads),
          run: async () => timeFiles(credentials, threads),
        };
      },
    },
    peer: {
      name: "wrapDocuments of @govtechsg/open-attestation, in memory",
      async open(setting) {
        const { wrapDocuments } = await loadOpenAttestation();
        const credentials = transcripts(countFor(setting));
        const toTexts = (some: readonly JsonObject[]): readonly string[] =>
          wrapDocuments(some).map((document) => JSON.stringify(document));
        return {
          warmUp: () => toTexts(credentials.slice(0, WARM_UP)),
          run: async () => timeOnce(credentials.length, () => toTexts(credentials)),
        };
      },
    },
  },
  aims: [{ of: "threads", against: "peer", atLeast: 20 }],
  notes: [
    "Both sides check the credentials, draw random salts, hash every value, build the tree and give each document as JSON text.",
    "wrapDocuments works in one thread; it has no other way.",
  ],
  async check() {
    const { wrapDocuments, verifySignature } = await loadOpenAttestation();
    const texts = [...wrapBatch(transcripts(250)), ...(await wrapBatchInThreads(transcripts(250), openThreads()))];
    const ours = texts.map((text) => JSON.parse(text) as JsonObject);
    if (!ours.every((document) => verifySignature(document))) throw new Error("a document of ours is refused");
    const theirs = wrapDocuments(transcripts(500)) as readonly Wrapped[];
    for (const document of theirs) if (!(await isIntact(document))) throw new Error("a document of theirs is refused");
    const leaves = theirs.map(({ signature }) => fromHex(`0x${signature.targetHash}`));
    const root = toHexDigits(buildSortedTree(concatBytes(...leaves)).root);
    if (theirs.some(({ signature }) => signature.merkleRoot !== root)) throw new Error("the roots differ");
    return "verifySignature accepts 500 documents of ours, we accept 500 of theirs, and for their salts our root is theirs.";
  },
};

interface Wrapped extends JsonObject {
  readonly signature: { readonly targetHash: string; readonly merkleRoot: string };
}

/** Making and writing is timed, taking the files away again is not. */
async function timeFiles(credentials: readonly JsonObject[], threads: Threads): Promise<Sample> {
  const directory = mkdtempSync(join(tmpdir(), "testamur-bench-"));
  try {
    return await timeOnce(credentials.length, async () => wrapToFiles(credentials, threads, join(directory, "out")));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** As a job hands them out: written aside, flushed, renamed, then let out together. */
async function wrapToFiles(credentials: readonly JsonObject[], threads: Threads, out: string): Promise<void> {
  const directory = openDocumentDirectory(out, "bench");
  const files = (await wrapBatchInThreads(credentials, threads)).map((text, at) => ({
    name: `${at}.json`,
    bytes: toUtf8(text),
  }));
  await directory.prepare([]);
  for (let at = 0; at < files.length; at += WRITTEN_TOGETHER)
    await directory.write(files.slice(at, at + WRITTEN_TOGETHER));
  await directory.release();
}
