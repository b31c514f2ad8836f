/** `testamur serve` as a process: it says where it listens, serves what it was told to, and stops when it is told to. */

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { join, resolve } from "node:path";
import process from "node:process";
import { json } from "node:stream/consumers";

import { expect } from "chai";

import { createDocumentKey } from "../../src/app/document-key.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { deployStore } from "../chain/support/stores.ts";
import { withLocalNode } from "../support/local-node.ts";
import { runCli } from "../support/run-cli.ts";
import { withTemporaryDirectory } from "../support/temporary.ts";

const main = resolve(import.meta.dirname, "../../src/cli/main.ts");

describe("testamur serve", function () {
  this.timeout(120_000);
  const directory = withTemporaryDirectory();
  const node = withLocalNode();
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill("SIGKILL"));

  it("serves the generic profile over https with a certificate of its own, and stops when told to", async () => {
    child = spawn(process.execPath, [main, "serve", "--profile", "generic", "--tls-self-signed", "--port", "0"], {
      cwd: directory(),
      env: { PATH: process.env["PATH"], NO_COLOR: "1" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const url = await addressSaid(child);
    const ask = async (path: string, body?: JsonObject): Promise<{ status?: number; body: JsonObject }> => {
      const asked = httpsRequest(`${url}${path}`, {
        method: body === undefined ? "GET" : "POST",
        rejectUnauthorized: false, // it is nobody's certificate, as the suites know
        agent: false,
      }).end(body === undefined ? undefined : JSON.stringify(body));
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      return {
        ...(response.statusCode !== undefined && { status: response.statusCode }),
        body: (await json(response)) as JsonObject,
      };
    };
    const issued = await ask("/credentials/issue", {
      credential: {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        type: ["VerifiableCredential"],
        issuer: "did:example:anybody",
        credentialSubject: { name: "x" },
      },
    });
    expect(issued.status).to.equal(201);
    const { verifiableCredential } = issued.body as { verifiableCredential: JsonObject };
    const [entry] = verifiableCredential["credentialStatus"] as readonly [JsonObject];
    expect(entry["statusListCredential"]).to.equal(`${url}/status-lists/revocation`);
    expect((await ask("/credentials/verify", { verifiableCredential })).status).to.equal(200);
    child.kill("SIGTERM");
    expect((await once(child, "exit"))[0]).to.equal(0);
  });

  it("publishes lists under the address that documents name, and says when it was told another", async () => {
    const store = await deployStore(node());
    writeFileSync(join(directory(), "signing.json"), (await createDocumentKey("Ed25519", "password", 2)).text);
    writeFileSync(join(directory(), "password"), "password\n");
    const settings = {
      rpc: node().url,
      store,
      signingKey: "signing.json",
      signingPasswordFile: "password",
      statusListsUrl: "https://verify.uni.example",
    };
    writeFileSync(join(directory(), "lists.json"), JSON.stringify(settings));
    const serve = (...flags: readonly string[]): ChildProcess =>
      spawn(process.execPath, [main, "serve", "--config", "lists.json", "--status-lists", "--port", "0", ...flags], {
        cwd: directory(),
        env: { PATH: process.env["PATH"], NO_COLOR: "1" },
        stdio: ["ignore", "ignore", "pipe"],
      });
    const idUnder = async (url: string): Promise<unknown> => {
      const path = `/v1/status-lists/${node().chainId}/${store}/0x${"ab".repeat(32)}/revocation`;
      const { id } = (await (await fetch(`${url}${path}`)).json()) as { readonly id: string };
      return id.replace(path, "");
    };
    child = serve();
    expect(await idUnder(await addressSaid(child))).to.equal("https://verify.uni.example");
    child.kill("SIGTERM");
    await once(child, "exit");
    child = serve("--public-url", "https://other.example");
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    expect(await idUnder(await addressSaid(child))).to.equal("https://other.example");
    expect(said).to.contain("Documents name lists at https://verify.uni.example");
  });

  it("wants a node, but for the generic profile; and one way to speak https", async () => {
    const withoutNode = await runCli(directory(), ["serve", "--port", "0"]);
    expect([withoutNode.code, withoutNode.stderr.includes("--rpc URL")]).to.deep.equal([4, true]);
    const unknown = await runCli(directory(), ["serve", "--profile", "lenient"]);
    expect([unknown.code, unknown.stderr.includes("neither strict nor generic")]).to.deep.equal([2, true]);
    const both = await runCli(directory(), ["serve", "--profile", "generic", "--tls-self-signed", "--tls-key", "x"]);
    expect(both.code).to.equal(2);
    const lists = await runCli(directory(), ["serve", "--profile", "generic", "--status-lists"]);
    expect([lists.code, lists.stderr.includes("lists of its own")]).to.deep.equal([2, true]);
    const where = await runCli(directory(), ["serve", "--profile", "generic", "--public-url", "https://uni.example/x"]);
    expect([where.code, where.stderr.includes("--public-url")]).to.deep.equal([2, true]);
  });
});

async function addressSaid({ stderr }: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((found, failed) => {
    stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const address = /verifies at (https?:\/\/\S+)/.exec(said)?.[1];
      if (address !== undefined) found(address);
    });
    stderr?.once("end", () => failed(new Error(`it ended: ${said}`)));
  });
}
