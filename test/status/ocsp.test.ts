/** Responders on the loopback interface: every code, every node, every malformed answer, and hosts nobody allowed. */

import { expect } from "chai";
import fc from "fast-check";

import type { Hex } from "../../src/core/bytes.ts";
import type { StatusAnswer } from "../../src/core/ports/status.ts";
import { askResponder, type OcspOptions } from "../../src/status/ocsp.ts";
import { startFakeOcsp, type FakeOcsp, type OcspBehaviour } from "../support/fake-ocsp.ts";
import { holds } from "../support/property.ts";

const LEAF: Hex = `0x${"11".repeat(32)}`;
const INNER: Hex = `0x${"22".repeat(32)}`;
const ROOT: Hex = `0x${"33".repeat(32)}`;
const NODES = [LEAF, INNER, ROOT];

describe("askResponder", () => {
  let responder: FakeOcsp;

  beforeEach(async () => {
    responder = await startFakeOcsp();
  });

  afterEach(async () => responder.close());

  async function ask(changes: Partial<OcspOptions> = {}, location = responder.url): Promise<StatusAnswer> {
    return askResponder(
      { kind: "ocsp", location, nodes: NODES },
      { allowedHosts: [responder.host], timeoutMs: 10_000, ...changes },
    );
  }

  it("is good when every node is stated to be", async () => {
    expect((await ask()).kind).to.equal("good");
    expect([...responder.asked].sort()).to.deep.equal(NODES.map((node) => `/ocsp/${node}`));
  });

  it("puts one slash between address and hash", async () => {
    expect((await ask({}, `${responder.url}/`)).kind).to.equal("good");
    expect(responder.asked).to.include(`/ocsp/${ROOT}`);
  });

  it("is revoked when any node is, and names it", async () => {
    for (const node of NODES) {
      responder.answer(node, { kind: "revoked", reasonCode: 4 });
      expect(await ask()).to.deep.include({ kind: "revoked", node, reason: "superseded" });
      responder.answer(node, { kind: "good" });
    }
  });

  for (const code of [0, 1, 2, 3, 4, 5, 8, 9, 10]) {
    it(`reads code ${code} as revoked`, async () => {
      responder.answer(INNER, { kind: "revoked", reasonCode: code });
      expect((await ask()).kind).to.equal("revoked");
    });
  }

  for (const code of [6, 1001]) {
    it(`reads code ${code} as suspended`, async () => {
      responder.answer(INNER, { kind: "revoked", reasonCode: code });
      expect(await ask()).to.deep.include({ kind: "suspended", node: INNER });
    });
  }

  it("lets a revoked node speak before a suspended one, and both before a silent one", async () => {
    responder.answer(LEAF, { kind: "silence" });
    responder.answer(INNER, { kind: "revoked", reasonCode: 6 });
    expect((await ask({ timeoutMs: 1_000 })).kind).to.equal("suspended");
    responder.answer(ROOT, { kind: "revoked", reasonCode: 1 });
    expect(await ask({ timeoutMs: 1_000 })).to.deep.include({ kind: "revoked", node: ROOT });
  });

  it("reads a hash in upper case as the one that was asked", async () => {
    const body = JSON.stringify({ revoked: false, documentHash: `0x${ROOT.slice(2).toUpperCase()}` });
    responder.answer(ROOT, { kind: "raw", body });
    expect((await ask()).kind).to.equal("good");
  });

  const raw = (value: unknown): OcspBehaviour => ({ kind: "raw", body: JSON.stringify(value) });
  const faults: readonly [string, OcspBehaviour][] = [
    ["hangs", { kind: "silence" }],
    ["answers with an error", { kind: "raw", body: "{}", httpStatus: 500 }],
    ["does not know the document", { kind: "raw", body: "{}", httpStatus: 404 }],
    ["has had enough", { kind: "raw", body: "{}", httpStatus: 429 }],
    ["answers with a web page", { kind: "raw", body: "<html>", contentType: "text/html" }],
    ["breaks off", { kind: "raw", body: '{"revoked":false' }],
    [
      "answers with too much",
      { kind: "raw", body: JSON.stringify({ revoked: false, documentHash: ROOT, x: "x".repeat(20_000) }) },
    ],
    ["gives a member twice", { kind: "raw", body: `{"revoked":true,"revoked":false,"documentHash":"${ROOT}"}` }],
    ["answers about another document", raw({ revoked: false, documentHash: LEAF })],
    ["does not say about which document", raw({ revoked: false })],
    ["leaves out 0x", raw({ revoked: false, documentHash: ROOT.slice(2) })],
    ["says it in words", raw({ revoked: "false", documentHash: ROOT })],
    ["says nothing", raw({ documentHash: ROOT })],
    ["says null", raw({ revoked: null, documentHash: ROOT })],
    ["gives no code", raw({ revoked: true, documentHash: ROOT })],
    ["gives code 7, which does not exist", raw({ revoked: true, documentHash: ROOT, reasonCode: 7 })],
    ["gives a code as text", raw({ revoked: true, documentHash: ROOT, reasonCode: "1" })],
    ["gives a code of everybody's prototype", raw({ revoked: true, documentHash: ROOT, reasonCode: "constructor" })],
    ["answers with a list", raw([{ revoked: false, documentHash: ROOT }])],
    ["sends us to another host", { kind: "redirect", location: "http://127.0.0.1:1/ocsp" }],
    ["sends us to a file", { kind: "redirect", location: "file:///etc/passwd" }],
    ["sends us to a metadata service", { kind: "redirect", location: "http://169.254.169.254/" }],
  ];
  for (const [what, behaviour] of faults) {
    it(`is silent when the responder ${what}`, async () => {
      responder.answer(ROOT, behaviour);
      expect((await ask({ timeoutMs: 150 })).kind).to.equal("silent");
    });
  }

  it("is silent when nobody listens", async () => {
    await responder.close();
    expect((await ask()).kind).to.equal("silent");
    responder = await startFakeOcsp();
  });

  it("contacts no host that the operator did not allow", async () => {
    expect((await ask({ allowedHosts: [] })).kind).to.equal("silent");
    expect((await ask({ allowedHosts: ["ocsp.example"] })).kind).to.equal("silent");
    expect(responder.asked).to.deep.equal([]);
  });

  for (const location of ["", "nowhere", "file:///etc/passwd", "https://ocsp.example/?x=", "https://ocsp.example/#"]) {
    it(`contacts nobody for the address ${JSON.stringify(location)}`, async () => {
      const contacted: string[] = [];
      const fetch = async () => {
        contacted.push(location);
        return new Response("{}");
      };
      expect((await ask({ allowedHosts: ["ocsp.example"], fetch }, location)).kind).to.equal("silent");
      expect(contacted).to.deep.equal([]);
    });
  }

  it("is silent about no node at all", async () => {
    const answer = await askResponder(
      { kind: "ocsp", location: responder.url, nodes: [] },
      { allowedHosts: [responder.host] },
    );
    expect(answer.kind).to.equal("silent");
  });

  it("never rejects and is never good, whatever is answered about one node", async () => {
    await holds(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (body) => {
        responder.answer(ROOT, { kind: "raw", body });
        expect((await ask()).kind).to.equal("silent");
      }),
      0.5,
    );
  });
});
