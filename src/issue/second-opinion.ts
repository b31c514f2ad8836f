/** An independent implementation looks at the tree before it is anchored. The door of `merkletreejs` and `keccak256`. */

import keccak256 from "keccak256";
import { MerkleTree as OtherTree } from "merkletreejs";

import { toHex, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { leafAt, type BatchTree, type TreeKind } from "./trees.ts";

/** Trees up to this size are rebuilt whole; of larger ones a sample of the paths is climbed. */
export const WHOLE_TREE = 4_096;
const SAMPLE = 1_024;

/** How the other implementation has to be set up for each kind of tree; its options decide the outcome, so all are named. */
const SETTINGS: Readonly<Partial<Record<TreeKind, OtherSettings>>> = {
  "keccak-sorted": { hash: keccak256, sorted: true },
};

interface OtherSettings {
  readonly hash: (bytes: Buffer) => Buffer;
  readonly sorted: boolean;
}

/**
 * Compares our root and paths with what `merkletreejs` makes of the same leaves.
 *
 * @returns how many paths were climbed.
 * @throws {TestamurError} `SECOND_OPINION_DIFFERS` at the first difference; nothing may be anchored then.
 */
export function askSecondOpinion(kind: TreeKind, batch: BatchTree): number {
  const settings = SETTINGS[kind];
  if (settings === undefined)
    throw new TestamurError("FORMAT_NOT_ISSUABLE", `no second opinion on trees of kind ${kind}`);
  const { size } = batch.tree;
  if (size <= WHOLE_TREE) compareRoots(settings, batch);
  const positions = size <= WHOLE_TREE ? everyPosition(size) : samplePositions(size);
  for (const position of positions) climb(settings, batch, position);
  return positions.length;
}

function compareRoots({ hash, sorted }: OtherSettings, { leaves, tree, root }: BatchTree): void {
  const buffers = everyPosition(tree.size).map((position) => Buffer.from(leafAt(leaves, position)));
  const other = toHex(new OtherTree(buffers, hash, optionsOf(sorted)).getRoot());
  if (other !== root) throw difference(root, other, "the root of the tree");
}

function climb({ hash, sorted }: OtherSettings, { leaves, tree, root }: BatchTree, position: number): void {
  const path = tree.pathOf(position).map((sibling) => Buffer.from(sibling));
  const leaf = Buffer.from(leafAt(leaves, position));
  const good = OtherTree.verify(path, leaf, Buffer.from(tree.root), hash, optionsOf(sorted));
  if (!good) throw difference(root, "another root", `the path of credential ${position + 1}`);
}

/** Leaves are digests already; an odd last node moves up; pairs are sorted, or kept in order. */
function optionsOf(sorted: boolean): ConstructorParameters<typeof OtherTree>[2] {
  return { hashLeaves: false, duplicateOdd: false, isBitcoinTree: false, sortLeaves: sorted, sortPairs: sorted };
}

function everyPosition(size: number): number[] {
  return Array.from({ length: size }, (_, position) => position);
}

/** Evenly spread, the first and the last one included: where odd levels end, mistakes show. */
function samplePositions(size: number): number[] {
  return Array.from({ length: SAMPLE }, (_, at) => Math.floor((at * (size - 1)) / (SAMPLE - 1)));
}

function difference(ours: Hex, theirs: string, what: string): TestamurError {
  return new TestamurError("SECOND_OPINION_DIFFERS", `${what}: we say ${ours}, merkletreejs says ${theirs}`, {
    next: "nothing was anchored; please report this with the number of credentials in the batch",
  });
}
