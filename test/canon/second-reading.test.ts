/** A planted difference between the two readers must stop the signing, now and when it is tried again. */

import { expect } from "chai";

import { toCanonicalQuads } from "../../src/canon/rdfc.ts";
import { readAgain } from "../../src/canon/second-reading.ts";
import type { JsonObject } from "../../src/core/json.ts";
import { laterFaultOf } from "../support/faults.ts";
import { badge } from "../support/w3c-samples.ts";

function credential(name: string, more: JsonObject = {}): JsonObject {
  const { proof: _, ...content } = badge({ name, ...more });
  return content;
}

describe("readAgain", () => {
  it("refuses a difference, again and again, and asks once for each shape that is read the same", async () => {
    const document = { type: "https://x.example/T", name: "Ada" };
    let asked = 0;
    const says = (text: string) => async () => {
      asked += 1;
      return text;
    };
    for (let time = 0; time < 2; time++)
      expect(await laterFaultOf(async () => readAgain(document, "ours", says("theirs")))).to.equal(
        "SECOND_OPINION_DIFFERS",
      );
    await readAgain(document, "same", says("same"));
    await readAgain({ ...document, name: "Grace" }, "same", says("other"));
    expect(asked).to.equal(3);
    for (const other of [
      { ...document, name: "urn:x:a" },
      { ...document, name: 5 },
      { ...document, name: 5.5 },
      { ...document, name: ["Ada"] },
      { ...document, type: "https://x.example/U" },
      { ...document, nick: "Ada" },
      { ...document, name: { name: "Ada" } },
    ])
      expect(await laterFaultOf(async () => readAgain(other, "ours", says("theirs"))), JSON.stringify(other)).to.equal(
        "SECOND_OPINION_DIFFERS",
      );
  });

  it("finds nothing different in badges that are to be signed", async () => {
    const options = { contexts: ["w3c"], safe: true, withDirection: true } as const;
    for (const document of [credential("A"), credential("B"), credential("C", { description: "x" })])
      expect(await toCanonicalQuads(document, { ...options, toSign: true })).to.equal(
        await toCanonicalQuads(document, { ...options, byReference: true }),
      );
  });
});
