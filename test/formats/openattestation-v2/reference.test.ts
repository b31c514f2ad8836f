/**
 * Batches of random documents, sealed and opened by us and read by the slow reference: not one may differ.
 * A few hundred documents at hand; 100,000 with THOROUGH=true, which takes some minutes.
 */

import { setImmediate } from "node:timers/promises";

import { expect } from "chai";
import fc from "fast-check";

import { concatBytes, toHex, toHexDigits } from "../../../src/core/bytes.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../../src/core/json.ts";
import { openAttestationV2 } from "../../../src/formats/openattestation-v2/openattestation-v2.ts";
import { buildSortedTree } from "../../../src/merkle/sorted-tree.ts";
import { claimsOf, integrityOf, parseObject } from "../../support/integrity.ts";
import { anyCredential, PLACEMENT } from "../../support/openattestation-samples.ts";
import { seededRandom } from "../../support/seeded-random.ts";
import { slowDigestV2, slowHoldsV2 } from "../../support/slow-openattestation.ts";

const DOCUMENTS = process.env["THOROUGH"] === "true" ? 100_000 : 300;
const SEED = Number(process.env["SEED"] ?? 20_261_124);
/** Sizes of batches by turns: odd ones leave nodes without a partner. */
const SIZES = [1, 2, 3, 5, 8, 13, 100, 257];

/** A salted text without its salt, by the letter: `salt:type:value`. */
function slowUnsalt(value: Json): Json {
  if (isArray(value)) return value.map(slowUnsalt);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, slowUnsalt(member)]));
  const [, type = "", ...rest] = String(value).split(":");
  const text = rest.join(":");
  return type === "string" ? text : type === "number" ? Number(text) : type === "boolean" ? text === "true" : null;
}

/** The same document with the first salted value's last character changed. */
function alter(text: string): JsonObject {
  return parseObject(text.replace(/(:string:0x5fbdb2315678afecb367f032d93f642f64180aa)3/, "$14"));
}

async function expectAgreement(credentials: readonly JsonObject[], seed: number): Promise<void> {
  const random = seededRandom(seed);
  const sealed = credentials.map((credential) => openAttestationV2.seal(credential, PLACEMENT, random));
  const { root, size, pathOf, indexOf } = buildSortedTree(concatBytes(...sealed.map(({ leaf }) => leaf)));
  const anchor = { ...PLACEMENT, root: toHex(root), block: 1 };
  for (const [at, { text, leaf }] of sealed.entries()) {
    const place = { leaf, path: pathOf(at), root, index: indexOf(at), size };
    const written = openAttestationV2.attach(text, place, anchor, []);
    const document = parseObject(written);
    const data = document["data"] as JsonObject;
    expect(slowDigestV2(data), "leaf").to.equal(toHexDigits(leaf));
    expect(slowHoldsV2(document), "the reference accepts what we sealed").to.equal(true);
    const { inclusions, credential } = await claimsOf(openAttestationV2, document);
    expect(inclusions[0]?.leaf.computed).to.equal(toHex(leaf));
    expect(inclusions[0]?.root.computed).to.equal(toHex(root));
    expect(credential.content, "contents").to.deep.equal(slowUnsalt(data));
    const altered = alter(written);
    expect(slowHoldsV2(altered), "the reference refuses what was altered").to.equal(false);
    expect(await integrityOf(openAttestationV2, altered)).to.not.equal("INTEGRITY_HOLDS");
  }
}

describe("sealing and opening of version 2", () => {
  it(`agree with the slow reference on ${DOCUMENTS.toLocaleString("en")} random documents`, async function () {
    this.timeout(3_600_000);
    for (let done = 0, batch = 0; done < DOCUMENTS; batch++) {
      const size = Math.min(SIZES[batch % SIZES.length] ?? 1, DOCUMENTS - done);
      await expectAgreement(fc.sample(anyCredential, { numRuns: size, seed: SEED + batch }), SEED + batch);
      done += size;
      await setImmediate(); // the reference's native keccak gives its memory back only between turns
    }
  });
});
