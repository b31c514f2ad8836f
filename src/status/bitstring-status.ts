/** Status by a Bitstring Status List: the list is fetched, handed over to be verified, and only then read. */

import type { StatusClaim } from "../core/claims.ts";
import { isObject, textOf, type Json, type JsonObject } from "../core/json.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { StatusAnswer } from "../core/ports/status.ts";
import { readBitstringEntry } from "./bitstring-entry.ts";
import {
  BLOCKCERTS_LISTS,
  readBitstringStatus,
  toStatusAnswer,
  type BitstringReading,
  type ListProfile,
} from "./bitstring-list.ts";
import { refused } from "./bitstring.ts";
import type { FetchedLists } from "./fetched-lists.ts";

type BitstringClaim = Extract<StatusClaim, { kind: "bitstring-list" }>;

/** Where the profile of a Blockcerts issuer lies; undefined for an issuer without one. Never rejects. */
export type ProfileFinder = (issuer: string) => Promise<Answer<string | undefined>>;

export interface BitstringPorts {
  readonly lists: FetchedLists;
  /** What is asked of lists that W3C credentials name; Blockcerts have a form of their own. */
  readonly profile: ListProfile;
  readonly profileOf: ProfileFinder;
}

/** Nobody is asked about an entry that could not be looked up in any list. Never rejects. */
export async function askBitstringList(
  { entry, location, issuerProfile }: BitstringClaim,
  { lists, profile, profileOf }: BitstringPorts,
): Promise<StatusAnswer> {
  if (!isObject(entry)) return { kind: "silent", reason: "the entry of the status list is not an object" };
  const place = readBitstringEntry(entry);
  if (place.kind === "refused") return toStatusAnswer(place);
  const fetched = await lists.at(location);
  if (fetched.kind === "silent") return fetched;
  const read = async (content: Json, asked: ListProfile) =>
    toStatusAnswer(await readList(content, entry, location, asked));
  const list = { kind: "list", document: fetched.value } as const;
  if (issuerProfile === undefined) return { ...list, read: async (content) => read(content, profile) };
  const isFromProfile = isSameOrigin(location, await profileOf(issuerProfile));
  return { ...list, isFromProfile, setBitCounts: true, read: async (content) => read(content, BLOCKCERTS_LISTS) };
}

/** Redirects to other hosts are never followed, so that the address is where the list came from. */
function isSameOrigin(location: string, profile: Answer<string | undefined>): boolean {
  const at = URL.parse(location);
  const own = profile.kind === "answer" && profile.value !== undefined ? URL.parse(profile.value) : null;
  return at?.protocol === "https:" && at.origin === own?.origin;
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
