/** `ecdsa-sd-2023` as Digital Bazaar's own package makes it: what its holder derives is good for both of us, or for neither. */

import { expect } from "chai";

import { openVerifier } from "../../src/app/open-verifier.ts";
import type { FindingCode } from "../../src/core/findings.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { partsOf, withParts } from "../support/derived-proofs.ts";
import { badge } from "../support/w3c-samples.ts";
import { p256Issuer } from "./p256-issuer.ts";
import { selectiveDisclosure, type SelectiveDisclosure } from "./w3c-clients.ts";

const NOW = new Date("2027-01-01T00:00:00Z");
const { did: DID, issuer: ISSUER, secretKeyMultibase } = p256Issuer();
const MANDATORY = ["/issuer", "/validFrom", "/validUntil"];
const SUBJECT = "/credentialSubject";

describe("@digitalbazaar/ecdsa-sd-2023-cryptosuite", () => {
  const verifier = openVerifier({ offline: true });
  let bazaar: SelectiveDisclosure;
  let base: JsonObject;
  let derived: JsonObject;

  before(async () => {
    bazaar = await selectiveDisclosure(ISSUER, secretKeyMultibase, NOW);
    const issuer = { id: DID, type: ["Profile"], name: "Example University" };
    base = await bazaar.issue(withoutProof(badge({ issuer })), MANDATORY);
    derived = await bazaar.derive(base, [`${SUBJECT}/achievement`, `${SUBJECT}/result/0`]);
  });

  /** The first thing that speaks against a document, or the signature's finding. */
  async function findingOn(document: JsonObject): Promise<FindingCode | undefined> {
    const { findings } = await verifier.verify(document);
    return (findings.find(({ outcome }) => outcome === "fail") ?? findings.find(({ aspect }) => aspect === "signature"))
      ?.code;
  }

  it("derives documents that hold for it and for us, whatever is left out", async () => {
    const selections = [
      [],
      ["/name"],
      [`${SUBJECT}/achievement/criteria`],
      [`${SUBJECT}/result/1`, `${SUBJECT}/creditsEarned`],
      ["/id", "/name", SUBJECT],
    ];
    for (const selected of selections) {
      const document = await bazaar.derive(base, [`${SUBJECT}/id`, ...selected]);
      expect([await bazaar.verifies(document), await findingOn(document)], selected.join()).to.deep.equal([
        true,
        "SIGNATURE_HOLDS",
      ]);
    }
  });

  it("derives documents without a mandatory part, and with nothing else", async () => {
    const credential = withoutProof(base);
    for (const [mandatory, selected] of [
      [[], ["/issuer", SUBJECT]],
      [["/issuer", SUBJECT], []],
    ] as const) {
      const document = await bazaar.derive(await bazaar.issue(credential, mandatory), selected);
      expect([await bazaar.verifies(document), await findingOn(document)]).to.deep.equal([true, "SIGNATURE_HOLDS"]);
    }
  });

  it("refuses what we refuse: altered documents and altered proofs", async () => {
    const { mandatory, signatures, labels } = partsOf(derived);
    const free = Array.from({ length: mandatory.length + signatures.length }, (_, at) => at).find(
      (at) => !mandatory.includes(at),
    );
    const [zero, one, ...rest] = labels;
    const subject = derived["credentialSubject"] as JsonObject;
    const { validUntil: _, ...endless } = derived;
    const { result: __, ...lessSubject } = subject;
    const other = await bazaar.derive(await bazaar.issue(withoutProof(base), MANDATORY), [SUBJECT]);
    const altered: readonly (readonly [string, JsonObject, FindingCode])[] = [
      ["a mandatory statement dropped", endless, "DIGEST_MISMATCH"],
      ["a selected statement dropped", { ...derived, credentialSubject: lessSubject }, "DIGEST_MISMATCH"],
      ["a mandatory statement changed", { ...derived, validUntil: "2046-06-30T00:00:00Z" }, "SIGNATURE_WRONG"],
      ["a statement added", { ...derived, name: "Doctor of Science" }, "DIGEST_MISMATCH"],
      [
        "another's subject",
        { ...derived, credentialSubject: { ...subject, id: "did:example:eve" } },
        "DIGEST_MISMATCH",
      ],
      [
        "two names exchanged",
        withParts(derived, () => ({ labels: [[zero![0], one![1]], [one![0], zero![1]], ...rest] })),
        "DIGEST_MISMATCH",
      ],
      [
        "another statement mandatory",
        withParts(derived, () => ({ mandatory: [...mandatory.slice(1), free ?? 0] })),
        "DIGEST_MISMATCH",
      ],
      ["a signature missing", withParts(derived, () => ({ signatures: signatures.slice(0, -1) })), "DIGEST_MISMATCH"],
      ["signatures exchanged", withParts(derived, () => ({ signatures: signatures.toReversed() })), "DIGEST_MISMATCH"],
      [
        "the key and signatures of another document",
        withParts(derived, () => ({ keyBytes: partsOf(other).keyBytes })),
        "DIGEST_MISMATCH",
      ],
      [
        "the issuer's signature of another document",
        withParts(derived, () => ({ baseSignature: partsOf(other).baseSignature })),
        "SIGNATURE_WRONG",
      ],
      ["the base proof", base, "SHAPE_WRONG"],
    ];
    expect(await bazaar.verifies(other)).to.equal(true);
    for (const [what, document, code] of altered)
      expect([await bazaar.verifies(document), await findingOn(document)], what).to.deep.equal([false, code]);
  });
});

function withoutProof(document: JsonObject): JsonObject {
  const { proof: _, ...rest } = document;
  return rest;
}
