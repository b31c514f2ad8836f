/** Status by a Bitstring Status List: the list is fetched, handed over to be verified, and only then read. */

import type { StatusClaim } from "../core/claims.ts";
import { isObject, textOf, type Json, type JsonObject } from "../core/json.ts";
import type { StatusAnswer } from "../core/ports.ts";
import { readBitstringEntry } from "./bitstring-entry.ts";
import { readBitstringStatus, toStatusAnswer, type BitstringReading, type ListProfile } from "./bitstring-list.ts";
import { refused } from "./bitstring.ts";
import type { FetchedLists } from "./fetched-lists.ts";

type BitstringClaim = Extract<StatusClaim, { kind: "bitstring-list" }>;

/** Nobody is asked about an entry that could not be looked up in any list. Never rejects. */
export async function askBitstringList(
  { entry, location }: BitstringClaim,
  lists: FetchedLists,
  profile: ListProfile,
): Promise<StatusAnswer> {
  if (!isObject(entry)) return { kind: "silent", reason: "the entry of the status list is not an object" };
  const place = readBitstringEntry(entry);
  if (place.kind === "refused") return toStatusAnswer(place);
  const fetched = await lists.at(location);
  if (fetched.kind === "silent") return fetched;
  return {
    kind: "list",
    document: fetched.value,
    read: async (content) => toStatusAnswer(await readList(content, entry, location, profile)),
  };
}

/** A list that calls itself by another address is another list: the issuer's own, perhaps, but not the one it named. */
async function readList(
  list: Json,
  entry: JsonObject,
  location: string,
  profile: ListProfile,
): Promise<BitstringReading> {
  if (!isObject(list)) return refused("STATUS_VERIFICATION_ERROR", "the list is not an object");
  const id = textOf(list, "id");
  const isElsewhere = id !== undefined && id !== location && !profile.acceptsOtherAddress;
  return isElsewhere
    ? refused("STATUS_VERIFICATION_ERROR", `at ${location} lies the list ${id}`)
    : readBitstringStatus(list, entry, profile);
}
