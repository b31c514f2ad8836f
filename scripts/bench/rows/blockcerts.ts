/** Full verification of Blockcerts 3.2: content, Merkle proof, transaction, issuer, revocation. */

import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openVerifier, type Verifier } from "../../../src/app/open-verifier.ts";
import { toHex, toUtf8, type Hex } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import { askStockClient, findStockClient } from "../../../test/formats/blockcerts-v3/stock-client.ts";
import { LOCAL_KEYS, startLocalNode, type LocalNode } from "../../../test/support/local-node.ts";
import { CHAIN_ID, issueBlockcerts, issuerOf, serveFromMemory } from "../blockcerts.ts";
import type { Race, Setting, Stage } from "../row.ts";
import { timeOnce } from "../timing.ts";

const [KEY = "0x"] = LOCAL_KEYS;
const WARM_UP = 20;

function countFor({ quick }: Setting): number {
  return quick ? 40 : 500;
}

function readTexts({ documents = "" }: Stage): readonly string[] {
  return readFileSync(documents, "utf8").trimEnd().split("\n");
}

function openOurs({ rpc = "" }: Stage): Verifier {
  serveFromMemory(issuerOf(KEY).pages);
  return openVerifier({ rpc, allowedHosts: ["uni.example"] });
}

async function verifyOurs(verifier: Verifier, files: readonly Uint8Array[]): Promise<void> {
  const reports = await Promise.all(files.map(async (bytes) => verifier.verify(bytes)));
  const bad = reports.find(({ headline }) => headline !== "VALID");
  if (bad !== undefined) throw new Error(`a good document is not valid: ${JSON.stringify(bad.findings)}`);
}

function openPeer({ root = "", time = "" }: Stage): (text: string) => Promise<boolean> {
  const client = findStockClient();
  if (client === undefined) throw new Error("cert-verifier-js is not installed in test/peers");
  const { account, pages } = issuerOf(KEY);
  const fact = { root: root.slice(2), sender: account, time };
  return async (text) =>
    (await askStockClient(client, JSON.parse(text) as JsonObject, pages, fact)).status === "success";
}

/** Puts a root on record as Blockcerts do: the data of a transaction of the issuer's. */
async function anchor(node: LocalNode, root: Hex): Promise<Hex> {
  const { account } = issuerOf(KEY);
  return (await node.request("eth_sendTransaction", [{ from: account, to: account, data: root }])) as Hex;
}

export const blockcerts: Race = {
  kind: "race",
  title: "Full verification of a Blockcerts 3.2 batch of 500 documents",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, the whole batch in one session, against a local Hardhat node",
      async open(_setting, stage) {
        const files = readTexts(stage).map(toUtf8);
        return {
          warmUp: async () => verifyOurs(openOurs(stage), files.slice(0, WARM_UP)),
          run: async () => timeOnce(files.length, async () => verifyOurs(openOurs(stage), files)),
        };
      },
    },
    peer: {
      name: "cert-verifier-js, told what the transaction is",
      async open(_setting, stage) {
        const texts = readTexts(stage);
        const isValid = openPeer(stage);
        const verifyAll = async (some: readonly string[]): Promise<void> => {
          for (const text of some) if (!(await isValid(text))) throw new Error("a good document is not valid");
        };
        return {
          warmUp: async () => verifyAll(texts.slice(0, WARM_UP)),
          run: async () => timeOnce(texts.length, async () => verifyAll(texts)),
        };
      },
    },
  },
  aims: [],
  notes: [
    "Both get the issuer's profile and revocation list from memory. We read the transaction from a node; cert-verifier-js cannot ask a local chain, so it is told sender, root and time, which spares it that work. It verifies one document after the other.",
  ],
  async prepare(setting) {
    const node = await startLocalNode(CHAIN_ID);
    const directory = mkdtempSync(join(tmpdir(), "testamur-bench-"));
    const documents = join(directory, "documents.ndjson");
    let onRecord: Hex = "0x";
    const texts = await issueBlockcerts(countFor(setting), randomBytes, async (root) => {
      onRecord = toHex(root);
      return anchor(node, onRecord);
    });
    writeFileSync(documents, texts.join(""));
    await node.request("hardhat_mine", ["0x80"]); // final by any rule
    return {
      stage: { rpc: node.url, documents, root: onRecord, time: new Date().toISOString() },
      async stop() {
        rmSync(directory, { recursive: true, force: true });
        await node.stop();
      },
    };
  },
  async check(_setting, stage) {
    const texts = readTexts(stage).slice(0, 10);
    const altered = texts.map((text) => text.replace("with honours", "without any"));
    const peer = openPeer(stage);
    const verdicts: (readonly [ours: string, theirs: boolean])[] = [];
    for (const text of [...texts, ...altered])
      verdicts.push([(await openOurs(stage).verify(text)).headline, await peer(text)]);
    const expected = [...texts.map(() => "VALID,true"), ...altered.map(() => "TAMPERED,false")];
    if (verdicts.map(String).join(" ") !== expected.join(" ")) throw new Error(`they differ: ${verdicts.join(" ")}`);
    return "both call 10 documents valid, and the same 10 with a word changed not.";
  },
};
