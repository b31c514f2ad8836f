/** How large a credential may be, and which member names no credential has: checked before anything reads it. */

import { MAX_DEPTH } from "../../canon/jcs.ts";
import { toUtf8 } from "../../core/bytes.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";

/** Members of all objects together. */
const MAX_MEMBERS = 20_000;

/** Bytes of one text. */
const MAX_TEXT_BYTES = 262_144;

/** Names that software finds on every object: a member so called is mistaken for it, or changes it. */
const RESERVED = new Set(["prototype", ...Object.getOwnPropertyNames(Object.prototype)]);

/**
 * Refuses a document beyond the limits of merkle-jcs-2026 §10.8.
 *
 * @param maxBytes  of the document, counted without white space.
 * @throws {Refusal} `DOCUMENT_TOO_LARGE`, `JSON_TOO_DEEP`, `KEY_RESERVED`, `JSON_LONE_SURROGATE`
 */
export function insistOnLimits(document: JsonObject, maxBytes: number): void {
  let members = 0;
  const visit = (value: Json, levels: number): void => {
    if (levels < 0) refuse("JSON_TOO_DEEP", `Objects and arrays lie more than ${MAX_DEPTH} deep.`);
    if (typeof value === "string") insistOnText(value);
    else if (isArray(value)) for (const element of value) visit(element, levels - 1);
    else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        members += 1;
        if (members > MAX_MEMBERS) refuse("DOCUMENT_TOO_LARGE", `The document has more than ${MAX_MEMBERS} members.`);
        if (RESERVED.has(name)) refuse("KEY_RESERVED", `No credential has a member called ${name}.`);
        insistOnText(name);
        visit(member, levels - 1);
      }
    }
  };
  visit(document, MAX_DEPTH);
  if (toUtf8(JSON.stringify(document)).length > maxBytes) {
    refuse("DOCUMENT_TOO_LARGE", `The document has more than ${maxBytes} bytes.`);
  }
}

function insistOnText(text: string): void {
  if (!text.isWellFormed()) refuse("JSON_LONE_SURROGATE", "A text holds half a character (a lone surrogate).");
  // no character takes more than three bytes a unit, so most texts need no counting
  if (text.length * 3 > MAX_TEXT_BYTES && toUtf8(text).length > MAX_TEXT_BYTES) {
    refuse("DOCUMENT_TOO_LARGE", `A text has more than ${MAX_TEXT_BYTES} bytes.`);
  }
}
