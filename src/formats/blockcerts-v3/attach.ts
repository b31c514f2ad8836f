/** Makes a document of a sealed credential, once its root is on record: the proof is put in, the content stays as it was hashed. */

import { toHex, type Digest } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { isObject, objectOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { Anchor } from "../../core/ports/anchoring.ts";
import { toSteps } from "../../merkle/ordered-tree.ts";
import type { TreePlace } from "../format.ts";
import { findEthereumNetwork, type ProofAnchor } from "../blockcerts/networks.ts";
import { toProofValue } from "./proof-value.ts";

/**
 * The document as one line of JSON.
 *
 * @param sealed  the text that `seal` made, as it was kept.
 * @param anchor  with the transaction whose input is the root: Blockcerts knows nothing else.
 * @throws {TestamurError} `BATCH_CORRUPT` when the text is not sealed or not of this leaf, and when the anchor names no
 *   transaction or no chain that Blockcerts can name.
 */
export function attach(sealed: string, { leaf, path, root, index, size }: TreePlace, anchor: Anchor): string {
  const { proof, content } = parseSealed(sealed, leaf);
  const merkle = {
    path: toSteps(path, index, size),
    merkleRoot: root,
    targetHash: leaf,
    anchor: toProofAnchor(anchor),
  };
  const whole = {
    id: textOf(proof, "id"),
    type: "DataIntegrityProof",
    cryptosuite: "merkle-proof-2019",
    proofPurpose: "assertionMethod",
    created: textOf(proof, "created"),
    verificationMethod: textOf(proof, "verificationMethod"),
    proofValue: toProofValue(merkle, "text"),
  };
  return `${JSON.stringify({ ...content, proof: whole })}\n`;
}

function toProofAnchor({ chainId, transaction, root }: Anchor): ProofAnchor {
  const network = findEthereumNetwork(chainId);
  if (network === undefined || transaction === undefined)
    throw new TestamurError("BATCH_CORRUPT", `root ${root} has no transaction on a chain that Blockcerts can name`);
  return { ...network, transaction: transaction.slice(2).toLowerCase() };
}

function parseSealed(sealed: string, leaf: Digest): { readonly proof: JsonObject; readonly content: JsonObject } {
  const value = parse(sealed);
  const form = isObject(value) ? value : {};
  const proof = objectOf(form, "proof");
  const content = objectOf(form, "content");
  const expected = toHex(leaf);
  if (proof === undefined || content === undefined || textOf(form, "leaf") !== expected)
    throw new TestamurError("BATCH_CORRUPT", `what was kept of leaf ${expected} is not its sealed credential`);
  return { proof, content };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json; // our own text, from our own store
  } catch {
    return undefined;
  }
}
