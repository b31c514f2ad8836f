/** Which texts are host names, and which lie below which. */

import { expect } from "chai";
import fc from "fast-check";

import { findHostName, matchesHostName } from "../../src/identity/host-name.ts";
import { holds } from "../support/property.ts";

describe("findHostName", () => {
  const genuine = ["opencerts.io", "few-green-cat.sandbox.openattestation.com", "xn--mnchen-3ya.example"];
  for (const name of [...genuine, "a.b", "1.uni.example", "x--y.example", `${"a".repeat(63)}.example`]) {
    it(`accepts ${name.slice(0, 40)}`, () => expect(findHostName(name)).to.equal(name));
  }

  it("gives names in lower case", () => expect(findHostName("Uni.EXAMPLE")).to.equal("uni.example"));

  const refused = [
    ["", "uni", "localhost", ".", "uni.", ".uni.example", "uni..example", "uni.example."],
    ["-uni.example", "uni-.example", "u_ni.example", "uni .example", " uni.example", "uni.example\n", "uni\t.example"],
    ["uni.example:443", "uni.example/path", "https://uni.example", "uni.example?x", "uni.example#x", "a@uni.example"],
    ["127.0.0.1", "10.1", "0x7f.0x1", "uni.0x", "1.2.3.4.5", "[::1]", "::1"],
    ["münchen.example", "uni。example", "uni.example\u0000", "%75ni.example", "uni\u200b.example", "ﬁ.example"],
    ["\u212a.example"], // the Kelvin sign becomes a plain k in lower case
    [`${"a".repeat(64)}.example`, `${"a.".repeat(126)}aa`],
  ].flat();
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text).slice(0, 40)}`, () => expect(findHostName(text)).to.equal(undefined));
  }

  it("accepts the longest name there is, 253 characters", () => {
    const name = `${"a.".repeat(126)}a`;
    expect(name).to.have.length(253);
    expect(findHostName(name)).to.equal(name);
  });

  it("accepts only what a URL takes for the same host", async () => {
    await holds(
      fc.property(fc.oneof(fc.domain(), fc.webAuthority(), fc.string()), (text) => {
        const name = findHostName(text);
        if (name !== undefined) expect(new URL(`https://${text}/`).host).to.equal(name);
      }),
    );
  });

  it("accepts every domain a generator can think of", async () => {
    await holds(fc.property(fc.domain(), (name) => findHostName(name) === name));
  });
});

describe("matchesHostName", () => {
  it("compares whole labels", () => {
    expect(matchesHostName("uni.example", "uni.example")).to.equal(true);
    expect(matchesHostName("law.uni.example", "uni.example")).to.equal(false);
    expect(matchesHostName("law.uni.example", "*.uni.example")).to.equal(true);
    expect(matchesHostName("a.law.uni.example", "*.uni.example")).to.equal(true);
    expect(matchesHostName("uni.example", "*.uni.example")).to.equal(false);
    expect(matchesHostName("evil-uni.example", "*.uni.example")).to.equal(false);
    expect(matchesHostName("uni.example.evil.example", "*.uni.example")).to.equal(false);
  });
});
