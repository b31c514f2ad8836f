/** Our own W3C documents: what is sealed opens, and no change of them keeps integrity, signature and anchor at once. */

import { expect } from "chai";
import * as fc from "fast-check";

import { concatBytes, toHex } from "../../../src/core/bytes.ts";
import type { Claims } from "../../../src/core/claims.ts";
import { TestamurError } from "../../../src/core/errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { parseStrictJson } from "../../../src/core/strict-json.ts";
import type { StatusPlace } from "../../../src/formats/format.ts";
import { ANCHOR_NONCE, ANCHOR_STORE, STATUS_LIST } from "../../../src/formats/w3c-vc-v2/names.ts";
import { w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { buildPositionalTree } from "../../../src/merkle/positional-tree.ts";
import { mutationsOf } from "../../support/mutations.ts";
import { holds } from "../../support/property.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { badge, drafts, firstFault, issue, ISSUER, PLACEMENT, sign, ISSUED_SUITES } from "../../support/w3c-samples.ts";

const STATUS: StatusPlace = {
  list: "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
  index: 4711,
  mirrors: { revocation: "https://uni.example/lists/7" },
};

async function claimsOf(document: JsonObject): Promise<Claims> {
  const opened = await w3cVcV2.open(document);
  if (opened.kind === "refused") throw new Error(`${opened.finding.code}: ${opened.finding.message}`);
  return opened.claims;
}

async function problemOf(credential: JsonObject): Promise<string> {
  const error: unknown = await Promise.resolve(w3cVcV2.seal(credential, PLACEMENT, seededRandom(1))).catch(
    (caught: unknown) => caught,
  );
  if (!(error instanceof TestamurError)) return "sealed";
  expect(error.code).to.equal("CREDENTIAL_INVALID");
  return error.problems.map(({ what }) => what).join();
}

describe("seal and attach", () => {
  for (const suite of ISSUED_SUITES) {
    it(`make documents that hold, wherever the leaf hangs (${suite})`, async () => {
      for (const [size, index] of [
        [1, 0],
        [2, 1],
        [5, 2],
        [7, 6],
        [9, 8],
      ] as const) {
        const { document, root } = await issue(badge({ proof: drafts(suite) }), { suite, size, index });
        expect(await firstFault(document, root), `${index} of ${size}`).to.equal(undefined);
      }
    });
  }

  it("write one line that the strict reader takes, the same for the same input", async () => {
    const one = await issue();
    expect(one.text).to.equal((await issue()).text);
    expect(one.text).to.match(/^[^\n]+\n$/);
    expect(parseStrictJson(new TextEncoder().encode(one.text))).to.deep.equal(one.document);
    expect((await issue(badge(), { seed: 2 })).text).to.not.equal(one.text);
  });

  it("make a batch that holds with the tree that issuing builds", async () => {
    const sealed = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (seed) => w3cVcV2.seal(badge(), PLACEMENT, seededRandom(seed))),
    );
    const tree = buildPositionalTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
    for (const [at, { text, leaf, toSign }] of sealed.entries()) {
      const place = { leaf, path: tree.pathOf(at), root: tree.root, index: tree.indexOf(at), size: tree.size };
      const signature = sign("eddsa-rdfc-2022", toSign ?? new Uint8Array());
      const document = w3cVcV2.attach(text, place, { ...PLACEMENT, root: toHex(tree.root), block: 1 }, [signature]);
      expect(await firstFault(JSON.parse(document) as JsonObject, tree.root)).to.equal(undefined);
    }
  });

  it("name the store and a fresh nonce in the document itself", async () => {
    const { document } = await issue();
    expect(document[ANCHOR_STORE]).to.equal(`eip155:31337:${PLACEMENT.store}`);
    expect(document[ANCHOR_NONCE]).to.match(/^u[A-Za-z0-9_-]{22}$/);
    const other = await issue(badge(), { seed: 2 });
    expect(other.document[ANCHOR_NONCE]).to.not.equal(document[ANCHOR_NONCE]);
  });

  it("bring texts into the composed form", async () => {
    const { document } = await issue(badge({ name: "Zoe\u0308" }));
    expect(document["name"]).to.equal("Zo\u00eb");
  });

  it("put the status list of the store into the document, and its mirror where there is one", async () => {
    const { document, root } = await issue(badge(), { placement: { ...PLACEMENT, status: STATUS } });
    const claims = await claimsOf(document);
    expect(await firstFault(document, root)).to.equal(undefined);
    expect(claims.statuses.map(({ kind }) => kind)).to.deep.equal(["store-nodes", "store-list", "store-list"]);
    expect(claims.statuses[1]).to.deep.equal({
      kind: "store-list",
      address: PLACEMENT.store,
      chainId: 31337,
      list: STATUS.list,
      index: 4711,
      purpose: "revocation",
    });
    expect(JSON.stringify(document["credentialStatus"])).to.contain("https://uni.example/lists/7#4711");
    expect(document[STATUS_LIST]).to.match(/^u[A-Za-z0-9_-]{43}$/);
  });

  it("refuse a credential without drafts of both proofs, or with keys and stores of others", async () => {
    const [signature = {}, anchor = {}] = drafts();
    expect(await problemOf(badge())).to.equal("sealed");
    const bad: readonly Json[] = [
      [],
      [signature],
      [anchor],
      [signature, signature, anchor],
      [signature, anchor, anchor],
      [{ ...signature, cryptosuite: "eddsa-2022" }, anchor],
      [{ ...signature, verificationMethod: "did:web:other.example#key-1" }, anchor],
      [signature, { ...anchor, verificationMethod: "did:web:other.example#store-1" }],
      [signature, { ...anchor, created: "2026-06-30T12:00:00Z" }],
      [{ ...signature, verificationMethod: ISSUER }, anchor],
      [{ ...signature, proofPurpose: "authentication" }, anchor],
      [{ ...signature, proofValue: "z1" }, anchor],
      [{ ...signature, created: "yesterday" }, anchor],
    ];
    for (const proof of bad) expect(await problemOf(badge({ proof })), JSON.stringify(proof)).to.not.equal("sealed");
  });

  it("refuse a credential that a verifier would refuse", async () => {
    const bad: readonly JsonObject[] = [
      { "@context": ["https://www.w3.org/2018/credentials/v1"] },
      { issuer: "https://uni.example/issuer" },
      { grade: "A" },
      { validFrom: "30 June 2026" },
      { validUntil: "2026-06-29T00:00:00Z" },
      { id: null },
      { evidence: [] },
      { [ANCHOR_NONCE]: "uAAAAAAAAAAAAAAAAAAAAAA" },
      { credentialSubject: { id: "did:example:graduate", type: ["AchievementSubject"] } },
      {
        credentialSubject: {
          id: "urn:uuid:5c0a0b5e-6f0a-4c0e-8b0a-1d5a3b0c7e11",
          type: ["AchievementSubject"],
          achievement: {},
        },
      },
    ];
    for (const members of bad) expect(await problemOf(badge(members)), JSON.stringify(members)).to.not.equal("sealed");
  });

  it("refuse to attach another leaf's place, or no signature", async () => {
    const sealed = await w3cVcV2.seal(badge(), PLACEMENT, seededRandom(1));
    const other = await w3cVcV2.seal(badge(), PLACEMENT, seededRandom(2));
    const signature = sign("eddsa-rdfc-2022", sealed.toSign ?? new Uint8Array());
    const anchor = { ...PLACEMENT, root: toHex(sealed.leaf), block: 1 };
    const place = { leaf: sealed.leaf, path: [], root: sealed.leaf, index: 0, size: 1 };
    expect(() => w3cVcV2.attach(sealed.text, place, anchor, [signature])).to.not.throw();
    for (const work of [
      () => w3cVcV2.attach(other.text, place, anchor, [signature]),
      () => w3cVcV2.attach("{}", place, anchor, [signature]),
      () => w3cVcV2.attach("", place, anchor, [signature]),
      () => w3cVcV2.attach(sealed.text, place, anchor, []),
      () => w3cVcV2.attach(sealed.text, place, anchor, [signature.slice(1)]),
    ]) {
      expect(work).to.throw(TestamurError).with.property("code", "BATCH_CORRUPT");
    }
  });
});

