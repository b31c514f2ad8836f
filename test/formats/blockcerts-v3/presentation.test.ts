/** Presentations: everything in them has to hold, and a Merkle proof never shows who presents. */

import { expect } from "chai";

import type { JsonObject } from "../../../src/core/json.ts";
import { checkIntegrity } from "../../../src/verify/check-integrity.ts";
import { claimsOf, content, DATA_INTEGRITY, integrityOf, ISSUER, issue, prove, VC_2 } from "../blockcerts/samples.ts";

const PRESENTER = "https://ada.example/profile.json";

async function present(...credentials: readonly JsonObject[]): Promise<JsonObject> {
  const presentation = {
    "@context": [VC_2, DATA_INTEGRITY],
    id: "urn:uuid:6a0b3a64-8f44-4a6a-9d0c-0d8f6c3f8e12",
    type: ["VerifiablePresentation"],
    holder: "did:example:ada",
    verifiableCredential: credentials,
  };
  return prove(presentation, { members: { verificationMethod: `${PRESENTER}#key-1`, challenge: "4711" } });
}

describe("a Blockcerts presentation", () => {
  it("holds when its own proof and every credential hold", async () => {
    const document = await present(await issue({}, { seed: 1 }), await issue({}, { seed: 5 }));
    const claims = await claimsOf(document);
    expect(checkIntegrity(claims).code).to.equal("INTEGRITY_HOLDS");
    expect(claims.inclusions).to.have.length(3);
    expect(claims.anchors).to.have.length(3);
    expect(claims.issuers.map(({ id }) => id)).to.deep.equal([ISSUER, ISSUER]);
    expect(claims.statuses.map(({ kind }) => kind)).to.deep.equal(["revocation-list", "revocation-list"]);
  });

  it("fails as a whole when one credential was altered", async () => {
    const good = await issue({}, { seed: 1 });
    const bad = { ...(await issue({}, { seed: 5 })), name: "Doctor of Science" };
    expect(await integrityOf(await present(good, bad))).to.equal("DIGEST_MISMATCH");
  });

  it("fails when it was altered itself", async () => {
    const document = await present(await issue());
    expect(await integrityOf({ ...document, holder: "did:example:bob" })).to.equal("DIGEST_MISMATCH");
    const other = await present(await issue({}, { seed: 5 }));
    expect(await integrityOf({ ...document, verifiableCredential: other["verifiableCredential"] ?? [] })).to.equal(
      "DIGEST_MISMATCH",
    );
  });

  it("28: reports that the holder is not shown, and does not count the presenter as an issuer", async () => {
    const { evidence, issuers } = await claimsOf(await present(await issue()));
    expect(evidence).to.include({ holderShown: false });
    expect(evidence?.["presenters"]).to.deep.equal([PRESENTER]);
    expect(issuers.map(({ id }) => id)).to.not.include(PRESENTER);
  });

  it("is valid while all its credentials are", async () => {
    const one = await issue({ validFrom: "2026-01-01T00:00:00Z", validUntil: "2030-01-01T00:00:00Z" }, { seed: 1 });
    const other = await issue({ validFrom: "2027-01-01T00:00:00Z", validUntil: "2029-01-01T00:00:00Z" }, { seed: 5 });
    expect((await claimsOf(await present(one, other))).validity).to.deep.equal({
      from: "2027-01-01T00:00:00Z",
      until: "2029-01-01T00:00:00Z",
    });
  });

  it("keeps a date that nobody can read", async () => {
    const odd = await prove(content({ validUntil: "one day" }));
    const { validity, faults } = await claimsOf(
      await present(await issue({ validUntil: "2030-01-01T00:00:00Z" }), odd),
    );
    expect(validity.until).to.equal("one day");
    expect(faults).to.have.length(1);
  });

  it("is refused without a credential, and with one that is of another kind", async () => {
    expect(await integrityOf(await present())).to.equal("SHAPE_WRONG");
    expect(await integrityOf(await present(content()))).to.equal("FORMAT_UNSUPPORTED");
    const nested = await present(await present(await issue()));
    expect(await integrityOf(nested)).to.equal("CONTEXT_NOT_ALLOWED");
  });

  it("is refused without a proof", async () => {
    const { proof: _, ...unproven } = await present(await issue());
    const document = { ...unproven, "@context": [VC_2, "https://w3id.org/blockcerts/v3.2"] };
    expect(await integrityOf(document)).to.equal("PROOF_MISSING");
  });
});
