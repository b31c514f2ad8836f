/** The wrapper around JSON-RPC against a node that misbehaves in every known way. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect } from "chai";

import { openJsonRpc, type JsonRpc, type JsonRpcOptions } from "../../src/chain/json-rpc.ts";
import { openPatience } from "../../src/chain/patience.ts";
import { classifyError } from "../../src/chain/rpc-errors.ts";
import type { RpcOutcome } from "../../src/chain/rpc-outcome.ts";
import {
  blockNumberQuestion,
  blockQuestion,
  callQuestion,
  chainIdQuestion,
  codeQuestion,
} from "../../src/chain/rpc-questions.ts";
import type { Hex } from "../../src/core/bytes.ts";
import { startFaultProxy, type Fault, type FaultProxy } from "../support/fault-proxy.ts";
import { withLocalNode } from "../support/local-node.ts";
import { scriptedCode } from "./support/scripted-contract.ts";
import { OWNER, plant, word } from "./support/stores.ts";

describe("openJsonRpc", () => {
  const node = withLocalNode();
  let proxy: FaultProxy;
  /** Asks to be left alone for longer than anybody waits. */
  let patientProxy: FaultProxy;

  before(async () => {
    proxy = await startFaultProxy(node().url);
    patientProxy = await startFaultProxy(node().url, 60);
  });
  after(async () => {
    await proxy.close();
    await patientProxy.close();
  });
  beforeEach(() => {
    proxy.set();
    proxy.forget();
  });

  function open(options: JsonRpcOptions = {}, ...urls: readonly string[]): JsonRpc {
    return openJsonRpc(urls.length === 0 ? [proxy.url] : urls, { deadlineMs: 5_000, ...options });
  }

  async function chainId(rpc: JsonRpc, budgetMs = 10_000): Promise<RpcOutcome<number>> {
    return rpc.ask(chainIdQuestion(), openPatience(budgetMs));
  }

  it("gives the checked answer", async () => {
    expect(await chainId(open())).to.deep.equal({ kind: "ok", value: 1337 });
  });

  it("sends what is asked in one turn in one POST, and matches the answers by id", async () => {
    const rpc = open();
    const patience = openPatience();
    const [id, number, code] = await Promise.all([
      rpc.ask(chainIdQuestion(), patience),
      rpc.ask(blockNumberQuestion(), patience),
      rpc.ask(codeQuestion(OWNER, "latest"), patience),
    ]);
    expect([id.kind, number.kind, code.kind]).to.deep.equal(["ok", "ok", "ok"]);
    expect(proxy.posts()).to.equal(1);
    expect(proxy.calls.map((call) => call.method)).to.deep.equal(["eth_chainId", "eth_blockNumber", "eth_getCode"]);
  });

  it("sends long lists in pieces", async () => {
    const rpc = open();
    const patience = openPatience();
    const outcomes = await Promise.all(Array.from({ length: 250 }, async () => rpc.ask(chainIdQuestion(), patience)));
    expect(outcomes.every((outcome) => outcome.kind === "ok")).to.equal(true);
    expect(proxy.posts()).to.equal(3);
  });

  const faults: readonly [Fault, "unavailable" | "lying" | "rate-limited"][] = [
    ["hang", "unavailable"],
    ["reset", "unavailable"],
    ["500", "unavailable"],
    ["429", "rate-limited"],
    ["200-32005", "rate-limited"],
    ["html", "lying"],
    ["truncate", "lying"],
    ["flood", "lying"],
    ["bomb", "lying"],
    ["wrong-id", "lying"],
    ["wrong-version", "lying"],
    ["no-result", "lying"],
    ["null", "lying"],
    ["0x", "lying"],
    ["both", "lying"],
    [{ forge: () => 1337 }, "lying"],
    [{ forge: () => "1337" }, "lying"],
    [{ forge: () => "0xffffffffffffffffff" }, "lying"],
  ];
  for (const [fault, kind] of faults) {
    const name =
      typeof fault === "string" ? fault : `a result of ${JSON.stringify("forge" in fault && fault.forge(0, []))}`;
    it(`calls it ${kind}: ${name}`, async () => {
      patientProxy.set({ fault });
      const limits = fault === "hang" ? { deadlineMs: 200 } : {};
      expect((await chainId(open(limits, patientProxy.url), fault === "hang" ? 300 : 10_000)).kind).to.equal(kind);
    });
  }

  it("rejects answers that were given to each other's questions", async () => {
    proxy.set({ fault: "swap-ids" });
    const rpc = open();
    const patience = openPatience(5_000);
    const outcomes = await Promise.all([
      rpc.ask(chainIdQuestion(), patience),
      rpc.ask(blockQuestion("latest"), patience),
    ]);
    expect(outcomes.map((outcome) => outcome.kind)).to.deep.equal(["lying", "lying"]);
  });

  it("spoils a whole batch by one answer nobody asked for", async () => {
    proxy.set({ fault: "wrong-id", method: "eth_chainId" });
    const rpc = open();
    const patience = openPatience(5_000);
    const outcomes = await Promise.all([
      rpc.ask(chainIdQuestion(), patience),
      rpc.ask(blockNumberQuestion(), patience),
    ]);
    expect(outcomes.map((outcome) => outcome.kind)).to.deep.equal(["lying", "lying"]);
  });

  it("does not take the block of another number or hash for the one asked", async () => {
    proxy.set({ fault: { forge: (result) => ({ ...(result as object), number: "0x7" }) } });
    expect((await open().ask(blockQuestion(0), openPatience())).kind).to.equal("lying");
    const hash: Hex = `0x${"ab".repeat(32)}`;
    proxy.set({
      fault: { forge: () => ({ number: "0x0", hash: `0x${"cd".repeat(32)}`, timestamp: "0x1", transactions: [] }) },
    });
    expect((await open().ask(blockQuestion({ hash }), openPatience())).kind).to.equal("lying");
  });

  it("tells a block that is not there from trouble", async () => {
    expect(await open().ask(blockQuestion(1_000_000), openPatience())).to.deep.equal({ kind: "not-found" });
  });

  it("hands out revert data, and never takes a rate limit for a revert", async () => {
    const reverting = await plant(node(), "reverting", scriptedCode([], { reverts: `0x7e273289${word(1n).slice(2)}` }));
    const outcome = await open().ask(callQuestion({ to: reverting, data: "0x" }, "latest"), openPatience());
    expect(outcome).to.deep.include({ kind: "reverted", data: `0x7e273289${word(1n).slice(2)}` });
  });

  it("waits as long as it was told, then gets its answer", async () => {
    proxy.set({ fault: "429", times: 1 });
    const startedMs = performance.now();
    expect(await chainId(open())).to.deep.equal({ kind: "ok", value: 1337 });
    expect(performance.now() - startedMs).to.be.greaterThan(950);
    expect(proxy.posts()).to.equal(2);
  });

  it("does not wait longer than its patience, nor hammer the node", async () => {
    patientProxy.set({ fault: "429" });
    patientProxy.forget();
    const rpc = open({}, patientProxy.url);
    const startedMs = performance.now();
    const outcomes = await Promise.all(Array.from({ length: 50 }, async () => chainId(rpc)));
    expect(outcomes.every((outcome) => outcome.kind === "rate-limited")).to.equal(true);
    expect(performance.now() - startedMs).to.be.lessThan(5_000);
    expect(patientProxy.posts()).to.equal(1);
  });

  it("gives each call its deadline and all of them a budget", async () => {
    proxy.set({ fault: "hang" });
    const startedMs = performance.now();
    expect((await chainId(open({ deadlineMs: 300 }), 700)).kind).to.equal("unavailable");
    expect(performance.now() - startedMs).to.be.within(550, 3_000);
    const patience = openPatience(700);
    const rpc = open({ deadlineMs: 300 });
    await rpc.ask(chainIdQuestion(), patience);
    const again = performance.now();
    expect((await rpc.ask(chainIdQuestion(), patience)).kind).to.equal("unavailable");
    expect(performance.now() - again, "the budget is spent").to.be.lessThan(250);
  });

  it("tries again after a connection that broke", async () => {
    proxy.set({ fault: "reset", times: 2 });
    expect(await chainId(open())).to.deep.equal({ kind: "ok", value: 1337 });
    expect(proxy.posts()).to.equal(3);
  });

  it("asks the next node when one is down, limited or lying", async () => {
    for (const fault of ["hang", "reset", "429", "200-32005", "html", "wrong-id", "null"] as const) {
      proxy.set({ fault });
      const rpc = open({ deadlineMs: fault === "hang" ? 300 : 5_000 }, proxy.url, node().url);
      expect(await chainId(rpc), fault).to.deep.equal({ kind: "ok", value: 1337 });
    }
    const closed = open({}, "http://127.0.0.1:9", node().url);
    expect(await chainId(closed)).to.deep.equal({ kind: "ok", value: 1337 });
  });

  it("leaves a node in trouble alone while another answers", async () => {
    proxy.set({ fault: "429" });
    const rpc = open({}, proxy.url, node().url);
    for (let call = 0; call < 5; call++) await chainId(rpc);
    expect(proxy.posts()).to.equal(1);
  });

  describe("with agreement", () => {
    const question = async (rpc: JsonRpc): Promise<RpcOutcome<unknown>> =>
      rpc.ask(blockQuestion(0), openPatience(5_000));

    it("gives the answer that enough nodes give", async () => {
      const rpc = open({ agreement: 2 }, proxy.url, node().url);
      expect((await question(rpc)).kind).to.equal("ok");
    });

    it("believes nobody when nodes contradict each other", async () => {
      const forge = (result: unknown): unknown => ({ ...(result as object), timestamp: "0x1" });
      proxy.set({ fault: { forge } });
      expect((await question(open({ agreement: 2 }, proxy.url, node().url))).kind).to.equal("lying");
    });

    it("says nothing when too few answer", async () => {
      proxy.set({ fault: "reset" });
      expect((await question(open({ agreement: 2 }, proxy.url, node().url))).kind).to.equal("unavailable");
      expect((await question(open({ agreement: 2 }, node().url))).kind).to.equal("unavailable");
    });
  });

  it("asks one by one where a node takes no batches", async () => {
    let posts = 0;
    const server = createServer((incoming, outgoing) => {
      let body = "";
      incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
      incoming.on("end", () => {
        posts++;
        const request = JSON.parse(body) as { id: number } | unknown[];
        const answer = Array.isArray(request)
          ? { jsonrpc: "2.0", id: null, error: { code: -32_600, message: "batches are not supported" } }
          : { jsonrpc: "2.0", id: request.id, result: "0x539" };
        outgoing.writeHead(200, { "content-type": "application/json; charset=utf-8" });
        outgoing.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((listening) => {
      server.listen(0, "127.0.0.1", listening);
    });
    try {
      const rpc = open({}, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const outcomes = await Promise.all(Array.from({ length: 3 }, async () => chainId(rpc)));
      expect(outcomes.every((outcome) => outcome.kind === "ok")).to.equal(true);
      expect(posts, "three, two, and then one at a time").to.equal(5);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("keeps keys and passwords of an address out of every message, but uses them", async () => {
    let authorization: string | undefined;
    const server = createServer((incoming, outgoing) => {
      authorization = incoming.headers.authorization;
      outgoing.writeHead(403).end("no");
    });
    await new Promise<void>((listening) => {
      server.listen(0, "127.0.0.1", listening);
    });
    try {
      const { port } = server.address() as AddressInfo;
      const rpc = open({}, `http://someone:canary-pass@127.0.0.1:${port}/v3/canary-key?token=canary-token`);
      const outcome = await chainId(rpc);
      expect(outcome.kind).to.equal("unavailable");
      expect(JSON.stringify([outcome, rpc.endpoints])).to.not.contain("canary");
      expect(authorization).to.equal(`Basic ${btoa("someone:canary-pass")}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("classifyError", () => {
  const kinds: readonly [string, object | string, string][] = [
    ["a revert by number", { code: 3, message: "execution reverted", data: "0x" }, "reverted"],
    ["a revert by words, of an older node", { code: -32_000, message: "execution reverted" }, "reverted"],
    ["a revert whose text speaks of rate limits", { code: 3, message: "execution reverted: rate limit" }, "reverted"],
    ["a limit by number", { code: -32_005, message: "limit exceeded" }, "rate-limited"],
    ["a limit by words", { code: -32_097, message: "Too Many Requests" }, "rate-limited"],
    ["a lack of gas", { code: -32_000, message: "out of gas" }, "unavailable"],
    ["an unknown block", { code: -32_000, message: "header not found" }, "unavailable"],
    ["an unknown method", { code: -32_601, message: "the method does not exist" }, "unavailable"],
    ["no error at all", { message: "oops" }, "lying"],
    ["a text", "oops", "lying"],
  ];
  for (const [what, error, kind] of kinds) {
    it(`sorts ${what} as ${kind}`, () => {
      expect(classifyError(JSON.parse(JSON.stringify(error)), "here").kind).to.equal(kind);
    });
  }

  it("finds revert data inside an object", () => {
    const error = { code: -32_603, message: "reverted", data: { data: "0x12345678" } };
    expect(classifyError(error, "here")).to.deep.include({ kind: "reverted", data: "0x12345678" });
  });

  it("keeps a node's words short and on one line", () => {
    const outcome = classifyError({ code: 1, message: `a\n\u001b[31mb${"c".repeat(5_000)}` }, "here");
    expect(outcome)
      .to.have.property("reason")
      .that.does.not.match(/[^ -~…]/);
    expect(JSON.stringify(outcome).length).to.be.lessThan(600);
  });
});
