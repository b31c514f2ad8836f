/** Profiles with a proof of their own: one that holds, one of another's, and the sample profile of Blockcerts' own project. */

import { expect } from "chai";

import { toMultibase58 } from "../../src/core/base58.ts";
import { signEd25519, toEd25519PublicKey } from "../../src/core/ed25519.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { toMultikey } from "../../src/core/multikey.ts";
import { parseStrictJson } from "../../src/core/strict-json.ts";
import { canonicaliserOf } from "../../src/formats/w3c-vc-v2/hash-data.ts";
import { STRICT } from "../../src/formats/w3c-vc-v2/profile.ts";
import { findSuite } from "../../src/formats/w3c-vc-v2/suites.ts";
import { parseIssuerProfile } from "../../src/identity/issuer-profile.ts";
import { checkProfileProof } from "../../src/identity/profile-signature.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { describeVectors, vectorBytes } from "../support/vector-files.ts";

const ID = "https://uni.example/profile.json";
const KEY = `${ID}#key-1`;
const SECRET = seededRandom(5)(32);

function profile(changes: JsonObject = {}): JsonObject {
  const publicKeyMultibase = toMultikey({ curve: "Ed25519", bytes: toEd25519PublicKey(SECRET) });
  return {
    "@context": [
      "https://www.w3.org/ns/cid/v1",
      "https://www.w3.org/ns/credentials/v2",
      "https://w3id.org/blockcerts/v3.2",
    ],
    type: ["BlockcertsIssuerProfile"],
    id: ID,
    name: "University of Example",
    verificationMethod: [{ id: KEY, type: "Multikey", controller: ID, publicKeyMultibase }],
    assertionMethod: [KEY],
    ...changes,
  };
}

async function sign(content: JsonObject, changes: JsonObject = {}): Promise<JsonObject> {
  const proof = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-rdfc-2022",
    created: "2026-01-01T00:00:00Z",
    verificationMethod: KEY,
    proofPurpose: "assertionMethod",
    ...changes,
  };
  const suite = findSuite("DataIntegrityProof", "eddsa-rdfc-2022")!;
  const canonicaliser = canonicaliserOf(content, { ...STRICT, contexts: ["w3c", "blockcerts"] });
  const message = await canonicaliser.hashDataOf({ suite, curve: "Ed25519", proof, previous: [] });
  return { ...content, proof: { ...proof, proofValue: toMultibase58(signEd25519(SECRET, message)) } };
}

async function check(object: JsonObject): Promise<string> {
  const parsed = parseIssuerProfile(object, "blockcerts-v3");
  if (parsed.kind === "malformed") throw new Error(parsed.reason);
  return (await checkProfileProof(object, parsed.profile)).kind;
}

describe("checkProfileProof", () => {
  it("finds a proof that holds, and none where there is none", async () => {
    expect(await check(profile())).to.equal("absent");
    expect(await check(await sign(profile()))).to.equal("holds");
    const { assertionMethod: _, ...unlisted } = profile();
    expect(await check(await sign(unlisted))).to.equal("holds");
  });

  it("refuses a changed profile, and a proof by a key that may not make it", async () => {
    const signed = await sign(profile());
    const method = (profile()["verificationMethod"] as readonly JsonObject[])[0]!;
    const ended = { verificationMethod: [{ ...method, revoked: "2026-02-01T00:00:00Z" }] };
    const wrong: readonly JsonObject[] = [
      { ...signed, name: "University of Elsewhere" },
      { ...signed, proof: { ...(signed["proof"] as JsonObject), created: "2026-01-02T00:00:00Z" } },
      { ...signed, proof: { ...(signed["proof"] as JsonObject), proofValue: "z" } },
      await sign(profile({ assertionMethod: [] })),
      await sign(profile({ verificationMethod: [] })),
      await sign(profile(ended)),
      await sign(profile(), { verificationMethod: `${ID}#key-2` }),
      await sign(profile(), { proofPurpose: "authentication" }),
      await sign(profile(), { previousProof: "urn:uuid:first" }),
    ];
    for (const object of wrong) expect(await check(object)).to.equal("wrong");
  });

  it("does not judge suites and contexts that are not known here", async () => {
    const signed = await sign(profile());
    const strange: readonly JsonObject[] = [
      { ...signed, proof: { ...(signed["proof"] as JsonObject), cryptosuite: "ecdsa-sd-2023" } },
      { ...signed, proof: [signed["proof"]!] },
      { ...signed, proof: null },
      { ...signed, "@context": ["https://uni.example/context.json"] },
    ];
    for (const object of strange) expect(await check(object)).to.equal("unknown");
  });

  describeVectors("blockcerts", "the sample profile", () => {
    it("holds as it is, and not with another account", async () => {
      const sample = parseStrictJson(vectorBytes("blockcerts/issuer/issuer-blockcerts.json")) as JsonObject;
      expect(await check(sample)).to.equal("holds");
      const text = JSON.stringify(sample).replace("0x40Cf9B7DB6FCc742ad0a76B8588C7f8De2b54a60", `0x${"11".repeat(20)}`);
      expect(await check(JSON.parse(text) as JsonObject)).to.equal("wrong");
    });
  });
});
