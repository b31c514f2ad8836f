/** Selective disclosure: what may be withheld is signed as digests; hiding never changes the credential, and nothing false is shown. */

import { expect } from "chai";
import * as fc from "fast-check";

import { TestamurError } from "../../../src/core/errors.ts";
import { isObject, memberOf, type Json, type JsonObject } from "../../../src/core/json.ts";
import { findAt } from "../../../src/formats/w3c-vc-v2/json-pointer.ts";
import { MAY_WITHHOLD, WITHHELD } from "../../../src/formats/w3c-vc-v2/names.ts";
import { hideParts } from "../../../src/formats/w3c-vc-v2/share.ts";
import { w3cVcV2 } from "../../../src/formats/w3c-vc-v2/w3c-vc-v2.ts";
import { holds } from "../../support/property.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { badge, firstFault, issue, PLACEMENT, type Issued } from "../../support/w3c-samples.ts";

const PARTS: readonly string[] = [
  "/description",
  "/credentialSubject/creditsEarned",
  "/credentialSubject/result/1",
  "/credentialSubject/achievement/inLanguage",
];

async function issueWithheld(pointers: readonly string[] = PARTS, seed = 1): Promise<Issued> {
  return issue(badge({ description: "With honours", [MAY_WITHHOLD]: pointers }), { seed });
}

function disclosuresOf(document: JsonObject): readonly Json[] {
  return memberOf(document, "disclosures") as readonly Json[];
}

async function codeOf(document: JsonObject): Promise<string> {
  const opened = await w3cVcV2.open(document);
  return opened.kind === "refused" ? opened.finding.code : "opened";
}

async function shown(document: JsonObject): Promise<{ readonly content: Json; readonly hidden: number }> {
  const opened = await w3cVcV2.open(document);
  if (opened.kind === "refused") throw new Error(opened.finding.message);
  return { content: opened.claims.credential.content, hidden: opened.claims.hidden };
}

