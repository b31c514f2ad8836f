import { expect } from "chai";

import { toHex } from "../../src/core/bytes.ts";
import { askSecondOpinion, WHOLE_TREE } from "../../src/issue/second-opinion.ts";
import { buildTree, type BatchTree, type TreeKind } from "../../src/issue/trees.ts";
import { faultOf } from "../support/faults.ts";
import { seededRandom } from "../support/seeded-random.ts";

const KINDS: readonly TreeKind[] = ["keccak-sorted", "keccak-positional", "sha256-ordered"];

function batchOf(kind: TreeKind, size: number): BatchTree {
  const leaves = seededRandom(size)(32 * size);
  const tree = buildTree(kind, leaves);
  return { leaves, tree, root: toHex(tree.root) };
}

describe("askSecondOpinion", () => {
  for (const kind of KINDS)
    describe(`on a tree of kind ${kind}`, () => {
      it("agrees on every size up to 40, and climbs every path", () => {
        for (let size = 1; size <= 40; size++)
          expect(askSecondOpinion(kind, batchOf(kind, size)), String(size)).to.equal(size);
      });

      it("agrees on a sample of a larger one, the first and the last included", () => {
        const asked: number[] = [];
        const batch = batchOf(kind, WHOLE_TREE + 101);
        const { tree } = batch;
        const pathOf = (position: number): Uint8Array[] => {
          asked.push(position);
          return tree.pathOf(position);
        };
        expect(askSecondOpinion(kind, { ...batch, tree: { ...tree, pathOf } })).to.equal(1_024);
        expect(asked).to.include.members([0, tree.size - 1]);
      });

      it("differs when one bit of one path, one leaf or the root is wrong", () => {
        const batch = batchOf(kind, 13);
        const { tree, leaves } = batch;
        const pathOf = (position: number): Uint8Array[] =>
          tree.pathOf(position).map((sibling, at) => (position === 7 && at === 1 ? flip(sibling, 3) : sibling));
        const root = toHex(flip(tree.root, 5));
        const wrong: readonly BatchTree[] = [
          { ...batch, tree: { ...tree, pathOf } },
          { ...batch, leaves: flip(leaves, 32 * 4) },
          { ...batch, root, tree: { ...tree, root: flip(tree.root, 5) } },
        ];
        for (const one of wrong) expect(faultOf(() => askSecondOpinion(kind, one))).to.equal("SECOND_OPINION_DIFFERS");
      });

      it("differs when a path of a large tree is wrong", () => {
        const batch = batchOf(kind, WHOLE_TREE + 1);
        const { tree } = batch;
        const pathOf = (position: number): Uint8Array[] => tree.pathOf(position).map((sibling) => flip(sibling, 0));
        expect(faultOf(() => askSecondOpinion(kind, { ...batch, tree: { ...tree, pathOf } }))).to.equal(
          "SECOND_OPINION_DIFFERS",
        );
      });
    });

  it("differs when the tree was built as another kind", () => {
    for (const kind of KINDS)
      for (const other of KINDS.filter((one) => one !== kind))
        expect(faultOf(() => askSecondOpinion(kind, batchOf(other, 9)))).to.equal("SECOND_OPINION_DIFFERS");
  });
});

function flip(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}
