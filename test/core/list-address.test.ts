/** Addresses of published lists: one spelling each, and read back as what they were written from. */

import { expect } from "chai";

import { findPublishedList, toListAddress, type PublishedList } from "../../src/core/list-address.ts";

const BASE = "https://verify.uni.example";
const LIST: PublishedList = {
  chainId: 11155111,
  store: `0x${"5f".repeat(20)}`,
  list: `0x${"ab".repeat(32)}`,
  purpose: "revocation",
  entries: 131_072,
  form: "bitstring",
};
const PLAIN = `${BASE}/v1/status-lists/11155111/${LIST.store}/${LIST.list}/revocation`;

describe("toListAddress", () => {
  it("writes what differs from the usual after a question mark", () => {
    expect(toListAddress(BASE, LIST)).to.equal(PLAIN);
    expect(toListAddress(BASE, { ...LIST, form: "blockcerts" })).to.equal(`${PLAIN}?form=blockcerts`);
    expect(toListAddress(BASE, { ...LIST, entries: 262_144, form: "blockcerts" })).to.equal(
      `${PLAIN}?entries=262144&form=blockcerts`,
    );
  });
});

describe("findPublishedList", () => {
  it("reads back what was written, with or without the service in front", () => {
    for (const base of [BASE, "http://127.0.0.1:3000", ""])
      for (const form of ["bitstring", "blockcerts"] as const)
        for (const entries of [131_072, 200_192, 4_194_304])
          for (const purpose of ["revocation", "suspension"] as const) {
            const list = { ...LIST, form, entries, purpose };
            expect(findPublishedList(toListAddress(base, list))).to.deep.equal(list);
          }
  });

  const others: readonly string[] = [
    "",
    PLAIN.replace("11155111", "011155111"),
    PLAIN.replace("/0xab", "/0xAB"),
    PLAIN.replace("revocation", "message"),
    `${PLAIN}/`,
    `${PLAIN}?`,
    `${PLAIN}#7`,
    `${PLAIN}?entries=131072`,
    `${PLAIN}?entries=131073`,
    `${PLAIN}?entries=100096`,
    `${PLAIN}?entries=9999872`,
    `${PLAIN}?entries=0262144`,
    `${PLAIN}?form=bitstring`,
    `${PLAIN}?form=blockcerts&entries=262144`,
    `${PLAIN}?entries=262144&`,
    `${PLAIN}?entries=262144form=blockcerts`,
    `${PLAIN}?form=blockcerts&x=1`,
  ];
  for (const address of others)
    it(`finds none in ${JSON.stringify(address.replace(PLAIN, "…"))}`, () => {
      expect(findPublishedList(address)).to.equal(undefined);
    });
});
