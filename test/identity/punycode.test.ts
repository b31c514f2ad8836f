/** The decoder of `xn--` labels, against the one inside Node and the samples of RFC 3492. */

import { domainToASCII } from "node:url";

import { expect } from "chai";
import fc from "fast-check";

import { findUnicodeLabel } from "../../src/identity/punycode.ts";
import { holds } from "../support/property.ts";

describe("findUnicodeLabel", () => {
  // RFC 3492 §7.1, the samples that are lower case throughout
  const samples: readonly [string, string][] = [
    ["egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"],
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["4dbcagdahymbxekheh6e0a7fei0b", "למההםפשוטלאמדבריםעברית"],
    ["b1abfaaepdrnnbgefbadotcwatmq2g4l", "почемужеонинеговорятпорусски"],
    ["d9juau41awczczp", "そのスピードで"],
  ];
  for (const [encoded, text] of samples) {
    it(`reads ${text}`, () => expect(findUnicodeLabel(`xn--${encoded}`)).to.equal(text));
  }

  it("agrees with Node on every label that Node can write", async () => {
    const letters = fc.constantFrom(..."abzäöüßéñчрсмαβγבא北京大学ひカ한1-".split(""));
    await holds(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 15 }), (array) => {
        const text = array.join("");
        const label = domainToASCII(text);
        if (label.startsWith("xn--")) expect(findUnicodeLabel(label)?.normalize("NFC")).to.equal(text.normalize("NFC"));
      }),
    );
  });

  for (const label of [
    "",
    "uni",
    "xn--",
    "xn---",
    "xn--a!b",
    "xn--999999b",
    "xn--ü",
    `xn--${"9".repeat(59)}`,
    "xn--A",
  ]) {
    it(`refuses ${JSON.stringify(label).slice(0, 20)}`, () => expect(findUnicodeLabel(label)).to.equal(undefined));
  }

  it("never throws, whatever it is shown", async () => {
    await holds(
      fc.property(fc.stringMatching(/^[a-z0-9-]{0,59}$/), (text) => {
        const found = findUnicodeLabel(`xn--${text}`);
        expect(found === undefined || found.isWellFormed()).to.equal(true);
      }),
    );
  });
});
