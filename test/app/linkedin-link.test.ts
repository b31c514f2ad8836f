/** The link for a LinkedIn profile: what it says, and that it says what it says. */

import { expect } from "chai";

import { linkedInLink, type LinkedInLink } from "../../src/app/linkedin-link.ts";
import { openOwnDocument } from "../../src/app/own-document.ts";
import { toUtf8 } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { badge, issue } from "../support/w3c-samples.ts";

async function linkOf(members: JsonObject = {}, url?: string): Promise<LinkedInLink> {
  return linkedInLink(await openOwnDocument(toUtf8((await issue(badge(members))).text)), url);
}

describe("linkedInLink", () => {
  it("holds title, issuer, months and id, and nothing of the holder", async () => {
    const { url, discloses } = await linkOf({ name: "Bachelor & Master" }, "https://uni.example/d?x=1&y=2");
    const parsed = new URL(url);
    expect(`${parsed.origin}${parsed.pathname}`).to.equal("https://www.linkedin.com/profile/add");
    expect(Object.fromEntries(parsed.searchParams)).to.deep.equal({
      startTask: "CERTIFICATION_NAME",
      name: "Bachelor & Master",
      organizationName: "Example University",
      issueYear: "2026",
      issueMonth: "6",
      expirationYear: "2036",
      expirationMonth: "6",
      certUrl: "https://uni.example/d?x=1&y=2",
      certId: "urn:uuid:5c0a0b5e-6f0a-4c0e-8b0a-1d5a3b0c7e11",
    });
    expect(discloses).to.deep.equal([
      "title",
      "issuer's name",
      "date of issue",
      "date of expiry",
      "address of the credential",
      "id of the credential",
    ]);
    expect(url).not.to.contain("graduate");
  });

  it("leaves out what the credential does not say", async () => {
    const { url, discloses } = await linkOf({ validUntil: "2036-12-31T23:59:59Z" });
    expect(new URL(url).searchParams.get("expirationMonth")).to.equal("12");
    expect(new URL(url).searchParams.has("certUrl")).to.equal(false);
    expect(discloses).not.to.include("address of the credential");
  });

  it("has nothing to say of a credential without a title", async () => {
    const own = await openOwnDocument(toUtf8((await issue()).text));
    const { title: _, ...untitled } = own.claims.credential;
    expect(() => linkedInLink({ ...own, claims: { ...own.claims, credential: untitled } }))
      .to.throw(TestamurError)
      .with.property("code", "USAGE");
  });
});
