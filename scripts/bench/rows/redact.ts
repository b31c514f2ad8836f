/** Parts of an OpenAttestation 2.0 document hidden by its holder. */

import type { JsonObject } from "../../../src/core/json.ts";
import { redactV2 } from "../../../src/formats/openattestation-v2/redact.ts";
import { isIntact, wrapBatch } from "../ours.ts";
import { loadOpenAttestation } from "../peers.ts";
import type { Race } from "../row.ts";
import { transcripts } from "../samples.ts";
import { steadyWork } from "../timing.ts";

const DOCUMENTS = 500;
const HIDDEN = ["recipient.studentId", "transcript"];

function documentsOf(count: number): JsonObject[] {
  return wrapBatch(transcripts(count)).map((text) => JSON.parse(text) as JsonObject);
}

export const redact: Race = {
  kind: "race",
  title: "Hiding the student number and the transcript (33 values) of an OpenAttestation 2.0 document",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, redact",
      async open(setting) {
        const documents = documentsOf(DOCUMENTS);
        return steadyWork(setting, documents, (document) => "data" in redactV2(document, HIDDEN));
      },
    },
    peer: {
      name: "obfuscate of @govtechsg/open-attestation",
      async open(setting) {
        const { obfuscate } = await loadOpenAttestation();
        const documents = documentsOf(DOCUMENTS);
        return steadyWork(setting, documents, (document) => "data" in obfuscate(document, HIDDEN));
      },
    },
  },
  aims: [],
  notes: [
    "We check the whole document before, read and hash once more what is left of it, and put the hidden hashes in order, so that they do not tell where a value stood; the other side does none of this.",
  ],
  async check() {
    const { obfuscate, verifySignature } = await loadOpenAttestation();
    for (const document of documentsOf(100)) {
      const ours = redactV2(document, HIDDEN);
      const theirs = obfuscate(document, HIDDEN) as JsonObject;
      if (hiddenIn(ours) !== hiddenIn(theirs)) throw new Error("other hashes are hidden");
      if (!verifySignature(ours) || !(await isIntact(theirs))) throw new Error("a redacted document is refused");
    }
    return "both hide the same hashes of 100 documents, and each side accepts what the other left.";
  },
};

function hiddenIn(document: JsonObject): string {
  const { obfuscatedData = [] } = document["privacy"] as { readonly obfuscatedData?: readonly string[] };
  return [...obfuscatedData].sort().join();
}
