/** Revocation lists as issuers of Blockcerts publish them: those of the corpus, and everything that is none. */

import { expect } from "chai";
import fc from "fast-check";

import type { StatusClaim } from "../../src/core/claims.ts";
import type { Answer } from "../../src/core/ports/answer.ts";
import type { StatusAnswer } from "../../src/core/ports/status.ts";
import { openStatusReader, type StatusOptions } from "../../src/status/status-reader.ts";
import { startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";
import { holds } from "../support/property.ts";
import { describeVectors, vectorText } from "../support/vector-files.ts";

const DOCUMENT = "urn:uuid:eda7d784-c03b-40a2-ac10-4857e9627329";

describe("a revocation list", () => {
  let server: LoopbackServer;
  let body: string;
  let asked: string[];

  before(async () => {
    server = await startLoopbackServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    });
  });
  after(async () => server.close());
  beforeEach(() => {
    asked = [];
    body = listOf();
  });

  function listOf(changes: Readonly<Record<string, unknown>> = {}): string {
    const revokedAssertions = [
      { id: "urn:uuid:93019408-acd8-4420-be5e-0400d643954a", revocationReason: "Honor code violation" },
      { id: DOCUMENT, revocationReason: "Issued in error." },
    ];
    return JSON.stringify({ id: `${server.url}/list`, type: "RevocationList", revokedAssertions, ...changes });
  }

  async function ask(
    changes: Partial<Extract<StatusClaim, { kind: "revocation-list" }>> = {},
    options: Partial<StatusOptions> = {},
  ): Promise<StatusAnswer> {
    const claim = { namedBy: "document", location: `${server.url}/list`, document: DOCUMENT, ...changes } as const;
    return openStatusReader({ allowedHosts: [server.host], ...options }).ask({ kind: "revocation-list", ...claim });
  }

  it("withdraws a document that it names, with the issuer's words", async () => {
    expect(await ask()).to.deep.equal({
      kind: "revoked",
      reason: "Issued in error.",
      evidence: { list: `${server.url}/list` },
    });
  });

  it("clears a document that it does not name, by the very id", async () => {
    for (const document of ["urn:uuid:unknown", DOCUMENT.toUpperCase(), `${DOCUMENT}#1`, ""])
      expect((await ask({ document })).kind).to.equal("good");
  });

  it("withdraws without a reason, and shortens one that never ends", async () => {
    body = listOf({ revokedAssertions: [{ id: DOCUMENT, revocationReason: 7 }] });
    expect(await ask()).to.not.have.property("reason");
    body = listOf({ revokedAssertions: [{ id: DOCUMENT, revocationReason: "x".repeat(10_000) }] });
    expect(await ask())
      .to.have.property("reason")
      .with.length(200);
  });

  it("is reported when it calls itself by another address", async () => {
    body = listOf({ id: "https://w3id.example/list" });
    expect(await ask({ document: "urn:uuid:x" })).to.have.nested.property(
      "evidence.listCallsItself",
      "https://w3id.example/list",
    );
  });

  it("is asked for as a whole, and once for many documents", async () => {
    const reader = openStatusReader({ allowedHosts: [server.host] });
    const claim = { kind: "revocation-list", namedBy: "document", location: `${server.url}/list` } as const;
    const documents = Array.from({ length: 10 }, (_, at) => `urn:uuid:${at}`);
    await Promise.all(documents.map(async (document) => reader.ask({ ...claim, document })));
    expect(asked).to.deep.equal(["/list"]);
  });

  const none: readonly [string, string][] = [
    ["an error page", "<html>"],
    ["an empty object", "{}"],
    ["a list of another type", listOfType("StatusList")],
    ["a list without entries", listOfEntries(undefined)],
    ["entries that are no list", listOfEntries({ id: DOCUMENT })],
    ["an entry without an id", listOfEntries([{ revocationReason: "x" }])],
    ["an entry that is a mere text", listOfEntries([DOCUMENT])],
    ["one member twice", `{"type":"RevocationList","revokedAssertions":[{"id":"a"}],"revokedAssertions":[]}`],
  ];
  function listOfType(type: string): string {
    return JSON.stringify({ type, revokedAssertions: [] });
  }
  function listOfEntries(revokedAssertions: unknown): string {
    return JSON.stringify({ type: "RevocationList", revokedAssertions });
  }
  for (const [what, text] of none) {
    it(`says nothing when it is ${what}`, async () => {
      body = text;
      expect((await ask()).kind).to.equal("silent");
    });
  }

  it("never clears anybody by something that is no list", async () => {
    await holds(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        body = text;
        expect((await ask()).kind).to.equal("silent");
      }),
      0.5,
    );
  });

  it("is fetched from no host that the operator did not allow", async () => {
    expect((await ask({}, { allowedHosts: [] })).kind).to.equal("silent");
    expect(asked).to.deep.equal([]);
  });

  describe("that an issuer's profile names", () => {
    const found = (value: string | undefined) => async (): Promise<Answer<string | undefined>> => ({
      kind: "answer",
      value,
    });

    it("is looked up there", async () => {
      const options = { revocationListOf: found(`${server.url}/list`) };
      expect((await ask({ namedBy: "issuer-profile", location: "did:web:uni.example" }, options)).kind).to.equal(
        "revoked",
      );
    });

    it("is not offered where the profile names none", async () => {
      expect((await ask({ namedBy: "issuer-profile" }, { revocationListOf: found(undefined) })).kind).to.equal(
        "not-offered",
      );
    });

    it("is unknown while the profile cannot be read", async () => {
      const revocationListOf = async () => ({ kind: "silent", reason: "hung up" }) as const;
      expect((await ask({ namedBy: "issuer-profile" }, { revocationListOf })).kind).to.equal("silent");
      expect((await ask({ namedBy: "issuer-profile" })).kind).to.equal("silent");
    });
  });

  describeVectors("blockcerts", "of the corpus", () => {
    const lists: readonly [string, string, string][] = [
      ["revocation/v2-testnet-revocation-list.json", DOCUMENT, "revoked"],
      ["revocation/v2-testnet-revocation-list.json", "urn:uuid:none", "good"],
      ["revocation/cert-issuer-example-revocation-list.json", DOCUMENT, "good"],
      [
        "revocation/revocation-list-mainnet-example.json",
        "https://blockcerts.learningmachine.com/certificate/c4e09dfafc4a53e8a7f630df7349fd39",
        "revoked",
      ],
      ["made/revocation-list-blockcerts.json", "urn:uuid:3bc1a96a-3501-46ed-8f75-49612bbac257", "revoked"],
    ];
    for (const [path, document, kind] of lists) {
      it(`${path} calls ${document} ${kind}`, async () => {
        body = vectorText(`blockcerts/${path}`);
        expect((await ask({ document })).kind).to.equal(kind);
      });
    }
  });
});
