/** The record grammar side by side with OpenAttestation's own: what we believe, it believes; where it is stricter is written here. */

import { createRequire } from "node:module";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { findOpenattsRecord } from "../../src/identity/openatts-record.ts";
import { holds } from "../support/property.ts";

interface Dnsprove {
  parseDocumentStoreResults(records: readonly object[], dnssec: boolean): readonly { netId: string; addr: string }[];
  parseDnsDidResults(records: readonly object[], dnssec: boolean): readonly { publicKey: string }[];
}

const load = createRequire(join(import.meta.dirname, "..", "peers", "package.json"));
const dnsprove = load("@govtechsg/dnsprove") as Dnsprove;

const ADDRESS = `0x${"aB".repeat(20)}`;
const KEY = "did:ethr:0xE712878f6E8d5d4F9e87E10DA604F9cB564C9a89#controller";

/** What the other one reads, in our words. */
function readByThem(data: string): readonly object[] {
  const records = [{ name: "uni.example", type: 16, TTL: 300, data }];
  const stores = dnsprove.parseDocumentStoreResults(records, true).map(({ netId, addr }) => ({
    kind: "store",
    chainId: Number(netId),
    address: addr.toLowerCase(),
  }));
  return [
    ...stores,
    ...dnsprove.parseDnsDidResults(records, true).map(({ publicKey }) => ({ kind: "key", key: publicKey })),
  ];
}

const WORDS = [
  [
    "openatts",
    "net=ethereum",
    "netId=1337",
    "netId=1",
    `addr=${ADDRESS}`,
    "a=dns-did;",
    `p=${KEY};`,
    "v=1.0;",
    "v=1.0",
  ],
  ["netId=1337;", "note=x", "=", "net", "", "addr=0x12", "net=polygon", `addr=x${ADDRESS}`, "a=dns-key", "p=x"],
].flat();
const record = fc
  .tuple(fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }), fc.boolean())
  .map(([pieces, quoted]) => (quoted ? `"openatts ${pieces.join(" ")}"` : `openatts ${pieces.join(" ")}`));

describe("findOpenattsRecord and dnsprove", () => {
  it("agree on the records that issuers publish", () => {
    for (const text of [
      `openatts net=ethereum netId=1337 addr=${ADDRESS}`,
      `"openatts net=ethereum netId=11155111 addr=${ADDRESS}"`,
      `openatts net=ethereum netId=1 addr=${ADDRESS};`,
      `openatts a=dns-did; p=${KEY}; v=1.0;`,
      "openatts net=ethereum",
      "openatts",
    ]) {
      const ours = findOpenattsRecord(text);
      expect(ours === undefined ? [] : [ours], text).to.deep.equal(readByThem(text));
    }
  });

  it("agree on every record we believe", async () => {
    let believed = 0;
    await holds(
      fc.property(record, (text) => {
        const ours = findOpenattsRecord(text);
        if (ours === undefined) return;
        believed++;
        expect(readByThem(text)).to.deep.include(ours);
      }),
      20,
    );
    expect(believed).to.be.greaterThan(0);
  });

  it("differ where a record can be read in two ways, or an address is not all there is", () => {
    for (const text of [
      `openatts net=ethereum netId=1337 addr=${ADDRESS} addr=0x${"11".repeat(20)}`,
      `openatts net=ethereum netId=1337 addr=x${ADDRESS}y`,
    ]) {
      expect(readByThem(text), text).to.have.length(1);
      expect(findOpenattsRecord(text), text).to.equal(undefined);
    }
  });

  it("differ on chains that the other one does not know", () => {
    const text = `openatts net=ethereum netId=31337 addr=${ADDRESS}`;
    expect(readByThem(text)).to.deep.equal([]);
    expect(findOpenattsRecord(text)).to.have.property("chainId", 31_337);
  });
});
