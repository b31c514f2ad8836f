/** The tree of merkle-jcs-2026 against the specification's vectors and against its definition, written a second time. */

import { expect } from "chai";
import * as fc from "fast-check";

import { compareBytes, concatBytes, fromHex, toHex, toHexDigits, toUtf8 } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import { keccak256, keccakOfText } from "../../src/core/keccak.ts";
import { buildPositionalTree, buildPositionalTreeInOrder, foldPositional } from "../../src/merkle/positional-tree.ts";
import { holds } from "../support/property.ts";
import { referencePath, referenceRoot } from "../support/reference-tree.ts";

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const batches = fc.array(digest, { minLength: 1, maxLength: 70 });

function leavesOf(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, i) => keccak256(concatBytes(Uint8Array.of(0), toUtf8(`{"i":${i}}`))));
}

function rootOf(leaf: Uint8Array, path: readonly Uint8Array[], index: number, size: number): string | undefined {
  const root = foldPositional(leaf, path, { index, size })?.at(-1);
  return root === undefined ? undefined : toHex(root);
}

describe("buildPositionalTreeInOrder", () => {
  it("gives the specification's roots of 1 and 7 leaves, and the path of leaf 4", () => {
    const leaves = leavesOf(7);
    expect(toHexDigits(buildPositionalTreeInOrder(leavesOf(1)[0]!).root)).to.equal(
      "5c65e7ea328277712dbd2495980133649c47e7238d9c64e7139ecac1d636cdd6",
    );
    const tree = buildPositionalTreeInOrder(concatBytes(...leaves));
    expect(toHexDigits(tree.root)).to.equal("2f436fc7f2802d61e2eec73ee72adb8f032d41542c39bc83a6031c989f603b49");
    // the path inside the specification's proof value: [1, 7, 4, path] in CBOR
    const proofValue =
      "hAEHBINYIMM5EQ-02cOJQp7XGr9QR1_uB7KPzVMsFWApcRWoeTV0WCCzhJG3fYoDuKC3WOQvkVJMBy7a4avSYgAsxL8WkeoglFggWjr9rysH65uaNp-hE34e-Cs6FQqputOEUeSIWeqSnt4";
    const cbor = `84010704835820${tree.pathOf(4).map(toHexDigits).join("5820")}`;
    expect(Buffer.from(proofValue, "base64url").toString("hex")).to.equal(cbor);
  });

  it("has the root and the paths of the definition at every size up to 33 and around powers of two", () => {
    for (const size of [...Array.from({ length: 33 }, (_, at) => at + 1), 63, 64, 65, 127, 128, 129]) {
      const leaves = leavesOf(size);
      const tree = buildPositionalTreeInOrder(concatBytes(...leaves));
      expect(toHex(tree.root), `${size}`).to.equal(toHex(referenceRoot(leaves)));
      for (let at = 0; at < size; at++)
        expect(tree.pathOf(at).map(toHex), `${at} of ${size}`).to.deep.equal(referencePath(leaves, at).map(toHex));
    }
  });

  it("goes on where the pairs digested at once end", () => {
    const leaves = leavesOf(2 * 4_096 + 3);
    const tree = buildPositionalTreeInOrder(concatBytes(...leaves));
    expect(tree.root).to.deep.equal(referenceRoot(leaves));
    for (const index of [0, 8_191, 8_192, 8_194])
      expect(rootOf(leaves[index]!, tree.pathOf(index), index, leaves.length)).to.equal(toHex(tree.root));
  });

  it("refuses to stand without leaves", () => {
    expect(() => buildPositionalTreeInOrder(new Uint8Array()))
      .to.throw(TestamurError)
      .with.property("code", "TREE_EMPTY");
  });
});

describe("buildPositionalTree", () => {
  it("is the tree over the leaves in ascending order, asked by the caller's positions", () =>
    holds(
      fc.property(batches, (leaves) => {
        const tree = buildPositionalTree(concatBytes(...leaves));
        const ascending = leaves.toSorted(compareBytes);
        expect(tree.root).to.deep.equal(referenceRoot(ascending));
        for (const [position, leaf] of leaves.entries()) {
          const index = tree.indexOf(position);
          expect(ascending[index]).to.deep.equal(leaf);
          expect(rootOf(leaf, tree.pathOf(position), index, tree.size)).to.equal(toHex(tree.root));
        }
      }),
    ));
});

