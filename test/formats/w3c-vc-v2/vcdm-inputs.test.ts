/** The inputs of W3C's VC Data Model 2.0 test suite: what an issuer must accept and refuse, by the generic profile. */

import { expect } from "chai";

import { isArray, isObject, memberOf, type JsonObject } from "../../../src/core/json.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { insistOnCredential } from "../../../src/formats/w3c-vc-v2/credential.ts";
import { GENERIC, STRICT, type Profile } from "../../../src/formats/w3c-vc-v2/profile.ts";
import { describeVectors, vectorText } from "../../support/vector-files.ts";

/** The suite leaves the issuer's id to the server where the test is not about it, and sets some dates when it runs. */
function asSent(credential: JsonObject, file: string): JsonObject {
  const id = "did:web:uni.example";
  const { issuer = id } = credential;
  const dated = file.includes("validUntil-validFrom")
    ? { ...credential, validFrom: "2025-11-22T00:00:00Z", validUntil: "2027-11-22T00:00:00Z" }
    : credential;
  return { ...dated, issuer: isObject(issuer) ? { id, ...issuer } : issuer };
}

async function codeOf(credential: JsonObject, profile: Profile): Promise<string> {
  const outcome: unknown = await insistOnCredential(credential, profile).catch((error: unknown) => error);
  if (outcome === undefined) return "accepted";
  if (outcome instanceof Refusal) return outcome.code;
  throw outcome;
}

describeVectors("w3c/w3c-vcdm2-input", "the inputs of the VC Data Model test suite", () => {
  const lines = vectorText("w3c/INDEX.tsv")
    .split("\n")
    .map((line) => line.split("\t"));
  for (const [file = "", , , , , , , verdict = "", notes = ""] of lines) {
    if (!file.startsWith("w3c-vcdm2-input/") || file.includes("/presentation-")) continue;
    it(`${verdict}: ${file.slice("w3c-vcdm2-input/".length)}`, async () => {
      const credential = asSent(JSON.parse(vectorText(`w3c/${file}`)) as JsonObject, file);
      const code = await codeOf(credential, GENERIC);
      if (verdict === "accept") expect(code).to.equal("accepted");
      else expect(code).to.not.equal("accepted");
      const contexts = memberOf(credential, "@context");
      const isPlain =
        isArray(contexts) && contexts.every((context) => context === "https://www.w3.org/ns/credentials/v2");
      if (verdict === "accept")
        expect(await codeOf(credential, STRICT)).to.equal(isPlain ? "accepted" : "CONTEXT_NOT_ALLOWED");
      if (notes.includes("inline @context")) expect(isPlain).to.equal(false);
    });
  }
});
