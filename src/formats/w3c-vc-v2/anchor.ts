/** The anchor proof merkle-jcs-2026: the members that name the store, the leaf over the JSON value, the climb to the root. */

import { toJcsBytes } from "../../canon/jcs.ts";
import { findMultibase64 } from "../../core/base64url.ts";
import { concatBytes, toHex, type Digest, type Hex } from "../../core/bytes.ts";
import type { Inclusion } from "../../core/claims.ts";
import { memberOf, textOf, type JsonObject } from "../../core/json.ts";
import { keccak256 } from "../../core/keccak.ts";
import { refuse } from "../../core/refusal.ts";
import { foldPositional } from "../../merkle/positional-tree.ts";
import { ANCHOR_NONCE, ANCHOR_STORE, ANCHOR_SUITE, DATA_INTEGRITY_PROOF, STATUS_LIST } from "./names.ts";
import { parseProofValue } from "./proof-value.ts";
import { insist, isUrl } from "./rules.ts";

/** Before the leaf's bytes, so that no node of the tree can pass for a leaf (RFC 6962 §2.1). */
const LEAF_TAG = Uint8Array.of(0);

const STORE = /^eip155:([1-9][0-9]{0,15}):(0x[0-9a-f]{40})$/;
const NONCE = /^u[A-Za-z0-9_-]{21}[AQgw]$/;

/** All members of an anchor proof: it is not hashed, so it may say nothing else. */
const PROOF_MEMBERS: readonly string[] = ["type", "cryptosuite", "proofPurpose", "verificationMethod", "proofValue"];

/** What the document itself says of its anchor. */
export interface AnchorMembers {
  readonly chainId: number;
  readonly store: Hex;
  /** The 32 bytes that name the status list in the store. */
  readonly statusList?: Hex;
}

/** An anchor proof, climbed. */
export interface AnchorProof {
  readonly inclusion: Inclusion;
  readonly verificationMethod: string;
}

/** True when the document has any of our members at the top: it then needs them all, and both kinds of proof. */
export function isNative(content: JsonObject): boolean {
  return [ANCHOR_STORE, ANCHOR_NONCE, STATUS_LIST].some((name) => Object.hasOwn(content, name));
}

/**
 * @throws {Refusal} `SHAPE_WRONG` when a member is absent or not in its one spelling.
 */
export function readAnchorMembers(content: JsonObject): AnchorMembers {
  const [, chain, store] = STORE.exec(textOf(content, ANCHOR_STORE) ?? "") ?? [];
  const chainId = Number(chain);
  insist(
    Number.isSafeInteger(chainId) && store !== undefined,
    "anchorStore is not the lower-case CAIP-10 address of a store.",
  );
  insist(NONCE.test(textOf(content, ANCHOR_NONCE) ?? ""), "anchorNonce is not 16 random bytes.");
  const anchor = { chainId, store: store as Hex }; // the pattern's second half
  if (memberOf(content, STATUS_LIST) === undefined) return anchor;
  const list = findMultibase64(textOf(content, STATUS_LIST) ?? "");
  insist(list?.length === 32, "statusList is not 32 random bytes.");
  return { ...anchor, statusList: toHex(list) };
}

/**
 * The leaf of a document: Keccak-256 over a zero byte and the canonical JSON.
 *
 * @param content  the document without its top-level `proof`.
 */
export function leafOf(content: JsonObject): Digest {
  return keccak256(concatBytes(LEAF_TAG, toJcsBytes(content)));
}

/**
 * Climbs from the document to the root its proof leads to.
 *
 * @throws {Refusal} `SHAPE_WRONG`, `PROOF_TOO_LONG`; `ROOT_MISMATCH` for a path that does not fit size and index.
 */
export function readAnchorProof(content: JsonObject, proof: JsonObject): AnchorProof {
  const verificationMethod = memberOf(proof, "verificationMethod");
  const names = Object.keys(proof);
  insist(
    names.length === PROOF_MEMBERS.length && PROOF_MEMBERS.every((name) => names.includes(name)),
    `An anchor proof has just the members ${PROOF_MEMBERS.join(", ")}.`,
  );
  insist(
    isUrl(verificationMethod) && verificationMethod.includes("#"),
    "The anchor proof does not name its store by a URL.",
  );
  insist(
    memberOf(proof, "proofPurpose") === "assertionMethod",
    "The purpose of the anchor proof is not assertionMethod.",
  );
  const { size, index, path } = parseProofValue(textOf(proof, "proofValue") ?? "");
  const leaf = leafOf(content);
  const nodes = foldPositional(leaf, path, { index, size });
  const root = nodes?.at(-1);
  if (nodes === undefined || root === undefined) {
    return refuse("ROOT_MISMATCH", "The path of the anchor proof does not fit the place it states.");
  }
  return { inclusion: toInclusion(leaf, root, path, nodes), verificationMethod };
}

/** Leaf and root are never stated, only computed, so the two halves of each are one. */
function toInclusion(leaf: Digest, root: Digest, path: readonly Digest[], nodes: readonly Digest[]): Inclusion {
  return {
    leaf: { stated: toHex(leaf), computed: toHex(leaf) },
    root: { stated: toHex(root), computed: toHex(root) },
    path: path.map(toHex),
    nodes: nodes.map(toHex),
  };
}

/** An anchor proof, whole: what `attach` adds to a document. */
export function toAnchorProof(verificationMethod: string, proofValue: string): JsonObject {
  return {
    type: DATA_INTEGRITY_PROOF,
    cryptosuite: ANCHOR_SUITE,
    proofPurpose: "assertionMethod",
    verificationMethod,
    proofValue,
  };
}
