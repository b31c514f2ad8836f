/** What we issue as Blockcerts 3.2: it holds, it is the same every time, and every change that matters is noticed. */

import { expect } from "chai";
import fc from "fast-check";

import { concatBytes } from "../../../src/core/bytes.ts";
import { TestamurError } from "../../../src/core/errors.ts";
import { isArray, isObject, type JsonObject } from "../../../src/core/json.ts";
import type { Anchor } from "../../../src/core/ports/anchoring.ts";
import { blockcertsV3 } from "../../../src/formats/blockcerts-v3/blockcerts-v3.ts";
import type { Placement, TreePlace } from "../../../src/formats/format.ts";
import { buildOrderedTree } from "../../../src/merkle/ordered-tree.ts";
import { shouldBehaveLikeAFormat } from "../../support/format-suite.ts";
import { mutationsOf } from "../../support/mutations.ts";
import { holds } from "../../support/property.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { harmless } from "../blockcerts/harmless.ts";
import {
  BLOCKCERTS_3_2,
  claimsOf,
  content,
  credential,
  DATA_INTEGRITY,
  inner,
  integrityOf,
  ISSUER,
  issue,
  KEY,
  parse,
  PLACEMENT,
  prove,
  TRANSACTION,
  VC_1,
  VC_2,
} from "../blockcerts/samples.ts";

/** The suite makes an anchor of the placement; Blockcerts needs its transaction. */
const ANCHORED: Placement & { readonly transaction: typeof TRANSACTION } = { ...PLACEMENT, transaction: TRANSACTION };

const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Where each problem lies, or `sealed`. */
async function problemsOf(changes: JsonObject, placement: Placement = PLACEMENT): Promise<string> {
  try {
    await blockcertsV3.seal(credential(changes), placement, seededRandom(1));
    return "sealed";
  } catch (error) {
    if (!(error instanceof TestamurError) || error.code !== "CREDENTIAL_INVALID") throw error;
    return error.problems.map(({ where }) => where).join();
  }
}

async function problemText(changes: JsonObject): Promise<string> {
  const error: unknown = await Promise.resolve(
    blockcertsV3.seal(credential(changes), PLACEMENT, seededRandom(1)),
  ).catch((caught: unknown) => caught);
  return error instanceof TestamurError ? error.problems.map(({ what }) => what).join() : "sealed";
}

