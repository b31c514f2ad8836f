/** A small load generator: so many connections, each asking again as soon as it has its answer. */

import { Agent, request } from "node:http";

export interface LoadPlan {
  readonly url: string;
  readonly bodies: readonly Uint8Array[];
  readonly connections: number;
  readonly seconds: number;
  /** Called with each answer; throws where it is not what was asked for. */
  readonly expect: (status: number, body: string) => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from sending to the end of the answer, one a request. */
  readonly latencies: readonly number[];
}

/** Connections are kept open; the clock stops when the last answer has come. */
export async function generateLoad({ url, bodies, connections, seconds, expect }: LoadPlan): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1_000;
  let next = 0;
  const ask = async (): Promise<void> => {
    while (performance.now() < until) {
      const sent = performance.now();
      const { status, body } = await post(agent, url, bodies[next++ % bodies.length] ?? new Uint8Array());
      latencies.push(performance.now() - sent);
      expect(status, body);
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  agent.destroy();
  return { requests: latencies.length, seconds: (performance.now() - started) / 1_000, latencies };
}

async function post(
  agent: Agent,
  url: string,
  body: Uint8Array,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": body.length };
    const sent = request(url, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
