/** A document made to be costly, sent to the service: it costs its sender the answer, and nobody else anything. */

import { expect } from "chai";

import type { Report } from "../../src/core/report.ts";
import { byTester, signAnything } from "../support/did-key-signer.ts";
import { poison } from "../support/poison.ts";
import { startService, type ServiceForTests } from "../support/running-service.ts";

const DEADLINE_MS = 1_000;

describe("a service with a deadline", function () {
  this.timeout(60_000);
  let service: ServiceForTests;
  let simple: string;

  before(async () => {
    simple = JSON.stringify(
      await signAnything(
        byTester({
          "@context": ["https://www.w3.org/ns/credentials/v2"],
          type: ["VerifiableCredential"],
          credentialSubject: { name: "x" },
        }),
      ),
    );
    service = await startService({ profile: "generic", deadlineMs: DEADLINE_MS });
  });
  after(async () => service.stop());

  const post = async (path: string, body: string): Promise<Response> =>
    fetch(`${service.url}${path}`, { method: "POST", body });

  it("answers /healthz while a poison document is worked on, refuses that one, and recovers", async () => {
    const progress = { isOver: false };
    const poisoned = post("/v1/verify", JSON.stringify(poison())).finally(() => (progress.isOver = true));
    const waits: number[] = [];
    while (!progress.isOver) {
      const asked = performance.now();
      expect((await fetch(`${service.url}/healthz`)).status).to.equal(200);
      waits.push(performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const response = await poisoned;
    expect(response.status).to.equal(422);
    expect(response.headers.get("content-type")).to.contain("application/problem+json");
    expect(await response.json()).to.include({ status: 422, title: "Document too costly" });
    expect(waits.length).to.be.greaterThan(5);
    expect(Math.max(...waits)).to.be.lessThan(DEADLINE_MS / 2);
    expect(await (await post("/v1/verify", simple)).json()).to.include({ verdict: "valid" });
  });

  it("tells the line of a batch that was not read, and reads the others", async () => {
    const body = [simple, JSON.stringify(poison()), simple].join("\n");
    const reports = (await (await post("/v1/verify/batch", body)).text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Report);
    expect(reports.map(({ file, verdict, headline }) => [file, verdict, headline])).to.deep.equal([
      ["line 1", "valid", "VALID"],
      ["line 2", "inconclusive", "UNSUPPORTED"],
      ["line 3", "valid", "VALID"],
    ]);
  });

  it("answers the VC-API the same way", async () => {
    const response = await post("/credentials/verify", JSON.stringify({ verifiableCredential: poison() }));
    expect(response.status).to.equal(422);
  });
});
