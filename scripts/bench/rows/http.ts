/** The service under load: one document a request, and a thousand. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import process from "node:process";

import { startLocalDns } from "../../../src/cli/demo/local-dns.ts";
import { toUtf8 } from "../../../src/core/bytes.ts";
import { startLocalStore } from "../../../test/support/local-store.ts";
import { atLeast, atMost } from "../goals.ts";
import { generateLoad, type LoadPlan } from "../load.ts";
import { buildPackage, PACKAGE, project } from "../package.ts";
import type { Figure, Goal, Survey } from "../row.ts";
import { DOMAIN, transcripts } from "../samples.ts";
import { median, percentile } from "../statistics.ts";

const DOCUMENTS = 1_000;
/** What the design promises: throughput on two cores, and how long a document that is verified alone may take. */
const WISHED = atLeast(200, "documents/s");
const QUICK = atMost(300, "ms");

interface Wave {
  readonly name: string;
  readonly path: string;
  readonly connections: number;
  readonly documentsEach: number;
  /** A client that waits for each answer measures how quick the service is, not how much it can do. */
  readonly isAlone?: boolean;
}

const WAVES: readonly Wave[] = [
  { name: "POST /v1/verify, 1 connection", path: "/v1/verify", connections: 1, documentsEach: 1, isAlone: true },
  { name: "POST /v1/verify, 16 connections", path: "/v1/verify", connections: 16, documentsEach: 1 },
  { name: "POST /v1/verify, 64 connections", path: "/v1/verify", connections: 64, documentsEach: 1 },
  { name: "POST /v1/verify/batch, 1 connection", path: "/v1/verify/batch", connections: 1, documentsEach: DOCUMENTS },
  { name: "POST /v1/verify/batch, 2 connections", path: "/v1/verify/batch", connections: 2, documentsEach: DOCUMENTS },
];

export const http: Survey = {
  kind: "survey",
  title: "The service under load: full verification over HTTP against a local Hardhat node",
  async measure({ quick }) {
    buildPackage();
    const store = await startLocalStore();
    const dns = await startLocalDns({ [DOMAIN]: [`openatts net=ethereum netId=1337 addr=${store.address}`] });
    const service = await startService(["--rpc", store.chain.url, "--resolver", dns.url]);
    try {
      const texts = await store.issueBatch(transcripts(DOCUMENTS, store.address));
      const figures: Figure[] = [];
      for (const wave of WAVES) figures.push(...(await ride(wave, texts, service.url, quick)));
      return {
        figures,
        notes: [
          "Every answer is checked to be VALID. Service, load generator and node share two cores, so a service with a machine of its own is faster.",
          `A batch request has ${DOCUMENTS} documents, one a line; its latency is that of the whole batch. Each wave runs 10 seconds after a warm-up of 3.`,
        ],
      };
    } finally {
      service.child.kill();
      await dns.stop();
      await store.stop();
    }
  },
};

/** Three waves of the same kind, so that there is a spread; the first figures of each are thrown away. */
async function ride(wave: Wave, texts: readonly string[], url: string, quick: boolean): Promise<readonly Figure[]> {
  const bodies = wave.documentsEach === 1 ? texts.map(toUtf8) : [toUtf8(texts.join(""))];
  const plan: Omit<LoadPlan, "seconds"> = {
    url: `${url}${wave.path}`,
    bodies,
    connections: wave.connections,
    expect: (status, body) => expectValid(status, body, wave.documentsEach),
  };
  await generateLoad({ ...plan, seconds: quick ? 1 : 3 });
  const rates: number[] = [];
  const latencies: number[] = [];
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    const result = await generateLoad({ ...plan, seconds: quick ? 2 : 10 });
    rates.push((result.requests * wave.documentsEach) / result.seconds);
    latencies.push(...result.latencies);
  }
  const last = percentile(latencies, 0.99);
  return [
    figure(wave.name, "documents/s", rates, wave.isAlone === true ? [] : [WISHED(median(rates))]),
    figure(`${wave.name}: half of the answers within`, "ms", [percentile(latencies, 0.5)]),
    figure(`${wave.name}: 99 of 100 answers within`, "ms", [last], wave.isAlone === true ? [QUICK(last)] : []),
  ];
}

function expectValid(status: number, body: string, documents: number): void {
  const valid = body.split('"headline":"VALID"').length - 1;
  if (status !== 200 || valid !== documents)
    throw new Error(`status ${status}, ${valid} of ${documents} valid: ${body.slice(0, 300)}`);
}

function figure(subject: string, unit: string, values: readonly number[], goals: readonly Goal[] = []): Figure {
  return { subject, unit, values, goals };
}

/** `testamur serve`, from the package, with its limits for strangers off. */
async function startService(
  options: readonly string[],
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const limits = ["--port", "0", "--rate", "0", "--max-in-flight", "256", "--quiet"];
  const child = spawn(process.execPath, [PACKAGE, "serve", ...limits, ...options], {
    cwd: project,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
  });
  let said = "";
  while (child.exitCode === null) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (url !== undefined) return { child, url };
    const [chunk] = (await once(child.stderr, "data")) as [Buffer];
    said += chunk.toString();
  }
  throw new Error(`the service did not start:\n${said}`);
}