describe("a credential of which parts may be withheld", () => {
  let issued: Issued;
  let envelope: JsonObject;
  let credential: JsonObject;
  before(async () => {
    issued = await issueWithheld();
    envelope = issued.document;
    credential = memberOf(envelope, "credential") as JsonObject;
  });

  it("is handed out whole, in an envelope, and holds", async () => {
    expect(Object.keys(envelope)).to.deep.equal(["type", "credential", "disclosures"]);
    expect(disclosuresOf(envelope)).to.have.length(PARTS.length);
    expect(await firstFault(envelope, issued.root)).to.equal(undefined);
    const { content, hidden } = await shown(envelope);
    expect(hidden).to.equal(0);
    expect(findAt(content, "/description")).to.equal("With honours");
    expect(findAt(content, "/credentialSubject/result/1/value")).to.equal("97");
    expect(JSON.stringify(content)).to.not.contain(WITHHELD);
  });

  it("is a credential by itself, with its parts counted and their places kept", async () => {
    expect(await firstFault(credential, issued.root)).to.equal(undefined);
    const { content, hidden } = await shown(credential);
    expect(hidden).to.equal(4);
    expect(findAt(content, "/description")).to.equal(undefined);
    expect(JSON.stringify(credential)).to.not.contain("With honours");
    const opened = await w3cVcV2.open(credential);
    expect(opened.kind === "opened" && opened.claims.issuerCountBound).to.equal(true);
    expect(findAt(content, "/credentialSubject/result/0/value")).to.equal("A");
    expect(findAt(content, "/credentialSubject/result/1")).to.have.keys(WITHHELD);
  });

  it("stays the same credential whatever is hidden of it", async () => {
    await holds(
      fc.asyncProperty(fc.subarray([...PARTS]), async (hidden) => {
        const { document } = hideParts(envelope, hidden);
        expect(memberOf(document, "credential")).to.deep.equal(credential);
        expect(await firstFault(document, issued.root)).to.equal(undefined);
        const view = await shown(document);
        expect(view.hidden).to.equal(hidden.length);
        for (const part of PARTS) {
          const value = findAt(view.content, part);
          expect(value === undefined || (isObject(value) && Object.hasOwn(value, WITHHELD)), part).to.equal(
            hidden.includes(part),
          );
        }
      }),
      0.2,
    );
  });

  it("hides by dotted names as by pointers, and everything below", async () => {
    const one = hideParts(envelope, ["credentialSubject.result.1"]).document;
    expect(one).to.deep.equal(hideParts(envelope, ["/credentialSubject/result/1"]).document);
    expect((await shown(one)).hidden).to.equal(1);
  });

  it("refuses to hide what was signed to be shown, what is not there, and less than a part", () => {
    for (const path of [
      "/name",
      "/credentialSubject",
      "/credentialSubject/result",
      "/credentialSubject/result/0",
      "/credentialSubject/result/1/value",
      "/nothing",
      "/issuer",
    ]) {
      expect(() => hideParts(envelope, [path]), path)
        .to.throw(TestamurError)
        .with.property("code", "PATH_NOT_HIDEABLE");
    }
    const once = hideParts(envelope, ["/description"]).document;
    expect(() => hideParts(once, ["/description"]))
      .to.throw(TestamurError)
      .with.property("code", "PATH_NOT_HIDEABLE");
    expect(() => hideParts(credential, ["/description"]))
      .to.throw(TestamurError)
      .with.property("code", "CREDENTIAL_INVALID");
  });

  it("shows nothing that was not signed, nor anywhere else than it was signed", async () => {
    const [first, second, third, ...rest] = disclosuresOf(envelope) as unknown as [Json[], Json[], Json[], ...Json[][]];
    const open = async (...disclosures: Json[]): Promise<string> => codeOf({ ...envelope, disclosures });
    const [salt = "", pointer = "", value = ""] = first;
    expect(await open(first)).to.equal("opened");
    expect(await open([salt, pointer, `${JSON.stringify(value)}x`])).to.equal("DIGEST_MISMATCH");
    expect(await open([second[0] ?? "", pointer, value])).to.equal("DIGEST_MISMATCH");
    expect(await open([salt, "/evidence", value])).to.equal("DIGEST_MISMATCH");
    expect(await open([salt, "/credentialSubject/description", value])).to.equal("DIGEST_MISMATCH");
    expect(await open([salt, "/name", value])).to.equal("SHAPE_WRONG");
    expect(await open([salt, "/credentialSubject/result/0", value])).to.equal("DIGEST_MISMATCH");
    expect(await open([salt, "/credentialSubject/result/7", value])).to.equal("DIGEST_MISMATCH");
    expect(await open([third[0] ?? "", "/credentialSubject/result/01", third[2] ?? ""])).to.equal("DIGEST_MISMATCH");
    expect(await open(first, first)).to.equal("SHAPE_WRONG");
    expect(await open(first, second, third, ...rest, [salt, "/credentialSubject/result/1/value", "98"])).to.equal(
      "SHAPE_WRONG",
    );
  });

  it("shows no part of another credential of the same issuer", async () => {
    const other = await issueWithheld(PARTS, 2);
    const mixed = { ...envelope, disclosures: disclosuresOf(other.document) };
    expect(await codeOf(mixed)).to.equal("DIGEST_MISMATCH");
  });

  it("refuses envelopes and lists of digests in any other form", async () => {
    const disclosures = disclosuresOf(envelope);
    const [first = []] = disclosures as readonly Json[][];
    const [salt = "", pointer = "", value = ""] = first;
    expect(await codeOf({ ...envelope, note: "x" })).to.equal("MEMBER_UNKNOWN");
    expect(await codeOf({ ...envelope, credential: envelope })).to.equal("SHAPE_WRONG");
    expect(await codeOf({ ...envelope, disclosures: {} })).to.equal("SHAPE_WRONG");
    for (const bad of [
      [],
      [salt, pointer],
      [salt, pointer, value, 1],
      "x",
      { salt, pointer, value },
      [salt, 7, value],
      [salt, "", value],
      [salt, "description", value],
      [salt, "/a~2", value],
    ]) {
      expect(await codeOf({ ...envelope, disclosures: [bad] }), JSON.stringify(bad)).to.equal("SHAPE_WRONG");
    }
    for (const bad of [7, "u", "uAAAA", `${salt as string}=`, (salt as string).replace("u", "z")]) {
      expect(await codeOf({ ...envelope, disclosures: [[bad, pointer, value]] }), String(bad)).to.equal(
        "SALT_MALFORMED",
      );
    }
    const digests = memberOf(credential, WITHHELD) as readonly string[];
    const [digest = ""] = digests;
    const listed = async (list: Json): Promise<string> => codeOf({ ...credential, [WITHHELD]: list });
    expect(await listed([])).to.equal("CONTAINER_EMPTY");
    expect(await listed(digest)).to.equal("SHAPE_WRONG");
    expect(await listed([digest.toUpperCase()])).to.equal("HASH_MALFORMED");
    expect(await listed([`0x${digest}`])).to.equal("HASH_MALFORMED");
    expect(await listed([digest, digest])).to.equal("HASH_TWICE");
    expect(await listed([digest, "uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])).to.equal("SHAPE_WRONG");
  });

  it("takes no disclosure whose words have no meaning, or that makes it no credential", async () => {
    const meaningless = await Promise.resolve(
      w3cVcV2.seal(
        badge({
          credentialSubject: { id: "did:example:graduate", type: ["AchievementSubject"], grade: "A" },
          [MAY_WITHHOLD]: ["/credentialSubject/grade"],
        }),
        PLACEMENT,
        seededRandom(1),
      ),
    ).catch((error: unknown) => error);
    expect(meaningless).to.be.instanceOf(TestamurError).with.property("code", "CREDENTIAL_INVALID");
  });

  it("is not sealed with parts withheld that a verdict rests on, that are not there, or that lie in each other", async () => {
    for (const pointers of [
      ["/issuer"],
      ["/issuer/name"],
      ["/validUntil"],
      ["/type"],
      ["/type/1"],
      ["/credentialSubject"],
      ["/credentialSubject/id"],
      ["/credentialSubject/achievement/type"],
      ["/proof"],
      ["/@context/1"],
      ["/https:~1~1testamur.example~1ns#anchorNonce"],
      ["/nothing"],
      ["description"],
      [""],
      [7],
      ["/description", "/description"],
      ["/credentialSubject/result/1", "/credentialSubject/result/1/value"],
    ]) {
      const outcome: unknown = await Promise.resolve(
        w3cVcV2.seal(badge({ description: "x", [MAY_WITHHOLD]: pointers }), PLACEMENT, seededRandom(1)),
      ).catch((error: unknown) => error);
      expect(outcome, JSON.stringify(pointers))
        .to.be.instanceOf(TestamurError)
        .with.property("code", "CREDENTIAL_INVALID");
    }
  });

  it("uses a fresh salt of 16 bytes a part", async () => {
    const salts = [...disclosuresOf(envelope), ...disclosuresOf((await issueWithheld(PARTS, 2)).document)].map(
      (part) => (part as Json[])[0],
    );
    expect(new Set(salts).size).to.equal(2 * PARTS.length);
    for (const salt of salts) expect(salt).to.match(/^u[A-Za-z0-9_-]{21}[AQgw]$/);
  });
});