describe("open", () => {
  it("gives the claims of a document of ours", async () => {
    const { document, root } = await issue();
    const claims = await claimsOf(document);
    expect(claims.format).to.equal("w3c-vc-v2");
    expect(claims.inclusions).to.have.length(1);
    const [inclusion] = claims.inclusions;
    expect(inclusion?.root.computed).to.equal(toHex(root));
    // the leaf, two nodes on the way up a tree of five, its root, and that root with the size
    expect(inclusion?.nodes).to.have.length(5);
    expect(claims.anchors).to.deep.equal([
      { kind: "document-store", address: PLACEMENT.store, chainId: 31337, inclusion },
    ]);
    expect(claims.signatures.map(({ kind }) => kind)).to.deep.equal(["data-integrity"]);
    expect(claims.statuses).to.deep.equal([
      { kind: "store-nodes", address: PLACEMENT.store, chainId: 31337, inclusion },
    ]);
    expect(claims.issuers.map(({ proof }) => proof)).to.deep.equal([
      { kind: "did", did: ISSUER, key: `${ISSUER}#key-1` },
      { kind: "did", did: ISSUER, key: `${ISSUER}#store-1`, account: PLACEMENT.store, chainId: 31337 },
    ]);
    expect(claims.validity).to.deep.equal({ from: "2026-06-30T00:00:00Z", until: "2036-06-30T00:00:00Z" });
    expect(claims.chainId).to.equal(31337);
    expect(claims.mayLack).to.deep.equal([]);
    expect(claims.credential.title).to.equal("Bachelor of Science");
    expect(JSON.stringify(claims.credential.content)).to.not.contain("anchorNonce");
  });

  it("ends the validity when a proof expires", async () => {
    const { document } = await issue();
    const [signature, anchor] = document["proof"] as readonly [JsonObject, JsonObject];
    const claims = await claimsOf({ ...document, proof: [{ ...signature, expires: "2027-01-01T00:00:00Z" }, anchor] });
    expect(claims.validity.until).to.equal("2027-01-01T00:00:00Z");
  });

  it("does not mind the order of members, nor that of the proofs", async () => {
    const { document, root } = await issue();
    const reversed = Object.fromEntries(Object.entries(document).toReversed());
    expect(await firstFault(reversed, root)).to.equal(undefined);
    expect(
      await firstFault({ ...document, proof: (document["proof"] as readonly Json[]).toReversed() }, root),
    ).to.equal(undefined);
  });

  for (const suite of ISSUED_SUITES) {
    it(`finds fault with every change of one thing (${suite})`, async function () {
      this.timeout(240_000);
      const { document, root } = await issue(badge({ proof: drafts(suite) }), {
        suite,
        placement: { ...PLACEMENT, status: STATUS },
      });
      const mutations = [...mutationsOf(document), ...doublesOf(document)];
      expect(mutations.length).to.be.greaterThan(400);
      const unnoticed: string[] = [];
      for (const { kind, path, document: changed } of mutations) {
        if ((await firstFault(changed, root)) === undefined) unnoticed.push(`${kind} ${path.join("/")}`);
      }
      expect(unnoticed).to.deep.equal(["swapped proof"]); // proofs have no order
    });
  }

  it("finds fault with several changes at once", async () => {
    const { document, root } = await issue();
    await holds(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 2, maxLength: 4 }), async (choices) => {
        let changed = document;
        for (const choice of choices) {
          const mutations = [...mutationsOf(changed)];
          changed = mutations[choice % mutations.length]?.document ?? changed;
        }
        fc.pre(JSON.stringify(changed) !== JSON.stringify(document));
        const fault = await firstFault(changed, root);
        if (fault === undefined) expect({ ...changed, proof: 0 }).to.deep.equal({ ...document, proof: 0 });
      }),
      0.5,
    );
  });

  it("finds fault with proofs of one document on another of the same batch", async () => {
    const one = await issue(badge(), { seed: 1 });
    const other = await issue(badge({ name: "Master of Science" }), { seed: 1 });
    const [signature = {}, anchor = {}] = one.document["proof"] as readonly JsonObject[];
    const [otherSignature = {}, otherAnchor = {}] = other.document["proof"] as readonly JsonObject[];
    expect(await firstFault({ ...one.document, proof: [otherSignature, anchor] }, one.root)).to.equal(
      "SIGNATURE_WRONG",
    );
    expect(await firstFault({ ...one.document, proof: [signature, otherAnchor] }, one.root)).to.equal(undefined); // the same path
    expect(await firstFault({ ...other.document, proof: [otherSignature, anchor] }, one.root)).to.equal(
      "ROOT_NOT_ANCHORED",
    );
  });
});

/** Every list of a document with one of its elements given twice. */
function doublesOf(
  document: JsonObject,
): readonly { readonly kind: string; readonly path: readonly string[]; readonly document: JsonObject }[] {
  return doubled(document).flatMap(({ path, value }) =>
    isObject(value) ? [{ kind: "doubled", path, document: value }] : [],
  );
}

function doubled(value: Json): readonly { readonly path: readonly string[]; readonly value: Json }[] {
  if (isArray(value)) {
    return value.flatMap((element, at) => [
      { path: [String(at)], value: [...value, element] },
      ...doubled(element).map((inner) => ({ path: [String(at), ...inner.path], value: value.with(at, inner.value) })),
    ]);
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    doubled(member).map((inner) => ({ path: [name, ...inner.path], value: { ...value, [name]: inner.value } })),
  );
}