describe("seal", () => {
  it("puts in what makes a credential a Blockcert", async () => {
    const document = await issue({ type: ["AlumniCredential", "VerifiableCredential"], "@context": [VC_2, ALUMNI] });
    expect(document["@context"]).to.deep.equal([VC_2, DATA_INTEGRITY, ALUMNI, BLOCKCERTS_3_2]);
    expect(document["type"]).to.deep.equal(["VerifiableCredential", "BlockcertsCredential", "AlumniCredential"]);
    expect(document["id"]).to.match(UUID);
    expect(inner(document, "proof")["id"]).to.match(UUID);
    expect(inner(document, "proof")).to.include({
      type: "DataIntegrityProof",
      cryptosuite: "merkle-proof-2019",
      proofPurpose: "assertionMethod",
      created: "2026-07-01T00:00:00Z",
      verificationMethod: KEY,
    });
  });

  it("gives a subject without an id a random one, and leaves others alone", async () => {
    const unnamed = await issue({ credentialSubject: [{ name: "Ada" }, { id: "did:example:b", name: "Bob" }] });
    const subjects = unnamed["credentialSubject"];
    const ids = isArray(subjects) ? subjects.map((one) => isObject(one) && one["id"]) : [];
    expect(ids[0]).to.match(UUID);
    expect(ids[1]).to.equal("did:example:b");
  });

  it("is the same for the same random bytes, and another leaf for others", async () => {
    const seal = async (seed: number): Promise<unknown> =>
      blockcertsV3.seal(credential(), PLACEMENT, seededRandom(seed));
    expect(await seal(1)).to.deep.equal(await seal(1));
    expect(await seal(2)).to.not.deep.equal(await seal(1));
  });

  it("brings texts to their composed form", async () => {
    const subject = { id: "did:example:ada", name: 'Zoe\u0308 \\"\u0301' };
    const document = await issue({ credentialSubject: subject });
    expect(inner(document, "credentialSubject")["name"]).to.equal(subject.name.normalize("NFC"));
  });

  it("names the mirrors of a status list", async () => {
    const mirrors = { revocation: "https://uni.example/lists/7", suspension: "https://uni.example/lists/8" };
    const placement = { ...PLACEMENT, status: { list: `0x${"00".repeat(32)}` as const, index: 4711, mirrors } };
    const { text } = await blockcertsV3.seal(credential(), placement, seededRandom(1));
    const entries = inner(parse(text), "content")["credentialStatus"];
    expect(isArray(entries) && entries[1]).to.deep.equal({
      id: "https://uni.example/lists/8#4711",
      type: "BitstringStatusListEntry",
      statusPurpose: "suspension",
      statusListIndex: "4711",
      statusListCredential: "https://uni.example/lists/8",
    });
    expect(await problemsOf({ credentialStatus: { id: "https://uni.example/x" } }, placement)).to.equal(
      "credentialStatus",
    );
  });

  const refused: Readonly<Record<string, readonly [changes: JsonObject, where: string]>> = {
    "an id of the template's": [{ id: "urn:uuid:00000000-0000-4000-8000-000000000000" }, "id"],
    "no issuer": [{ issuer: null }, "issuer"],
    "an issuer at a plain http address": [{ issuer: "http://uni.example/profile.json" }, "issuer"],
    "no key": [{ proof: {} }, "proof.verificationMethod"],
    "a key of somebody else": [
      { proof: { verificationMethod: "https://other.example/p.json#key-1" } },
      "proof.verificationMethod",
    ],
    "a key without a name": [{ proof: { verificationMethod: `${ISSUER}#` } }, "proof.verificationMethod"],
    "no date": [{ validFrom: null }, "validFrom"],
    "a date without a zone": [{ validFrom: "2026-07-01T00:00:00" }, "validFrom"],
    "a day that does not exist": [{ validUntil: "2026-02-30T00:00:00Z" }, "validUntil"],
    "a proof made at no time": [{ proof: { verificationMethod: KEY, created: "now" } }, "proof.created"],
    "a display that is a text": [{ display: "<p>" }, "display"],
    "a display that is a script": [
      { display: { contentMediaType: "text/javascript", content: "" } },
      "display.contentMediaType",
    ],
    "a display in an unknown encoding": [
      { display: { contentMediaType: "text/html", content: "", contentEncoding: "rot13" } },
      "display.contentEncoding",
    ],
  };
  for (const [what, [changes, where]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      expect(await problemsOf(changes)).to.equal(where);
    });

  it("refuses words without a meaning, and names them", async () => {
    expect(await problemText({ nonce: "1", credentialSubject: { id: "did:example:a", grade: "A" } }))
      .to.include('"nonce"')
      .and.include('"grade"');
  });

  it("refuses whatever would not be protected", async () => {
    expect(await problemText({ credentialSubject: { id: "student-1", name: "Ada" } })).to.include(
      "would not be protected",
    );
    expect(await problemText({ "@context": ["https://attacker.example/c.json"] })).to.include("not one we know");
    expect(await problemText({ "@context": [{ name: null }] })).to.include("redefines");
  });

  it("refuses chains that no Blockcerts document can name", async () => {
    for (const chainId of [31337, 137, 10])
      expect(await problemsOf({}, { ...PLACEMENT, chainId })).to.equal("the chain");
    expect(await problemsOf({}, { ...PLACEMENT, chainId: 1 })).to.equal("sealed");
  });

  it("refuses a credential above a million characters", async () => {
    expect(await problemsOf({ display: { contentMediaType: "text/plain", content: "x".repeat(1_100_000) } })).to.equal(
      "the credential",
    );
  });
});

