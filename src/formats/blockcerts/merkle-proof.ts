/** A Merkle proof of either version, unpacked: what it states, and the tree place that follows from it. */

import { fromHex, isDigestDigits, toHex, toHexDigits, type Digest } from "../../core/bytes.ts";
import type { Inclusion, TransactionClaim } from "../../core/claims.ts";
import { isObject, textOf, type Json, type JsonArray } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { foldOrdered, type Step } from "../../merkle/ordered-tree.ts";
import { MAX_PATH } from "../../merkle/tree.ts";
import { toChainId, toTransactionHash, type ProofAnchor } from "./networks.ts";

/** What a proof states of one leaf; none of it is believed. */
export interface MerkleProof {
  /** Siblings and their sides, the leaf's level first; 0 to 64. */
  readonly path: readonly Step[];
  readonly merkleRoot: Digest;
  readonly targetHash: Digest;
  readonly anchor: ProofAnchor;
}

/** The digest behind 64 hexadecimal digits. @throws {Refusal} `HASH_MALFORMED` for anything else. */
export function parseDigest(digits: Json | undefined, what: string): Digest {
  if (!isDigestDigits(digits))
    return refuse("HASH_MALFORMED", `The proof's ${what} is not 64 lower-case hexadecimal digits.`);
  return fromHex(digits);
}

/**
 * The path of a proof in plain JSON: objects of one member, `left` or `right`.
 *
 * @throws {Refusal} `PROOF_TOO_LONG` above 64 steps, `SHAPE_WRONG` for a step with no side or two, `HASH_MALFORMED`.
 */
export function parsePath(path: JsonArray): Step[] {
  insistOnLength(path);
  return path.map((step) => {
    const [side, ...others] = isObject(step) ? Object.keys(step) : [];
    if ((side !== "left" && side !== "right") || others.length > 0 || !isObject(step))
      return refuse("SHAPE_WRONG", "A step of the proof's path must have exactly one of left and right.");
    return { side, digest: parseDigest(textOf(step, side), "path") };
  });
}

/** @throws {Refusal} `PROOF_TOO_LONG` above 64 steps: more than any tree has. */
export function insistOnLength(path: readonly unknown[]): void {
  if (path.length > MAX_PATH)
    refuse("PROOF_TOO_LONG", `The proof's path has ${path.length} steps; no tree has more than ${MAX_PATH} levels.`);
}

/**
 * How the leaf hangs in its tree: leaf, path and root recomputed beside what the proof states.
 *
 * @param leaf  the digest of the document's content, as computed.
 */
export function inclusionOf(proof: MerkleProof, leaf: Digest): Inclusion {
  const nodes = foldOrdered(leaf, proof.path).map(toHex);
  return {
    leaf: { stated: toHex(proof.targetHash), computed: toHex(leaf) },
    root: { stated: toHex(proof.merkleRoot), computed: nodes.at(-1) ?? toHex(leaf) },
    path: proof.path.map(({ digest }) => toHex(digest)),
    nodes,
  };
}

/** Where the root is said to be on record. */
export function anchorOf(proof: MerkleProof, inclusion: Inclusion): TransactionClaim {
  const { anchor } = proof;
  return {
    kind: "transaction",
    hash: toTransactionHash(anchor),
    chainId: toChainId(anchor),
    network: `${anchor.chain}:${anchor.network}`,
    inclusion,
  };
}

/** The path in plain JSON, as version 2 writes it. */
export function toJsonPath(path: readonly Step[]): { readonly [side: string]: string }[] {
  return path.map(({ side, digest }) => ({ [side]: toHexDigits(digest) }));
}
