/** Trust files: what is read, what is refused with its place, and whom the list finds when. */

import { expect } from "chai";

import type { Hex } from "../../src/core/bytes.ts";
import { TestamurError, type Problem } from "../../src/core/errors.ts";
import { parseTrustList } from "../../src/identity/trust-list.ts";
import { findByDid, findByDomain, findByStore } from "../../src/identity/trusted-issuers.ts";
import { faultOf } from "../support/faults.ts";

const STORE: Hex = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const ENTRY = `eip155:1337:0x${STORE.slice(2).toUpperCase()}`;
const NOW = new Date("2026-11-22T10:31:00Z");

function listOf(...issuers: readonly object[]): string {
  return JSON.stringify({ issuers });
}

/** The problems of a refused list. */
function problemsIn(text: string): readonly Problem[] {
  try {
    parseTrustList(text);
  } catch (error) {
    if (error instanceof TestamurError) return error.problems;
    throw error;
  }
  return [];
}

function placesIn(text: string): readonly string[] {
  return problemsIn(text).map(({ where }) => where);
}

describe("parseTrustList", () => {
  it("reads every member, and gives what is compared one spelling", () => {
    const did = "did:ethr:0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89";
    const text = listOf({
      name: " University of Example ",
      stores: [ENTRY],
      domains: ["Uni.Example", "*.uni.example"],
      dids: [did],
      from: "2020-01-01",
      until: "2030-06-01T00:00:00+02:00",
    });
    expect(parseTrustList(text).issuers).to.deep.equal([
      {
        name: "University of Example",
        stores: [`eip155:1337:${STORE}`],
        domains: ["uni.example", "*.uni.example"],
        dids: [did],
        from: new Date("2020-01-01T00:00:00Z"),
        until: new Date("2030-05-31T22:00:00Z"),
      },
    ]);
  });

  it("reads an empty list, a schema's address, and a byte order mark", () => {
    expect(
      parseTrustList('\ufeff{"$schema":"https://testamur.example/trust.json","issuers":[]}').issuers,
    ).to.deep.equal([]);
  });

  for (const text of ["", "{", "null", "[]", "{}", '{"issuers":{}}', '{"issuers":[],"isuers":[]}', '{"issuers":[1]}']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(faultOf(() => parseTrustList(text))).to.equal("CONFIGURATION_INVALID");
    });
  }

  const broken: readonly [string, object, string][] = [
    ["no name", { stores: [ENTRY] }, "issuers.0.name"],
    ["an empty name", { name: "  ", stores: [ENTRY] }, "issuers.0.name"],
    ["nothing to find it by", { name: "U" }, "issuers.0"],
    ["a misspelt member", { name: "U", domain: ["uni.example"], stores: [ENTRY] }, "issuers.0"],
    ["a store without chain", { name: "U", stores: [STORE] }, "issuers.0.stores.0"],
    ["a store on another kind of chain", { name: "U", stores: ["bip122:1:abc"] }, "issuers.0.stores.0"],
    ["a store with a short address", { name: "U", stores: [ENTRY.slice(0, -1)] }, "issuers.0.stores.0"],
    ["a chain id with a leading zero", { name: "U", stores: [`eip155:01:${STORE}`] }, "issuers.0.stores.0"],
    ["an address of a page", { name: "U", domains: ["ok.example", "https://uni.example"] }, "issuers.0.domains.1"],
    ["a domain with a Kelvin sign", { name: "U", domains: ["\u212a.example"] }, "issuers.0.domains.0"],
    ["a wild card alone", { name: "U", domains: ["*"] }, "issuers.0.domains.0"],
    ["a wild card for a top-level domain", { name: "U", domains: ["*.example"] }, "issuers.0.domains.0"],
    ["a wild card inside", { name: "U", domains: ["a.*.example"] }, "issuers.0.domains.0"],
    ["a DID with a fragment", { name: "U", dids: ["did:ethr:0x1#controller"] }, "issuers.0.dids.0"],
    ["a date that does not exist", { name: "U", stores: [ENTRY], from: "2026-02-30" }, "issuers.0.from"],
    ["a time without zone", { name: "U", stores: [ENTRY], until: "2026-01-01T00:00:00" }, "issuers.0.until"],
    [
      "an end before the beginning",
      { name: "U", stores: [ENTRY], from: "2026-01-02", until: "2026-01-01" },
      "issuers.0",
    ],
  ];
  for (const [what, issuer, place] of broken) {
    it(`refuses an issuer with ${what}, and says where`, () => {
      expect(placesIn(listOf(issuer))).to.deep.equal([place]);
    });
  }

  const worded: readonly [string, string][] = [
    ['{"issuers":[],"isuers":[]}', 'has a member that is not known: "isuers"'],
    ["{}", "is missing"],
    ['{"issuers":{}}', "must be a list"],
    ['{"issuers":[1]}', "must be an object"],
    ['{"issuers":[{"name":1,"dids":["did:web:uni.example"]}]}', "must be a text"],
  ];
  for (const [text, what] of worded)
    it(`says of ${text}: ${what}`, () => {
      expect(problemsIn(text).map((problem) => problem.what)).to.deep.equal([what]);
    });

  it("names every problem, not only the first", () => {
    expect(placesIn(listOf({ stores: [ENTRY] }, { name: "V", dids: ["x"] }))).to.deep.equal([
      "issuers.0.name",
      "issuers.1.dids.0",
    ]);
  });

  it("refuses a register under two names, and accepts one name in two periods", () => {
    expect(
      placesIn(listOf({ name: "U", stores: [ENTRY] }, { name: "V", stores: [ENTRY.toLowerCase()] })),
    ).to.deep.equal(["issuers.1"]);
    const periods = listOf(
      { name: "U", stores: [ENTRY], until: "2020-01-01" },
      { name: "U", stores: [ENTRY], from: "2024-01-01" },
    );
    expect(parseTrustList(periods).issuers).to.have.length(2);
  });
});

