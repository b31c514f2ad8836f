/** What is told about names that can be mistaken for another. */

import { expect } from "chai";

import { mixesScripts, noticesOf } from "../../src/identity/look-alike.ts";

describe("mixesScripts", () => {
  for (const plain of [
    "University of Example",
    "Université de Genève",
    "МГУ имени Ломоносова",
    "北京大学 Peking",
    "東京カフェABC",
  ]) {
    it(`finds nothing in ${plain}`, () => expect(mixesScripts(plain)).to.equal(false));
  }
  for (const plain of ["서울대학교", "جامعة القاهرة", "Uni-Мир", "", "2026", "Ελλάδα2"]) {
    it(`finds nothing in ${JSON.stringify(plain)}`, () => expect(mixesScripts(plain)).to.equal(false));
  }
  for (const mixed of ["Univеrsity", "Οxford", "раypal", "Հarvard", "大学а", "ⲟxford"]) {
    it(`finds the foreign letter in ${mixed}`, () => expect(mixesScripts(mixed)).to.equal(true));
  }
});

describe("noticesOf", () => {
  it("says nothing about plain names", () => {
    expect(noticesOf("uni.example", "University of Example")).to.deep.equal({});
    expect(noticesOf("uni.example", undefined)).to.deep.equal({});
  });

  it("shows a domain in other letters both ways", () => {
    expect(noticesOf("xn--mnchen-3ya.example", undefined)).to.deep.equal({ shownAs: "münchen.example" });
  });

  it("shows a domain that is foreign throughout, though it mixes nothing", () => {
    // "аррӏе" in Cyrillic letters only
    expect(noticesOf("xn--80ak6aa92e.example", undefined)).to.deep.equal({ shownAs: "аррӏе.example" });
  });

  it("notices a domain and a name that mix scripts", () => {
    // "unі" with a Cyrillic і
    expect(noticesOf("xn--un-ioc.example", "Univеrsity")).to.deep.equal({
      shownAs: "unі.example",
      domainMixesScripts: true,
      nameMixesScripts: true,
    });
  });

  it("leaves a label that decodes to nothing as it is", () => {
    expect(noticesOf("xn--999999b.example", undefined)).to.deep.equal({});
  });
});
