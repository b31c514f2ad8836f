/** Every OpenAttestation document known from public repositories: we say of its integrity what its makers' code says. */

import { expect } from "chai";

import { detectFormat } from "../../src/formats/formats.ts";
import { openAttestationV2 } from "../../src/formats/openattestation-v2/openattestation-v2.ts";
import { openAttestationV3 } from "../../src/formats/openattestation-v3/openattestation-v3.ts";
import { integrityOfBytes, parseObject } from "../support/integrity.ts";
import { corpus } from "../support/openattestation-corpus.ts";

// source of all documents: vectors/openattestation/ORIGIN.md
describe("the OpenAttestation corpus", () => {
  for (const [version, format] of [
    ["v2", openAttestationV2],
    ["v3", openAttestationV3],
  ] as const) {
    const documents = corpus(version).filter(({ integrity }) => integrity !== "n/a");

    for (const { file, integrity, notes, bytes } of documents) {
      const isGood = integrity === "true";
      it(`${isGood ? "accepts" : "refuses"} ${file.slice(0, 60)}`, async () => {
        const code = await integrityOfBytes(format, bytes);
        expect(code === "INTEGRITY_HOLDS", `${file}: ${code} (${notes})`).to.equal(isGood);
      });
    }

    it(`detects every ${version} document, and no other format does`, () => {
      for (const { file, bytes } of documents)
        expect(detectFormat(parseObject(bytes)), file).to.deep.equal({ kind: "format", format });
    });
  }

  it("says of every v4 document that it is not supported", () => {
    for (const { file, bytes } of corpus("v4")) {
      const detected = detectFormat(parseObject(bytes));
      expect(detected.kind === "unsupported" && detected.finding.code, file).to.equal("FORMAT_UNSUPPORTED");
    }
  });

  it("accepts no document that was never issued", async () => {
    for (const { file, bytes } of corpus("v2-raw"))
      expect(detectFormat(parseObject(bytes)).kind, file).to.equal("unknown");
    for (const { file, bytes } of corpus("v3-raw"))
      expect(await integrityOfBytes(openAttestationV3, bytes), file).to.equal("PROOF_MISSING");
  });
});
