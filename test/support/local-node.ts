/** A real `hardhat node` for tests: a child process on a free loopback port, chain id 1337, stopped by its pid. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

import type { Hex } from "../../src/core/bytes.ts";

const project = resolve(import.meta.dirname, "../..");
const START_MS = 30_000;

export interface LocalNode {
  readonly url: string;
  readonly chainId: number;
  readonly pid: number;
  /** One JSON-RPC call, for what only a test does (`evm_mine`, `hardhat_setBalance`…). Rejects with the node's message. */
  request(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Ends the process and waits until it is gone. Twice is once. */
  stop(): Promise<void>;
}

/** The first private keys of the mnemonic that every Hardhat node uses; worthless by being public. */
export const LOCAL_KEYS: readonly Hex[] = [
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
  "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
];

/** @param chainId  1337 unless told otherwise. Ready, after about a second, when it resolves. */
export async function startLocalNode(chainId = 1337): Promise<LocalNode> {
  const child = spawn(
    process.execPath,
    [
      "node_modules/hardhat/dist/src/cli.js",
      "node",
      "--hostname",
      "127.0.0.1",
      "--port",
      "0",
      "--chain-id",
      `${chainId}`,
    ],
    { cwd: project, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" } },
  );
  const url = await addressOf(child);
  child.stdout.resume(); // its log goes nowhere, but a full pipe would stop it
  return {
    url,
    chainId,
    pid: child.pid ?? 0,
    request: async (method, params = []) => request(url, method, params),
    stop: async () => stop(child),
  };
}

/**
 * A node for the tests of one `describe`: started before the first, stopped after the last.
 *
 * @returns a function that gives the running node; call it inside a test or a hook.
 */
export function withLocalNode(chainId?: number): () => LocalNode {
  let node: LocalNode | undefined;
  before(async () => {
    node = await startLocalNode(chainId);
  });
  after(async () => node?.stop());
  return () => {
    if (node === undefined) throw new Error("the local node runs only while tests do");
    return node;
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((found, failed) => {
    const timer = setTimeout(
      () => failed(new Error(`hardhat node did not start within ${START_MS} ms:\n${said}`)),
      START_MS,
    );
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", (code) => failed(new Error(`hardhat node ended with ${code}:\n${said}`)));
  });
}

/** One JSON-RPC call to whatever node answers there. */
export async function request(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const answer = (await response.json()) as {
    readonly result?: unknown;
    readonly error?: { readonly message: string };
  };
  if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
  return answer.result;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
