/** Blockcerts' tree against cert-issuer's vector, and against another implementation for every size. */

import { createHash } from "node:crypto";

import { expect } from "chai";
import * as fc from "fast-check";
import { MerkleTree as SecondTree } from "merkletreejs";

import { concatBytes, toHex, toHexDigits } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import { sha256OfText } from "../../src/core/sha256.ts";
import { buildOrderedTree, foldOrdered, toSteps } from "../../src/merkle/ordered-tree.ts";
import { holds } from "../support/property.ts";
import { findJsonVectors } from "../support/vectors.ts";

interface TreeVector {
  readonly leaf_preimages_utf8: readonly string[];
  readonly root: string;
  readonly proofs: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
}

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
const batches = fc.array(digests, { minLength: 1, maxLength: 70 });

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

describe("buildOrderedTree", () => {
  const vectors = (findJsonVectors("blockcerts/proofvalue/vectors.json") ?? {}) as {
    readonly merkle?: readonly TreeVector[];
  };
  for (const { leaf_preimages_utf8: texts, root, proofs } of vectors.merkle ?? [])
    it(`builds the root and the paths of cert-issuer for ${texts.length} leaves`, () => {
      const leaves = texts.map(sha256OfText);
      const tree = buildOrderedTree(concatBytes(...leaves));
      expect(toHexDigits(tree.root)).to.equal(root);
      for (const [position, path] of Object.entries(proofs)) {
        const steps = toSteps(tree.pathOf(Number(position)), Number(position), leaves.length);
        expect(steps.map(({ side, digest }) => ({ [side]: toHexDigits(digest) }))).to.deep.equal(path);
      }
    });

  it("gives every leaf of 1 to 9 leaves a path that leads to the root", () => {
    for (let size = 1; size <= 9; size++) {
      const leaves = Array.from({ length: size }, (_, at) => sha256OfText(`leaf ${at}`));
      const tree = buildOrderedTree(concatBytes(...leaves));
      leaves.forEach((leaf, at) => {
        const steps = toSteps(tree.pathOf(at), at, size);
        expect(foldOrdered(leaf, steps).at(-1), `leaf ${at} of ${size}`).to.deep.equal(tree.root);
      });
    }
  });

  it("agrees with merkletreejs on roots and paths", () =>
    holds(
      fc.property(batches, (leaves) => {
        const tree = buildOrderedTree(concatBytes(...leaves));
        const buffers = leaves.map((leaf) => Buffer.from(leaf));
        const second = new SecondTree(buffers, sha256, { hashLeaves: false, duplicateOdd: false, sortPairs: false });
        expect(toHex(tree.root)).to.equal(toHex(second.getRoot()));
        leaves.forEach((leaf, at) => {
          const steps = toSteps(tree.pathOf(at), at, leaves.length);
          const theirs = second.getProof(Buffer.from(leaf), at);
          expect(steps.map(({ side, digest }) => `${side} ${toHex(digest)}`)).to.deep.equal(
            theirs.map(({ position, data }) => `${position} ${toHex(data)}`),
          );
        });
      }),
    ));

  it("refuses to stand without leaves", () => {
    expect(() => buildOrderedTree(new Uint8Array()))
      .to.throw(TestamurError)
      .with.property("code", "TREE_EMPTY");
  });
});

describe("foldOrdered", () => {
  const [a, b] = [sha256OfText("a"), sha256OfText("b")];

  it("leads to another root when a sibling changes sides", () => {
    const left = foldOrdered(a, [{ side: "left", digest: b }]).at(-1);
    const right = foldOrdered(a, [{ side: "right", digest: b }]).at(-1);
    expect(left).to.not.deep.equal(right);
    expect(right).to.deep.equal(buildOrderedTree(concatBytes(a, b)).root);
  });

  it("gives the leaf alone for an empty path", () => {
    expect(foldOrdered(a, [])).to.deep.equal([a]);
  });

  it("refuses more than 64 siblings", () => {
    const path = Array.from({ length: 65 }, () => ({ side: "left" as const, digest: b }));
    expect(() => foldOrdered(a, path))
      .to.throw(TestamurError)
      .with.property("code", "PATH_TOO_LONG");
  });
});

describe("toSteps", () => {
  it("refuses a path that is too long or too short for the place", () => {
    const sibling = sha256OfText("sibling");
    expect(() => toSteps([sibling, sibling], 4, 5)).to.throw(RangeError);
    expect(() => toSteps([], 0, 2)).to.throw(RangeError);
    expect(toSteps([sibling], 4, 5)).to.deep.equal([{ side: "left", digest: sibling }]);
  });
});
