/** Flattening and digest of version 2: the synthetic vectors, and agreement with the slow reading. */

import { expect } from "chai";
import fc from "fast-check";

import { fromHex, toHexDigits } from "../../../src/core/bytes.ts";
import type { Json, JsonObject } from "../../../src/core/json.ts";
import { Refusal } from "../../../src/core/refusal.ts";
import { digestOf, hashLeaves, toTexts } from "../../../src/formats/openattestation/digest.ts";
import { readLeaves } from "../../../src/formats/openattestation-v2/read-leaves.ts";
import { flatten, leafText } from "../../../src/formats/openattestation-v2/flatten.ts";
import { anyCredential, saltAll } from "../../support/openattestation-samples.ts";
import { holds } from "../../support/property.ts";
import { slowDigestV2, slowLeafHashV2, slowLeavesV2 } from "../../support/slow-openattestation.ts";
import { findJsonVectors } from "../../support/vectors.ts";

interface DigestVector {
  readonly name: string;
  readonly data: string;
  readonly leaves?: readonly { readonly leafJson: string; readonly leafHash: string }[];
  readonly obfuscatedData?: readonly string[];
  readonly digest?: string;
  readonly refuse?: string;
}

describe("flatten of version 2", () => {
  // computed with open-attestation 6.9.7
  for (const vector of (findJsonVectors("openattestation/vectors/v2-digest.json") ?? []) as DigestVector[]) {
    const { name, data, leaves = [], obfuscatedData = [], digest, refuse } = vector;

    it(refuse === undefined ? `gives the digest of the vector ${name}` : `refuses the vector ${name}`, () => {
      if (refuse !== undefined)
        return expect(() => flatten(JSON.parse(data) as JsonObject))
          .to.throw(Refusal)
          .with.property("code", refuse);
      const texts = flatten(JSON.parse(data) as JsonObject).map(leafText);
      if (leaves.length > 0) expect(texts).to.have.members(leaves.map(({ leafJson }) => leafJson));
      const hashes = hashLeaves(texts);
      if (leaves.length > 0) expect(toTexts(hashes)).to.have.members(leaves.map(({ leafHash }) => leafHash));
      return expect(toHexDigits(digestOf(hashes, obfuscatedData))).to.equal(digest);
    });
  }

  it("agrees with the slow reading about every leaf and the digest", async () => {
    await holds(
      fc.property(anyCredential, (credential) => {
        const data = saltAll(credential) as JsonObject;
        const leaves = flatten(data);
        expect(leaves).to.deep.equal(Object.entries(slowLeavesV2(data)).map(([path, value]) => ({ path, value })));
        const hashes = hashLeaves(leaves.map(leafText));
        expect(toTexts(hashes)).to.deep.equal(leaves.map(({ path, value }) => slowLeafHashV2(path, value)));
        expect(digestOf(hashes)).to.deep.equal(fromHex(slowDigestV2(data)));
      }),
      4,
    );
  });
});

describe("reading the leaves in one pass", () => {
  it("gives the hashes of the slow reading, and the content without its salts", async () => {
    await holds(
      fc.property(anyCredential, (credential) => {
        const data = saltAll(credential) as JsonObject;
        const { hashes, content } = readLeaves(data);
        const slow = Object.entries(slowLeavesV2(data)).map(([path, value]) => slowLeafHashV2(path, value));
        expect(toTexts(hashes)).to.deep.equal(slow);
        expect(content).to.deep.equal(shown(credential));
      }),
      4,
    );
  });

  for (const { name, data, refuse } of (findJsonVectors("openattestation/vectors/v2-digest.json") ??
    []) as DigestVector[])
    if (refuse !== undefined)
      it(`refuses the vector ${name}`, () => {
        expect(() => readLeaves(JSON.parse(data) as JsonObject)).to.throw(Refusal);
      });

  it("stops at a path of more than 4,096 letters", () => {
    expect(() => readLeaves({ ["n".repeat(4_092)]: { name: {} } }))
      .to.throw(Refusal)
      .with.property("code", "KEY_TOO_LONG");
    expect(readLeaves({ ["n".repeat(4_091)]: { name: {} } }).hashes).to.have.length(32);
  });

  it("stops at many entries under a long name, each of which would be hashed with it", () => {
    const entries = Object.fromEntries(Array.from({ length: 9_999 }, (_, at) => [`entry${at}`, {}]));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => readLeaves({ ["n".repeat(4_000)]: entries }))
      .to.throw(Refusal)
      .with.property("code", "DOCUMENT_TOO_LARGE");
    expect(process.memoryUsage().arrayBuffers - before).to.be.below(200_000_000);
    const { hashes } = readLeaves({ name: {} }); // what the last one left behind is gone
    expect(toTexts(hashes)).to.deep.equal([slowLeafHashV2("name", {})]);
  });
});

/** What a verifier shows of a credential: texts without trailing white space. */
function shown(value: Json): Json {
  if (typeof value === "string") return value.trimEnd();
  if (typeof value === "number") return value + 0;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(inner)]));
}
