/** Presentations: the inputs of the W3C suite, and who presented what, to whom, on whose request. */

import { expect } from "chai";

import { toMultibase58 } from "../../../src/core/base58.ts";
import { isSignedBy } from "../../../src/core/data-integrity.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { canonicaliserOf } from "../../../src/formats/w3c-vc-v2/hash-data.ts";
import { openPresentation, readPresentation, type Presentation } from "../../../src/formats/w3c-vc-v2/presentation.ts";
import { GENERIC, STRICT, type Profile } from "../../../src/formats/w3c-vc-v2/profile.ts";
import { findSuite } from "../../../src/formats/w3c-vc-v2/suites.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";
import { issue, ISSUER, KEYS, sign } from "../../support/w3c-samples.ts";

const PRESENTING: Profile = { ...STRICT, purpose: "authentication" };
const REQUEST = { challenge: "u7Yc2", domain: "employer.example" };

/** A presentation by the sample key, signed; `members` of the proof go in before it is. */
async function present(content: JsonObject, members: JsonObject = {}): Promise<JsonObject> {
  const suite = findSuite("DataIntegrityProof", "eddsa-rdfc-2022");
  if (suite === undefined) throw new Error("no suite");
  const proof = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-rdfc-2022",
    proofPurpose: "authentication",
    verificationMethod: `${ISSUER}#key-1`,
    ...REQUEST,
    ...members,
  };
  const message = await canonicaliserOf(content, PRESENTING).hashDataOf({
    suite,
    curve: "Ed25519",
    proof,
    previous: [],
  });
  return { ...content, proof: { ...proof, proofValue: toMultibase58(sign("eddsa-rdfc-2022", message)) } };
}

function presentation(credentials: readonly Json[] = [], members: JsonObject = {}): JsonObject {
  return {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    type: ["VerifiablePresentation"],
    ...(credentials.length > 0 && { verifiableCredential: credentials }),
    ...members,
  };
}

async function holds({ signatures }: Presentation): Promise<boolean> {
  const held = signatures.map(async (signature) => {
    const key = signature.kind === "data-integrity" ? KEYS[signature.verificationMethod] : undefined;
    return key !== undefined && signature.kind === "data-integrity" && isSignedBy(signature, key);
  });
  return !(await Promise.all(held)).includes(false);
}

async function codeOf(document: JsonObject, profile: Profile = PRESENTING): Promise<string> {
  const outcome: unknown = await openPresentation(document, REQUEST, profile).catch((error: unknown) => error);
  return outcome instanceof Refusal ? outcome.code : "opened";
}

