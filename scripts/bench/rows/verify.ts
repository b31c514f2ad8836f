/** Full verification of a batch against a node of a chain: integrity, anchor, status, identity. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openVerifier, type Verifier } from "../../../src/app/open-verifier.ts";
import { startLocalDns } from "../../../src/cli/demo/local-dns.ts";
import { toUtf8 } from "../../../src/core/bytes.ts";
import { startLocalStore } from "../../../test/support/local-store.ts";
import { countRequests } from "../count-requests.ts";
import { loadOaVerifier } from "../peers.ts";
import type { Race, Setting, Stage } from "../row.ts";
import { DOMAIN, transcripts } from "../samples.ts";
import { timeOnce } from "../timing.ts";

/** The other verifier asks for each document anew, so a part of the batch tells its speed. */
const PEER_DOCUMENTS = 100;
/** Documents it is given at the same time. */
const ABREAST = 10;

function countFor({ quick }: Setting): number {
  return quick ? 200 : 1_000;
}

function readTexts({ documents = "" }: Stage): readonly string[] {
  return readFileSync(documents, "utf8").trimEnd().split("\n");
}

/** A session of its own, as each command or service view has it. */
function openOurs({ rpc = "", resolver = "" }: Stage): Verifier {
  return openVerifier({ rpc, dns: { resolvers: [resolver] } });
}

async function openPeer({ rpc = "", record = "" }: Stage): Promise<(text: string) => Promise<boolean>> {
  const verify = await loadOaVerifier(rpc, { [DOMAIN]: [record] });
  return async (text) => (await verify(JSON.parse(text) as object)).isValid;
}

async function allValid(texts: readonly string[], isValid: (text: string) => Promise<boolean>): Promise<void> {
  const answers = await Promise.all(texts.map(isValid));
  if (!answers.every(Boolean)) throw new Error("a good document is not valid");
}

async function verifyOurs(files: readonly Uint8Array[], stage: Stage): Promise<void> {
  const verifier = openOurs(stage);
  const reports = await Promise.all(files.map(async (bytes) => verifier.verify(bytes)));
  if (!reports.every(({ headline }) => headline === "VALID")) throw new Error("a good document is not valid");
}

async function verifyPeer(texts: readonly string[], isValid: (text: string) => Promise<boolean>): Promise<void> {
  for (let at = 0; at < texts.length; at += ABREAST) await allValid(texts.slice(at, at + ABREAST), isValid);
}

export const verify: Race = {
  kind: "race",
  title: "Full verification of an OpenAttestation 2.0 batch of 1,000 documents against a local Hardhat node",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, the whole batch in one session",
      async open(_setting, stage) {
        const files = readTexts(stage).map(toUtf8);
        return {
          warmUp: async () => verifyOurs(files, stage),
          async run() {
            const requests = countRequests();
            const sample = await timeOnce(files.length, async () => verifyOurs(files, stage));
            return { ...sample, extra: { "HTTP requests a document": requests() / files.length } };
          },
        };
      },
    },
    peer: {
      name: "oa-verify",
      async open(_setting, stage) {
        const texts = readTexts(stage).slice(0, PEER_DOCUMENTS);
        const isValid = await openPeer(stage);
        return {
          warmUp: async () => verifyPeer(texts, isValid),
          async run() {
            const requests = countRequests();
            const sample = await timeOnce(texts.length, async () => verifyPeer(texts, isValid));
            return { ...sample, extra: { "HTTP requests a document": requests() / texts.length } };
          },
        };
      },
    },
  },
  aims: [{ of: "ours", against: "peer", atLeast: 50 }],
  notes: [
    `oa-verify is timed on ${PEER_DOCUMENTS} documents of the batch, ${ABREAST} at a time; it asks for each document anew, so its speed does not depend on the number.`,
    "The node runs on the other core, for both sides the same one. Each side has done its whole work once before; our session is opened anew, within the time measured; we ask DNS over HTTP, oa-verify gets the record in memory.",
  ],
  async prepare(setting) {
    const store = await startLocalStore();
    const record = `openatts net=ethereum netId=1337 addr=${store.address}`;
    const dns = await startLocalDns({ [DOMAIN]: [record] });
    const directory = mkdtempSync(join(tmpdir(), "testamur-bench-"));
    const documents = join(directory, "documents.ndjson");
    writeFileSync(documents, (await store.issueBatch(transcripts(countFor(setting), store.address))).join(""));
    return {
      stage: { rpc: store.chain.url, resolver: dns.url, record, documents },
      async stop() {
        rmSync(directory, { recursive: true, force: true });
        await dns.stop();
        await store.stop();
      },
    };
  },
  async check(_setting, stage) {
    const texts = readTexts(stage).slice(0, 20);
    const altered = texts.map((text) => text.replace("Torts", "Tarts"));
    const isValid = await openPeer(stage);
    const ours = openOurs(stage);
    for (const text of [...texts, ...altered]) {
      const expected = texts.includes(text);
      const { headline } = await ours.verify(text);
      if ((await isValid(text)) !== expected || (headline === "VALID") !== expected)
        throw new Error("the verdicts differ");
    }
    return "both call 20 documents of the batch valid, and the same 20 with one letter changed not.";
  },
};
