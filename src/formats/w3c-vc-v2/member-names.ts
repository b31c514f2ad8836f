/**
 * Which JSON spellings of its statements a credential may use. A signature over statements does not fix the JSON around
 * them: an expiry or a status moved behind another name, keyword or object of the same `id` states the same and is not
 * read any more. So there is one spelling, and what could be another is refused.
 */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { readModelVersion } from "./contexts.ts";
import { ANCHOR_NONCE, ANCHOR_STORE, STATUS_LIST, WITHHELD } from "./names.ts";
import type { Profile } from "./profile.ts";

/** Members whose objects may be whole credentials with contexts of their own. */
const EMBEDDING: readonly string[] = ["endorsement", "verifiableCredential"];

/** Our own members at the top of a credential; `withheld` may stand anywhere. */
const OWN_TOP_MEMBERS: readonly string[] = [ANCHOR_STORE, ANCHOR_NONCE, STATUS_LIST];

/** The only keywords in the content: those of a text with a language. */
const VALUE_KEYWORDS: readonly string[] = ["@value", "@language", "@direction"];

/**
 * Refuses spellings that hide statements from a reader of JSON.
 *
 * @param content  the credential without its `proof`.
 * @returns places of objects that have the credential's own `id`: statements could have been moved there.
 * @throws {Refusal} `MEMBER_UNKNOWN` (an address or keyword as a name), `CONTAINER_EMPTY`, `SHAPE_WRONG` (null),
 *   `CONTEXT_NOT_ALLOWED` (a context below the top, outside whole credentials)
 */
export function insistOnOneSpelling(content: JsonObject, profile: Profile): readonly string[] {
  const id = textOf(content, "id");
  const doubles: string[] = [];
  const visit = (value: Json, place: string, holder: string): void => {
    if (value === null) refuse("SHAPE_WRONG", `${place} is null, which states nothing and is not signed.`);
    if (isArray(value)) {
      if (value.length === 0) refuse("CONTAINER_EMPTY", `${place} is an empty list, which is not signed.`);
      for (const [index, element] of value.entries()) visit(element, `${place}/${index}`, holder);
    } else if (isObject(value)) {
      visitObject(value, place, holder);
    }
  };
  const visitObject = (object: JsonObject, place: string, holder: string): void => {
    const names = Object.keys(object);
    if (names.length === 0) refuse("CONTAINER_EMPTY", `${place} is an empty object, which is not signed.`);
    if (place !== "" && id !== undefined && textOf(object, "id") === id && names.length > 1) doubles.push(place);
    if (textOf(object, "id")?.startsWith("_:") === true) refuse("SHAPE_WRONG", `The id at ${place} is not a URL.`);
    const isWhole = place === "" || Object.hasOwn(object, "@context");
    const isText = names.includes("@value") && names.every((name) => VALUE_KEYWORDS.includes(name));
    for (const [name, member] of Object.entries(object)) {
      if (name === "@context") {
        if (place !== "") insistOnEmbedded(object, place, holder, profile);
      } else {
        if (!isText) insistOnName(name, place, isWhole);
        visit(member, `${place}/${name}`, name);
      }
    }
  };
  visitObject(content, "", "");
  return doubles;
}

function insistOnName(name: string, place: string, isWhole: boolean): void {
  if (name.startsWith("@"))
    refuse("MEMBER_UNKNOWN", `The keyword ${name} at ${place || "the top"} is not used in credentials.`);
  if (!name.includes(":") || name === WITHHELD || (isWhole && OWN_TOP_MEMBERS.includes(name))) return;
  refuse(
    "MEMBER_UNKNOWN",
    `The member ${JSON.stringify(name)} at ${place || "the top"} is an address, not a word of the contexts.`,
  );
}

/** A context below the top belongs to a whole credential, where credentials may be embedded, or to a proof of one. */
function insistOnEmbedded(object: JsonObject, place: string, holder: string, profile: Profile): void {
  const isCredential = EMBEDDING.includes(holder) && memberOf(object, "issuer") !== undefined;
  if (!isCredential && holder !== "proof") {
    refuse("CONTEXT_NOT_ALLOWED", `There is a context at ${place}, below the top.`);
  }
  readModelVersion(object, profile);
}
