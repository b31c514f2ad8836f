/** MerkleProof2017: version 2's proof, in plain JSON under `signature`. */

import { isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { arrayAt, refuseUnknownMembers, textAt } from "../blockcerts/members.ts";
import { parseDigest, parsePath, type MerkleProof } from "../blockcerts/merkle-proof.ts";
import { findNetwork2017, type Network, type ProofAnchor } from "../blockcerts/networks.ts";
import { hasSignature2017, TYPE } from "./detect.ts";

/** The types of the proof; nothing protects them. */
const TYPES: readonly string[] = [TYPE, "Extension"];
const MEMBERS: readonly string[] = ["type", "merkleRoot", "targetHash", "proof", "anchors"];
const ANCHOR_MEMBERS: readonly string[] = ["sourceId", "type", "chain"];

/**
 * The document's proof.
 *
 * @throws {Refusal} `PROOF_MISSING` without one, `FORMAT_UNSUPPORTED` for another kind; `MEMBER_UNKNOWN`, `SHAPE_WRONG`,
 *   `HASH_MALFORMED`, `PROOF_TOO_LONG` for one that has not exactly one reading.
 */
export function readSignature(document: JsonObject): MerkleProof {
  const signature = memberOf(document, "signature");
  if (signature === undefined) return refuse("PROOF_MISSING", "The document carries no proof: nobody has issued it.");
  if (!isObject(signature)) return refuse("SHAPE_WRONG", "The document's signature is no object.");
  if (!hasSignature2017(document))
    return refuse("FORMAT_UNSUPPORTED", "The document is proven in a way that cannot be checked here.");
  refuseUnknownMembers(signature, MEMBERS, "The signature");
  const types = arrayAt(signature, "type", "signature");
  if (types.length !== TYPES.length || !TYPES.every((type) => types.includes(type)))
    refuse("SHAPE_WRONG", `The signature's type must be ${TYPE} and Extension.`);
  return {
    path: parsePath(arrayAt(signature, "proof", "signature")),
    merkleRoot: parseDigest(memberOf(signature, "merkleRoot"), "merkleRoot"),
    targetHash: parseDigest(memberOf(signature, "targetHash"), "targetHash"),
    anchor: readAnchor(arrayAt(signature, "anchors", "signature")),
  };
}

function readAnchor(anchors: readonly Json[]): ProofAnchor {
  const [anchor, ...others] = anchors;
  if (!isObject(anchor) || others.length > 0)
    return refuse("SHAPE_WRONG", `The proof has ${anchors.length} anchors instead of exactly one.`);
  refuseUnknownMembers(anchor, ANCHOR_MEMBERS, "The proof's anchor");
  const network = readNetwork(anchor);
  const sourceId = textAt(anchor, "sourceId", "anchor");
  if (network.chain === "mocknet") return { ...network, transaction: sourceId };
  const digits = (network.chain === "eth" ? sourceId.replace(/^0x/, "") : sourceId).toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits)
    ? { ...network, transaction: digits }
    : refuse("HASH_MALFORMED", "The proof's transaction id is malformed.");
}

/** An anchor without a chain is an older one in Bitcoin: the main network or its test network, only the address would tell. */
function readNetwork(anchor: JsonObject): Network {
  const type = textAt(anchor, "type", "anchor");
  if (memberOf(anchor, "chain") !== undefined) {
    const name = textAt(anchor, "chain", "anchor");
    return (
      findNetwork2017(name) ?? refuse("SHAPE_WRONG", `The proof's anchor is on an unknown chain: ${name.slice(0, 40)}.`)
    );
  }
  if (type !== "BTCOpReturn") return refuse("SHAPE_WRONG", "The proof's anchor does not say on which chain it is.");
  return { chain: "btc", network: "mainnet or testnet" };
}
