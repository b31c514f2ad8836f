/** Base64: round trips, and one text for one value. */

import { expect } from "chai";
import fc from "fast-check";

import { fromBase64, toBase64 } from "../../src/core/base64.ts";
import { holds } from "../support/property.ts";

describe("fromBase64", () => {
  it("reads what toBase64 and others wrote", async () => {
    await holds(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(toBase64(bytes)).to.equal(Buffer.from(bytes).toString("base64"));
        expect(fromBase64(toBase64(bytes))).to.deep.equal(new Uint8Array(bytes));
      }),
    );
  });

  it("handles more bytes than a call has arguments", () => {
    const bytes = new Uint8Array(300_000).map((_, at) => at & 0xff);
    expect(Buffer.from(fromBase64(toBase64(bytes))).equals(bytes)).to.equal(true);
  });

  it("refuses every other way of writing the same", () => {
    for (const text of ["QQ", "QQ=", "QQ===", "QR==", "QUF=", "QQ==\n", " QQ==", "Q_-A", "=", "====", "QQ==QQ=="])
      expect(() => fromBase64(text), JSON.stringify(text)).to.throw(RangeError);
  });
});
