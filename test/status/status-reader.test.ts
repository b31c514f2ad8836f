/** Which kinds of status are read, and that the others are said to be unknown. */

import { expect } from "chai";

import type { StatusClaim } from "../../src/core/claims.ts";
import { openStatusReader } from "../../src/status/status-reader.ts";
import { startFakeOcsp } from "../support/fake-ocsp.ts";

describe("openStatusReader", () => {
  it("asks a responder", async () => {
    const responder = await startFakeOcsp();
    const reader = openStatusReader({ allowedHosts: [responder.host] });
    const answer = await reader.ask({ kind: "ocsp", location: responder.url, nodes: [`0x${"11".repeat(32)}`] });
    await responder.close();
    expect(answer.kind).to.equal("good");
  });

  const unknown: readonly StatusClaim[] = [{ kind: "not-offered" }, { kind: "unknown", what: "SMOKE-SIGNS" }];
  for (const claim of unknown) {
    it(`does not know status of the kind ${claim.kind}`, async () => {
      expect((await openStatusReader({ allowedHosts: ["uni.example"] }).ask(claim)).kind).to.equal("unknown-kind");
    });
  }
});