describe("attach", () => {
  it("makes documents that hold, wherever the leaf hangs in trees of 1 to 9 leaves", async () => {
    for (let size = 1; size <= 9; size++)
      for (let index = 0; index < size; index++)
        expect(await integrityOf(await issue({}, { size, index })), `${index} of ${size}`).to.equal("INTEGRITY_HOLDS");
  });

  it("makes documents whose root is the tree's, whatever is said", () =>
    holds(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), fc.nat(30), async (name, index) => {
        const subject = { id: "did:example:ada", name };
        const document = await issue({ credentialSubject: subject }, { size: 31, index });
        const claims = await claimsOf(document);
        expect(await integrityOf(document)).to.equal("INTEGRITY_HOLDS");
        expect(claims.inclusions[0]?.nodes).to.have.length(1 + (claims.inclusions[0]?.path.length ?? -1));
        expect(claims.credential.holder).to.equal(name.normalize("NFC"));
      }),
      0.3,
    ));

  it("writes one line, the same every time", async () => {
    const { sealed, place, anchor } = await sealAlone();
    const text = blockcertsV3.attach(sealed.text, place, anchor, []);
    expect(text).to.match(/^[^\n]+\n$/);
    expect(blockcertsV3.attach(sealed.text, place, anchor, [])).to.equal(text);
  });

  it("names the transaction", async () => {
    const [anchor] = (await claimsOf(await issue())).anchors;
    expect(anchor).to.include({ kind: "transaction", hash: TRANSACTION, chainId: 11155111 });
  });

  it("refuses what was kept of another leaf, and an anchor without a transaction", async () => {
    const { sealed, place, anchor } = await sealAlone();
    const { transaction: _, ...withoutTransaction } = anchor;
    const attempts: readonly (() => unknown)[] = [
      () => blockcertsV3.attach(sealed.text, { ...place, leaf: new Uint8Array(32) }, anchor, []),
      () => blockcertsV3.attach(sealed.text.slice(1), place, anchor, []),
      () => blockcertsV3.attach(sealed.text, place, withoutTransaction, []),
      () => blockcertsV3.attach(sealed.text, place, { ...anchor, chainId: 31337 }, []),
    ];
    for (const attempt of attempts) expect(attempt).to.throw(TestamurError).with.property("code", "BATCH_CORRUPT");
  });
});

describe("blockcertsV3", () => {
  const documents: JsonObject[] = [];
  before(async () => {
    documents.push(await issue({ validUntil: "2036-07-01T00:00:00Z" }), await prove(content(), { spelling: "bytes" }));
  });

  shouldBehaveLikeAFormat({
    format: blockcertsV3,
    documents: () => documents,
    harmless,
    issuing: { format: blockcertsV3, credential: credential(), placement: ANCHORED },
  });

  it("says what a document claims", async () => {
    const claims = await claimsOf(await issue({ validUntil: "2036-07-01T00:00:00Z" }));
    expect(claims).to.deep.include({
      format: "blockcerts-v3",
      signatures: [],
      validity: { from: "2026-07-01T00:00:00Z", until: "2036-07-01T00:00:00Z" },
      unprotected: [],
      faults: [],
    });
    expect(claims.statuses).to.have.length(1);
    expect(claims.credential).to.include({ title: "Bachelor of Science", holder: "Ada Lovelace" });
  });

  it("says the same after a change that the standard leaves open, but for what the proof says of itself", async () => {
    const document = await issue();
    const { credential: before, issuers } = await claimsOf(document);
    for (const mutation of mutationsOf(document)) {
      const inProof = mutation.path[0] === "proof";
      if (inProof || harmless(mutation) === undefined || (await integrityOf(mutation.document)) !== "INTEGRITY_HOLDS")
        continue;
      const after = await claimsOf(mutation.document);
      expect(after.credential, `${mutation.kind} ${mutation.path.join(".")}`).to.deep.equal(before);
      expect(after.issuers).to.deep.equal(issuers);
    }
  });

  it("detects its documents by proof or context, without throwing, whatever it is shown", async () => {
    const { "@context": _, ...withoutContext } = await issue();
    expect(blockcertsV3.detect(withoutContext)).to.be.true;
    const contexts = { "@context": [VC_1, "https://w3id.org/blockcerts/v3.0-beta"] };
    expect(blockcertsV3.detect({ ...contexts, type: ["VerifiableCredential"] })).to.be.true;
    expect(blockcertsV3.detect({ ...contexts, type: "BlockcertsIssuerProfile" })).to.be.false;
    expect(blockcertsV3.detect({ "@context": [VC_2], type: ["VerifiableCredential"] })).to.be.false;
    await holds(
      fc.property(fc.anything({ withNullPrototype: true }), (anything) => {
        expect(blockcertsV3.detect(anything as JsonObject)).to.be.a("boolean");
      }),
    );
  });
});

const ALUMNI: JsonObject = { AlumniCredential: "https://uni.example/terms#AlumniCredential" };

async function sealAlone(): Promise<{
  readonly sealed: { readonly text: string; readonly leaf: Uint8Array };
  readonly place: TreePlace;
  readonly anchor: Anchor;
}> {
  const sealed = await blockcertsV3.seal(credential(), PLACEMENT, seededRandom(1));
  const { root } = buildOrderedTree(concatBytes(sealed.leaf));
  const place = { leaf: sealed.leaf, path: [], root, index: 0, size: 1 };
  return { sealed, place, anchor: { ...PLACEMENT, root: `0x${"00".repeat(32)}`, transaction: TRANSACTION, block: 1 } };
}
