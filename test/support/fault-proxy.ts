/** A proxy before a node that does to JSON-RPC what the world does to it: hangs, resets, lies, limits, forges, forgets. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** What happens to a call. */
export type Fault =
  /** No answer, ever. */
  | "hang"
  /** The connection breaks before an answer. */
  | "reset"
  /** HTTP 429 with Retry-After. */
  | "429"
  /** HTTP 200 with error -32005. */
  | "200-32005"
  /** HTTP 500 with a page. */
  | "500"
  | "html"
  | "truncate"
  /** 6 MB of an answer. */
  | "flood"
  /** 20 MB that travel as a few kB. */
  | "bomb"
  | "wrong-id"
  /** The answers of a batch are given to each other's questions. */
  | "swap-ids"
  | "wrong-version"
  | "no-result"
  | "null"
  | "0x"
  | "both"
  /** The node gets the call, the caller never hears of it. */
  | "drop-answer-after-forward"
  /** The answer is this error; the node got the call all the same. */
  | { readonly error: { readonly code: number; readonly message: string } }
  /** The result is replaced: `undefined` leaves it. */
  | { readonly forge: (result: unknown, params: readonly unknown[]) => unknown };

export interface Rule {
  readonly fault: Fault;
  /** Calls it applies to; absent: every call. */
  readonly method?: string | readonly string[];
  /** Applies so many times, then never again. */
  readonly times?: number;
  /** Passes so many matching calls before it begins. */
  readonly skip?: number;
}

export interface FaultProxy {
  readonly url: string;
  /** Replaces the rules; the first that matches a call decides. None: the proxy is honest. */
  set(...rules: readonly Rule[]): void;
  /** Methods that arrived, in order. */
  readonly calls: readonly Call[];
  /** POSTs that arrived. */
  posts(): number;
  forget(): void;
  close(): Promise<void>;
}

export interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
}

interface Request extends Call {
  readonly id: number;
}

interface ActiveRule {
  readonly rule: Rule;
  skipped: number;
  applied: number;
}

/** @param target  address of the real node. */
export async function startFaultProxy(target: string, retryAfterSeconds = 1): Promise<FaultProxy> {
  let rules: ActiveRule[] = [];
  let posts = 0;
  const calls: Call[] = [];

  function faultOf(method: string): Fault | undefined {
    for (const active of rules) {
      const { rule } = active;
      const methods = rule.method === undefined ? [method] : [rule.method].flat();
      if (!methods.includes(method) || active.applied >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
      if (active.skipped < (rule.skip ?? 0)) {
        active.skipped++;
        continue;
      }
      active.applied++;
      return rule.fault;
    }
    return undefined;
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const parsed = JSON.parse(body) as Request | readonly Request[];
    const requests: readonly Request[] = [parsed].flat();
    posts++;
    calls.push(...requests.map(({ method, params }) => ({ method, params })));
    const faults = requests.map((request) => faultOf(request.method));
    const whole = faults.find((fault) => typeof fault === "string");
    if (whole !== undefined && breakCarriage(whole, outgoing, retryAfterSeconds)) return;
    const answers = await forward(target, requests);
    if (whole === "drop-answer-after-forward") {
      outgoing.destroy();
      return;
    }
    const spoiled = answers.map((answer, at) => spoil(answer, faults[at], requests[at]?.params ?? []));
    const swapped = whole === "swap-ids" ? swapIds(spoiled) : spoiled;
    const text = JSON.stringify(Array.isArray(parsed) ? swapped : swapped[0]);
    outgoing.writeHead(200, { "content-type": "application/json" });
    outgoing.end(whole === "truncate" ? text.slice(0, text.length / 2) : text);
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => {
    server.listen(0, "127.0.0.1", listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    set(...next) {
      rules = next.map((rule) => ({ rule, skipped: 0, applied: 0 }));
    },
    calls,
    posts: () => posts,
    forget() {
      posts = 0;
      calls.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => {
        server.close(closed);
      });
    },
  };
}

/** @returns true when the answer has been taken care of. */
function breakCarriage(fault: string, outgoing: ServerResponse, retryAfterSeconds: number): boolean {
  switch (fault) {
    case "hang":
      return true;
    case "reset":
      outgoing.destroy();
      return true;
    case "429":
      outgoing.writeHead(429, { "retry-after": `${retryAfterSeconds}`, "content-type": "text/plain" });
      outgoing.end("slow down");
      return true;
    case "500":
      outgoing.writeHead(500, { "content-type": "text/html" });
      outgoing.end("<h1>Internal Server Error</h1>");
      return true;
    case "html":
      outgoing.writeHead(200, { "content-type": "text/html" });
      outgoing.end("<!doctype html><title>Sign in to continue</title>");
      return true;
    case "flood":
      outgoing.writeHead(200, { "content-type": "application/json" });
      outgoing.end(`{"jsonrpc":"2.0","id":1,"result":"0x${"00".repeat(3_000_000)}"}`);
      return true;
    case "bomb":
      outgoing.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      outgoing.end(bomb());
      return true;
    default:
      return false;
  }
}

let packed: Buffer | undefined;

function bomb(): Buffer {
  packed ??= gzipSync(Buffer.alloc(20_000_000, " "));
  return packed;
}

type Answer = Readonly<Record<string, unknown>>;

/** What becomes of one answer. */
const SPOILERS: Readonly<Record<string, (answer: Answer) => Answer>> = {
  "200-32005": (answer) => ({ ...bare(answer), error: { code: -32_005, message: "limit exceeded" } }),
  "wrong-id": (answer) => ({ ...answer, id: 987_654_321 }),
  "wrong-version": (answer) => ({ ...answer, jsonrpc: "1.0" }),
  "no-result": bare,
  null: (answer) => ({ ...bare(answer), result: null }),
  "0x": (answer) => ({ ...bare(answer), result: "0x" }),
  both: (answer) => ({ ...answer, error: { code: -32_000, message: "both" } }),
};

function spoil(answer: Answer, fault: Fault | undefined, params: readonly unknown[]): Answer {
  if (typeof fault === "object" && "error" in fault) return { ...bare(answer), error: fault.error };
  if (typeof fault === "object") {
    const forged = fault.forge(answer["result"], params);
    return forged === undefined ? answer : { ...bare(answer), result: forged };
  }
  return fault === undefined ? answer : (SPOILERS[fault]?.(answer) ?? answer);
}

function bare({ jsonrpc, id }: Answer): Answer {
  return { jsonrpc, id };
}

function swapIds(answers: readonly Answer[]): readonly Answer[] {
  return answers.map((answer, at) => ({ ...answer, id: answers[(at + 1) % answers.length]?.["id"] }));
}

async function forward(target: string, requests: readonly Request[]): Promise<readonly Answer[]> {
  const response = await fetch(target, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(requests),
  });
  return (await response.json()) as readonly Answer[];
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  return text;
}