describe("foldPositional", () => {
  it("returns every node from the leaf over the top node to the anchored root", () => {
    const [a, b, c] = leavesOf(3);
    const ab = keccak256(concatBytes(Uint8Array.of(1), a!, b!));
    const top = keccak256(concatBytes(Uint8Array.of(1), ab, c!));
    const root = keccak256(concatBytes(Uint8Array.of(2), fromHex("0000000000000003"), top));
    expect(foldPositional(b!, [a!, c!], { index: 1, size: 3 })).to.deep.equal([b, ab, top, root]);
    expect(foldPositional(c!, [ab], { index: 2, size: 3 })).to.deep.equal([c, top, root]);
  });

  it("takes RFC 9162's steps for every place and any length of path", () =>
    holds(
      fc.property(
        fc.integer({ min: 1, max: 300 }).chain((size) => fc.tuple(fc.nat(size - 1), fc.constant(size))),
        fc.array(digest, { maxLength: 12 }),
        digest,
        ([index, size], path, leaf) => {
          expect(rootOf(leaf, path, index, size)).to.equal(rfcRootOf(leaf, path, index, size));
        },
      ),
      5,
    ));

  it("leads to the root from no other index and no other size up to 40", () => {
    for (let size = 1; size <= 17; size++) {
      const leaves = leavesOf(size);
      const root = toHex(referenceRoot(leaves));
      for (let index = 0; index < size; index++) {
        const path = referencePath(leaves, index);
        const found: string[] = [];
        for (let otherSize = 1; otherSize <= 40; otherSize++)
          for (let other = 0; other < otherSize; other++)
            if (rootOf(leaves[index]!, path, other, otherSize) === root) found.push(`${other} of ${otherSize}`);
        expect(found).to.deep.equal([`${index} of ${size}`]);
      }
    }
  });

  it("misses the root with a sibling too many, too few, swapped or altered", () => {
    const leaves = leavesOf(11);
    const root = toHex(referenceRoot(leaves));
    const [leaf, path] = [leaves[5]!, referencePath(leaves, 5)];
    expect(rootOf(leaf, path, 5, 11)).to.equal(root);
    const altered = path.map((sibling, at) => (at === 2 ? keccakOfText("x") : sibling));
    for (const other of [path.slice(1), path.slice(0, -1), [...path, leaf], path.toReversed(), altered])
      expect(rootOf(leaf, other, 5, 11)).not.to.equal(root);
  });

  it("takes no inner node for a leaf", () => {
    const leaves = leavesOf(4);
    const inner = keccak256(concatBytes(Uint8Array.of(1), leaves[0]!, leaves[1]!));
    const path = referencePath(leaves, 0).slice(1);
    for (const size of [2, 3, 4]) expect(rootOf(inner, path, 0, size)).not.to.equal(toHex(referenceRoot(leaves)));
  });

  it("fits no path to a place that is none", () => {
    const leaf = keccakOfText("leaf");
    for (const [index, size] of [
      [1, 1],
      [-1, 1],
      [0, 0],
      [0.5, 1],
      [0, 1.5],
      [Number.NaN, 1],
      [0, Infinity],
    ] as const)
      expect(foldPositional(leaf, [], { index, size }), `${index} of ${size}`).to.equal(undefined);
  });

  it("climbs the largest trees there can be", () => {
    const leaf = keccakOfText("leaf");
    const size = 2 ** 32;
    const path = Array.from({ length: 32 }, () => leaf);
    for (const index of [0, 2 ** 31, size - 1]) expect(foldPositional(leaf, path, { index, size })).to.have.length(34);
    expect(foldPositional(leaf, path.slice(1), { index: 0, size })).to.equal(undefined);
  });
});

/** RFC 9162 §2.1.3.2, step by step. */
function rfcRootOf(leaf: Uint8Array, path: readonly Uint8Array[], index: number, size: number): string | undefined {
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of path) {
    if (sn === 0) return undefined;
    if ((fn & 1) === 1 || fn === sn) {
      r = keccak256(concatBytes(Uint8Array.of(1), p, r));
      if ((fn & 1) === 0)
        do [fn, sn] = [fn >> 1, sn >> 1];
        while ((fn & 1) === 0 && fn !== 0);
    } else r = keccak256(concatBytes(Uint8Array.of(1), r, p));
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  if (sn !== 0) return undefined;
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(size));
  return toHex(keccak256(concatBytes(Uint8Array.of(2), number, r)));
}
