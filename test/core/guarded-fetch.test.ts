/** The guard against addresses, answers and redirects that somebody else chose; the network ends at the loopback interface. */

import { gzipSync } from "node:zlib";

import { expect } from "chai";

import { fromUtf8 } from "../../src/core/bytes.ts";
import { fetchGuarded, isLoopback, type Fetch, type FetchGuard } from "../../src/core/guarded-fetch.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import { startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";

describe("fetchGuarded", () => {
  let server: LoopbackServer;
  let elsewhere: LoopbackServer;
  let seen: string[];
  let headers: Record<string, unknown>;

  before(async () => {
    elsewhere = await startLoopbackServer((request, response) => {
      seen.push(`elsewhere${request.url}`);
      response.setHeader("content-type", "application/json").end("{}");
    });
    server = await startLoopbackServer((request, response) => {
      const path = request.url ?? "";
      seen.push(path);
      headers = request.headers;
      const json = () => response.setHeader("content-type", "application/json; charset=utf-8");
      const redirect = (location: string) => response.writeHead(302, { location }).end();
      if (path === "/good") json().end('{"good":true}');
      else if (path === "/html") response.setHeader("content-type", "text/html").end("<html>");
      else if (path === "/typeless") response.end("{}");
      else if (path === "/large") json().end("x".repeat(5_000));
      else if (path === "/lying") {
        json();
        response.write("x".repeat(600));
        response.end("x".repeat(600));
      } else if (path === "/bomb")
        json()
          .setHeader("content-encoding", "gzip")
          .end(gzipSync(Buffer.alloc(10_000_000)));
      else if (path === "/endless") {
        json();
        response.write("{");
      } else if (path === "/truncated") {
        response.writeHead(200, { "content-type": "application/json", "content-length": "50" });
        response.write("{", () => response.destroy());
      } else if (path === "/500") json().writeHead(500).end("{}");
      else if (path === "/429") response.writeHead(429, { "retry-after": "1" }).end();
      else if (path === "/moved") redirect("/good");
      else if (path === "/loop") redirect("/loop");
      else if (path === "/away") redirect(`${elsewhere.url}/secret`);
      else if (path === "/file") redirect("file:///etc/passwd");
      else if (path === "/gopher") redirect("gopher://127.0.0.1/");
      else if (path === "/link-local") redirect("http://169.254.169.254/latest/meta-data/");
      else if (path === "/bad-location") redirect("http://[");
    });
  });

  after(async () => {
    await server.close();
    await elsewhere.close();
  });

  beforeEach(() => {
    seen = [];
  });

  async function ask(address: string, changes: Partial<FetchGuard> = {}): Promise<Answer<Uint8Array>> {
    return fetchGuarded(address, {
      allowedHosts: [server.host],
      accept: ["application/json"],
      maxBytes: 1_000,
      timeoutMs: 10_000,
      ...changes,
    });
  }

  async function expectSilence(address: string, changes: Partial<FetchGuard> = {}): Promise<void> {
    const answer = await ask(address, changes);
    expect(answer.kind, address).to.equal("silent");
  }

  it("hands out the body of an allowed loopback server", async () => {
    const answer = await ask(`${server.url}/good`);
    expect(answer.kind === "answer" && fromUtf8(answer.value)).to.equal('{"good":true}');
  });

  it("asks for the media type it wants, without cookies, referrer or credentials", async () => {
    await ask(`${server.url}/good`);
    expect(headers["accept"]).to.equal("application/json");
    expect(headers).to.not.have.any.keys("cookie", "referer", "authorization");
  });

  it("contacts no host the operator did not name", async () => {
    await expectSilence(`${server.url}/good`, { allowedHosts: [] });
    await expectSilence(`${server.url}/good`, { allowedHosts: ["127.0.0.1", "uni.example"] });
    await expectSilence(`${elsewhere.url}/good`);
    expect(seen).to.deep.equal([]);
  });

  describe("without a network", () => {
    let contacted: string[];
    const answering: Fetch = async (input) => {
      contacted.push(input instanceof Request ? input.url : input.toString());
      return new Response("{}", { headers: { "content-type": "application/json" } });
    };
    const guard = { allowedHosts: ["status.uni.example", "10.0.0.5", "uni.example:8443"], fetch: answering };

    beforeEach(() => {
      contacted = [];
    });

    for (const address of [
      "https://status.uni.example/list",
      "https://STATUS.uni.example:443/list",
      "https://uni.example:8443/",
      "https://10.0.0.5/",
    ]) {
      it(`accepts ${address}, which the operator named`, async () => {
        expect((await ask(address, guard)).kind).to.equal("answer");
        expect(contacted).to.have.length(1);
      });
    }

    for (const address of [
      "http://status.uni.example/list",
      "http://10.0.0.5/",
      "ftp://status.uni.example/",
      "gopher://status.uni.example/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:application/json,{}",
      "https://status.uni.example:8443/",
      "https://uni.example/",
      "https://status.uni.example.evil.example/",
      "https://evil.example/?status.uni.example",
      "https://evil.example#status.uni.example",
      "https://status.uni.example@evil.example/",
      "https://someone@status.uni.example/",
      "https://someone:secret@status.uni.example/",
      "https://127.0.0.1/",
      "https://0x7f.1/",
      "https://2130706433/",
      "https://localhost/",
      "https://[::1]/",
      "https://[::ffff:10.0.0.5]/",
      "https://[fe80::1]/",
      "https://169.254.169.254/",
      "https://192.168.1.1/",
      "https://10.0.0.6/",
      "https://status.uni.example./",
      "//status.uni.example/",
      "status.uni.example",
      "",
    ]) {
      it(`never contacts ${JSON.stringify(address)}`, async () => {
        await expectSilence(address, guard);
        expect(contacted).to.deep.equal([]);
      });
    }
  });

  it("is silent about wrong media types and missing ones", async () => {
    await expectSilence(`${server.url}/html`);
    await expectSilence(`${server.url}/typeless`);
  });

  it("stops reading at the size cap, whether the length is stated, hidden or compressed away", async () => {
    await expectSilence(`${server.url}/large`);
    await expectSilence(`${server.url}/lying`);
    await expectSilence(`${server.url}/bomb`);
    expect((await ask(`${server.url}/lying`, { maxBytes: 1_200 })).kind).to.equal("answer");
  });

  it("is silent when the server never finishes, breaks off, or fails", async () => {
    await expectSilence(`${server.url}/endless`, { timeoutMs: 100 });
    await expectSilence(`${server.url}/never`, { timeoutMs: 100 });
    await expectSilence(`${server.url}/truncated`);
    await expectSilence(`${server.url}/500`);
    await expectSilence(`${server.url}/429`);
  });

  it("is silent when nobody listens", async () => {
    const gone = await startLoopbackServer(() => undefined);
    await gone.close();
    await expectSilence(`${gone.url}/good`, { allowedHosts: [gone.host] });
  });

  it("follows redirects within the host, a few of them", async () => {
    expect((await ask(`${server.url}/moved`)).kind).to.equal("answer");
    await expectSilence(`${server.url}/loop`);
    expect(seen.filter((path) => path === "/loop")).to.have.length(4);
  });

  it("follows no redirect to another host, even one the operator named", async () => {
    await expectSilence(`${server.url}/away`, { allowedHosts: [server.host, elsewhere.host] });
    for (const path of ["/file", "/gopher", "/link-local", "/bad-location"])
      await expectSilence(`${server.url}${path}`);
    expect(seen.filter((path) => path.startsWith("elsewhere"))).to.deep.equal([]);
  });

  it("is silent where a browser hides a redirect", async () => {
    const opaque: Fetch = async () => Response.error();
    await expectSilence(`${server.url}/good`, { fetch: opaque });
  });
});

describe("isLoopback", () => {
  it("knows the names of the machine itself and no others", () => {
    for (const own of ["localhost", "127.0.0.1", "127.8.9.10", "[::1]"]) expect(isLoopback(own), own).to.equal(true);
    for (const other of ["localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "[::]", "128.0.0.1", ""])
      expect(isLoopback(other), other).to.equal(false);
  });
});
