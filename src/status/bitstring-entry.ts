/** The entry by which a credential names its place in a status list, and what the values there mean. */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../core/json.ts";
import { MAX_ENTRY_BITS, refused, type EntryPlace, type Refused } from "./bitstring.ts";

/** An entry whose shape is sound. */
export interface BitstringEntry extends EntryPlace {
  readonly kind: "entry";
  readonly purpose: string;
  /** The address of the list. */
  readonly location: string;
  /** What each value means, where the entry says it. */
  readonly messages: ReadonlyMap<number, string>;
}

/** Today's name, and the one before it. */
const TYPES: readonly string[] = ["BitstringStatusListEntry", "StatusList2021Entry"];

/**
 * Checks an entry.
 *
 * The index is decimal text (a number says the same and is found in the field); a list of messages has one for each of the
 * 2^size values, and must be there where an entry has more than one bit.
 *
 * @see Bitstring Status List 1.0 §2.1
 */
export function readBitstringEntry(entry: JsonObject): BitstringEntry | Refused {
  if (!toList(memberOf(entry, "type")).some((type) => typeof type === "string" && TYPES.includes(type))) {
    return malformed("the entry is of another type");
  }
  const purpose = textOf(entry, "statusPurpose");
  const location = textOf(entry, "statusListCredential");
  const index = findIndex(memberOf(entry, "statusListIndex"));
  const size = Object.hasOwn(entry, "statusSize") ? memberOf(entry, "statusSize") : 1;
  if (purpose === undefined || purpose === "") return malformed("the entry names no purpose");
  if (location === undefined || !URL.canParse(location)) return malformed("the entry names no list");
  if (memberOf(entry, "id") === location) return malformed("the entry has the id of its list");
  if (index === undefined) return malformed("the entry's index is not a whole number from 0");
  if (typeof size !== "number" || !Number.isInteger(size) || size < 1 || size > MAX_ENTRY_BITS) {
    return malformed(`the entry's size is not a number of bits from 1 to ${MAX_ENTRY_BITS}`);
  }
  const messages = findMessages(memberOf(entry, "statusMessage"), size);
  if (messages === undefined) return malformed("the entry does not say what each of its values means");
  return { kind: "entry", purpose, location, index, size, messages };
}

function findIndex(value: Json | undefined): number | undefined {
  const text = typeof value === "number" ? String(value) : value;
  const isWhole = typeof text === "string" && /^(?:0|[1-9]\d{0,15})$/.test(text);
  return isWhole && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

/** `[{status: "0x0", message: …}, …]`, every value once. */
function findMessages(list: Json | undefined, size: number): ReadonlyMap<number, string> | undefined {
  const messages = new Map<number, string>();
  if (list === undefined) return size === 1 ? messages : undefined;
  if (!isArray(list) || list.length !== 2 ** size) return undefined;
  for (const item of list) {
    const status = isObject(item) ? textOf(item, "status") : undefined;
    const message = isObject(item) ? textOf(item, "message") : undefined;
    if (status === undefined || message === undefined || !/^0x[0-9a-fA-F]{1,8}$/.test(status)) return undefined;
    if (Number(status) >= list.length) return undefined;
    messages.set(Number(status), message);
  }
  return messages.size === list.length ? messages : undefined;
}

/** JSON-LD writes a list of one as the thing itself. */
export function toList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}

function malformed(reason: string): Refused {
  return refused("MALFORMED_VALUE_ERROR", reason);
}
