/** `proofValue` of MerkleProof2019: a multibase text that packs path, root, leaf and anchor, in either of two spellings. */

import { findBase58, toMultibase58 } from "../../core/base58.ts";
import { fromHex, toHexDigits, type Digest } from "../../core/bytes.ts";
import { parseCbor, toCborBytes, type Cbor } from "../../core/cbor.ts";
import { refuse } from "../../core/refusal.ts";
import type { Step } from "../../merkle/ordered-tree.ts";
import { insistOnLength, parseDigest, type MerkleProof } from "../blockcerts/merkle-proof.ts";
import { codesOf, findChain, findNetwork, type ProofAnchor } from "../blockcerts/networks.ts";

/** How hashes are packed: as raw bytes (the JavaScript package) or as hexadecimal text (the Python one, most documents). */
export type Spelling = "bytes" | "text";

/** Characters read at most: room for 64 steps in bytes, or for 39 in text, which is a tree of 2^39 leaves. */
const MAX_LENGTH = 4_096;

const ROOT_KEYS = { merkleRoot: 0, targetHash: 1, anchors: 2, path: 3 } as const;
const ANCHOR_KEYS = { chain: 0, network: 1, transaction: 2 } as const;
const SIDES = ["left", "right"] as const;

/**
 * Unpacks a `proofValue`.
 *
 * @throws {Refusal} `SHAPE_WRONG` for anything but one reading (foreign letters, CBOR written another way, a key twice or
 *   unknown, both spellings at once, no or two anchors), `HASH_MALFORMED`, `PROOF_TOO_LONG` above 64 steps.
 */
export function parseProofValue(proofValue: string): MerkleProof & { readonly spelling: Spelling } {
  const packed = proofValue.startsWith("z") ? findBase58(proofValue.slice(1), MAX_LENGTH) : undefined;
  if (packed === undefined)
    return refuse("SHAPE_WRONG", `proofValue must be base58btc text after a z, at most ${MAX_LENGTH} characters.`);
  const members = readPairs(parseCbor(packed), Object.values(ROOT_KEYS));
  const words = wordReader();
  const path = arrayOf(members.get(ROOT_KEYS.path));
  insistOnLength(path);
  const proof: MerkleProof = {
    path: path.map((step) => readStep(step, words)),
    merkleRoot: parseDigest(words.read(members.get(ROOT_KEYS.merkleRoot)), "merkleRoot"),
    targetHash: parseDigest(words.read(members.get(ROOT_KEYS.targetHash)), "targetHash"),
    anchor: readAnchor(arrayOf(members.get(ROOT_KEYS.anchors)), words),
  };
  return { ...proof, spelling: words.spelling() ?? "text" };
}

/** Reads hashes and ids, which are packed twice, and remembers their spelling: all of one proof must have the same. */
interface WordReader {
  readonly read: (item: Cbor | undefined) => string;
  readonly spelling: () => Spelling | undefined;
}

function wordReader(): WordReader {
  let spelling: Spelling | undefined;
  return {
    read: (item) => {
      const inner = item?.kind === "bytes" ? parseCbor(item.value) : refuseProof("a word is not packed in bytes");
      if (inner.kind !== "bytes" && inner.kind !== "text") return refuseProof("a word is neither bytes nor text");
      spelling ??= inner.kind;
      if (inner.kind !== spelling) refuseProof("it mixes both spellings");
      return inner.kind === "bytes" ? toHexDigits(inner.value) : inner.value;
    },
    spelling: () => spelling,
  };
}

function readStep(step: Cbor, words: WordReader): Step {
  const [side, digest, ...others] = arrayOf(step);
  const name = side?.kind === "integer" ? SIDES[side.value] : undefined;
  if (name === undefined || others.length > 0) return refuseProof("a step of its path is not a side and a digest");
  return { side: name, digest: parseDigest(words.read(digest), "path") };
}

