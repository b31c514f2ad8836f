/** Every Merkle proof of a version 3 document set against what it covers. */

import type { TransactionClaim } from "../../core/claims.ts";
import type { JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { readContexts } from "../blockcerts/contexts.ts";
import { hashContent } from "../blockcerts/hash-content.ts";
import { anchorOf, inclusionOf } from "../blockcerts/merkle-proof.ts";
import { toBLink } from "../blockcerts/networks.ts";
import { readContent, type ReadContent } from "../blockcerts/read-content.ts";
import { isOfType } from "../blockcerts/statements.ts";
import { vc } from "../blockcerts/vocabulary.ts";
import type { Proof } from "./proofs.ts";

/** A Merkle proof and what follows from it: the tree place recomputed, the transaction named. */
export interface CheckedProof {
  readonly proof: Proof;
  readonly anchor: TransactionClaim;
  /** The anchor as a BLink. */
  readonly link: string;
}

export interface Proven {
  /** What the first Merkle proof covers. */
  readonly content: ReadContent;
  readonly checked: readonly CheckedProof[];
}

/**
 * @param proofs  of this document; each knows what it covers.
 * @throws {Refusal} `FORMAT_UNSUPPORTED` for a document without a Merkle proof; everything that `readContexts`,
 *   `hashContent` and `readContent` refuse.
 */
export async function readProven(document: JsonObject, proofs: readonly Proof[], rootType: string): Promise<Proven> {
  const contexts = await readContexts(document);
  const checked: CheckedProof[] = [];
  let content: ReadContent | undefined;
  for (const proof of proofs) {
    if (proof.kind !== "merkle") continue;
    const hashed = await hashContent(proof.content);
    content ??= insistOnOneKind(await readContent(proof.content, contexts, hashed, rootType));
    const anchor = anchorOf(proof.merkle, inclusionOf(proof.merkle, hashed.leaf));
    checked.push({ proof, anchor, link: toBLink(proof.merkle.anchor) });
  }
  if (content !== undefined) return { content, checked };
  const suites = proofs.map(({ suite }) => suite).join(", ");
  return refuse("FORMAT_UNSUPPORTED", `The document is proven in a way that cannot be checked here: ${suites}.`);
}

/** What is both would have an issuer that the presenter chooses. */
function insistOnOneKind(content: ReadContent): ReadContent {
  const kinds = [vc("VerifiableCredential"), vc("VerifiablePresentation")];
  return kinds.every((kind) => isOfType(content.graph, content.root, kind))
    ? refuse("SHAPE_WRONG", "The document calls itself both a credential and a presentation.")
    : content;
}
