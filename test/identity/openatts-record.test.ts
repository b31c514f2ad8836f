/** The grammar of `openatts` records: every rule, every way of breaking it, and the round trip. */

import { expect } from "chai";
import fc from "fast-check";

import { isAddress, type Hex } from "../../src/core/bytes.ts";
import {
  dnsRecordFor,
  dnsRecordForKey,
  findOpenattsRecord,
  isOpenattsText,
} from "../../src/identity/openatts-record.ts";
import { holds } from "../support/property.ts";

const STORE: Hex = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const KEY = "did:ethr:0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89#controller";
const GOOD = `openatts net=ethereum netId=1337 addr=${STORE}`;
const STORE_RECORD = { kind: "store", chainId: 1337, address: STORE };

const address = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes): Hex => `0x${Buffer.from(bytes).toString("hex")}`);

describe("findOpenattsRecord", () => {
  const read: readonly [string, string][] = [
    ["the plain form", GOOD],
    ["one pair of double quotes around", `"${GOOD}"`],
    ["several spaces between tokens and at the end", `openatts  net=ethereum   netId=1337 addr=${STORE}  `],
    ["tokens in another order", `openatts addr=${STORE} netId=1337 net=ethereum`],
    ["one semicolon after each token", `openatts net=ethereum; netId=1337; addr=${STORE};`],
    ["an address in upper case", `openatts net=ethereum netId=1337 addr=0x${STORE.slice(2).toUpperCase()}`],
    ["unknown names beside", `${GOOD} dnssec=yes note x==y`],
  ];
  for (const [what, text] of read) {
    it(`reads ${what}`, () => expect(findOpenattsRecord(text)).to.deep.equal(STORE_RECORD));
  }

  it("reads a record for a key and keeps the key as written", () => {
    expect(findOpenattsRecord(`openatts a=dns-did; p=${KEY}; v=1.0;`)).to.deep.equal({ kind: "key", key: KEY });
  });

  const voided: readonly [string, string][] = [
    ["an empty text", ""],
    ["another first word", GOOD.replace("openatts", "openattsx")],
    ["a first word in upper case", GOOD.replace("openatts", "OPENATTS")],
    ["a space before", ` ${GOOD}`],
    ["a tab between tokens", GOOD.replace(" ", "\t")],
    ["a no-break space between tokens", GOOD.replace(" ", "\u00a0")],
    ["two pairs of quotes", `""${GOOD}""`],
    ["a quote on one side", `"${GOOD}`],
    ["addr twice", `${GOOD} addr=0x${"11".repeat(20)}`],
    ["addr twice with the same value", `${GOOD} addr=${STORE}`],
    ["an unknown name twice", `${GOOD} x=1 x=2`],
    ["no addr", "openatts net=ethereum netId=1337"],
    ["no net", `openatts netId=1337 addr=${STORE}`],
    ["no netId", `openatts net=ethereum addr=${STORE}`],
    ["another net", GOOD.replace("ethereum", "Ethereum")],
    ["names in another case", GOOD.replace("addr", "ADDR")],
    ["a hexadecimal netId", GOOD.replace("1337", "0x539")],
    ["a netId with a leading zero", GOOD.replace("1337", "01337")],
    ["a netId with a sign", GOOD.replace("1337", "+1337")],
    ["a netId in other digits", GOOD.replace("1337", "１３３７")],
    ["a netId beyond what a number holds", GOOD.replace("1337", "9007199254740993")],
    ["netId zero", GOOD.replace("1337", "0")],
    ["two semicolons after a value", GOOD.replace("1337", "1337;;")],
    ["a short address", GOOD.slice(0, -1)],
    ["a long address", `${GOOD}0`],
    ["an address with words around", GOOD.replace(STORE, `x${STORE}`)],
    ["an address without 0x", GOOD.replace("0x", "")],
    ["an address with 0X", GOOD.replace("0x", "0X")],
    ["a key record without version", `openatts a=dns-did; p=${KEY};`],
    ["a key record with an empty version", `openatts a=dns-did; p=${KEY}; v=;`],
    ["a key record without key", "openatts a=dns-did; v=1.0;"],
    ["a key that is no DID", "openatts a=dns-did; p=0x12; v=1.0;"],
    ["another algorithm", `openatts a=dns-key; p=${KEY}; v=1.0;`],
    ["two keys", `openatts a=dns-did; p=${KEY}; p=${KEY}; v=1.0;`],
    ["a register in a record with another algorithm", `${GOOD} a=other`],
  ];
  for (const [what, text] of voided) {
    it(`takes for void ${what}`, () => expect(findOpenattsRecord(text)).to.equal(undefined));
  }

  it("reads back what a registrar is told to publish, for every store and chain", async () => {
    await holds(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), address, (chainId, store) => {
        const text = dnsRecordFor({ chainId, store });
        expect(isOpenattsText(text)).to.equal(true);
        expect(findOpenattsRecord(text)).to.deep.equal({ kind: "store", chainId, address: store });
        expect(findOpenattsRecord(`"${text}"`)).to.deep.equal({ kind: "store", chainId, address: store });
      }),
    );
  });

  it("reads back a key record for every key without spaces", async () => {
    const key = fc.stringMatching(/^did:[a-z]{1,8}:[!-:<-~]{1,80}$/);
    await holds(
      fc.property(key, (written) => {
        expect(findOpenattsRecord(dnsRecordForKey(written))).to.deep.equal({ kind: "key", key: written });
      }),
    );
  });

  it("never reads another store out of a record that was changed in one place, unless the change says so", async () => {
    await holds(
      fc.property(fc.nat(GOOD.length - 1), fc.string({ maxLength: 3, unit: "grapheme" }), (at, inserted) => {
        const record = findOpenattsRecord(GOOD.slice(0, at) + inserted + GOOD.slice(at + 1));
        if (record === undefined) return;
        expect(record.kind).to.equal("store");
        if (record.kind === "store") expect(isAddress(record.address)).to.equal(true);
      }),
    );
  });

  it("is quick with hostile texts of 100 kB", () => {
    for (const text of [`openatts ${"a".repeat(100_000)}`, `openatts ${"= ".repeat(50_000)}`, '"'.repeat(100_000)]) {
      const start = performance.now();
      findOpenattsRecord(text);
      expect(performance.now() - start).to.be.lessThan(500);
    }
  });
});
