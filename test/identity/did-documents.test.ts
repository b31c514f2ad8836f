/** Documents fetched from a loopback server: the right one, the wrong one, none, and hosts that nobody allowed. */

import { expect } from "chai";

import type { JsonObject } from "../../src/core/json.ts";
import { openDidDocuments } from "../../src/identity/did-documents.ts";
import { openDidKeys, type DidKeysOptions } from "../../src/identity/did-keys.ts";
import { DID_REGISTRY, fakeDidChain } from "../support/fake-did-registry.ts";
import { startLoopbackServer, type LoopbackServer } from "../support/loopback-server.ts";

const ED25519 = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
const P256 = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
const NOW = { now: () => new Date("2026-11-22T10:31:00Z") };

describe("openDidDocuments", () => {
  let server: LoopbackServer;
  let port: string;
  let asked: string[];
  let published: Map<string, { readonly body: string; readonly type?: string; readonly status?: number }>;

  before(async () => {
    server = await startLoopbackServer((request, response) => {
      const path = request.url ?? "";
      asked.push(path);
      const { body, type = "application/did+json", status = 200 } = published.get(path) ?? { body: "{}", status: 404 };
      response.writeHead(status, { "content-type": type, location: "http://127.0.0.1:1/" }).end(body);
    });
    port = server.host.replace("127.0.0.1:", "");
  });

  after(async () => server.close());

  beforeEach(() => {
    asked = [];
    published = new Map();
  });

  const didOf = (path = "") => `did:web:localhost%3A${port}${path}`;

  function options(changes: Partial<DidKeysOptions> = {}): DidKeysOptions {
    return {
      chain: fakeDidChain(),
      registries: { 1337: DID_REGISTRY },
      allowedHosts: [`localhost:${port}`],
      clock: NOW,
      timeoutMs: 10_000,
      ...changes,
    };
  }

  function documentOf(did: string, changes: JsonObject = {}): string {
    const method = { id: "#key-1", type: "Multikey", controller: did, publicKeyMultibase: ED25519 };
    return JSON.stringify({ id: did, verificationMethod: [method], assertionMethod: ["#key-1"], ...changes });
  }

  it("fetches the document of a did:web, once for many documents", async () => {
    published.set("/law/did.json", { body: documentOf(didOf(":law")) });
    const documents = openDidDocuments(options());
    const answers = await Promise.all(Array.from({ length: 10 }, async () => documents.documentOf(didOf(":law"))));
    for (const answer of answers) expect(answer).to.have.nested.property("value.id", didOf(":law"));
    expect(asked).to.deep.equal(["/law/did.json"]);
  });

  it("fetches the document of an issuer at an https address", async () => {
    const id = "https://uni.example/issuer";
    const contacted: string[] = [];
    const answer = await openDidDocuments(
      options({
        allowedHosts: ["uni.example"],
        fetch: async (input) => {
          contacted.push(input instanceof Request ? input.url : input.toString());
          return new Response(documentOf(id), { headers: { "content-type": "application/ld+json" } });
        },
      }),
    ).documentOf(id);
    expect(answer).to.have.nested.property("value.id", id);
    expect(contacted).to.deep.equal([id]);
  });

  it("works out a did:key and reads a did:ethr without fetching anything", async () => {
    const documents = openDidDocuments(options({ allowedHosts: [] }));
    expect((await documents.documentOf(`did:key:${ED25519}`)).kind).to.equal("answer");
    const ethr = await documents.documentOf("did:ethr:0x539:0xe712878f6e8d5d4f9e87e10da604f9cb564c9a89");
    expect(ethr).to.have.nested.property("value.methods.length", 1);
    expect(asked).to.deep.equal([]);
  });

  for (const id of [
    "",
    "did:example:1",
    "did:ion:abc",
    "http://uni.example/issuer",
    "urn:uuid:1",
    "https://uni.example/#k",
  ]) {
    it(`does not know how to look up ${JSON.stringify(id)}`, async () => {
      expect((await openDidDocuments(options()).documentOf(id)).kind).to.equal("unknown-kind");
    });
  }

  it("contacts no host that the operator did not allow", async () => {
    published.set("/.well-known/did.json", { body: documentOf(didOf()) });
    for (const allowedHosts of [undefined, [], ["localhost"], ["uni.example"]]) {
      expect((await openDidDocuments(options({ allowedHosts })).documentOf(didOf())).kind).to.equal("silent");
    }
    expect(asked).to.deep.equal([]);
  });

  const faults: readonly [string, (did: string) => { body: string; type?: string; status?: number }][] = [
    ["is somebody else's", () => ({ body: documentOf("did:web:evil.example") })],
    ["is not there", () => ({ body: "{}", status: 404 })],
    ["lies elsewhere", () => ({ body: "{}", status: 302 })],
    ["is a web page", (did) => ({ body: documentOf(did), type: "text/html" })],
    ["is cut short", (did) => ({ body: documentOf(did).slice(0, -1) })],
    ["gives a member twice", (did) => ({ body: documentOf(did).replace("{", '{"id":"did:web:evil.example",') })],
    ["is larger than any", (did) => ({ body: documentOf(did, { padding: "x".repeat(70_000) }) })],
    ["has no reading", (did) => ({ body: documentOf(did, { assertionMethod: 7 }) })],
  ];
  for (const [what, publish] of faults) {
    it(`is silent when the document ${what}`, async () => {
      published.set("/.well-known/did.json", publish(didOf()));
      expect((await openDidDocuments(options()).documentOf(didOf())).kind).to.equal("silent");
      expect(asked).to.have.length(1);
    });
  }

  describe("and openDidKeys over them", () => {
    async function find(key = `${didOf()}#key-1`, changes: JsonObject = {}, now = NOW) {
      published.set("/.well-known/did.json", { body: documentOf(didOf(), changes) });
      return openDidKeys(options({ clock: now })).findPublicKey({ controller: didOf(), key });
    }

    it("finds the key that is listed for statements", async () => {
      const answer = await find();
      expect(answer).to.have.nested.property("value.kind", "key");
      expect(answer).to.have.nested.property("value.key.curve", "Ed25519");
    });

    it("finds a key for showing who one is only where it is listed for that", async () => {
      published.set("/.well-known/did.json", {
        body: documentOf(didOf(), { authentication: ["#key-1"], assertionMethod: [] }),
      });
      const keys = openDidKeys(options());
      const ask = async (purpose: "assertionMethod" | "authentication") =>
        keys.findPublicKey({ controller: didOf(), key: `${didOf()}#key-1`, purpose });
      expect(await ask("authentication")).to.have.nested.property("value.kind", "key");
      expect(await ask("assertionMethod")).to.have.nested.property("value.kind", "not-listed");
    });

    const method = (changes: JsonObject) => ({
      verificationMethod: [
        { id: "#key-1", type: "Multikey", controller: didOf(), publicKeyMultibase: P256, ...changes },
      ],
    });
    const unlisted: readonly [string, () => Promise<unknown>][] = [
      ["a key that is not there", async () => find(`${didOf()}#key-2`)],
      ["a key under no purpose", async () => find(undefined, { assertionMethod: [] })],
      [
        "a key that somebody else controls",
        async () => find(undefined, method({ controller: "did:web:evil.example" })),
      ],
      ["a key of another document", async () => find("did:web:evil.example#key-1")],
      ["a key without name", async () => find(didOf())],
      ["a key that was revoked", async () => find(undefined, method({ revoked: "2026-11-22T10:31:00Z" }))],
      ["a key that expired", async () => find(undefined, method({ expires: "2020-01-01T00:00:00Z" }))],
    ];
    for (const [what, act] of unlisted) {
      it(`does not list ${what}`, async () => {
        expect(await act()).to.have.nested.property("value.kind", "not-listed");
      });
    }

    const unread: readonly [string, JsonObject][] = [
      ["a key of an unknown kind", { type: "BlindFaith2030" }],
      [
        "a key in an old form",
        { type: "Ed25519VerificationKey2018", publicKeyBase58: "H3C2AVvLMv6gmMNam3uVAjZpfkcJCwDwnZn6z3wXmqPV" },
      ],
      ["a key that is given twice", { publicKeyJwk: { kty: "EC", crv: "P-256", x: "", y: "" } }],
    ];
    for (const [what, changes] of unread) {
      it(`is silent about ${what}: not to read it contradicts nobody`, async () => {
        const answer = await find(undefined, method(changes));
        expect(answer).to.have.property("kind", "silent");
        expect(answer).to.have.property("reason").that.contains("is listed in a form");
      });
    }

    it("lists a key until the moment it ends", async () => {
      const answer = await find(undefined, method({ revoked: "2026-11-22T10:31:00.001Z" }));
      expect(answer).to.have.nested.property("value.kind", "key");
    });

    it("finds the account that a did:web lists, and no account where it lists a key", async () => {
      const account = {
        type: "EcdsaSecp256k1RecoveryMethod2020",
        publicKeyMultibase: undefined,
        blockchainAccountId: "eip155:1:0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89",
      };
      const { publicKeyMultibase: _, ...recovery } = { ...method({}).verificationMethod[0], ...account };
      published.set("/.well-known/did.json", {
        body: documentOf(didOf(), { verificationMethod: [recovery] }),
      });
      expect(await openDidKeys(options()).findAccount({ controller: didOf(), key: `${didOf()}#key-1` })).to.deep.equal({
        kind: "answer",
        value: { kind: "account", account: "0xe712878f6e8d5d4f9e87e10da604f9cb564c9a89" },
      });
      published.set("/.well-known/did.json", { body: documentOf(didOf()) });
      const answer = await openDidKeys(options()).findAccount({ controller: didOf(), key: `${didOf()}#key-1` });
      expect(answer).to.have.nested.property("value.kind", "not-listed");
    });

    it("is silent where the document cannot be had", async () => {
      const keys = openDidKeys(options({ allowedHosts: [] }));
      expect((await keys.findPublicKey({ controller: didOf(), key: `${didOf()}#key-1` })).kind).to.equal("silent");
      expect((await keys.findPublicKey({ controller: "did:example:1", key: "did:example:1#k" })).kind).to.equal(
        "silent",
      );
    });

    it("finds the key of a did:key, under its own name only", async () => {
      const did = `did:key:${ED25519}`;
      const keys = openDidKeys(options());
      expect(await keys.findPublicKey({ controller: did, key: `${did}#${ED25519}` })).to.have.nested.property(
        "value.key.curve",
        "Ed25519",
      );
      expect(await keys.findPublicKey({ controller: did, key: `${did}#${P256}` })).to.have.nested.property(
        "value.kind",
        "not-listed",
      );
      const lower = did.toLowerCase();
      expect(await keys.findPublicKey({ controller: did, key: `${lower}#${ED25519}` })).to.have.nested.property(
        "value.kind",
        "not-listed",
      );
    });
  });
});
