/** Whether documents of OpenAttestation 2.0 are intact: digest, path, root; no network. */

import { openBulkVerifier, type BulkVerifier } from "../../../src/app/bulk-verifier.ts";
import { openVerifier, type Verifier } from "../../../src/app/open-verifier.ts";
import { toUtf8 } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import type { Report } from "../../../src/core/report.ts";
import { isIntact, wrapBatch } from "../ours.ts";
import { loadOpenAttestation } from "../peers.ts";
import type { Race } from "../row.ts";
import { transcripts } from "../samples.ts";
import { steadyWork, timeOnce } from "../timing.ts";

const DOCUMENTS = 2_000;
const TOGETHER = 250;

function parse(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

/** From bytes to a verdict: strict JSON, format, digests; what needs a network is left open. */
async function passesOffline(verifier: Verifier, bytes: Uint8Array): Promise<boolean> {
  return passes(await verifier.verify(bytes));
}

/** The same of many, in groups as the command line hands them on. */
async function passTogether(verifier: BulkVerifier, files: readonly Uint8Array[]): Promise<void> {
  for (let at = 0; at < files.length; at += TOGETHER) {
    const reports = await verifier.verifyMany(files.slice(at, at + TOGETHER));
    if (!reports.every(passes)) throw new Error("a good document is not intact");
  }
}

function passes({ findings }: Report): boolean {
  return findings.some(({ aspect, outcome }) => aspect === "integrity" && outcome === "pass");
}

export const integrity: Race = {
  kind: "race",
  title:
    "Integrity of OpenAttestation 2.0 documents with transcripts of 8 courses; one after the other in one thread, unless said otherwise",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, parsed document",
      async open(setting) {
        const documents = wrapBatch(transcripts(DOCUMENTS)).map(parse);
        return steadyWork(setting, documents, isIntact);
      },
    },
    peer: {
      name: "verifySignature of @govtechsg/open-attestation, parsed document",
      async open(setting) {
        const { verifySignature } = await loadOpenAttestation();
        const documents = wrapBatch(transcripts(DOCUMENTS)).map(parse);
        return steadyWork(setting, documents, (document) => verifySignature(document));
      },
    },
    bytes: {
      name: "Testamur, from the file's bytes to a report",
      async open(setting) {
        const files = wrapBatch(transcripts(DOCUMENTS)).map(toUtf8);
        const verifier = openVerifier({ offline: true });
        return steadyWork(setting, files, async (bytes) => passesOffline(verifier, bytes));
      },
    },
    threads: {
      name: "Testamur, many files at once, two cores",
      async open({ quick }) {
        const files = wrapBatch(transcripts(DOCUMENTS)).map(toUtf8);
        const verifier = openBulkVerifier({ offline: true });
        const rounds = quick ? 2 : 8;
        const all = async (): Promise<void> => {
          await Promise.all(Array.from({ length: rounds }, async () => passTogether(verifier, files)));
        };
        return { warmUp: all, run: async () => timeOnce(rounds * files.length, all) };
      },
    },
    peerBytes: {
      name: "JSON.parse and verifySignature, from the file's bytes",
      async open(setting) {
        const { verifySignature } = await loadOpenAttestation();
        const files = wrapBatch(transcripts(DOCUMENTS)).map(toUtf8);
        const decoder = new TextDecoder();
        return steadyWork(setting, files, (bytes) => verifySignature(parse(decoder.decode(bytes))));
      },
    },
  },
  aims: [
    { of: "ours", against: "peer", atLeast: 10 },
    { of: "bytes", against: "peerBytes", atLeast: 10 },
    { of: "threads", against: "peerBytes", atLeast: 20 },
  ],
  notes: [
    "Beyond the digest we check the document's whole shape, read its validity, issuers and contents; the report also needs strict JSON.",
  ],
  async check() {
    const { verifySignature } = await loadOpenAttestation();
    const documents = wrapBatch(transcripts(200)).map(parse);
    const altered = documents.map((document) => parse(JSON.stringify(document).replace("Torts", "Tarts")));
    for (const [list, expected] of [
      [documents, true],
      [altered, false],
    ] as const)
      for (const document of list) {
        const ours = await isIntact(document);
        if (ours !== expected || verifySignature(document) !== expected) throw new Error("the verdicts differ");
      }
    return "both accept 200 documents and refuse the same 200 with one letter changed.";
  },
};
