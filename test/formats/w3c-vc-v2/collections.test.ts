/** Endorsements and learner records of ours: sealed, signed, anchored and read again, with whole credentials inside. */

import { expect } from "chai";

import type { JsonObject } from "../../../src/core/json.ts";
import { innerCredentials } from "../../../src/formats/w3c-vc-v2/open-badges.ts";
import { laterFaultOf } from "../../support/faults.ts";
import { endorsement, learnerRecord } from "../../support/w3c-collections.ts";
import { badge, firstFault, issue, ISSUER } from "../../support/w3c-samples.ts";

const part = (last: number): JsonObject => badge({ id: `urn:uuid:7f2b7b6e-2a0c-4c56-9b1c-9a1a3a2a1a0${last}` });

describe("an endorsement of ours", () => {
  it("verifies, and not when a word of it changes", async () => {
    const { document, root } = await issue(endorsement());
    expect(await firstFault(document, root)).to.equal(undefined);
    const subject = { ...(document["credentialSubject"] as JsonObject), endorsementComment: "Not at all." };
    expect(await firstFault({ ...document, credentialSubject: subject }, root)).to.equal("SIGNATURE_WRONG");
  });

  it("is not sealed where it does not say what it endorses", async () => {
    const silent = endorsement({ credentialSubject: { type: ["EndorsementSubject"], endorsementComment: "Good." } });
    expect(await laterFaultOf(async () => issue(silent))).to.equal("CREDENTIAL_INVALID");
  });
});

describe("a learner record of ours", () => {
  it("verifies with the anchored credentials inside it, each of which still verifies by itself", async () => {
    const parts = [await issue(part(3), { seed: 3 }), await issue(part(4), { seed: 4 })];
    const { document, root } = await issue(learnerRecord(parts.map((one) => one.document)));
    expect(await firstFault(document, root)).to.equal(undefined);
    const inner = innerCredentials(document);
    expect(inner.map(({ kind }) => kind)).to.deep.equal(["record", "record"]);
    for (const [at, one] of parts.entries())
      expect(await firstFault(inner[at]?.document ?? {}, one.root)).to.equal(undefined);
  });

  it("does not verify when a credential inside it was exchanged", async () => {
    const [mine, others] = [await issue(part(3), { seed: 3 }), await issue(part(4), { seed: 4 })];
    const { document, root } = await issue(learnerRecord([mine.document]));
    const subject = { ...(document["credentialSubject"] as JsonObject), verifiableCredential: [others.document] };
    expect(await firstFault({ ...document, credentialSubject: subject }, root)).to.equal("SIGNATURE_WRONG");
  });

  it("holds an endorsement of its issuer as well", async () => {
    const { document: inside } = await issue(
      endorsement({ credentialSubject: { id: ISSUER, type: ["EndorsementSubject"] } }),
    );
    const said = learnerRecord([(await issue(part(3), { seed: 3 })).document]);
    const issuer = { id: ISSUER, type: ["Profile"], name: "Example University", endorsement: [inside] };
    const { document, root } = await issue({ ...said, issuer });
    expect(await firstFault(document, root)).to.equal(undefined);
    expect(innerCredentials(document).map(({ place }) => place)).to.include("/issuer/endorsement/0");
  });

  it("is not sealed empty", async () => {
    expect(await laterFaultOf(async () => issue(learnerRecord([])))).to.equal("CREDENTIAL_INVALID");
  });
});
