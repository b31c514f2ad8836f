import { expect } from "chai";

import { fromHex } from "../../src/core/bytes.ts";
import type { SealedEntry } from "../../src/core/ports/batches.ts";
import { placeOf, readLeaves, treeOver, type BatchTree } from "../../src/issue/trees.ts";
import { foldSorted } from "../../src/merkle/sorted-tree.ts";
import { streamOf } from "../support/collect.ts";
import { laterFaultOf } from "../support/faults.ts";
import { entryOf } from "../support/store-suite.ts";

const entries: readonly SealedEntry[] = [5, 3, 8, 1, 9].map(entryOf);

async function growTree(kind: "keccak-sorted", stored: AsyncIterable<SealedEntry>, count: number): Promise<BatchTree> {
  return treeOver(kind, await readLeaves(stored, count), count);
}

describe("treeOver", () => {
  it("gives each stored credential the place of its own leaf", async () => {
    const batch = await growTree("keccak-sorted", streamOf(...entries), 5);
    for (const [position, { leaf }] of entries.entries()) {
      const place = placeOf(batch, position);
      expect(place.leaf).to.deep.equal(fromHex(leaf));
      expect(foldSorted(place.leaf, place.path).at(-1)).to.deep.equal(batch.tree.root);
      expect(place.size).to.equal(5);
    }
  });

  it("refuses more or fewer credentials than were sealed", async () => {
    for (const count of [4, 6])
      expect(await laterFaultOf(async () => growTree("keccak-sorted", streamOf(...entries), count))).to.equal(
        "BATCH_CORRUPT",
      );
  });

  it("refuses two credentials with one digest", async () => {
    const twins = [...entries, entryOf(3)];
    expect(await laterFaultOf(async () => growTree("keccak-sorted", streamOf(...twins), 6))).to.equal("BATCH_CORRUPT");
  });

  it("refuses an empty batch", async () => {
    expect(await laterFaultOf(async () => growTree("keccak-sorted", streamOf(), 0))).to.equal("TREE_EMPTY");
  });
});