function readAnchor(anchors: readonly Cbor[], words: WordReader): ProofAnchor {
  const [anchor, ...others] = anchors;
  if (anchor === undefined || others.length > 0) return refuseProof(`it has ${anchors.length} anchors instead of one`);
  const members = readPairs(anchor, Object.values(ANCHOR_KEYS), true);
  const chain = findChain(integerOf(members.get(ANCHOR_KEYS.chain)));
  if (chain === undefined) return refuseProof("its anchor is on no chain that Blockcerts knows");
  const network = members.get(ANCHOR_KEYS.network);
  const transaction = members.get(ANCHOR_KEYS.transaction);
  // the Python package writes no network of a mock chain, and a note where the network would be
  if (chain === "mocknet" && transaction === undefined)
    return { chain, network: "mocknet", transaction: words.read(network) };
  const name = findNetwork(chain, integerOf(network));
  if (name === undefined) return refuseProof("its anchor is on no network that Blockcerts knows");
  return { chain, network: name, transaction: readTransaction(chain, words.read(transaction)) };
}

/** Only Ethereum's ids may keep their `0x`. */
function readTransaction(chain: ProofAnchor["chain"], word: string): string {
  if (chain === "mocknet") return word;
  const digits = (chain === "btc" ? word : word.replace(/^0x/, "")).toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? digits : refuse("HASH_MALFORMED", "The proof's transaction id is malformed.");
}

/** Members by key: each key at most once and, unless some may be absent, every key. */
function readPairs(item: Cbor, keys: readonly number[], someAbsent = false): ReadonlyMap<number, Cbor> {
  const members = new Map<number, Cbor>();
  for (const pair of arrayOf(item)) {
    const [key, value, ...others] = arrayOf(pair);
    const number = integerOf(key);
    if (value === undefined || others.length > 0) refuseProof("a member is not a key and a value");
    else if (!keys.includes(number) || members.has(number)) refuseProof(`it has the key ${number} twice or needlessly`);
    else members.set(number, value);
  }
  if (!someAbsent && members.size < keys.length) refuseProof("a member is missing");
  return members;
}

function arrayOf(item: Cbor | undefined): readonly Cbor[] {
  return item?.kind === "array" ? item.items : refuseProof("something is no array");
}

function integerOf(item: Cbor | undefined): number {
  return item?.kind === "integer" ? item.value : refuseProof("something is no whole number");
}

function refuseProof(what: string): never {
  return refuse("SHAPE_WRONG", `proofValue has not exactly one reading: ${what}.`);
}

/**
 * Packs a proof, entries in the order all packages write: path, root, leaf, anchor.
 *
 * @param proof  its path at most 25 steps long in text, 47 in bytes: base58 is not written above 2,048 bytes.
 * @param spelling  `text` is what cert-issuer writes and what most documents have.
 */
export function toProofValue(proof: MerkleProof, spelling: Spelling): string {
  const word = (digits: string): Cbor => ({ kind: "bytes", value: toCborBytes(spell(digits, spelling)) });
  const digest = (bytes: Digest): Cbor => word(toHexDigits(bytes));
  const path = proof.path.map(({ side, digest: sibling }) => array(integer(SIDES.indexOf(side)), digest(sibling)));
  const packed = array(
    pair(ROOT_KEYS.path, array(...path)),
    pair(ROOT_KEYS.merkleRoot, digest(proof.merkleRoot)),
    pair(ROOT_KEYS.targetHash, digest(proof.targetHash)),
    pair(ROOT_KEYS.anchors, array(toAnchor(proof.anchor, spelling, word))),
  );
  return toMultibase58(toCborBytes(packed));
}

function toAnchor(anchor: ProofAnchor, spelling: Spelling, word: (digits: string) => Cbor): Cbor {
  const [chain, network] = codesOf(anchor);
  if (anchor.chain === "mocknet" && spelling === "text")
    return array(pair(ANCHOR_KEYS.chain, integer(chain)), pair(ANCHOR_KEYS.network, word(anchor.transaction)));
  const prefix = spelling === "text" && anchor.chain === "eth" ? "0x" : "";
  return array(
    pair(ANCHOR_KEYS.chain, integer(chain)),
    pair(ANCHOR_KEYS.network, integer(network)),
    pair(ANCHOR_KEYS.transaction, word(`${prefix}${anchor.transaction}`)),
  );
}

function spell(word: string, spelling: Spelling): Cbor {
  return spelling === "text" ? { kind: "text", value: word } : { kind: "bytes", value: fromHex(word) };
}

function array(...items: readonly Cbor[]): Cbor {
  return { kind: "array", items };
}

function integer(value: number): Cbor {
  return { kind: "integer", value };
}

function pair(key: number, value: Cbor): Cbor {
  return array(integer(key), value);
}
