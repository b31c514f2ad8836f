/** The envelope of a credential and the parts its holder shows: read, put together for people, and cut down. */

import { findMultibase64, toMultibase64 } from "../../core/base64url.ts";
import { isArray, isObject, memberOf, textOf, type Json, type JsonArray, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { pointerBelow, segmentsOf } from "./json-pointer.ts";
import { DISCLOSURE_TYPE, WITHHELD } from "./names.ts";
import { insist } from "./rules.ts";
import { digestOf, insistOnApart, insistOnHideable, withheldBy, type Disclosure } from "./withhold.ts";

export interface Envelope {
  readonly credential: JsonObject;
  readonly disclosures: readonly Disclosure[];
}

/** True for a document that claims to be an envelope. */
export function isEnvelope(document: JsonObject): boolean {
  return textOf(document, "type") === DISCLOSURE_TYPE;
}

/** The envelope as a document. */
export function toEnvelope({ credential, disclosures }: Envelope): JsonObject {
  return { type: DISCLOSURE_TYPE, credential, disclosures: toDisclosureList(disclosures) };
}

/** Disclosures as an envelope lists them: salt, pointer and value of each. */
export function toDisclosureList(disclosures: readonly Disclosure[]): JsonArray {
  return disclosures.map(({ salt, pointer, value }) => [toMultibase64(salt), pointer, value]);
}

/**
 * Reads an envelope; that its parts belong to the credential is seen by `mergeDisclosures`.
 *
 * @throws {Refusal} `MEMBER_UNKNOWN`, `SHAPE_WRONG`, `SALT_MALFORMED`
 */
export function readEnvelope(document: JsonObject): Envelope {
  const foreign = Object.keys(document).find((name) => !["type", "credential", "disclosures"].includes(name));
  if (foreign !== undefined) refuse("MEMBER_UNKNOWN", `An envelope has no member ${JSON.stringify(foreign)}.`);
  const credential = memberOf(document, "credential");
  const list = memberOf(document, "disclosures");
  insist(isObject(credential) && !isEnvelope(credential), "The envelope holds no credential.");
  insist(isArray(list), "The disclosures of the envelope are not a list.");
  const disclosures = list.map(readDisclosure);
  insistOnApart(disclosures.map(({ pointer }) => pointer));
  return { credential, disclosures };
}

function readDisclosure(entry: Json): Disclosure {
  insist(isArray(entry) && entry.length === 3, "A disclosure is not a list of salt, pointer and value.");
  const [saltText, pointer, value] = entry;
  const salt = typeof saltText === "string" ? findMultibase64(saltText) : undefined;
  if (salt?.length !== 16) return refuse("SALT_MALFORMED", "The salt of a disclosure is not 16 bytes.");
  insist(typeof pointer === "string" && value !== undefined, "A disclosure does not say where it belongs.");
  insistOnHideable(pointer);
  insist(!hasWithheld(value), `The disclosure of ${pointer} withholds something itself.`);
  return { salt, pointer, value };
}

function hasWithheld(value: Json): boolean {
  if (isArray(value)) return value.some(hasWithheld);
  return isObject(value) && (Object.hasOwn(value, WITHHELD) || Object.values(value).some(hasWithheld));
}

/**
 * The credential with its disclosed parts in their places: for people, never hashed.
 *
 * @param content  the credential without `proof`, as it was signed.
 * @throws {Refusal} `DIGEST_MISMATCH` for a part that was not signed at its place; `SHAPE_WRONG` for one whose place is
 *   taken.
 */
export function mergeDisclosures(content: JsonObject, disclosures: readonly Disclosure[]): JsonObject {
  const parts: Parts = {
    byPlace: new Map(disclosures.map((part) => [part.pointer, part])),
    byParent: Map.groupBy(disclosures, ({ pointer }) => pointer.slice(0, pointer.lastIndexOf("/"))),
  };
  const merged = mergeMembers(content, "", parts);
  const [lost] = parts.byPlace.keys();
  return lost === undefined
    ? merged
    : refuse("DIGEST_MISMATCH", `There is no place in the credential for what is disclosed at ${lost}.`);
}

interface Parts {
  /** What has found its place leaves. */
  readonly byPlace: Map<string, Disclosure>;
  readonly byParent: ReadonlyMap<string, readonly Disclosure[]>;
}

function mergeMembers(object: JsonObject, pointer: string, parts: Parts): JsonObject {
  const digests = withheldBy(object);
  const { [WITHHELD]: _, ...shown } = object;
  const members = Object.entries(shown).map(([name, member]): [string, Json] => [
    name,
    mergeBelow(member, pointerBelow(pointer, name), parts),
  ]);
  const own = parts.byParent.get(pointer) ?? [];
  for (const part of own) {
    const name = segmentsOf(part.pointer).at(-1) ?? "";
    insist(!Object.hasOwn(shown, name), `What is disclosed at ${part.pointer} is there already.`);
    members.push([name, takePart(part, digests, parts)]);
  }
  const known = new Set(own.map(digestOf));
  const rest = digests.filter((digest) => !known.has(digest));
  return Object.fromEntries(rest.length === 0 ? members : [...members, [WITHHELD, rest]]);
}

function mergeBelow(value: Json, pointer: string, parts: Parts): Json {
  if (isObject(value)) return mergeMembers(value, pointer, parts);
  if (!isArray(value)) return value;
  return value.map((element, at) => {
    const below = pointerBelow(pointer, at);
    const part = parts.byPlace.get(below);
    if (part === undefined) return mergeBelow(element, below, parts);
    const digests = isObject(element) && Object.keys(element).length === 1 ? withheldBy(element) : [];
    return takePart(part, digests.length === 1 ? digests : [], parts);
  });
}

function takePart(part: Disclosure, digests: readonly string[], parts: Parts): Json {
  parts.byPlace.delete(part.pointer);
  const isSigned = digests.includes(digestOf(part));
  return isSigned
    ? part.value
    : refuse("DIGEST_MISMATCH", `What is disclosed at ${part.pointer} is not what was signed.`);
}