describe("findByStore", () => {
  const list = parseTrustList(
    listOf(
      { name: "U", stores: [ENTRY], until: "2020-01-01" },
      { name: "U", stores: [ENTRY], from: "2024-01-01", until: "2027-01-01" },
    ),
  );

  it("finds a register by chain and address together", () => {
    expect(findByStore(list, 1337, STORE, NOW)?.name).to.equal("U");
    expect(findByStore(list, 1, STORE, NOW)).to.equal(undefined);
    expect(findByStore(list, 1337, `0x${"00".repeat(20)}`, NOW)).to.equal(undefined);
  });

  it("believes from the first moment on, and before the last", () => {
    const believed = (time: string) => findByStore(list, 1337, STORE, new Date(time)) !== undefined;
    expect(believed("2019-12-31T23:59:59.999Z")).to.equal(true);
    expect(believed("2020-01-01T00:00:00Z")).to.equal(false);
    expect(believed("2023-12-31T23:59:59.999Z")).to.equal(false);
    expect(believed("2024-01-01T00:00:00Z")).to.equal(true);
    expect(believed("2027-01-01T00:00:00Z")).to.equal(false);
  });
});

describe("findByDomain", () => {
  const list = parseTrustList(
    listOf(
      { name: "Whole", domains: ["*.uni.example", "uni.example"] },
      { name: "Law", domains: ["law.uni.example"] },
      { name: "Gone", domains: ["old.uni.example"], until: "2020-01-01" },
    ),
  );
  const nameOf = (domain: string) => findByDomain(list, domain, NOW)?.name;

  it("lets the closest entry speak", () => {
    expect(nameOf("uni.example")).to.equal("Whole");
    expect(nameOf("med.uni.example")).to.equal("Whole");
    expect(nameOf("law.uni.example")).to.equal("Law");
    expect(nameOf("old.uni.example")).to.equal("Whole");
  });

  it("finds nobody for a look-alike", () => {
    expect(nameOf("evil-uni.example")).to.equal(undefined);
    expect(nameOf("uni.example.evil.example")).to.equal(undefined);
    expect(nameOf("example")).to.equal(undefined);
  });
});

describe("findByDid", () => {
  const list = parseTrustList(
    listOf({ name: "U", dids: ["did:ethr:0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89", "did:web:uni.example"] }),
  );

  it("disregards the case of addresses, and of nothing else", () => {
    expect(findByDid(list, "did:ethr:0xe712878f6e8d5d4f9e87e10da604f9cb564c9a89", NOW)?.name).to.equal("U");
    expect(findByDid(list, "did:web:uni.example", NOW)?.name).to.equal("U");
    expect(findByDid(list, "did:web:Uni.example", NOW)).to.equal(undefined);
    expect(findByDid(list, "did:web:uni.example:law", NOW)).to.equal(undefined);
  });
});
