/** Hiding entries: the digest stays, both traps are avoided, and what verifiers rely on cannot be hidden. */

import { expect } from "chai";
import fc from "fast-check";

import { TestamurError } from "../../../src/core/errors.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { openAttestationV2 } from "../../../src/formats/openattestation-v2/openattestation-v2.ts";
import { redact, redactV2 } from "../../../src/formats/openattestation-v2/redact.ts";
import { claimsOf, integrityOf, parseObject } from "../../support/integrity.ts";
import { corpus } from "../../support/openattestation-corpus.ts";
import { anyCredential, CREDENTIAL, issueV2 } from "../../support/openattestation-samples.ts";
import { holds } from "../../support/property.ts";
import { slowHoldsV2, slowLeafHashV2, slowLeavesV2 } from "../../support/slow-openattestation.ts";

const DOCUMENT = issueV2({ ...CREDENTIAL, expiresOn: "2031-12-31", validFrom: "2026-07-01", validUntil: "2031-12-31" });

/** The problem with hiding paths, or undefined when they can be hidden. */
function problemWith(...paths: string[]): { readonly where: string; readonly next?: string } | undefined {
  try {
    redactV2(DOCUMENT, paths);
    return undefined;
  } catch (error) {
    if (error instanceof TestamurError && error.code === "PATH_NOT_HIDEABLE") return error.problems[0];
    throw error;
  }
}

async function contentWithout(...paths: string[]): Promise<{ readonly content: JsonObject; readonly hidden: number }> {
  const { credential, hidden } = await claimsOf(openAttestationV2, redactV2(DOCUMENT, paths));
  return { content: credential.content as JsonObject, hidden };
}

type Pick = readonly [leaf: number, cut: number];

const anyPicks: fc.Arbitrary<Pick[]> = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 });

/** Paths of some leaves, or of something above them. */
function choosePaths(leaves: readonly string[], picks: readonly Pick[]): string[] {
  return picks.map(([pick, cut]) => {
    const names = (leaves[pick % leaves.length] ?? "").split(".");
    return names.slice(0, 1 + (cut % names.length)).join(".");
  });
}

function liesBelow(leaf: string, path: string): boolean {
  return leaf === path || leaf.startsWith(`${path}.`);
}

/** Alters one value in place: a letter more in a text, a member more where there was none. */
function alterLeaf(container: JsonObject, path: string): void {
  const names = path.split(".");
  const last = names.pop() ?? "";
  const above = names.reduce<Record<string, Json>>(
    (value, name) => value[name] as Record<string, Json>,
    container as Record<string, Json>,
  );
  const value = above[last];
  above[last] = typeof value === "string" ? `${value}x` : Array.isArray(value) ? {} : [];
}

