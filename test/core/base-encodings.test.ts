/** Base58 and base64url: the drafts' own vectors, and one text for every array of bytes. */

import { expect } from "chai";
import * as fc from "fast-check";

import { findBase58, findMultibase58, toBase58, toMultibase58 } from "../../src/core/base58.ts";
import { findBase64url, findMultibase64, toBase64url, toMultibase64 } from "../../src/core/base64url.ts";
import { fromHex, toUtf8 } from "../../src/core/bytes.ts";
import { holds } from "../support/property.ts";

describe("base58", () => {
  // from draft-msporny-base58-03, section 5
  it("writes and reads the draft's vectors", () => {
    const vectors: readonly (readonly [Uint8Array, string])[] = [
      [toUtf8("Hello World!"), "2NEpo7TZRRrLZSi2U"],
      [
        toUtf8("The quick brown fox jumps over the lazy dog."),
        "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
      ],
      [fromHex("0000287fb4cd"), "11233QC4"],
    ];
    for (const [bytes, text] of vectors) {
      expect(toBase58(bytes)).to.equal(text);
      expect(findBase58(text, 100)).to.deep.equal(bytes);
    }
  });

  it("reads back what it wrote", async () => {
    await holds(
      fc.property(fc.uint8Array({ maxLength: 96 }), (bytes) => {
        expect(findMultibase58(toMultibase58(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  it("refuses foreign letters, another base and texts that are too long", () => {
    expect(findMultibase58("z0OIl")).to.equal(undefined);
    expect(findMultibase58("u2NEpo7TZRRrLZSi2U")).to.equal(undefined);
    expect(findBase58("2".repeat(101), 100)).to.equal(undefined);
    expect(findMultibase58(`z${"2".repeat(513)}`)).to.equal(undefined);
  });
});

describe("base64url", () => {
  // from RFC 4648, section 10
  it("writes and reads the RFC's vectors", () => {
    for (const [text, coded] of [
      ["", ""],
      ["f", "Zg"],
      ["fo", "Zm8"],
      ["foo", "Zm9v"],
      ["foob", "Zm9vYg"],
      ["fooba", "Zm9vYmE"],
    ] as const) {
      expect(toBase64url(toUtf8(text))).to.equal(coded);
      expect(findBase64url(coded)).to.deep.equal(toUtf8(text));
    }
  });

  it("reads back what it wrote", async () => {
    await holds(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(findMultibase64(toMultibase64(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  it("knows one text for each array of bytes", () => {
    for (const text of ["Zg==", "Zh", "Z", "Zm9v\n", "Zm 9v", "Zm+v", "Zm/v", "Zm8="]) {
      expect(findBase64url(text), text).to.equal(undefined);
    }
  });
});
