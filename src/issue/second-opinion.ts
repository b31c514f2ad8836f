/** An independent implementation looks at the tree before it is anchored. The door of `merkletreejs` and `keccak256`. */

import { createHash } from "node:crypto";

import keccak256 from "keccak256";
import { MerkleTree as OtherTree } from "merkletreejs";

import { toHex, type Digest, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { toSteps } from "../merkle/ordered-tree.ts";
import { foldPositional } from "../merkle/positional-tree.ts";
import { leafAt, type BatchTree, type TreeKind } from "./trees.ts";

/** Trees up to this size are rebuilt whole; of larger ones a sample of the paths is climbed. */
export const WHOLE_TREE = 4_096;
const SAMPLE = 1_024;

/** How the other implementation has to be set up for a kind of tree; its options decide the outcome, so all are named. */
interface OtherSettings {
  readonly hash: (pair: Buffer) => Buffer;
  readonly sortLeaves: boolean;
  readonly sortPairs: boolean;
  /** From the topmost node to what is anchored, where that is not the same. */
  readonly toRoot?: (top: Buffer, size: number) => Buffer;
}

const SETTINGS: Readonly<Record<TreeKind, OtherSettings>> = {
  "keccak-sorted": { hash: keccak256, sortLeaves: true, sortPairs: true },
  "keccak-positional": {
    hash: (pair) => keccak256(Buffer.concat([Buffer.of(1), pair])),
    sortLeaves: true,
    sortPairs: false,
    toRoot: (top, size) => keccak256(Buffer.concat([Buffer.of(2), toWidth(size), top])),
  },
  "sha256-ordered": {
    hash: (pair) => createHash("sha256").update(pair).digest(),
    sortLeaves: false,
    sortPairs: false,
  },
};

/**
 * Compares our root and paths with what `merkletreejs` makes of the same leaves.
 *
 * @returns how many paths were climbed.
 * @throws {TestamurError} `SECOND_OPINION_DIFFERS` at the first difference; nothing may be anchored then.
 */
export function askSecondOpinion(kind: TreeKind, batch: BatchTree): number {
  const settings = SETTINGS[kind];
  const { size } = batch.tree;
  if (size <= WHOLE_TREE) compareRoots(settings, batch);
  const positions = size <= WHOLE_TREE ? everyPosition(size) : samplePositions(size);
  for (const position of positions) climb(kind, settings, batch, position);
  return positions.length;
}

function compareRoots(settings: OtherSettings, { leaves, tree, root }: BatchTree): void {
  const buffers = everyPosition(tree.size).map((position) => Buffer.from(leafAt(leaves, position)));
  const top = new OtherTree(buffers, settings.hash, optionsOf(settings)).getRoot();
  const other = toHex(settings.toRoot?.(top, tree.size) ?? top);
  if (other !== root) throw difference(root, other, "the root of the tree");
}

function climb(kind: TreeKind, settings: OtherSettings, { leaves, tree, root }: BatchTree, position: number): void {
  const leaf = leafAt(leaves, position);
  const path = tree.pathOf(position);
  const index = tree.indexOf(position);
  const steps = toSteps(path, index, tree.size).map(({ side, digest }) => ({
    position: side,
    data: Buffer.from(digest),
  }));
  const top = topOf(kind, leaf, path, index, tree.size) ?? tree.root;
  const isReached = OtherTree.verify(steps, Buffer.from(leaf), Buffer.from(top), settings.hash, optionsOf(settings));
  const other = settings.toRoot?.(Buffer.from(top), tree.size) ?? top;
  if (!isReached || toHex(other) !== root)
    throw difference(root, "another root", `the path of credential ${position + 1}`);
}

/** What the climb must reach, where something comes above it: taken from us, confirmed by them, and hashed on by them. */
function topOf(kind: TreeKind, leaf: Digest, path: readonly Digest[], index: number, size: number): Digest | undefined {
  return kind === "keccak-positional" ? foldPositional(leaf, path, { index, size })?.at(-2) : undefined;
}

/** Leaves are digests already; an odd last node moves up. */
function optionsOf({ sortLeaves, sortPairs }: OtherSettings): ConstructorParameters<typeof OtherTree>[2] {
  return { hashLeaves: false, duplicateOdd: false, isBitcoinTree: false, complete: false, sortLeaves, sortPairs };
}

function toWidth(size: number): Buffer {
  const width = Buffer.alloc(8);
  width.writeBigUInt64BE(BigInt(size));
  return width;
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