describe("redactV2", () => {
  it("hides a value: integrity holds, the value is gone, the hash is there", async () => {
    const redacted = redactV2(DOCUMENT, ["recipient.nric"]);
    expect(await integrityOf(openAttestationV2, redacted)).to.equal("INTEGRITY_HOLDS");
    expect(slowHoldsV2(redacted)).to.equal(true);
    expect(JSON.stringify(redacted)).to.not.contain("S1234567A");
    expect((await claimsOf(openAttestationV2, redacted)).hidden).to.equal(1);
    expect(redacted["signature"]).to.deep.equal(DOCUMENT["signature"]);
  });

  it("hides all below a path", async () => {
    const { content, hidden } = await contentWithout("recipient", "attachments", "remarks");
    expect(content).to.not.have.any.keys("recipient", "attachments", "remarks");
    expect(hidden).to.equal(5);
  });

  it("removes an object that empties, and the one above it", async () => {
    const deep = issueV2({ ...CREDENTIAL, a: { b: { c: { d: "x" } } } });
    const { credential } = await claimsOf(openAttestationV2, redactV2(deep, ["a.b.c.d"]));
    expect(credential.content).to.not.have.property("a");
    expect((await contentWithout("recipient.contact.email")).content["recipient"]).to.not.have.property("contact");
  });

  it("shortens a list from its end, and removes one that empties", async () => {
    expect((await contentWithout("transcript.2")).content["transcript"]).to.have.length(2);
    expect((await contentWithout("transcript.2", "transcript.1")).content["transcript"]).to.have.length(1);
    expect((await contentWithout("tags.0", "tags.1")).content).to.not.have.property("tags");
  });

  it("shortens a list whose last item empties", async () => {
    const paths = ["transcript.2.course", "transcript.2.credits", "transcript.2.grade"];
    expect((await contentWithout(...paths)).content["transcript"]).to.have.length(2);
  });

  it("hides fields inside an item in the middle, as long as one stays", async () => {
    const { content } = await contentWithout("transcript.1.grade", "transcript.1.credits");
    expect((content["transcript"] as Json[])[1]).to.deep.equal({ course: "Tort Law" });
  });

  it("refuses a hole in a list, and says what can be hidden instead", () => {
    for (const path of ["transcript.0", "transcript.1", "tags.0"]) {
      const problem = problemWith(path);
      expect(problem?.where).to.equal(path);
      expect(problem?.next).to.contain(path.split(".")[0]);
    }
    expect(problemWith("transcript.1")?.next).to.contain("inside transcript.1");
    expect(problemWith("transcript.1.course", "transcript.1.credits", "transcript.1.grade")?.where).to.equal(
      "transcript.1",
    );
  });

  it("refuses what verifiers rely on", () => {
    const paths = [
      "issuers",
      "issuers.0.name",
      "network.chainId",
      "testamurIssuerCount",
      "expiresOn",
      "validFrom",
      "validUntil",
    ];
    for (const path of paths) expect(problemWith(path)?.where).to.equal(path);
  });

  it("refuses paths that lead nowhere, and names what is there", () => {
    expect(problemWith("recipient.phone")?.next).to.contain("nric");
    for (const path of [
      "",
      "nothing",
      "transcript.3",
      "transcript.01",
      "transcript.length",
      "id.x",
      "recipient.",
      "toString",
    ])
      expect(problemWith(path), path).to.not.equal(undefined);
  });

  it("names every problem of a list of paths", () => {
    expect(() => redactV2(DOCUMENT, ["issuers", "nothing", "id"]))
      .to.throw(TestamurError)
      .with.property("problems")
      .that.has.length(2);
  });

  it("hides more of what is hidden already, in ascending order", async () => {
    const twice = redactV2(redactV2(DOCUMENT, ["recipient.nric"]), ["id", "name", "recipient.name"]);
    const { obfuscatedData } = twice["privacy"] as { obfuscatedData: string[] };
    expect(obfuscatedData).to.deep.equal(obfuscatedData.toSorted());
    expect(obfuscatedData).to.have.length(4);
    expect(twice).to.deep.equal(redactV2(DOCUMENT, ["id", "recipient.name", "name", "recipient.nric"]));
  });

  it("refuses a document that does not hold", () => {
    const altered = { ...DOCUMENT, data: { ...(DOCUMENT["data"] as JsonObject), id: "x" } };
    expect(() => redactV2(altered, ["name"]))
      .to.throw(TestamurError)
      .with.property("code", "CREDENTIAL_INVALID");
    const { signature: _signature, ...unsigned } = DOCUMENT;
    expect(() => redactV2(unsigned, ["name"]))
      .to.throw(TestamurError)
      .with.property("code", "CREDENTIAL_INVALID");
  });

  it("does not change the document it was given", () => {
    const before = structuredClone(DOCUMENT);
    redactV2(DOCUMENT, ["recipient"]);
    expect(DOCUMENT).to.deep.equal(before);
  });

  it("either keeps the digest or refuses, for any choice of any document", async () => {
    await holds(
      fc.asyncProperty(anyCredential, anyPicks, async (credential, picks) => {
        const document = issueV2(credential);
        const before = slowLeavesV2(document["data"] as JsonObject);
        const paths = choosePaths(Object.keys(before), picks);
        try {
          const redacted = redactV2(document, paths);
          expect(slowHoldsV2(redacted)).to.equal(true);
          expect(await integrityOf(openAttestationV2, redacted)).to.equal("INTEGRITY_HOLDS");
          const gone = Object.entries(before).filter(([leaf]) => paths.some((path) => liesBelow(leaf, path)));
          const left = Object.entries(before).filter(([leaf]) => !paths.some((path) => liesBelow(leaf, path)));
          expect(Object.entries(slowLeavesV2(redacted["data"] as JsonObject))).to.deep.equal(left);
          expect(redacted["privacy"]).to.deep.equal({
            obfuscatedData: gone.map(([path, value]) => slowLeafHashV2(path, value)).toSorted(),
          });
        } catch (error) {
          if (!(error instanceof TestamurError)) throw error;
          expect(error.code).to.equal("PATH_NOT_HIDEABLE");
        }
      }),
    );
  });

  it("refuses any document of which anything was altered, whatever is to be hidden", async () => {
    await holds(
      fc.property(anyCredential, anyPicks, fc.nat(), (credential, picks, pick) => {
        const document = issueV2(credential);
        const leaves = Object.keys(slowLeavesV2(document["data"] as JsonObject));
        const altered = structuredClone(document);
        alterLeaf(altered["data"] as JsonObject, leaves[pick % leaves.length] ?? "");
        expect(() => redactV2(altered, choosePaths(leaves, picks)))
          .to.throw(TestamurError)
          .with.property("code", "CREDENTIAL_INVALID");
      }),
    );
  });

  it("refuses a document whose hidden hashes were tampered with", () => {
    const hidden = redactV2(DOCUMENT, ["recipient"]);
    const { obfuscatedData } = hidden["privacy"] as { readonly obfuscatedData: readonly string[] };
    const [first = "", ...others] = obfuscatedData;
    for (const tampered of [
      others,
      [...obfuscatedData, "00".repeat(32)],
      [first, ...obfuscatedData],
      [first.toUpperCase(), ...others],
    ])
      expect(() => redactV2({ ...hidden, privacy: { obfuscatedData: tampered } }, ["name"]))
        .to.throw(TestamurError)
        .with.property("code", "CREDENTIAL_INVALID");
  });

  it("hides the recipient of every genuine document that has one", () => {
    for (const { file, integrity, bytes } of corpus("v2-wrapped")) {
      if (integrity === "true") expect(slowHoldsV2(redactV2(parseObject(bytes), ["recipient"])), file).to.equal(true);
    }
  });
});

describe("redact", () => {
  it("tells the holder what an absence gives away, and what it does not", () => {
    const { notices } = redact(DOCUMENT, ["remarks", "transcript.2", "recipient.nric"]);
    expect(notices).to.have.length(2);
    expect(notices[0]).to.contain("remarks");
    expect(notices[1]).to.contain("transcript");
    expect(redact(DOCUMENT, ["recipient.nric"]).notices).to.deep.equal([]);
  });
});
