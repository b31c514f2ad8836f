/** Changes of a Blockcerts document that go unnoticed, each with its reason. */

import { isArray, isObject, type Json } from "../../../src/core/json.ts";
import type { Mutation } from "../../support/mutations.ts";

/** Why a change may pass: what a document means is hashed, not how it is written. */
export function harmless({ kind, path, document }: Mutation): string | undefined {
  const [top, member] = path;
  if (top === "proof" && ["id", "created", "verificationMethod"].includes(member ?? ""))
    return "a proof's own words are hints; the key is looked up, and must be the sender's";
  if (top === "proof" && member === "proofValue") return "the transaction's id can be changed, and is looked up";
  if (top === "signature" && path[1] === "anchors") return "the transaction and its chain are looked up";
  if (kind === "retyped" && path.join() === "recipient,hashed") return "its term says that it is a truth value";
  if (kind === "wrapped") return "a list of one is the one";
  if (kind === "swapped") return "lists have no order";
  if (kind === "removed" && path.join() === "@context,1")
    return "only the proof's words are defined there, and it is not hashed";
  const added = path.reduce<Json | undefined>((value, step) => (isObject(value) ? value[step] : undefined), document);
  const isEmpty =
    isObject(added) && (added["added"] === null || (isArray(added["added"]) && added["added"].length === 0));
  if (kind === "added" && (isEmpty || top === "@context")) return "null and empty members say nothing";
  return undefined;
}
