/** Full verification of Blockcerts 3.2: content, Merkle proof, transaction, issuer, revocation. */

import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openVerifier } from "../../../src/app/open-verifier.ts";
import { toHex, toUtf8, type Hex } from "../../../src/core/bytes.ts";
import type { JsonObject } from "../../../src/core/json.ts";
import type { Report } from "../../../src/core/report.ts";
import { CHAIN_ID, issuerProfile, pagesOf } from "../../../test/support/blockcerts-issuer.ts";
import { LOCAL_KEYS, request, startLocalNode, type LocalNode } from "../../../test/support/local-node.ts";
import { withPages } from "../../../test/support/pages.ts";
import { issueBlockcerts } from "../blockcerts.ts";
import type { Race, Setting, Stage } from "../row.ts";
import { timeOnce } from "../timing.ts";

const [KEY = "0x"] = LOCAL_KEYS;
/** The account of that key. */
const ACCOUNT: Hex = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
const PAGES = pagesOf(issuerProfile(KEY, ACCOUNT));
const WARM_UP = 20;

function countFor({ quick }: Setting): number {
  return quick ? 40 : 500;
}

function readTexts({ documents = "" }: Stage): readonly string[] {
  return readFileSync(documents, "utf8").trimEnd().split("\n");
}

/** All in one session, as a command or a service has it. */
async function reportsOf(texts: readonly string[], { rpc = "" }: Stage): Promise<readonly Report[]> {
  const verifier = openVerifier({ rpc, allowedHosts: ["uni.example"] });
  return withPages(PAGES, async () => Promise.all(texts.map(async (text) => verifier.verify(toUtf8(text)))));
}

async function verifyOurs(texts: readonly string[], stage: Stage): Promise<void> {
  const bad = (await reportsOf(texts, stage)).find(({ headline }) => headline !== "VALID");
  if (bad !== undefined) throw new Error(`a good document is not valid: ${JSON.stringify(bad.findings)}`);
}

async function openPeer({ rpc = "" }: Stage): Promise<(text: string) => Promise<boolean>> {
  const { askBlockcerts } = await import("../../../test/peers/blockcerts-client.ts");
  const node: LocalNode = {
    url: rpc,
    chainId: CHAIN_ID,
    pid: 0,
    request: async (method, params = []) => request(rpc, method, params),
    stop: async () => undefined,
  };
  return async (text) => (await askBlockcerts(JSON.parse(text) as JsonObject, node, PAGES)).status === "success";
}

export const blockcerts: Race = {
  kind: "race",
  title: "Full verification of a Blockcerts 3.2 batch of 500 documents against a local Hardhat node",
  unit: "documents",
  rounds: 5,
  sides: {
    ours: {
      name: "Testamur, the whole batch in one session",
      async open(_setting, stage) {
        const texts = readTexts(stage);
        return {
          warmUp: async () => verifyOurs(texts.slice(0, WARM_UP), stage),
          run: async () => timeOnce(texts.length, async () => verifyOurs(texts, stage)),
        };
      },
    },
    peer: {
      name: "cert-verifier-js",
      async open(_setting, stage) {
        const texts = readTexts(stage);
        const isValid = await openPeer(stage);
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
    "Both get the issuer's profile and list of withdrawn documents from memory, and the transaction from the node, which says that it is Sepolia, since Blockcerts cannot name a local chain. cert-verifier-js verifies one document after the other.",
  ],
  async prepare(setting) {
    const node = await startLocalNode(CHAIN_ID);
    const directory = mkdtempSync(join(tmpdir(), "testamur-bench-"));
    const documents = join(directory, "documents.ndjson");
    const texts = await issueBlockcerts(countFor(setting), randomBytes, async (root) => {
      const sending = { from: ACCOUNT, to: ACCOUNT, data: toHex(root) };
      return (await node.request("eth_sendTransaction", [sending])) as Hex;
    });
    writeFileSync(documents, texts.join(""));
    await node.request("hardhat_mine", ["0x80"]); // final by any rule
    return {
      stage: { rpc: node.url, documents },
      async stop() {
        rmSync(directory, { recursive: true, force: true });
        await node.stop();
      },
    };
  },
  async check(_setting, stage) {
    const texts = readTexts(stage).slice(0, 10);
    const altered = texts.map((text) => text.replace("Mathematics", "Medicine"));
    const isValid = await openPeer(stage);
    const reports = await reportsOf([...texts, ...altered], stage);
    for (const [at, text] of [...texts, ...altered].entries()) {
      const expected = at < texts.length ? "VALID true" : "TAMPERED false";
      const found = `${reports[at]?.headline} ${await isValid(text)}`;
      if (found !== expected) throw new Error(`the verdicts differ: ${found}`);
    }
    return "both call 10 documents valid, and the same 10 with a word changed not.";
  },
};
