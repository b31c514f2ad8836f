/** What a status list says of one credential, once the list itself has been verified like any other credential. */

import { memberOf, objectOf, textOf, type JsonObject } from "../core/json.ts";
import type { SettledStatus } from "../core/ports/status.ts";
import {
  countEntries,
  decodeBitstring,
  findValue,
  MAX_ENTRY_BITS,
  MIN_ENTRIES,
  refused,
  type DecodedBitstring,
  type Refused,
} from "./bitstring.ts";
import { readBitstringEntry, toList, type BitstringEntry } from "./bitstring-entry.ts";

/** What is asked of lists. Some makers of lists need to be met half-way; that is the verifier's choice, and has a name. */
export interface ListProfile {
  readonly minEntries: number;
  /** Also accepts a BitstringStatusList whose text lacks the `u`, and one that states no purpose. */
  readonly acceptsOlderForm: boolean;
  /** Also accepts a list whose id is not the address at which it lies. */
  readonly acceptsOtherAddress: boolean;
  /** Bits that one entry may have. */
  readonly maxEntryBits: number;
}

export const STRICT_LISTS: ListProfile = {
  minEntries: MIN_ENTRIES,
  acceptsOlderForm: false,
  acceptsOtherAddress: false,
  maxEntryBits: MAX_ENTRY_BITS,
};

/** Lists that Blockcerts name: in either spelling, and of one bit an entry. */
export const BLOCKCERTS_LISTS: ListProfile = { ...STRICT_LISTS, acceptsOlderForm: true, maxEntryBits: 1 };

/** Lists of the Digital Credentials Consortium, which hold 100,000 entries and have moved since they got their ids. */
export const DCC_LISTS: ListProfile = { ...STRICT_LISTS, minEntries: 100_000, acceptsOtherAddress: true };

export type BitstringReading =
  | {
      readonly kind: "value";
      readonly entry: BitstringEntry;
      readonly value: number;
      /** False where the list does not say what it is for, which is to be reported. */
      readonly isPurposeStated: boolean;
    }
  | Refused;

/**
 * The value that a list holds for an entry. Never rejects.
 *
 * Proof, issuer and validity of the list are not looked at here: a list that was not verified says nothing.
 *
 * @param list  the list credential, read strictly.
 * @param entry  the `credentialStatus` of the credential in question.
 * @see Bitstring Status List 1.0 §3.2
 */
export async function readBitstringStatus(
  list: JsonObject,
  entry: JsonObject,
  profile: ListProfile = STRICT_LISTS,
): Promise<BitstringReading> {
  const place = readBitstringEntry(entry);
  if (place.kind === "refused") return place;
  if (place.size > profile.maxEntryBits) {
    return refused("MALFORMED_VALUE_ERROR", `the entry has ${place.size} bits, not ${profile.maxEntryBits}`);
  }
  const content = readContent(list, place.purpose, profile);
  if (content.kind === "refused") return content;
  const decoded = await decodeBitstring(content.text);
  if (decoded.kind === "refused") return decoded;
  return readValue(decoded, place, content, profile);
}

/** The answer that a reading amounts to; an unreadable list leaves the question open. */
export function toStatusAnswer(reading: BitstringReading): SettledStatus {
  if (reading.kind === "refused") return { kind: "silent", reason: `${reading.reason} (${reading.code})` };
  const { entry, value } = reading;
  const message = entry.messages.get(value);
  const evidence = {
    list: entry.location,
    index: entry.index,
    value,
    ...(message !== undefined && { message }),
    ...(!reading.isPurposeStated && { purposeStated: false }),
  };
  if (value === 0) return { kind: "good", evidence };
  switch (entry.purpose) {
    case "revocation":
      return { kind: "revoked", evidence };
    case "suspension":
      return { kind: "suspended", evidence };
    // neither withdraws anything: a newer credential may be had, or the issuer has something to say
    case "refresh":
    case "message":
      return { kind: "good", evidence };
    default:
      return { kind: "unknown-kind", reason: `The purpose ${JSON.stringify(entry.purpose)} of a status is not known.` };
  }
}

interface ListContent {
  readonly kind: "content";
  readonly text: string;
  /** Whether the text may come without `u`. */
  readonly mayBeBare: boolean;
  readonly isPurposeStated: boolean;
}

function readContent(list: JsonObject, purpose: string, profile: ListProfile): ListContent | Refused {
  const types = toList(memberOf(list, "type"));
  const subject = objectOf(list, "credentialSubject");
  const type = subject === undefined ? undefined : textOf(subject, "type");
  const text = subject === undefined ? undefined : textOf(subject, "encodedList");
  const isCurrent = types.includes("BitstringStatusListCredential") && type === "BitstringStatusList";
  const isOlder = types.includes("StatusList2021Credential") && type === "StatusList2021";
  if (subject === undefined || text === undefined || !(isCurrent || isOlder)) {
    return refused("STATUS_VERIFICATION_ERROR", "what lies there is not a status list");
  }
  const stated = memberOf(subject, "statusPurpose");
  const isAbsent = stated === undefined && profile.acceptsOlderForm;
  if (!isAbsent && !toList(stated).includes(purpose)) {
    return refused("STATUS_VERIFICATION_ERROR", `the list is not for ${JSON.stringify(purpose)}`);
  }
  return { kind: "content", text, mayBeBare: isOlder || profile.acceptsOlderForm, isPurposeStated: !isAbsent };
}

function readValue(
  decoded: Exclude<DecodedBitstring, Refused>,
  entry: BitstringEntry,
  content: ListContent,
  profile: ListProfile,
): BitstringReading {
  if (decoded.spelling === "bare" && !content.mayBeBare) {
    return refused("MALFORMED_VALUE_ERROR", "the list does not begin with u");
  }
  if (countEntries(decoded.bits, entry.size) < profile.minEntries) {
    return refused("STATUS_LIST_LENGTH_ERROR", `the list has fewer than ${profile.minEntries} entries`);
  }
  const value = findValue(decoded.bits, entry);
  return value === undefined
    ? refused("RANGE_ERROR", `the list has no entry ${entry.index}`)
    : { kind: "value", entry, value, isPurposeStated: content.isPurposeStated };
}
