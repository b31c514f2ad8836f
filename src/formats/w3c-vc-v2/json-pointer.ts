/** JSON pointers (RFC 6901): where in a credential something stands. */

import { isArray, isObject, memberOf, type Json } from "../../core/json.ts";

const POINTER = /^(?:\/(?:[^~/]|~[01])*)+$/;
const POSITION = /^(?:0|[1-9]\d{0,8})$/;

/** True for a pointer to something inside a document; the empty pointer, to all of it, is none here. */
export function isPointer(text: unknown): text is string {
  return typeof text === "string" && POINTER.test(text);
}

/** The names and positions a pointer is made of. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer to a member or an element of what `pointer` points to. */
export function pointerBelow(pointer: string, segment: string | number): string {
  return `${pointer}/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** True when `pointer` points to something inside what `other` points to, or to the very same. */
export function isAtOrBelow(pointer: string, other: string): boolean {
  return pointer === other || pointer.startsWith(`${other}/`);
}

/** What a pointer points to, or undefined where nothing is. */
export function findAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document;
  for (const segment of segmentsOf(pointer)) {
    if (isArray(value)) value = POSITION.test(segment) ? value[Number(segment)] : undefined;
    else value = isObject(value) ? memberOf(value, segment) : undefined;
  }
  return value;
}
