/** How a credential says it would be withdrawn: lists by Bitstring, and for our own documents lists and nodes of the store. */

import type { StatusClaim } from "../../core/claims.ts";
import { memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { AnchorMembers, AnchorProof } from "./anchor.ts";
import { readTypes, toList } from "./rules.ts";

/** Entry types that are read alike; the second is the first one's older name. */
const LIST_ENTRIES: readonly string[] = ["BitstringStatusListEntry", "StatusList2021Entry"];

const INDEX = /^(?:0|[1-9]\d{0,15})$/;

/** What a document of ours is anchored by. */
export interface Anchored {
  readonly members: AnchorMembers;
  readonly proof: AnchorProof;
}

/**
 * The status claims of a credential.
 *
 * @param entries  its `credentialStatus`, shape already checked.
 * @param anchored  for our own documents: the store is asked, and a list at a URL is only its mirror.
 */
export function readStatuses(entries: readonly JsonObject[], anchored: Anchored | undefined): readonly StatusClaim[] {
  if (anchored === undefined) return entries.map(toListClaim);
  const { members, proof } = anchored;
  const place = { address: members.store, chainId: members.chainId };
  const nodes: StatusClaim = { kind: "store-nodes", ...place, inclusion: proof.inclusion };
  const { statusList } = members;
  if (statusList === undefined) return [nodes, ...entries.map(toListClaim)];
  return [nodes, ...entries.map((entry) => toStoreListClaim(entry, { ...place, list: statusList }))];
}

function toStoreListClaim(
  entry: JsonObject,
  place: Pick<Extract<StatusClaim, { kind: "store-list" }>, "address" | "chainId" | "list">,
): StatusClaim {
  const index = textOf(entry, "statusListIndex") ?? "";
  const purpose = textOf(entry, "statusPurpose");
  const isKnown = isListEntry(entry) && INDEX.test(index) && Number.isSafeInteger(Number(index));
  return isKnown && (purpose === "revocation" || purpose === "suspension")
    ? { kind: "store-list", ...place, index: Number(index), purpose }
    : { kind: "unknown", what: sayEntry(entry) };
}

function toListClaim(entry: JsonObject): StatusClaim {
  const location = textOf(entry, "statusListCredential");
  const purpose = textOf(entry, "statusPurpose");
  const index = readIndex(memberOf(entry, "statusListIndex"));
  return isListEntry(entry) && location !== undefined && purpose !== undefined && index !== undefined
    ? { kind: "bitstring-list", location, purpose, index, entry }
    : { kind: "unknown", what: sayEntry(entry) };
}

/** The standard wants the index as a text; issuers in the field have written it as a number, which says the same. */
function readIndex(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
}

function isListEntry(entry: JsonObject): boolean {
  return readTypes(entry, "credentialStatus").some((type) => LIST_ENTRIES.includes(type));
}

function sayEntry(entry: JsonObject): string {
  return toList(entry["type"])
    .map((type) => JSON.stringify(type))
    .join(", ");
}
