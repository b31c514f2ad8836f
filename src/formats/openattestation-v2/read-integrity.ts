/** What a document consists of, and whether that is what was issued: shape, leaves, digest, place in the tree. Trust is no part of it. */

import type { Inclusion } from "../../core/claims.ts";
import type { JsonObject } from "../../core/json.ts";
import { digestOf } from "../openattestation/digest.ts";
import { inclusionOf, refuseShownAndHidden } from "../openattestation/hashes.ts";
import { readLeaves, type Leaves } from "./read-leaves.ts";
import { readShape, type WrappedDocument } from "./shape.ts";

export interface Integrity extends Leaves {
  readonly wrapped: WrappedDocument;
  /** What is stated of leaf and root beside what was computed, for the caller to compare. */
  readonly inclusion: Inclusion;
}

/** @throws {Refusal} whatever `readShape` and `readLeaves` refuse, and `HASH_TWICE`. */
export function readIntegrity(document: JsonObject): Integrity {
  const wrapped = readShape(document);
  const { hashes, content } = readLeaves(wrapped.data);
  refuseShownAndHidden(wrapped.hidden, hashes);
  return { wrapped, hashes, content, inclusion: inclusionOf(wrapped, digestOf(hashes, wrapped.hidden)) };
}
