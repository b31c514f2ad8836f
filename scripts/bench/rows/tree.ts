/** A tree over many leaves and the paths of all of them. */

import { createHash } from "node:crypto";

import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import keccak256 from "keccak256";
import { MerkleTree } from "merkletreejs";

import { toHex, type Digest } from "../../../src/core/bytes.ts";
import { buildSortedTree, foldSorted } from "../../../src/merkle/sorted-tree.ts";
import type { Race, Sample, Setting } from "../row.ts";

/** Paths that are timed where all of them would take too long. */
const SAMPLED = 1_000;
const WARM_UP = 4_096;

function countFor({ quick }: Setting): number {
  return quick ? 50_000 : 1_000_000;
}

/** Digests in no order, the same in every process. */
function leavesOf(count: number): Uint8Array {
  const leaves = new Uint8Array(32 * count);
  for (let at = 0; at < count; at++) leaves.set(createHash("sha256").update(String(at)).digest(), 32 * at);
  return leaves;
}

function leafAt(leaves: Uint8Array, at: number): Digest {
  return leaves.subarray(32 * at, 32 * at + 32);
}

function listOf<Leaf>(leaves: Uint8Array, toLeaf: (leaf: Digest) => Leaf): Leaf[] {
  return Array.from({ length: leaves.length / 32 }, (_, at) => toLeaf(leafAt(leaves, at)));
}

/** Times building, and then paths spread evenly over the tree: all of them, or a sample counted up to all. */
function race(count: number, sampled: number, build: () => (at: number) => unknown): Sample {
  const started = performance.now();
  const pathOf = build();
  const built = performance.now();
  const stride = count / sampled;
  for (let at = 0; at < sampled; at++) pathOf(Math.floor(at * stride));
  const paths = (performance.now() - built) * stride;
  const seconds = (built - started + paths) / 1_000;
  return { units: count, seconds, extra: { "seconds for the tree": (built - started) / 1_000 } };
}

function ours(leaves: Uint8Array): Sample {
  const count = leaves.length / 32;
  return race(count, count, () => buildSortedTree(leaves).pathOf);
}

function merkletreejs(leaves: readonly Buffer[]): Sample {
  return race(leaves.length, Math.min(SAMPLED, leaves.length), () => {
    const tree = new MerkleTree([...leaves], keccak256, { sortPairs: true });
    return (at) => tree.getProof(leaves[at] ?? Buffer.alloc(0), at); // told where the leaf is, it need not search
  });
}

function openZeppelin(leaves: readonly string[]): Sample {
  return race(leaves.length, Math.min(SAMPLED, leaves.length), () => {
    const tree = SimpleMerkleTree.of([...leaves]);
    return (at) => tree.getProof(at);
  });
}

function toBuffer(leaf: Digest): Buffer {
  return Buffer.from(leaf);
}

export const tree: Race = {
  kind: "race",
  title: "Merkle tree and all paths, 1,000,000 keccak-256 leaves",
  unit: "leaves",
  rounds: 3,
  sides: {
    ours: {
      name: "Testamur",
      async open(setting) {
        const leaves = leavesOf(countFor(setting));
        return { warmUp: () => ours(leavesOf(WARM_UP)), run: () => ours(leaves) };
      },
    },
    merkletreejs: {
      name: "merkletreejs",
      async open(setting) {
        const leaves = listOf(leavesOf(countFor(setting)), toBuffer);
        return { warmUp: () => merkletreejs(leaves.slice(0, WARM_UP)), run: () => merkletreejs(leaves) };
      },
    },
    openZeppelin: {
      name: "@openzeppelin/merkle-tree",
      async open(setting) {
        const leaves = listOf(leavesOf(countFor(setting)), toHex);
        return { warmUp: () => openZeppelin(leaves.slice(0, WARM_UP)), run: () => openZeppelin(leaves) };
      },
    },
  },
  aims: [
    { of: "ours", against: "merkletreejs", atLeast: 20 },
    { of: "ours", against: "openZeppelin", atLeast: 20 },
  ],
  notes: [
    `All trees are built whole. We give all paths; of the others' paths ${SAMPLED} spread over the tree are timed and counted up to all (merkletreejs is told each leaf's place, so that it does not search for it).`,
    "We sort the leaves, as OpenZeppelin does; merkletreejs is spared that.",
  ],
  async check() {
    const count = 65_536; // a power of two: only there OpenZeppelin's tree has the same shape
    const leaves = leavesOf(count);
    const { root, pathOf } = buildSortedTree(leaves);
    const other = new MerkleTree(listOf(leaves, toBuffer), keccak256, { sortLeaves: true, sortPairs: true });
    const third = SimpleMerkleTree.of(listOf(leaves, toHex));
    if (other.getHexRoot() !== toHex(root) || third.root !== toHex(root)) throw new Error("the roots differ");
    for (let at = 0; at < count; at += 97) {
      const leaf = leafAt(leaves, at);
      const isGood = SimpleMerkleTree.verify(toHex(root), toHex(leaf), pathOf(at).map(toHex));
      const top = foldSorted(leaf, pathOf(at)).at(-1);
      if (!isGood || top === undefined || toHex(top) !== toHex(root)) throw new Error(`the path of leaf ${at} differs`);
    }
    return `one root from all three for ${count.toLocaleString("en")} leaves; OpenZeppelin accepts every 97th path of ours.`;
  },
};
