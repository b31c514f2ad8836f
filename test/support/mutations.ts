/** Every way of changing one thing in a JSON document: what a verifier has to notice. */

import { isArray, isObject, type Json, type JsonObject } from "../../src/core/json.ts";

type MutationKind =
  "changed" | "retyped" | "wrapped" | "removed" | "renamed" | "added" | "swapped" | "turned into an object";

/** A document with one thing changed. */
export interface Mutation {
  readonly kind: MutationKind;
  /** Where; for `added` and `swapped` the container. Keys and positions from the top. */
  readonly path: readonly string[];
  readonly document: JsonObject;
}

/** All mutations of a document, one after the other. */
export function* mutationsOf(document: JsonObject): Generator<Mutation> {
  for (const mutation of mutateAny(document, []))
    if (isObject(mutation.value)) yield { kind: mutation.kind, path: mutation.path, document: mutation.value };
}

interface MutatedValue {
  readonly kind: MutationKind;
  readonly path: readonly string[];
  readonly value: Json;
}

function* mutateAny(value: Json, path: readonly string[]): Generator<MutatedValue> {
  if (isArray(value)) yield* mutateArray(value, path);
  else if (isObject(value)) yield* mutateObject(value, path);
  else yield* mutatePrimitive(value, path);
  if (path.length > 0) yield { kind: "wrapped", path, value: [value] };
}

function* mutatePrimitive(value: string | number | boolean | null, path: readonly string[]): Generator<MutatedValue> {
  const changed: Json[] =
    typeof value === "string"
      ? [`${value}x`, flipLast(value), ""]
      : typeof value === "number"
        ? [value + 1]
        : typeof value === "boolean"
          ? [!value]
          : ["other"];
  for (const other of changed) if (other !== value) yield { kind: "changed", path, value: other };
  for (const other of retyped(value)) yield { kind: "retyped", path, value: other };
}

function flipLast(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return `${text.slice(0, -1)}${String.fromCharCode((Number.isNaN(last) ? 64 : last) ^ 1)}`;
}

/** The same to the eye, of another type. */
function retyped(value: string | number | boolean | null): Json[] {
  if (typeof value !== "string") return [String(value)];
  const read = ["true", "false", "null"].includes(value) || (value !== "" && String(Number(value)) === value);
  return read ? [JSON.parse(value) as Json] : [];
}

function* mutateObject(object: JsonObject, path: readonly string[]): Generator<MutatedValue> {
  for (const [key, member] of Object.entries(object)) {
    const { [key]: _removed, ...rest } = object;
    yield { kind: "removed", path: [...path, key], value: rest };
    yield { kind: "renamed", path: [...path, key], value: { ...rest, [`${key}x`]: member } };
    for (const { value, ...where } of mutateAny(member, [...path, key]))
      yield { ...where, value: { ...object, [key]: value } };
  }
  for (const added of ["added", {}, [], null]) yield { kind: "added", path, value: { ...object, added } };
}

function* mutateArray(items: readonly Json[], path: readonly string[]): Generator<MutatedValue> {
  for (const [at, item] of items.entries()) {
    yield { kind: "removed", path: [...path, String(at)], value: items.toSpliced(at, 1) };
    for (const { value, ...where } of mutateAny(item, [...path, String(at)]))
      yield { ...where, value: items.with(at, value) };
    const next = items[at + 1];
    if (next !== undefined && JSON.stringify(next) !== JSON.stringify(item))
      yield { kind: "swapped", path, value: items.with(at, next).with(at + 1, item) };
  }
  for (const added of ["added", {}, [], null]) yield { kind: "added", path, value: [...items, added] };
  yield { kind: "turned into an object", path, value: Object.fromEntries(items.entries()) };
}
