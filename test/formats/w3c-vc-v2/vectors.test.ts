/** The test vectors of W3C vc-di-eddsa and vc-di-ecdsa: canonical texts, hashes and signatures, byte for byte. */

import { expect } from "chai";

import { findMultibase58 } from "../../../src/core/base58.ts";
import { fromHex, toHexDigits, toUtf8 } from "../../../src/core/bytes.ts";
import type { Claims } from "../../../src/core/claims.ts";
import { signEd25519 } from "../../../src/core/ed25519.ts";
import { textOf, type Json, type JsonObject } from "../../../src/core/json.ts";
import { findMultikey } from "../../../src/core/multikey.ts";
import { verifySignature } from "../../../src/core/public-key.ts";
import { sha256, sha384 } from "../../../src/core/sha256.ts";
import { canonicaliserOf } from "../../../src/formats/w3c-vc-v2/hash-data.ts";
import { GENERIC } from "../../../src/formats/w3c-vc-v2/profile.ts";
import { findSuite } from "../../../src/formats/w3c-vc-v2/suites.ts";
import { readerOf } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";

function readJson(path: string): JsonObject {
  return JSON.parse(vectorText(path)) as JsonObject;
}

async function claimsOf(document: JsonObject): Promise<Claims> {
  const opened = await readerOf(GENERIC).open(document);
  if (opened.kind === "refused") throw new Error(`${opened.finding.code}: ${opened.finding.message}`);
  return opened.claims;
}

/** Every signature against the did:key its method names; true or false for each. */
async function checkDidKeys(document: JsonObject): Promise<readonly boolean[]> {
  const { signatures } = await claimsOf(document);
  return Promise.all(
    signatures.map(async (signature) => {
      if (signature.kind !== "data-integrity") return false;
      const key = findMultikey(signature.verificationMethod.split("#")[1] ?? "");
      return (
        key?.curve === signature.curve && verifySignature(key, fromHex(signature.message), fromHex(signature.signature))
      );
    }),
  );
}

interface Vector {
  readonly folder: string;
  readonly suffix: string;
  readonly suite: string;
  readonly curve: "Ed25519" | "P-256" | "P-384";
}

const VECTORS: readonly Vector[] = [
  { folder: "w3c-di-eddsa/eddsa-rdfc-2022", suffix: "DataInt", suite: "eddsa-rdfc-2022", curve: "Ed25519" },
  { folder: "w3c-di-eddsa/eddsa-jcs-2022", suffix: "JCS", suite: "eddsa-jcs-2022", curve: "Ed25519" },
  { folder: "w3c-di-eddsa/Ed25519Signature2020", suffix: "EdSig", suite: "Ed25519Signature2020", curve: "Ed25519" },
  { folder: "w3c-di-ecdsa/ecdsa-rdfc-2019-p256", suffix: "ECDSAP256", suite: "ecdsa-rdfc-2019", curve: "P-256" },
  { folder: "w3c-di-ecdsa/ecdsa-rdfc-2019-p384", suffix: "ECDSAP384", suite: "ecdsa-rdfc-2019", curve: "P-384" },
  { folder: "w3c-di-ecdsa/ecdsa-jcs-2019-p256", suffix: "JCSECDSAP256", suite: "ecdsa-jcs-2019", curve: "P-256" },
  { folder: "w3c-di-ecdsa/ecdsa-jcs-2019-p384", suffix: "JCSECDSAP384", suite: "ecdsa-jcs-2019", curve: "P-384" },
];

