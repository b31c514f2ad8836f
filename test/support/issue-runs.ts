/** Issuing on a real node, in this process or in one that dies, and the checker of everything that must hold afterwards. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { expect } from "chai";

import type { Settings } from "../../src/app/config.ts";
import { openConfiguredVerifier } from "../../src/app/configured-verifier.ts";
import { fsckPorts, openIssuer } from "../../src/app/open-issuer.ts";
import type { Hex } from "../../src/core/bytes.ts";
import { fsck } from "../../src/issue/fsck.ts";
import type { IssueRequest } from "../../src/issue/prepare.ts";
import { stateOf, type IssuePorts } from "../../src/issue/job.ts";
import { digestOf } from "../chain/support/stores.ts";
import { rosterOf, TEMPLATE_CONTENT } from "./issuing.ts";
import { LOCAL_KEYS, type LocalNode } from "./local-node.ts";

/** What a child process is told to do. */
export interface ChildOrder {
  readonly settings: Settings;
  readonly request: IssueRequest;
  /** Resume this batch instead of issuing. */
  readonly batch?: string;
  /** The checkpoint at which it kills itself, the n-th time it passes it. */
  readonly killAt?: string;
  readonly occurrence: number;
  /** Whether it prints the checkpoints it passes. */
  readonly says: boolean;
}

export interface ChildEnd {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly said: string;
}

/** What is to be issued, and where. */
export type Run = Pick<ChildOrder, "settings" | "request">;

/** A roster and a template in the directory; the batch, and what it is made into, in a place of its own there. */
export function prepareRun(
  { node, store, directory }: { readonly node: LocalNode; readonly store: Hex; readonly directory: string },
  learners: number,
  place = ".",
): Run {
  const roster = join(directory, "roster.csv");
  const template = join(directory, "template.json");
  writeFileSync(roster, rosterOf(learners));
  writeFileSync(template, JSON.stringify(TEMPLATE_CONTENT));
  const request = { roster, template, format: "openattestation-v2", out: join(directory, place, "out") } as const;
  return { settings: localSettings(node, store, join(directory, place, "home")), request };
}

/** The command line of a child. */
function commandOf(order: ChildOrder): readonly string[] {
  return [process.execPath, join(import.meta.dirname, "issue-child.ts"), JSON.stringify(order)];
}

/**
 * Runs a child to its end, whichever that is.
 *
 * @param under  a program, with its arguments, that runs the child: strace.
 */
export async function runChild(
  order: ChildOrder,
  { killAfterMs, under = [] }: { readonly killAfterMs?: number; readonly under?: readonly string[] } = {},
): Promise<ChildEnd> {
  const [program = "", ...args] = [...under, ...commandOf(order)];
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, UV_THREADPOOL_SIZE: under.length > 0 ? "1" : "4" }, // traced: calls in one order
  });
  let out = "";
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { code, signal, lines: out.split("\n").filter((line) => line !== ""), said };
}

/** Settings for the first account of a local node. */
export function localSettings(node: LocalNode, store: Hex, home: string): Settings {
  const [privateKey] = LOCAL_KEYS;
  if (privateKey === undefined) throw new Error("no local key");
  return { rpcUrls: [node.url], store, privateKey, allowedHosts: [], didRegistries: {}, home, isCi: true };
}

/** Does something with an issuer of this process. */
export async function withIssuer<Result>(
  settings: Settings,
  act: (ports: IssuePorts) => Promise<Result>,
): Promise<Result> {
  const issuer = openIssuer(settings, { askPassword: async () => "" });
  try {
    return await act(issuer.ports);
  } finally {
    issuer.close();
  }
}

/**
 * Holds one finished batch against the chain, the database and the disk: issued once, by one transaction; every file
 * there, and valid; nothing left behind.
 */
export async function expectIssuedOnce(node: LocalNode, settings: Settings, id: string, count: number): Promise<void> {
  const issuer = openIssuer(settings, { askPassword: async () => "" });
  try {
    const { batches } = issuer.ports;
    const order = batches.findBatch(id);
    const history = batches.historyOf(id);
    expect(stateOf(history), "state").to.equal("checked");
    const report = await fsck(fsckPorts(issuer, settings));
    expect(report.problems, "fsck").to.deep.equal([]);
    expect(report.documents, "documents compared").to.be.at.least(count);

    const root = String(history.findLast(({ state }) => state === "rooted")?.detail["root"]);
    const topics = [digestOf("DocumentIssued(bytes32)"), root];
    const filter = { address: settings.store, fromBlock: "0x0", topics };
    const logs = (await node.request("eth_getLogs", [filter])) as readonly { readonly transactionHash: string }[];
    expect(logs, "events of this root").to.have.length(1);
    const recorded = batches.transactionsOf(id).map(({ hash }) => hash);
    expect(recorded, "its transaction is on record").to.include(logs[0]?.transactionHash);

    await expectAllValid(settings, order?.out ?? "", count);
  } finally {
    issuer.close();
  }
}

const ASKED: readonly string[] = ["integrity", "signature", "anchor", "status"];

async function expectAllValid(settings: Settings, out: string, count: number): Promise<void> {
  const names = readdirSync(out);
  expect(
    names.filter((name) => name.startsWith(".") || name.endsWith(".part")),
    "left behind",
  ).to.deep.equal([]);
  const documents = names.filter((name) => name.endsWith(".json"));
  expect(documents, "documents").to.have.length(count);
  const verifier = openConfiguredVerifier(settings);
  const reports = await Promise.all(documents.map(async (name) => verifier.verify(readFileSync(join(out, name)))));
  for (const { findings } of reports) {
    const asked = findings.filter(({ aspect }) => ASKED.includes(aspect));
    expect(asked.filter(({ outcome }) => outcome === "fail" || outcome === "unknown")).to.deep.equal([]);
    const passed = new Set(asked.filter(({ outcome }) => outcome === "pass").map(({ aspect }) => aspect));
    expect([...passed]).to.include.members(["integrity", "anchor", "status"]);
  }
}