describe("openPresentation", () => {
  it("gives the holder, the signature and the credentials as they are", async () => {
    const { document } = await issue();
    const opened = await openPresentation(
      await present(presentation([document], { holder: ISSUER })),
      REQUEST,
      PRESENTING,
    );
    expect(opened.holder).to.equal(ISSUER);
    expect(opened.contradictions).to.deep.equal([]);
    expect(opened.credentials).to.deep.equal([document]);
    expect(opened.enveloped).to.deep.equal([]);
    expect(opened.signatures.map((one) => one.kind === "data-integrity" && one.purpose)).to.deep.equal([
      "authentication",
    ]);
    expect(await holds(opened)).to.equal(true);
  });

  it("takes the signer for the holder where none is named", async () => {
    expect((await openPresentation(await present(presentation()), REQUEST, PRESENTING)).holder).to.equal(ISSUER);
  });

  it("says what the proof says otherwise than the request", async () => {
    const contradictions = async (content: JsonObject, members: JsonObject): Promise<readonly string[]> =>
      (await openPresentation(await present(content, members), REQUEST, PRESENTING)).contradictions;
    expect(await contradictions(presentation(), { challenge: "other" })).to.deep.equal(["challenge"]);
    expect(await contradictions(presentation(), { domain: "other.example" })).to.deep.equal(["domain"]);
    expect(await contradictions(presentation(), { domain: ["other.example", "employer.example"] })).to.deep.equal([]);
    expect(await contradictions(presentation([], { holder: "did:web:other.example" }), {})).to.deep.equal(["holder"]);
    const { challenge: _, ...silent } = (await present(presentation()))["proof"] as JsonObject;
    const asked = await openPresentation({ ...presentation(), proof: silent }, REQUEST, PRESENTING);
    expect(asked.contradictions).to.deep.equal(["challenge"]);
  });

  it("no longer holds when anything in it is changed", async () => {
    const { document } = await issue();
    const signed = await present(presentation([document], { holder: ISSUER }));
    for (const change of [
      { holder: { id: ISSUER, name: "x" } },
      { id: "urn:uuid:00000000-0000-4000-8000-000000000001" },
      { verifiableCredential: [{ ...document, name: "Master of Science" }] },
      { verifiableCredential: [document, { ...document, id: "urn:uuid:00000000-0000-4000-8000-000000000002" }] },
    ]) {
      const opened: unknown = await openPresentation({ ...signed, ...change }, REQUEST, PRESENTING).catch(
        (error: unknown) => error,
      );
      if (!(opened instanceof Refusal))
        expect(await holds(opened as Presentation), JSON.stringify(change).slice(0, 80)).to.equal(false);
    }
  });

  it("refuses presentations without proof, of another purpose, or with things that are no credentials", async () => {
    expect(await codeOf(await present(presentation()))).to.equal("opened");
    expect(await codeOf(presentation())).to.equal("PROOF_MISSING");
    const signed = await present(presentation());
    expect(
      await codeOf({ ...signed, proof: { ...(signed["proof"] as JsonObject), proofPurpose: "assertionMethod" } }),
    ).to.equal("SHAPE_WRONG");
    for (const content of [
      presentation(["eyJhbGciOiJFUzI1NiJ9.e30.c2ln"]),
      presentation([{ "@context": ["https://www.w3.org/ns/credentials/v2"], type: ["Person"], issuer: ISSUER }]),
      presentation([], { holder: "uni" }),
      presentation([], { type: ["Presentation"] }),
      presentation([], { termsOfUse: { id: "https://uni.example/terms" } }),
    ]) {
      expect(await codeOf({ ...content, proof: signed["proof"] ?? null }), JSON.stringify(content)).to.equal(
        "SHAPE_WRONG",
      );
    }
  });

  it("hands out enveloped credentials unread, each in its one form", async () => {
    const enveloped = {
      "@context": "https://www.w3.org/ns/credentials/v2",
      id: "data:application/vc+jwt,eyJhbGciOiJFUzI1NiJ9.e30.c2ln",
      type: "EnvelopedVerifiableCredential",
    };
    const opened = await openPresentation(await present(presentation([enveloped])), REQUEST, PRESENTING);
    expect(opened.enveloped).to.deep.equal([enveloped.id]);
    expect(opened.credentials).to.deep.equal([]);
    const { proof } = await present(presentation());
    for (const change of [
      { id: "https://uni.example/credential" },
      { id: "data:text/html,x" },
      { type: ["EnvelopedVerifiableCredential", "VerifiableCredential"] },
      { "@context": ["https://www.w3.org/ns/credentials/v2", "x"] },
    ]) {
      expect(
        await codeOf({ ...presentation([{ ...enveloped, ...change }]), proof: proof ?? null }),
        JSON.stringify(change),
      ).to.equal("SHAPE_WRONG");
    }
  });
});

describeVectors("w3c/w3c-vcdm2-input", "presentations of the VC Data Model test suite", () => {
  const lines = vectorText("w3c/INDEX.tsv")
    .split("\n")
    .map((line) => line.split("\t"));
  for (const [file = "", , , , , , , verdict = ""] of lines) {
    if (!file.startsWith("w3c-vcdm2-input/presentation-")) continue;
    it(`${verdict}: ${file.slice("w3c-vcdm2-input/".length)}`, () => {
      const content = JSON.parse(vectorText(`w3c/${file}`)) as JsonObject;
      const read = (): unknown => readPresentation(content, { ...GENERIC, purpose: "authentication" });
      if (verdict.startsWith("reject")) expect(read).to.throw(Refusal);
      else expect(read).to.not.throw();
    });
  }
});
