/** What Open Badges and learner records ask for beyond the data model, and the credentials they carry inside. */

import { expect } from "chai";

import type { JsonObject } from "../../../src/core/json.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { parseStrictJson } from "../../../src/core/strict-json.ts";
import { innerCredentials, insistOnBadge } from "../../../src/formats/w3c-vc-v2/open-badges.ts";
import { describeVectors, vectorBytes } from "../../support/vector-files.ts";
import { badge } from "../../support/w3c-samples.ts";

const ACHIEVEMENT: JsonObject = {
  id: "https://uni.example/achievements/bsc",
  type: ["Achievement"],
  name: "Bachelor of Science",
  description: "Three years of study.",
  criteria: { narrative: "All examinations passed." },
};

function withSubject(members: JsonObject): JsonObject {
  return badge({
    credentialSubject: {
      id: "did:example:graduate",
      type: ["AchievementSubject"],
      achievement: ACHIEVEMENT,
      ...members,
    },
  });
}

function withAchievement(members: JsonObject): JsonObject {
  return withSubject({ achievement: { ...ACHIEVEMENT, ...members } });
}

function isAccepted(credential: JsonObject): boolean {
  try {
    insistOnBadge(credential);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "SHAPE_WRONG") return false;
    throw error;
  }
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}

describe("insistOnBadge", () => {
  it("accepts a badge with all it needs, and any credential that is none", () => {
    expect(isAccepted(badge())).to.equal(true);
    expect(isAccepted({ type: ["VerifiableCredential"], credentialSubject: { id: "did:example:a" } })).to.equal(true);
  });

  it("wants the required members of every class", () => {
    for (const name of ["id", "validFrom"]) expect(isAccepted(without(badge(), name)), name).to.equal(false);
    for (const name of ["id", "type", "name", "description", "criteria"]) {
      expect(isAccepted(withSubject({ achievement: without(ACHIEVEMENT, name) })), name).to.equal(false);
    }
    const bad: readonly JsonObject[] = [
      withSubject({ type: ["Person"] }),
      withSubject({ achievement: [ACHIEVEMENT, ACHIEVEMENT] }),
      withAchievement({ criteria: {} }),
      withAchievement({ criteria: { type: "Criteria" } }),
      withAchievement({ alignment: [{ type: ["Alignment"], targetName: "x" }] }),
      withAchievement({ resultDescription: [{ id: "urn:x:a", type: ["ResultDescription"], name: "x" }] }),
      withAchievement({ image: { type: "Image" } }),
      withAchievement({ image: { id: "https://uni.example/x.png", type: ["Image"] } }),
      withSubject({ identifier: [{ type: "IdentityObject", hashed: false }] }),
      withSubject({
        identifier: [{ type: ["IdentityObject"], hashed: false, identityHash: "x", identityType: "name" }],
      }),
      badge({ credentialStatus: { type: "BitstringStatusListEntry" } }),
    ];
    for (const credential of bad)
      expect(isAccepted(credential), JSON.stringify(credential["credentialSubject"])).to.equal(false);
  });

  it("accepts a subject known by an identifier instead of an id", () => {
    const identifier = [
      { type: "IdentityObject", hashed: true, identityHash: "sha256$00", identityType: "emailAddress", salt: "x" },
    ];
    const subject = { type: ["AchievementSubject"], achievement: ACHIEVEMENT };
    expect(isAccepted(badge({ credentialSubject: subject }))).to.equal(false);
    expect(isAccepted(badge({ credentialSubject: { ...subject, identifier } }))).to.equal(true);
  });

  it("wants endorsements to say what they endorse, and records to hold credentials in known relations", () => {
    const endorsement = badge({
      type: ["VerifiableCredential", "EndorsementCredential"],
      credentialSubject: { id: "did:web:uni.example", type: ["EndorsementSubject"] },
    });
    expect(isAccepted(endorsement)).to.equal(true);
    expect(isAccepted({ ...endorsement, credentialSubject: { type: ["EndorsementSubject"] } })).to.equal(false);
    expect(isAccepted({ ...endorsement, credentialSubject: { id: "did:web:uni.example", type: ["Person"] } })).to.equal(
      false,
    );
    const record = (members: JsonObject): JsonObject =>
      badge({
        type: ["VerifiableCredential", "ClrCredential"],
        credentialSubject: { type: ["ClrSubject"], verifiableCredential: [badge()], ...members },
      });
    const association = { type: "Association", associationType: "isPartOf", sourceId: "urn:x:a", targetId: "urn:x:b" };
    expect(isAccepted(record({ association: [association] }))).to.equal(true);
    expect(isAccepted(record({ verifiableCredential: [] }))).to.equal(false);
    expect(isAccepted(record({ association: [{ ...association, associationType: "resembles" }] }))).to.equal(false);
    expect(isAccepted(record({ association: [without(association, "targetId")] }))).to.equal(false);
  });
});

describe("innerCredentials", () => {
  it("gives endorsements and records as they are, with their places and whether they are about what carries them", () => {
    const endorsement = {
      type: ["VerifiableCredential", "EndorsementCredential"],
      credentialSubject: { id: "did:web:uni.example" },
    };
    const credential = badge({
      issuer: { id: "did:web:uni.example", type: ["Profile"], endorsement: [endorsement] },
      credentialSubject: {
        id: "did:example:graduate",
        verifiableCredential: badge(),
        achievement: { ...ACHIEVEMENT, endorsement },
      },
    });
    const inner = innerCredentials(credential);
    expect(inner.map(({ place, kind, isAboutHolder }) => ({ place, kind, isAboutHolder }))).to.deep.equal([
      { place: "/issuer/endorsement/0", kind: "endorsement", isAboutHolder: true },
      { place: "/credentialSubject/verifiableCredential", kind: "record", isAboutHolder: true },
      { place: "/credentialSubject/achievement/endorsement", kind: "endorsement", isAboutHolder: false },
    ]);
    expect(inner[0]?.document).to.deep.equal(endorsement);
  });
});

describeVectors("w3c/1edtech-ob3", "badges of 1EdTech", () => {
  it("carry the endorsements and records their files show", () => {
    const inside = (path: string): readonly string[] =>
      innerCredentials(parseStrictJson(vectorBytes(`w3c/${path}`)) as JsonObject).map(({ place }) => place);
    expect(inside("1edtech-ob3/complete.json")).to.have.length(5);
    expect(inside("1edtech-clr2/simple.json")).to.deep.equal(["/credentialSubject/verifiableCredential/0"]);
    expect(inside("1edtech-ob3/endorsement-valid.json")).to.deep.equal([]);
  });
});
