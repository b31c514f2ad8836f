/** The sorted tree against OpenAttestation's vectors and against two other implementations. */

import { StandardMerkleTree, SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import * as fc from "fast-check";
import { MerkleTree as SecondTree } from "merkletreejs";

import { compareBytes, concatBytes, fromHex, toHex, toHexDigits } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import { keccak256, keccakOfText } from "../../src/core/keccak.ts";
import { buildSortedTree, foldSorted } from "../../src/merkle/sorted-tree.ts";
import { holds } from "../support/property.ts";
import { findJsonVectors } from "../support/vectors.ts";

interface TreeVector {
  readonly n: number | string;
  readonly leaves: readonly string[];
  readonly root: string;
  readonly proofs: readonly (readonly string[])[];
}

function readTreeVectors(file: string): readonly TreeVector[] {
  return (findJsonVectors(`openattestation/vectors/${file}`) ?? []) as readonly TreeVector[];
}

const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
/** Leaves that collide in their first bytes, now and then wholly: the hard cases of sorting. */
const hardDigests = fc.tuple(fc.nat(2), fc.nat(2)).map(([first, last]) => {
  const leaf = new Uint8Array(32);
  leaf[3] = first;
  leaf[31] = last;
  return leaf;
});
const batches = fc.array(fc.oneof(digests, hardDigests), { minLength: 1, maxLength: 70 });

/** The top of leaves that are in order, pair by pair. */
function climb(nodes: readonly Uint8Array[]): Uint8Array {
  const [top] = nodes;
  if (top !== undefined && nodes.length === 1) return top;
  const parents = Array.from({ length: Math.ceil(nodes.length / 2) }, (_, at) => {
    const pair = nodes.slice(2 * at, 2 * at + 2).toSorted(compareBytes);
    return pair.length === 1 ? concatBytes(...pair) : keccak256(concatBytes(...pair));
  });
  return climb(parents);
}

function faultOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof TestamurError ? error.code : String(error);
  }
}

describe("buildSortedTree", () => {
  const vectors = readTreeVectors("merkle-library.json");
  for (const { n, leaves, root, proofs } of vectors) {
    it(`builds the root and the paths of OpenAttestation for ${n} leaves (${leaves[0]?.slice(0, 6)}…)`, () => {
      const tree = buildSortedTree(fromHex(leaves.join("")));
      expect(toHexDigits(tree.root)).to.equal(root);
      // theirs looks leaves up by value, so equal leaves get the path of the first
      expect(leaves.map((leaf) => tree.pathOf(leaves.indexOf(leaf)).map(toHexDigits))).to.deep.equal(proofs);
    });
  }

  it("builds the same root from any order of many leaves, one more than are paired together included", () => {
    for (const size of [8_191, 8_192, 8_193, 16_385]) {
      const leaves = Array.from({ length: size }, (_, at) => keccakOfText(`${at}`));
      const inOrder = leaves.toSorted(compareBytes);
      const { root, pathOf } = buildSortedTree(concatBytes(...leaves));
      expect(toHex(root), `${size}`).to.equal(toHex(buildSortedTree(concatBytes(...inOrder)).root));
      expect(toHex(root), `${size}`).to.equal(toHex(climb(inOrder)));
      for (const position of [0, 1, 4_096, size - 1])
        expect(foldSorted(leaves[position] ?? root, pathOf(position)).at(-1), `${size}`).to.deep.equal(root);
    }
  });

  it("gives every leaf a path that leads to the root", () =>
    holds(
      fc.property(batches, (leaves) => {
        const tree = buildSortedTree(concatBytes(...leaves));
        for (const [position, leaf] of leaves.entries())
          expect(foldSorted(leaf, tree.pathOf(position)).at(-1)).to.deep.equal(tree.root);
      }),
    ));

  it("agrees with merkletreejs on roots and paths", () =>
    holds(
      fc.property(fc.uniqueArray(digests, { minLength: 1, maxLength: 40, selector: toHex }), (leaves) => {
        const tree = buildSortedTree(concatBytes(...leaves));
        const second = new SecondTree(
          leaves.map((leaf) => Buffer.from(leaf)),
          (bytes: Uint8Array) => Buffer.from(keccak256(bytes)),
          { sort: true },
        );
        expect(toHex(tree.root)).to.equal(second.getHexRoot());
        for (const [position, leaf] of leaves.entries())
          expect(tree.pathOf(position).map(toHex)).to.deep.equal(second.getHexProof(Buffer.from(leaf)));
      }),
    ));

  it("folds the paths of OpenZeppelin's trees to their roots", () =>
    holds(
      fc.property(fc.uniqueArray(digests, { minLength: 1, maxLength: 40, selector: toHex }), (leaves) => {
        const simple = SimpleMerkleTree.of(leaves.map(toHex), { sortLeaves: true });
        for (const leaf of leaves)
          expect(toHex(foldSorted(leaf, simple.getProof(toHex(leaf)).map(fromHex)).at(-1) ?? leaf)).to.equal(
            simple.root,
          );
        const standard = StandardMerkleTree.of(
          leaves.map((leaf) => [toHex(leaf)]),
          ["bytes32"],
        );
        for (const leaf of leaves) {
          const path = standard.getProof([toHex(leaf)]).map(fromHex);
          expect(toHex(foldSorted(keccak256(keccak256(leaf)), path).at(-1) ?? leaf)).to.equal(standard.root);
        }
      }),
      0.3,
    ));

  it("has OpenZeppelin's root where the number of leaves is a power of two", () =>
    holds(
      fc.property(fc.nat(6), fc.nat(), (power, seed) => {
        const leaves = Array.from({ length: 2 ** power }, (_, at) => keccakOfText(`${seed}/${at}`));
        const tree = buildSortedTree(concatBytes(...leaves));
        // its array holds the leaves backwards, so the order of pairs is the same, mirrored
        expect(toHex(tree.root)).to.equal(SimpleMerkleTree.of(leaves.map(toHex), { sortLeaves: true }).root);
      }),
    ));

  it("puts the leaves in ascending order, equal ones in the caller's", () =>
    holds(
      fc.property(batches, (leaves) => {
        const tree = buildSortedTree(concatBytes(...leaves));
        const ascending = leaves
          .map((leaf, position) => ({ text: toHex(leaf), position }))
          .toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.position - b.position));
        for (const [place, { position }] of ascending.entries()) expect(tree.indexOf(position)).to.equal(place);
      }),
    ));

  it("has the same root whatever order the leaves come in", () =>
    holds(
      fc.property(
        batches.chain((leaves) =>
          fc.tuple(
            fc.constant(leaves),
            fc.shuffledSubarray(leaves, { minLength: leaves.length, maxLength: leaves.length }),
          ),
        ),
        ([leaves, shuffled]) => {
          expect(buildSortedTree(concatBytes(...shuffled)).root).to.deep.equal(
            buildSortedTree(concatBytes(...leaves)).root,
          );
        },
      ),
    ));

  it("leaves the caller's leaves as they are and shares no memory with them", () => {
    const leaves = concatBytes(keccakOfText("b"), keccakOfText("a"), keccakOfText("c"));
    const before = leaves.slice();
    const tree = buildSortedTree(leaves);
    expect(leaves).to.deep.equal(before);
    const root = tree.root.slice();
    for (const sibling of tree.pathOf(0)) sibling.fill(0);
    leaves.fill(0);
    expect(foldSorted(keccakOfText("b"), tree.pathOf(0)).at(-1)).to.deep.equal(root);
  });

  it("tells [a, b, c] from [a, b, c, c]", () => {
    const [a, b, c] = [keccakOfText("a"), keccakOfText("b"), keccakOfText("c")];
    expect(buildSortedTree(concatBytes(a, b, c)).root).not.to.deep.equal(buildSortedTree(concatBytes(a, b, c, c)).root);
  });

  it("refuses an empty batch and a torn digest", () => {
    expect(faultOf(() => buildSortedTree(new Uint8Array()))).to.equal("TREE_EMPTY");
    expect(faultOf(() => buildSortedTree(new Uint8Array(33)))).to.equal("INTERNAL");
  });

  it("refuses a position that is none", () => {
    const tree = buildSortedTree(keccakOfText("a"));
    for (const position of [-1, 1, 0.5, Number.NaN]) expect(() => tree.pathOf(position)).to.throw(RangeError);
    expect(() => foldSorted(new Uint8Array(32), [new Uint8Array(31)])).to.throw(RangeError);
  });
});