describeVectors("w3c/w3c-di-eddsa", "the vectors of W3C vc-di-eddsa and vc-di-ecdsa", () => {
  for (const { folder, suffix, suite: name, curve } of VECTORS) {
    it(`give these texts, hashes and signatures (${name}, ${curve})`, async () => {
      const text = (part: string): string => vectorText(`w3c/${folder}/${part}${suffix}.txt`);
      const document = readJson(`w3c/${folder}/signed${suffix}.json`);
      const { proof, ...content } = document;
      const suite = findSuite(name === "Ed25519Signature2020" ? name : "DataIntegrityProof", name);
      if (suite === undefined) throw new Error(`no suite ${name}`);
      const signed = { suite, curve, proof: proof as JsonObject, previous: [] };
      const canonicaliser = canonicaliserOf(content, GENERIC);
      const texts = await canonicaliser.textsOf(signed);
      expect(texts.configuration).to.equal(text("proofCanon"));
      expect(texts.document).to.equal(text("canonDoc"));
      const digest = curve === "P-384" ? sha384 : sha256;
      expect(toHexDigits(digest(toUtf8(texts.configuration)))).to.equal(text("proofHash"));
      expect(toHexDigits(digest(toUtf8(texts.document)))).to.equal(text("docHash"));
      expect(toHexDigits(await canonicaliser.hashDataOf(signed))).to.equal(text("combinedHash"));
      expect(await checkDidKeys(document)).to.deep.equal([true]);
    });
  }

  it("are signed anew with the published key, bit for bit (EdDSA)", async () => {
    const pair = readJson("w3c/w3c-di-eddsa/keyPair.json");
    const secret = findMultibase58(
      textOf(pair, "privateKeyMultibase") ?? textOf(pair, "secretKeyMultibase") ?? "",
    )?.slice(2);
    for (const { folder, suffix } of VECTORS.slice(0, 3)) {
      const message = fromHex(vectorText(`w3c/${folder}/combinedHash${suffix}.txt`));
      expect(toHexDigits(signEd25519(secret ?? new Uint8Array(), message))).to.equal(
        vectorText(`w3c/${folder}/sigHex${suffix}.txt`),
      );
    }
  });

  // these name a context that is not published, so they start from the canonical texts
  for (const [folder, suffix, curve] of [
    ["w3c-di-eddsa/eddsa-rdfc-2022/employ", "DataInt", "Ed25519"],
    ["w3c-di-ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "P-256"],
    ["w3c-di-ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "P-384"],
  ] as const) {
    it(`hold from their canonical texts on (${folder})`, async () => {
      const text = (part: string): string => vectorText(`w3c/${folder}/${part}${suffix}.txt`);
      const digest = curve === "P-384" ? sha384 : sha256;
      const hash = toHexDigits(digest(toUtf8(text("proofCanon")))) + toHexDigits(digest(toUtf8(text("canonDoc"))));
      expect(hash).to.equal(text("combinedHash"));
      const { proof } = readJson(`w3c/${folder}/signed${suffix}.json`) as {
        readonly proof: Readonly<Record<string, string>>;
      };
      const key = findMultikey(proof["verificationMethod"]?.split("#")[1] ?? "");
      const signature = findMultibase58(proof["proofValue"] ?? "");
      expect(key?.curve).to.equal(curve);
      if (key === undefined || signature === undefined) throw new Error("the vector has no key or signature");
      expect(await verifySignature(key, fromHex(hash), signature)).to.equal(true);
    });
  }

  it("hold as proof sets and proof chains", async () => {
    const folder = "w3c/w3c-di-eddsa/proof-set-chain";
    expect(await checkDidKeys(readJson(`${folder}/signedProofSet1.json`))).to.deep.equal([true]);
    expect(await checkDidKeys(readJson(`${folder}/signedProofSet2.json`))).to.deep.equal([true, true]);
    expect(await checkDidKeys(readJson(`${folder}/signedProofChain1.json`))).to.deep.equal([true, true, true]);
    expect(await checkDidKeys(readJson(`${folder}/signedProofChain2.json`))).to.deep.equal([true, true, true, true]);
  });

  it("hold in whatever order the proofs stand", async () => {
    const document = readJson("w3c/w3c-di-eddsa/proof-set-chain/signedProofChain2.json");
    const proof = (document["proof"] as readonly Json[]).toReversed();
    expect(await checkDidKeys({ ...document, proof })).to.deep.equal([true, true, true, true]);
  });

  it("break when a proof of a chain is altered or gone, or a circle is made", async () => {
    const document = readJson("w3c/w3c-di-eddsa/proof-set-chain/signedProofChain1.json");
    const proofs = document["proof"] as readonly JsonObject[];
    const [first, second, third] = proofs as readonly [JsonObject, JsonObject, JsonObject];
    const later = { ...first, created: "2023-02-27T21:36:39Z" };
    expect(await checkDidKeys({ ...document, proof: [later, second, third] })).to.deep.equal([false, true, false]);
    const codeOf = async (proof: Json): Promise<string> => {
      const opened = await readerOf(GENERIC).open({ ...document, proof });
      return opened.kind === "refused" ? opened.finding.code : "opened";
    };
    expect(await codeOf([first, third])).to.equal("PROOF_MISSING");
    const circle = { ...first, previousProof: second["id"] ?? "" };
    const back = { ...second, previousProof: first["id"] ?? "" };
    expect(await codeOf([circle, back])).to.equal("SHAPE_WRONG");
    expect(await codeOf([{ ...first, previousProof: first["id"] ?? "" }])).to.equal("SHAPE_WRONG");
    expect(await codeOf([first, { ...second, id: first["id"] ?? "" }])).to.equal("SHAPE_WRONG");
  });
});
