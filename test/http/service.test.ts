/** The service over real HTTP on loopback, with a verifier that answers as told. */

import { request } from "node:http";
import { connect } from "node:net";

import { expect } from "chai";

import type { Report } from "../../src/core/report.ts";
import { listen, type ListenOptions, type RunningService } from "../../src/http/listen.ts";
import { operationsOf } from "../../src/http/openapi.ts";
import { NOW } from "../support/fake-ports.ts";

const answer: Report = {
  verdict: "valid",
  headline: "VALID",
  findings: [],
  checkedAt: NOW.toISOString(),
  version: "0",
};

function options(changes: Partial<ListenOptions> = {}): ListenOptions {
  return {
    verifier: {
      verify: async (bytes) => ({ ...answer, hidden: (bytes as Uint8Array).length }),
      isReady: async () => true,
    },
    isReady: async () => true,
    host: "127.0.0.1",
    port: 0,
    maxInFlight: 4,
    requestsPerMinute: 0,
    logLevel: "silent",
    ...changes,
  };
}

describe("service", () => {
  let service: RunningService;

  async function start(changes: Partial<ListenOptions> = {}): Promise<void> {
    service = await listen(options(changes));
  }
  afterEach(async () => service.stop(100));

  const post = async (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", ...headers },
    });

  it("answers a document with a report, byte for byte as it came", async () => {
    await start();
    const response = await post("/v1/verify", `{"a":1,"a":2}`);
    expect(response.status).to.equal(200);
    expect(response.headers.get("cache-control")).to.equal("no-store");
    expect(await response.json()).to.include({ verdict: "valid", hidden: 13 });
  });

  it("answers an empty body with a report, too", async () => {
    await start();
    expect(await (await post("/v1/verify", "")).json()).to.include({ hidden: 0 });
  });

  it("answers lines in their order, each with its number, and leaves empty ones out", async () => {
    await start();
    const lines = Array.from({ length: 700 }, (_, at) => "x".repeat((at % 7) + 1));
    const text = await (
      await post("/v1/verify/batch", `${lines.slice(0, 3).join("\n")}\n\n \r\n${lines.slice(3).join("\r\n")}`)
    ).text();
    const reports = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Report);
    expect(reports.map((report) => report.file)).to.deep.equal(lines.map((_, at) => `line ${at + 1}`));
    expect(reports[2]?.hidden).to.equal(3);
  });

  it("keeps a sensible request id and replaces any other", async () => {
    await start();
    const kept = await post("/v1/verify", "{}", { "Request-Id": "abcd-1234" });
    expect(kept.headers.get("request-id")).to.equal("abcd-1234");
    const replaced = await post("/v1/verify", "{}", { "Request-Id": "<script>" });
    expect(replaced.headers.get("request-id")).to.match(/^[0-9a-f-]{36}$/);
  });

  it("refuses a body above 16 MiB with a problem", async () => {
    await start();
    const response = await post("/v1/verify", "x".repeat(16 * 1024 * 1024 + 1));
    expect(response.status).to.equal(413);
    expect(response.headers.get("content-type")).to.contain("application/problem+json");
    expect(await response.json()).to.include({ status: 413 });
  });

  it("does not inflate compressed bodies", async () => {
    await start();
    expect((await post("/v1/verify", "{}", { "Content-Encoding": "gzip" })).status).to.equal(415);
  });

  it("sheds what it cannot work on with 503 and a time to come back, and recovers", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await start({ maxInFlight: 2, verifier: { verify: async () => (await held, answer), isReady: async () => true } });
    const first = [post("/v1/verify", "{}"), post("/v1/verify", "{}")];
    await new Promise((resolve) => setTimeout(resolve, 100));
    const shed = await post("/v1/verify", "{}");
    expect([shed.status, shed.headers.get("retry-after")]).to.deep.equal([503, "1"]);
    expect((await fetch(`${service.url}/healthz`)).status).to.equal(200);
    release();
    for (const response of await Promise.all(first)) expect(response.status).to.equal(200);
    expect((await post("/v1/verify", "{}")).status).to.equal(200);
  });

  it("limits how often one address asks", async () => {
    await start({ requestsPerMinute: 3 });
    const statuses = [];
    for (let asked = 0; asked < 4; asked++) statuses.push((await post("/v1/verify", "{}")).status);
    expect(statuses).to.deep.equal([200, 200, 200, 429]);
  });

  it("says not ready when the chain is silent, and is alive all the same", async () => {
    await start({ isReady: async () => false });
    expect((await fetch(`${service.url}/readyz`)).status).to.equal(503);
    expect((await fetch(`${service.url}/healthz`)).status).to.equal(200);
  });

  it("tells nothing of an unexpected error but its request id", async () => {
    await start({ verifier: { verify: async () => Promise.reject(new Error("secret")), isReady: async () => true } });
    const response = await post("/v1/verify", "{}");
    expect(response.status).to.equal(500);
    expect(await response.text()).not.to.contain("secret");
  });

  it("describes every route it has, and has every route it describes", async () => {
    await start();
    const operations = operationsOf({ vcApi: false, signing: false, practice: false, statusLists: false });
    const openApi = (await (await fetch(`${service.url}/openapi.json`)).json()) as { paths: Record<string, object> };
    expect(Object.keys(openApi.paths)).to.have.members(operations.map(({ path }) => path));
    for (const { method, path } of operations) {
      const response = await fetch(`${service.url}${path}`, method === "post" ? { method: "POST", body: "{}" } : {});
      expect(response.status, path).to.equal(200);
    }
    expect((await fetch(`${service.url}/v2/anything`)).status).to.equal(404);
  });

  it("refers in its description to nothing that is not in it", async () => {
    await start();
    const text = await (await fetch(`${service.url}/openapi.json`)).text();
    const { components } = JSON.parse(text) as { components: { schemas: object } };
    const names = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = ""]) => reference);
    expect(names.length).to.be.greaterThan(10);
    for (const name of new Set(names)) {
      expect(components.schemas).to.have.property(name.replace("#/components/schemas/", ""));
    }
    expect(text).not.to.contain('"$id"');
  });

  it("serves its pages without scripts and out of frames", async () => {
    await start();
    const response = await fetch(`${service.url}/docs`);
    expect(response.headers.get("content-security-policy"))
      .to.contain("default-src 'none'")
      .and.contain("frame-ancestors 'none'");
    expect(await response.text()).not.to.contain("<script");
  });

  it("counts verdicts and no personal data", async () => {
    await start();
    await post("/v1/verify", `{"name":"Zoë"}`);
    const text = await (await fetch(`${service.url}/metrics`)).text();
    expect(text).to.match(/testamur_reports_total\{verdict="valid",headline="VALID"\} 1/);
    expect(text).not.to.contain("Zoë");
  });

  it("lets a request finish that was begun before it was told to stop", async () => {
    await start({
      verifier: {
        verify: async () => (await new Promise((resolve) => setTimeout(resolve, 150)), answer),
        isReady: async () => true,
      },
    });
    const begun = post("/v1/verify", "{}");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopping = service.stop(2_000);
    expect((await begun).status).to.equal(200);
    await stopping;
  });

  it("ends connections that only pretend to send", async () => {
    await start();
    const { port } = new URL(service.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nslow");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const started = performance.now();
    await service.stop(100);
    expect(performance.now() - started).to.be.lessThan(2_000);
    socket.destroy();
  });

  it("survives a client that leaves in the middle of a batch", async () => {
    await start();
    await new Promise<void>((resolve) => {
      const asking = request(`${service.url}/v1/verify/batch`, { method: "POST" }, (response) => {
        response.destroy();
        resolve();
      });
      asking.on("error", () => resolve());
      for (let line = 0; line < 2_000; line++) asking.write(`{"line":${line}}\n`);
    });
    expect((await post("/v1/verify", "{}")).status).to.equal(200);
  });
});
