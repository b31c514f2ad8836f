/** Derived proofs of ecdsa-sd-2023: every statement shown is covered, and a proof that says otherwise is refused. */

import { expect } from "chai";
import fc from "fast-check";

import { toCanonicalQuads } from "../../../src/canon/rdfc.ts";
import { findMultibase58 } from "../../../src/core/base58.ts";
import { concatBytes, toHex, toHexDigits } from "../../../src/core/bytes.ts";
import { toEcdsaPublicKey } from "../../../src/core/ecdsa.ts";
import { isObject, textOf, type JsonObject } from "../../../src/core/json.ts";
import { findMultikey } from "../../../src/core/multikey.ts";
import { verifySignature } from "../../../src/core/public-key.ts";
import { parseDerivedProofValue } from "../../../src/formats/w3c-vc-v2/derived-proof-value.ts";
import { toBaseMessage } from "../../../src/formats/w3c-vc-v2/derived-proof.ts";
import { w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { checkIntegrity } from "../../../src/verify/check-integrity.ts";
import { BASE_TAG, partsOf, signDerived, toItems, toText, withParts } from "../../support/derived-proofs.ts";
import { mutationsOf } from "../../support/mutations.ts";
import { holds } from "../../support/property.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";
import { badge, firstFault, ISSUER } from "../../support/w3c-samples.ts";

function content(members: JsonObject = {}): JsonObject {
  const { proof: _, ...rest } = badge(members);
  return rest;
}

/** The first thing that does not hold, for somebody who knows the issuer's keys. */
async function faultOf(document: JsonObject): Promise<string | undefined> {
  return firstFault(document, undefined);
}

/** What content and proof state, the value of the proof aside, in one text. */
async function statementsOf({ proof, ...rest }: JsonObject): Promise<string> {
  const { proofValue, ...configuration } = [proof].flat()[0] as JsonObject;
  const options = { contexts: ["w3c"], safe: true, withDirection: true } as const;
  const contexts = rest["@context"] ?? [];
  const texts = [rest, { "@context": contexts, ...configuration }];
  const [one = "", two = ""] = await Promise.all(texts.map(async (text) => toCanonicalQuads(text, options)));
  return `${one}\n${two}\n${JSON.stringify(proofValue)}`;
}

/** A statement that needs a signature of its own, or one of those that the issuer signed together. */
const REFUSED = ["DIGEST_MISMATCH", "SIGNATURE_WRONG"];

describe("a derived proof", () => {
  let document: JsonObject;
  before(async () => {
    document = await signDerived(content());
  });

  it("holds, and says that parts may have been left out", async () => {
    expect(await faultOf(document)).to.equal(undefined);
    const opened = await w3cVcV2.open(document);
    if (opened.kind === "refused") throw new Error(opened.finding.message);
    expect(opened.claims.mayBePartial).to.equal(true);
    expect(checkIntegrity(opened.claims)).to.deep.include({
      code: "INTEGRITY_HOLDS",
      message: "What is shown is exactly what was issued; its holder may have left parts out.",
      evidence: { dataModel: "2.0", mayBePartial: true },
    });
    expect(opened.claims.signatures[0]).to.deep.include({
      kind: "data-integrity",
      suite: "ecdsa-sd-2023",
      curve: "P-256",
      signature: toHex(partsOf(document).baseSignature),
      verificationMethod: `${ISSUER}#key-2`,
      purpose: "assertionMethod",
      controller: ISSUER,
    });
  });

  it("holds whether all statements are mandatory, or none is", async () => {
    expect(await faultOf(await signDerived(content(), { isMandatory: () => true }))).to.equal(undefined);
    expect(await faultOf(await signDerived(content(), { isMandatory: () => false }))).to.equal(undefined);
  });

  it("holds for whatever division into mandatory and other statements", async () => {
    await holds(
      fc.asyncProperty(fc.nat(1000), fc.nat(6), async (seed, rest) => {
        const isMandatory = (statement: string): boolean => statement.length % 7 < rest;
        expect(await faultOf(await signDerived(content(), { seed, isMandatory }))).to.equal(undefined);
      }),
      0.1,
    );
  });

  it("does not hold for content that was changed, added or left out", async () => {
    const subject = document["credentialSubject"] as JsonObject;
    const { validUntil: _, ...endless } = document;
    const { creditsEarned: __, ...lessSubject } = subject;
    for (const other of [
      { ...document, name: "Master of Science" },
      { ...document, validUntil: "2046-06-30T00:00:00Z" },
      { ...document, description: "With distinction." },
      endless,
      { ...document, credentialSubject: lessSubject },
      { ...document, credentialSubject: { ...subject, creditsEarned: 360.5 } },
      { ...document, issuer: ISSUER },
    ])
      expect(await faultOf(other), JSON.stringify(other).slice(0, 100)).to.be.oneOf(REFUSED);
  });

  it("does not hold when statements are mandatory that were not, or the other way round", async () => {
    const { mandatory, signatures } = partsOf(document);
    const others = mandatory.slice(1);
    expect(await faultOf(withParts(document, () => ({ mandatory: others })))).to.equal("DIGEST_MISMATCH");
    expect(await faultOf(withParts(document, () => ({ mandatory: [...mandatory, 1000] })))).to.equal("DIGEST_MISMATCH");
    const free = Array.from({ length: mandatory.length + signatures.length }, (_, at) => at).find(
      (at) => !mandatory.includes(at),
    );
    expect(await faultOf(withParts(document, () => ({ mandatory: [...others, free ?? 0] })))).to.equal(
      "DIGEST_MISMATCH",
    );
    // a statement made mandatory afterwards needs no signature of its own: the issuer's must notice
    const moved = withParts(document, (parts) => ({
      mandatory: [...parts.mandatory, free ?? 0],
      signatures: parts.signatures.slice(1),
    }));
    expect(await faultOf(moved)).to.be.oneOf(REFUSED);
  });

  it("does not hold with fewer, more or exchanged signatures of statements", async () => {
    const { signatures } = partsOf(document);
    for (const other of [
      signatures.slice(1),
      signatures.slice(0, -1),
      [],
      [...signatures, signatures[0]!],
      signatures.toReversed(),
      signatures.with(1, new Uint8Array(64)),
      signatures.with(1, signatures[0]!),
    ])
      expect(await faultOf(withParts(document, () => ({ signatures: other })))).to.equal("DIGEST_MISMATCH");
  });

  it("does not hold with names exchanged, left out or added", async () => {
    const { labels } = partsOf(document);
    const [zero, one, ...rest] = labels;
    const exchanged = [[zero![0], one![1]] as const, [one![0], zero![1]] as const, ...rest];
    for (const other of [exchanged, labels.slice(1), [...labels, [labels.length, new Uint8Array(32)] as const]])
      expect(await faultOf(withParts(document, () => ({ labels: other })))).to.equal("DIGEST_MISMATCH");
    const merged = [zero!, [one![0], zero![1]] as const, ...rest];
    expect(await faultOf(withParts(document, () => ({ labels: merged })))).to.equal("SHAPE_WRONG");
  });

  it("is worth nothing with a key of somebody else's: statements may fit it, the issuer did not sign it", async () => {
    const forged = await signDerived(content({ name: "Doctor of Science" }), { seed: 2 });
    const { baseSignature } = partsOf(document);
    expect(await faultOf(withParts(forged, () => ({ baseSignature })))).to.equal("SIGNATURE_WRONG");
    const keyBytes = concatBytes(Uint8Array.of(0x80, 0x24), toEcdsaPublicKey("P-256", new Uint8Array(32).fill(9)));
    expect(await faultOf(withParts(document, () => ({ keyBytes })))).to.equal("DIGEST_MISMATCH");
    expect(await faultOf(withParts(document, () => ({ baseSignature: new Uint8Array(64) })))).to.equal(
      "SIGNATURE_WRONG",
    );
  });

  it("is none in the issuer's own form, and not by a key on another curve", async () => {
    const proof = document["proof"] as JsonObject;
    const base = { ...proof, proofValue: toText(toItems(partsOf(document)), BASE_TAG) };
    const opened = await w3cVcV2.open({ ...document, proof: base });
    expect(opened.kind === "refused" && opened.finding.code).to.equal("SHAPE_WRONG");
    expect(opened.kind === "refused" && opened.finding.message).to.include("base proof");
    const byEd25519 = { ...document, proof: { ...proof, verificationMethod: `${ISSUER}#key-1` } };
    expect(await faultOf(byEd25519)).to.equal("SIGNATURE_WRONG");
  });

  it("is refused with changed members, a purpose or a context of its own, or the value of another suite", async () => {
    const proof = document["proof"] as JsonObject;
    expect(await faultOf({ ...document, proof: { ...proof, created: "2026-06-30T12:00:01Z" } })).to.equal(
      "SIGNATURE_WRONG",
    );
    for (const changes of [
      { proofPurpose: "authentication" },
      { "@context": document["@context"] ?? [] },
      { proofValue: "z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZgNSARiKBk9czhSePTFehP8c3PGfb6a22gkfUKods5D2UAUL5n2Brbx" },
      { proofValue: 7 },
    ])
      expect(await faultOf({ ...document, proof: { ...proof, ...changes } })).to.equal("SHAPE_WRONG");
    expect(await faultOf({ ...document, proof: { ...proof, cryptosuite: "ecdsa-rdfc-2019" } })).to.equal("SHAPE_WRONG");
  });

  it("stands in a set beside another proof, and each of them must hold", async () => {
    const other = await signDerived(content(), { seed: 3 });
    const proofs = [document["proof"] as JsonObject, other["proof"] as JsonObject];
    expect(await faultOf({ ...document, proof: proofs })).to.equal(undefined);
    const broken = { ...(withParts(other, () => ({ baseSignature: new Uint8Array(64) }))["proof"] as JsonObject) };
    expect(await faultOf({ ...document, proof: [proofs[0]!, broken] })).to.equal("SIGNATURE_WRONG");
  });

  it("is made over the proofs that it names as previous, and not without them", async () => {
    const id = "urn:uuid:00000000-0000-4000-8000-00000000000a";
    const ground = await signDerived(content(), { proof: { id } });
    const before = ground["proof"] as JsonObject;
    const chained = await signDerived({ ...content(), proof: [before] }, { proof: { previousProof: id } });
    const after = chained["proof"] as JsonObject;
    expect(await faultOf({ ...content(), proof: [before, after] })).to.equal(undefined);
    expect(await faultOf({ ...content(), proof: [after] })).to.equal("PROOF_MISSING");
    const altered = { ...before, created: "2026-06-30T12:00:01Z" };
    expect(await faultOf({ ...content(), proof: [altered, after] })).to.equal("DIGEST_MISMATCH");
  });

  it("costs a bounded number of signatures, in all proofs of a document together", async () => {
    const proof = document["proof"] as JsonObject;
    const many = Array.from({ length: 600 }, () => new Uint8Array(64));
    const costly = withParts(document, () => ({ signatures: many }))["proof"] as JsonObject;
    const opened = await w3cVcV2.open({ ...document, proof: [costly, { ...costly, id: "urn:x:1" }] });
    expect(opened.kind === "refused" && opened.finding.code).to.equal("SHAPE_WRONG");
    expect(opened.kind === "refused" && opened.finding.message).to.include("1200 signatures");
    expect(proof["proofValue"]).not.to.equal(costly["proofValue"]);
  });

  it("does not hold after any mutation of the document that states something else", async function () {
    this.timeout(120_000);
    const stated = await statementsOf(document);
    let same = 0;
    for (const { kind, path, document: mutated } of mutationsOf(document)) {
      if ((await faultOf(mutated)) !== undefined) continue;
      same += 1;
      expect(await statementsOf(mutated), `${kind} ${path.join("/")}`).to.equal(stated);
    }
    // values in another order, or alone in a list
    expect(same).to.be.lessThan(40);
  });
});

describeVectors("w3c/w3c-di-ecdsa/ecdsa-sd-2023", "the vectors of W3C vc-di-ecdsa for ecdsa-sd-2023", () => {
  // they name a context that is not published, so they start from the canonical texts
  for (const folder of ["employ", "prc"])
    it(`give this message, and its signature holds (${folder})`, async () => {
      const text = (name: string): string => vectorText(`w3c/w3c-di-ecdsa/ecdsa-sd-2023/${name}`);
      const json = (name: string): JsonObject => JSON.parse(text(`${folder}/${name}.json`)) as JsonObject;
      const { proof } = json("derivedRevealDocument");
      const value = parseDerivedProofValue(isObject(proof) ? (textOf(proof, "proofValue") ?? "") : "");
      const named = JSON.parse(text(`${folder}/verifyNQuads.json`)) as readonly string[];
      const document = [...value.labels].reduce((all, [name, label]) => all.replaceAll(label, name), named.join(""));
      const configuration = `${text(`${folder}/addProofConfigCanon.txt`).trimEnd()}\n`;
      const message = toBaseMessage({ configuration, document }, value);
      const data = json("verifyCreateVerifyData") as Readonly<Record<string, string>>;
      const keyBytes = findMultibase58(data["publicKey"] ?? "") ?? new Uint8Array();
      expect(toHexDigits(message)).to.equal(`${data["proofHash"]}${toHexDigits(keyBytes)}${data["mandatoryHash"]}`);
      const pair = (JSON.parse(text("SDKeyMaterial.json")) as { readonly baseKeyPair: JsonObject }).baseKeyPair;
      const key = findMultikey(textOf(pair, "publicKeyMultibase") ?? "");
      if (key === undefined) throw new Error("the vector has no key");
      expect(await verifySignature(key, message, value.baseSignature)).to.equal(true);
      expect(await verifySignature(key, message.with(0, message[0]! ^ 1), value.baseSignature)).to.equal(false);
    });
});
