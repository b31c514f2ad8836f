/** What a version 3 document must not do, rule by rule, each shown with a document of our own that breaks it. */

import { expect } from "chai";

import { isObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { hashContent } from "../../../src/formats/blockcerts/hash-content.ts";
import {
  BLOCKCERTS_3_2,
  claimsOf,
  content,
  DATA_INTEGRITY,
  inner,
  integrityOf,
  ISSUER,
  KEY,
  messageOf,
  proofOf,
  prove,
  SEPOLIA,
  VC_1,
  VC_2,
} from "../blockcerts/samples.ts";

const OTHER = "https://other.example/blockcerts.json";
const SIGNATURE: JsonObject = {
  id: "urn:uuid:1c2ab1f4-55a1-4b52-9a43-1f6f0b8f2d10",
  type: "Ed25519Signature2020",
  created: "2026-07-01T00:00:00Z",
  proofPurpose: "assertionMethod",
  verificationMethod: `${ISSUER}#ed25519`,
  proofValue: "z4uwHCobmxKqQfZb7i8QRnNR9J4TR6u4Wkm4DB3ms337gfSpL4UwhTD7KKdPjyAaVJQ4y896FEnB1Vz3uEz14jWoC",
};
const ED25519 = "https://w3id.org/security/suites/ed25519-2020/v1";

/** A term of the document's own. */
const HEIGHT: JsonObject = { height: "https://uni.example/terms#height" };

/** A proof of nothing, for documents that are refused before their proof is set against them. */
let placeholder: JsonObject = {};

before(async () => {
  placeholder = await proofOf({ "@context": [{ "@vocab": "urn:v:" }], "@id": "urn:a", p: "x" });
});

describe("a Blockcerts 3 document", () => {
  it("holds when nothing is wrong with it, in either spelling", async () => {
    expect(await integrityOf(await prove(content()))).to.equal("INTEGRITY_HOLDS");
    expect(await integrityOf(await prove(content(), { spelling: "bytes" }))).to.equal("INTEGRITY_HOLDS");
  });

  describe("proofs", () => {
    it("1: without a proof, with an empty list or with a proof of somebody else is issued by nobody", async () => {
      expect(await integrityOf(content())).to.equal("PROOF_MISSING");
      expect(await integrityOf(content({ proof: [] }))).to.equal("PROOF_MISSING");
      const foreign = await prove(content(), { members: { verificationMethod: `${OTHER}#key-1` } });
      expect(await integrityOf(foreign)).to.equal("PROOF_MISSING");
    });

    it("1: may name its issuer by a DID and the key by an address, which only a look-up can tell apart", async () => {
      const document = await prove(content({ issuer: "did:example:university" }));
      expect((await claimsOf(document)).issuers[0]?.proof).to.include({
        location: "did:example:university",
        verificationMethod: KEY,
      });
    });

    it("2: cannot have members that nothing protects, or of another shape", async () => {
      for (const [members, code] of [
        [{ grade: "A" }, "MEMBER_UNKNOWN"],
        [{ proofPurpose: "keyAgreement" }, "SHAPE_WRONG"],
        [{ verificationMethod: { id: KEY } }, "SHAPE_WRONG"],
        [{ id: ["urn:uuid:1"] }, "SHAPE_WRONG"],
        [{ created: 7 }, "SHAPE_WRONG"],
        [{ proofValue: "zzz" }, "SHAPE_WRONG"],
        [{ proofValue: null }, "SHAPE_WRONG"],
      ] as const)
        expect(await integrityOf(await prove(content(), { members })), JSON.stringify(members)).to.equal(code);
    });

    it("2: is refused where a proof is no object", async () => {
      expect(await integrityOf(content({ proof: "z123" }))).to.equal("SHAPE_WRONG");
      expect(await integrityOf(content({ proof: [await proofOf(content()), null] }))).to.equal("SHAPE_WRONG");
    });

    it("3: states a leaf and a root that are recomputed, never believed", async () => {
      const document = await prove(content());
      expect(await integrityOf({ ...document, name: "Doctor of Science" })).to.equal("DIGEST_MISMATCH");
      const other = await proofOf(content({ name: "Doctor of Science" }));
      expect(await integrityOf({ ...document, proof: other })).to.equal("DIGEST_MISMATCH");
    });

    it("4: cannot be 64 bytes of statements, which could be two nodes of a tree", async () => {
      const sized = (length: number): JsonObject => ({
        "@context": [{ "@vocab": "urn:v:" }],
        "@id": "urn:a",
        p: "x".repeat(length),
      });
      const { quads } = await hashContent(sized(10));
      const exact = sized(10 + 64 - quads.length);
      const outcome = await hashContent(exact).catch((error: unknown) => error);
      expect(outcome).to.have.property("code", "SHAPE_WRONG");
      expect((await hashContent(sized(11 + 64 - quads.length))).quads).to.have.length(65);
    });

    it("5: cannot be credential and presentation at once, however it says so", async () => {
      const both = content({ type: ["VerifiableCredential", "VerifiablePresentation"], verifiableCredential: [] });
      expect(await integrityOf(await prove(both))).to.equal("SHAPE_WRONG");
      const { type: _, ...untyped } = content();
      const aliased = { ...untyped, "@type": ["VerifiableCredential", "VerifiablePresentation"] };
      expect(await integrityOf(await prove(aliased))).to.equal("SHAPE_WRONG");
    });

    it("5: has the issuer that it states, never the one a proof names", async () => {
      const [issuer] = (await claimsOf(await prove(content()))).issuers;
      expect(issuer).to.deep.include({ id: ISSUER, name: "University of Example" });
      expect(await integrityOf(await prove(content({ issuer: null })))).to.equal("SHAPE_WRONG");
      expect(await integrityOf(await prove(content({ issuer: { name: "Nobody" } })))).to.equal("SHAPE_WRONG");
      expect(await integrityOf(await prove(content({ issuer: [ISSUER, OTHER] })))).to.equal("SHAPE_WRONG");
    });

    it("6: has dates of one meaning, where it follows data model 2.0", async () => {
      for (const changes of [
        { validFrom: "2026-07-01" },
        { validFrom: "2026-07-01T00:00:00" },
        { validUntil: "2026-02-30T00:00:00Z" },
        { validUntil: "in ten years" },
      ]) {
        const { faults } = await claimsOf(await prove(content(changes)));
        expect(faults.map(({ outcome, code }) => `${outcome} ${code}`)).to.deep.equal(["fail SHAPE_WRONG"]);
      }
      const created = await claimsOf(await prove(content(), { members: { created: "2026-07-01T00:00:00.5" } }));
      expect(created.faults).to.have.length(1);
      expect((await claimsOf(await prove(content()))).faults).to.deep.equal([]);
    });

    it("6: may have a proof without a zone, where it follows data model 1.1", async () => {
      const { validFrom: _, ...old } = content({
        "@context": [VC_1, "https://w3id.org/blockcerts/v3.1"],
        issuanceDate: "2022-07-01T00:00:00Z",
        expirationDate: "2032-07-01T00:00:00Z",
      });
      const members = { type: "MerkleProof2019", created: "2022-08-01T10:00:00.123456" };
      const { cryptosuite: __, ...proof } = await proofOf(old, { members });
      const claims = await claimsOf({ ...old, proof });
      expect(claims.faults).to.deep.equal([]);
      expect(claims.validity).to.deep.equal({ from: "2022-07-01T00:00:00Z", until: "2032-07-01T00:00:00Z" });
    });
  });

  describe("contexts", () => {
    async function withContext(...contexts: readonly Json[]): Promise<string> {
      return integrityOf(await prove(content({}, contexts)).catch(() => content({ proof: placeholder }, contexts)));
    }

    it("7: names only contexts that are pinned", async () => {
      expect(await withContext("https://attacker.example/context.json")).to.equal("CONTEXT_NOT_ALLOWED");
      expect(await withContext("https://www.w3.org/ns/credentials/examples/v2")).to.equal("CONTEXT_NOT_ALLOWED");
    });

    it("8: may add terms", async () => {
      const document = content({ credentialSubject: { id: "did:example:ada", height: "1.80 m" } }, [HEIGHT]);
      expect(await integrityOf(await prove(document))).to.equal("INTEGRITY_HOLDS");
    });

    const bent: Readonly<Record<string, Json>> = {
      "redefine a term": { display: "https://attacker.example/display" },
      "redefine a term to the same": { display: { "@id": "https://w3id.org/blockcerts#display" } },
      "redefine a prefix": { bc: "https://attacker.example/" },
      "redefine a keyword's other name": { id: "https://attacker.example/id" },
      "redefine a keyword": { "@type": { "@container": "@set" } },
      "remove a term": { claim: null },
      "remove a term of its own": { grade: null },
      "remove a term of its own by its id": { grade: { "@id": null } },
      "set @base": { "@base": "https://attacker.example/" },
      "set @import": { "@import": VC_2 },
      "set @propagate": { "@propagate": false },
      "set a relative @vocab": { "@vocab": "terms#" },
      "set an empty @vocab": { "@vocab": "" },
      "remove the @vocab": { "@vocab": null },
      "be null": null,
      "make a word that vanishes": { grade: "@index" },
      "make a word for a graph": { grade: "@graph" },
      "index by names that are not hashed": { grades: { "@id": "https://uni.example/grades", "@container": "@index" } },
      "bend terms further down": { grades: { "@id": "https://uni.example/grades", "@context": { claim: null } } },
      "bend terms further down by address": { grades: { "@id": "https://uni.example/grades", "@context": VC_1 } },
    };
    for (const [what, context] of Object.entries(bent))
      it(`8: must not ${what}`, async () => {
        expect(await withContext(context)).to.equal("CONTEXT_NOT_ALLOWED");
      });

    it("8: stand at the top only", async () => {
      const subject = {
        id: "did:example:ada",
        "@context": { height: "https://uni.example/terms#height" },
        height: "2 m",
      };
      expect(await integrityOf(await prove(content({ credentialSubject: subject })))).to.equal("CONTEXT_NOT_ALLOWED");
      const nested = { id: "did:example:ada", claim: [{ "@context": null, name: "x" }] };
      expect(await integrityOf(proveUnread(content({ credentialSubject: nested })))).to.equal("CONTEXT_NOT_ALLOWED");
    });

    it("8: leave the document as it is, in whatever order they stand after the data model's", async () => {
      const document = await prove(content({}, [HEIGHT]));
      const late = { ...document, "@context": [HEIGHT, DATA_INTEGRITY, VC_2, BLOCKCERTS_3_2] };
      expect(await integrityOf(late)).to.equal("CONTEXT_NOT_ALLOWED");
      const swapped = { ...document, "@context": [VC_2, HEIGHT, DATA_INTEGRITY, BLOCKCERTS_3_2] };
      expect(await integrityOf(swapped)).to.equal("INTEGRITY_HOLDS");
      expect((await claimsOf(swapped)).credential).to.deep.equal((await claimsOf(document)).credential);
    });
  });

  describe("coverage", () => {
    it("names every word without a meaning, types too", async () => {
      const message = await messageOf(
        proveUnread(content({ grade: "A", credentialSubject: { id: "did:example:ada", type: "Scholar" } })),
      );
      expect(message).to.include('"grade"').and.to.include('"Scholar"');
      expect(await integrityOf(proveUnread(content({ grade: "A" })))).to.equal("MEMBER_UNKNOWN");
    });

    it("9: shows words of its own by their addresses, and says which they are", async () => {
      const document = await prove(
        content({ credentialSubject: { id: "did:example:ada", height: "1.80 m" } }, [HEIGHT]),
      );
      const { credential, evidence } = await claimsOf(document);
      const subject = isObject(credential.content) ? credential.content["credentialSubject"] : undefined;
      expect(subject).to.deep.equal({ id: "did:example:ada", "https://uni.example/terms#height": "1.80 m" });
      expect(evidence?.["ownTerms"]).to.deep.equal(["height = https://uni.example/terms#height"]);
    });

    it("9: shows the same when a holder renames a word of its own", async () => {
      const subject = { id: "did:example:ada", height: "1.80 m" };
      const document = await prove(content({ credentialSubject: subject }, [HEIGHT]));
      const renamed = {
        ...document,
        "@context": [VC_2, DATA_INTEGRITY, { weight: HEIGHT["height"] ?? "" }, BLOCKCERTS_3_2],
        credentialSubject: { id: "did:example:ada", weight: "1.80 m" },
      };
      expect(await integrityOf(renamed)).to.equal("INTEGRITY_HOLDS");
      expect((await claimsOf(renamed)).credential).to.deep.equal((await claimsOf(document)).credential);
    });

    it("9: reports words that share an address, whose values can be exchanged", async () => {
      const shared = { first: "https://schema.org/Text", second: { "@id": "https://schema.org/Text" } };
      const { evidence } = await claimsOf(await prove(content({}, [shared])));
      expect(evidence?.["interchangeable"]).to.deep.equal(["https://schema.org/Text"]);
    });

    const lost: Readonly<Record<string, readonly [said: JsonObject, part: string]>> = {
      "a subject with a relative id": [
        { credentialSubject: { id: "ada", name: "Ada Lovelace" } },
        'everything stated of "ada"',
      ],
      "its own relative id": [{ id: "certificate-1" }, 'everything stated of "certificate-1"'],
      "a relative address": [
        { credentialSchema: { id: "schema.json", type: "JsonSchema" } },
        'everything stated of "schema.json"',
      ],
      "a member that is an unnamed thing": [{ "_:grade": "A" }, 'the member "_:grade"'],
      "an @index": [
        { credentialSubject: { id: "did:example:ada", claim: { "@index": "A", name: "Mathematics" } } },
        "whatever @index says",
      ],
    };
    for (const [what, [said, part]] of Object.entries(lost))
      it(`10: lists ${what} as unprotected, and is not settled`, async () => {
        const document = await prove(content(said));
        expect((await claimsOf(document)).unprotected).to.include(part);
        expect(await integrityOf(document)).to.equal("CONTENT_UNPROTECTED");
      });

    it("10: does not show what is not hashed", async () => {
      const document = await prove(content({ credentialSubject: { id: "ada", name: "Countess Lovelace" } }));
      expect(JSON.stringify((await claimsOf(document)).credential)).to.not.include("Countess");
    });

    it("10: protects no display in 3.0-beta", async () => {
      const beta = content({
        "@context": [VC_1, "https://w3id.org/blockcerts/v3.0-beta"],
        display: { contentMediaType: "urn:text", content: "urn:absolute" },
        validFrom: null,
        name: null,
        credentialSubject: { id: "did:example:ada" },
        issuanceDate: "2021-07-01T00:00:00Z",
      });
      expect((await claimsOf(await prove(beta))).unprotected).to.deep.equal(["display"]);
    });

    it("has one value where other readers take one, though its statements would be the same", async () => {
      const document = await prove(content());
      const lists = ["issuer", "validFrom"].map((name) => ({ ...document, [name]: [document[name] ?? null] }));
      const display = { ...inner(document, "display"), content: [inner(document, "display")["content"] ?? null] };
      const { created: _, ...undated } = inner(document, "proof");
      for (const other of [...lists, { ...document, display }, { ...document, proof: undated }])
        expect(await integrityOf(other)).to.equal("SHAPE_WRONG");
    });

    it("11: relies neither on null and empty members nor on the order of lists", async () => {
      const said = content({ credentialSubject: [{ id: "did:example:a" }, { id: "did:example:b", name: "B" }] });
      const document = await prove(said);
      const changed = {
        ...document,
        type: ["BlockcertsCredential", "VerifiableCredential"],
        description: [],
        validUntil: null,
        credentialSubject: [{ id: "did:example:b", name: "B" }, { id: "did:example:a" }],
      };
      expect(await integrityOf(changed)).to.equal("INTEGRITY_HOLDS");
      const [before, after] = [await claimsOf(document), await claimsOf(changed)];
      expect({ ...after, evidence: {} }).to.deep.equal({ ...before, evidence: {} });
    });

    it("12: takes dates and status from what is hashed, however they are written", async () => {
      const status = {
        id: "https://uni.example/list#7",
        type: "BitstringStatusListEntry",
        statusPurpose: "revocation",
        statusListIndex: "7",
        statusListCredential: "https://uni.example/list",
      };
      const document = await prove(content({ validUntil: "2027-01-01T00:00:00Z", credentialStatus: status }));
      const { validUntil: _, credentialStatus: __, ...rest } = document;
      const hidden = {
        ...rest,
        "https://www.w3.org/2018/credentials#validUntil": {
          "@value": "2027-01-01T00:00:00Z",
          "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        },
        "https://www.w3.org/2018/credentials#credentialStatus": [status],
      };
      expect(await integrityOf(hidden)).to.equal("INTEGRITY_HOLDS");
      const claims = await claimsOf(hidden);
      expect(claims.validity.until).to.equal("2027-01-01T00:00:00Z");
      expect(claims.statuses).to.deep.equal((await claimsOf(document)).statuses);
      expect(claims.statuses[1]).to.include({
        kind: "bitstring-list",
        location: "https://uni.example/list",
        index: "7",
      });
    });

    it("12: is not shown another thing's statements as its own", async () => {
      const inside = {
        id: "urn:uuid:f0b0a3a0-3f3c-4f5e-8f0a-6c3f1f2f7d77",
        type: ["VerifiableCredential"],
        issuer: OTHER,
      };
      const document = content({ credentialSubject: { id: "did:example:ada", claim: inside } });
      expect(await integrityOf(await prove(document))).to.equal("SHAPE_WRONG");
    });
  });

  describe("anchors", () => {
    const expected = [
      [{ chain: "eth", network: "mainnet" }, 1],
      [{ chain: "eth", network: "ropsten" }, 3],
      [{ chain: "eth", network: "sepolia" }, 11155111],
      [{ chain: "btc", network: "mainnet" }, "unsupported"],
      [{ chain: "btc", network: "testnet" }, "unsupported"],
      [{ chain: "btc", network: "regtest" }, "mock"],
      [{ chain: "mtc", network: "mainnet" }, "unsupported"],
      [{ chain: "mocknet", network: "mocknet" }, "mock"],
    ] as const;
    for (const [network, chainId] of expected)
      it(`13: ${network.chain}:${network.network} is ${chainId}`, async () => {
        const anchor = { ...network, transaction: SEPOLIA.transaction };
        const [claim] = (await claimsOf(await prove(content(), { anchor }))).anchors;
        expect(claim).to.include({ kind: "transaction", chainId, network: `${network.chain}:${network.network}` });
      });

    it("names its transaction to whoever judges the sender", async () => {
      const { anchors, issuers } = await claimsOf(await prove(content()));
      const [anchor] = anchors;
      expect(anchor?.kind === "transaction" && anchor.hash).to.equal(`0x${SEPOLIA.transaction}`);
      expect(issuers[0]?.proof).to.deep.equal({
        kind: "issuer-profile",
        location: ISSUER,
        verificationMethod: KEY,
        anchor,
      });
    });
  });

  describe("several proofs", () => {
    it("covers the document and the proofs before it", async () => {
      const said = content();
      const first = await proofOf(said, { earlier: [], members: { id: "urn:uuid:first" } });
      const second = await proofOf(said, { earlier: [first], members: { previousProof: "urn:uuid:first" } });
      expect(await integrityOf({ ...said, proof: [first, second] })).to.equal("INTEGRITY_HOLDS");
      const altered = { ...first, created: "2026-07-02T00:00:00Z" };
      expect(await integrityOf({ ...said, proof: [altered, second] })).to.equal("DIGEST_MISMATCH");
      expect(await integrityOf({ ...said, proof: [second, first] })).to.equal("PROOF_MISSING");
    });

    it("29: shows a missing proof where another one follows it, by id or by repeating it", async () => {
      const said = content();
      const first = await proofOf(said, { earlier: [], members: { id: "urn:uuid:first" } });
      for (const previousProof of [
        "urn:uuid:other",
        { ...first, created: "2020-01-01T00:00:00Z" },
        ["urn:uuid:first", "urn:uuid:x"],
      ]) {
        const second = await proofOf(said, { earlier: [first], members: { previousProof } });
        expect(await integrityOf({ ...said, proof: [first, second] })).to.equal("PROOF_MISSING");
      }
      const repeated = await proofOf(said, { earlier: [first], members: { previousProof: first } });
      expect(await integrityOf({ ...said, proof: [first, repeated] })).to.equal("INTEGRITY_HOLDS");
    });

    it("22: counts proofs of the issuer, and shows others without counting them", async () => {
      const said = content();
      const first = await proofOf(said, { earlier: [] });
      const second = await proofOf(said, { earlier: [first], members: { verificationMethod: `${OTHER}#key-1` } });
      const claims = await claimsOf({ ...said, proof: [first, second] });
      expect(claims.issuers.map(({ id }) => id)).to.deep.equal([ISSUER]);
      expect(claims.anchors).to.have.length(2);
      expect(claims.evidence?.["otherSigners"]).to.deep.equal([OTHER]);
    });

    it("22: never takes an appended proof for the issuer's, whatever kind of name it has", async () => {
      const said = content();
      const first = await proofOf(said, { earlier: [] });
      const second = await proofOf(said, { earlier: [first], members: { verificationMethod: "did:example:x#key-1" } });
      const { evidence, issuers } = await claimsOf({ ...said, proof: [first, second] });
      expect(issuers).to.have.length(1);
      expect(evidence?.["otherSigners"]).to.deep.equal(["did:example:x"]);
    });

    it("names a proof of another suite, and does not take it for checked", async () => {
      const said = content({}, [ED25519]);
      const merkle = await proofOf(said, { earlier: [SIGNATURE] });
      const claims = await claimsOf({ ...said, proof: [SIGNATURE, merkle] });
      expect(claims.signatures).to.deep.equal([{ kind: "unknown", what: "Ed25519Signature2020" }]);
      expect(claims.issuers.map(({ proof }) => proof.kind)).to.deep.equal(["unknown", "issuer-profile"]);
    });

    it("is not verified by another suite alone", async () => {
      expect(await integrityOf({ ...content({}, [ED25519]), proof: SIGNATURE })).to.equal("FORMAT_UNSUPPORTED");
    });

    it("has at most ten", async () => {
      const proof = await proofOf(content());
      expect(await integrityOf(content({ proof: Array.from({ length: 11 }, () => proof) }))).to.equal("SHAPE_WRONG");
    });
  });

  describe("hashlinks", () => {
    // "hl:", the digest of "Hello World!" and metadata with one address, as the hashlink draft prints them
    const LINK =
      "hl:zQmWvQxTqbG2Z9HPJgG57jjwR154cKhbtJenbyYTWkjgF3e:zuh8iaLobXC8g9tfma1CSTtYBakXeSTkHrYA5hmD4F7dCLw8XYwZ1GWyJ3zwF";

    it("31: are reported with digest and addresses, as not checked", async () => {
      const display = { contentMediaType: "text/html", content: `<img src="${LINK}"><img src='${LINK}'>` };
      const { evidence } = await claimsOf(await prove(content({ display })));
      expect(evidence?.["hashlinks"]).to.deep.equal([
        {
          link: LINK,
          state: "not-checked",
          sha256: "0x7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069",
          urls: ["http://example.org/hw.txt"],
        },
      ]);
    });
  });

  it("is refused when it is of a version to come", async () => {
    const later = content({ "@context": [VC_2, "https://w3id.org/blockcerts/v4"], proof: placeholder });
    expect(await integrityOf(later)).to.equal("FORMAT_UNSUPPORTED");
  });
});

function proveUnread(document: JsonObject): JsonObject {
  return { ...document, proof: placeholder };
}