describe("foldSorted", () => {
  const vectors = readTreeVectors("merkle-cli-order.json");
  for (const { n, leaves, root, proofs } of vectors) {
    it(`folds the ${n} paths of a tree built in directory order`, () => {
      for (const [position, leaf] of leaves.entries())
        expect(
          toHexDigits(foldSorted(fromHex(leaf), (proofs[position] ?? []).map(fromHex)).at(-1) ?? new Uint8Array()),
        ).to.equal(root);
    });
  }

  it("returns every node from leaf to root", () => {
    const leaves = [1, 2, 3, 4, 5].map((at) => keccakOfText(`${at}`));
    const tree = buildSortedTree(concatBytes(...leaves));
    for (const [position, leaf] of leaves.entries()) {
      const path = tree.pathOf(position);
      const nodes = foldSorted(leaf, path);
      expect(nodes).to.have.length(path.length + 1);
      expect(nodes[0]).to.deep.equal(leaf);
      expect(nodes.at(-1)).to.deep.equal(tree.root);
    }
  });

  it("misses the root when one bit of leaf or path is altered", () =>
    holds(
      fc.property(
        fc.uniqueArray(digests, { minLength: 2, maxLength: 20, selector: toHex }),
        fc.nat(),
        fc.nat(),
        (leaves, which, bit) => {
          const tree = buildSortedTree(concatBytes(...leaves));
          const position = which % leaves.length;
          const whole = concatBytes(leaves[position]!, ...tree.pathOf(position));
          const at = bit % (whole.length * 8);
          whole[at >> 3] = whole[at >> 3]! ^ (1 << (at & 7));
          const [leaf, ...path] = Array.from({ length: whole.length / 32 }, (_, place) =>
            whole.subarray(place * 32, place * 32 + 32),
          );
          expect(foldSorted(leaf!, path).at(-1)).not.to.deep.equal(tree.root);
        },
      ),
    ));

  it("climbs 64 siblings and refuses the 65th", () => {
    const path = Array.from({ length: 65 }, () => new Uint8Array(32));
    expect(foldSorted(new Uint8Array(32), path.slice(1))).to.have.length(65);
    expect(faultOf(() => foldSorted(new Uint8Array(32), path))).to.equal("PATH_TOO_LONG");
  });
});
