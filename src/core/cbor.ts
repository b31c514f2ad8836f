/** Concise Binary Object Representation, in the one way each value can be written: what proofs and hashlinks are packed in. */

import { concatBytes, fromUtf8, toUtf8 } from "./bytes.ts";
import { refuse } from "./refusal.ts";

/** What a packed value may be. Floats, true, false, null and indefinite lengths are none of our documents' business. */
export type Cbor =
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "array"; readonly items: readonly Cbor[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Cbor, Cbor])[] }
  | { readonly kind: "tag"; readonly tag: number; readonly item: Cbor };

const MAX_DEPTH = 8;

/** Where the reader stands; every read moves it on. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * The one item that the bytes hold.
 *
 * @throws {Refusal} `SHAPE_WRONG` for a second way of writing the same (longer integers, indefinite lengths), for floats
 *   and simple values, for bytes left over or missing, and above 8 levels.
 * @see RFC 8949, section 4.2.1 (core deterministic encoding), without its order of map keys
 */
export function parseCbor(bytes: Uint8Array): Cbor {
  const cursor: Cursor = { bytes, at: 0 };
  const item = readItem(cursor, MAX_DEPTH);
  return cursor.at === bytes.length ? item : refuseCbor(`${bytes.length - cursor.at} bytes follow the item`);
}

function readItem(cursor: Cursor, levels: number): Cbor {
  if (levels === 0) refuseCbor(`it is more than ${MAX_DEPTH} levels deep`);
  const [first] = take(cursor, 1);
  const major = (first ?? 0) >> 5;
  const argument = readArgument(cursor, (first ?? 0) & 0x1f);
  switch (major) {
    case 0:
      return { kind: "integer", value: argument };
    case 1:
      return { kind: "integer", value: -1 - argument };
    case 2:
      return { kind: "bytes", value: take(cursor, argument) };
    case 3:
      return { kind: "text", value: readText(take(cursor, argument)) };
    case 4:
      return { kind: "array", items: readItems(cursor, argument, levels) };
    case 5:
      return { kind: "map", entries: readEntries(cursor, argument, levels) };
    case 6:
      return { kind: "tag", tag: argument, item: readItem(cursor, levels - 1) };
    default:
      return refuseCbor("it holds a float or a simple value");
  }
}

/** untrusted: the document chose `count`, but each item takes a byte at least, and the bytes run out. */
function readItems(cursor: Cursor, count: number, levels: number): Cbor[] {
  const items: Cbor[] = [];
  while (items.length < count) items.push(readItem(cursor, levels - 1));
  return items;
}

function readEntries(cursor: Cursor, count: number, levels: number): [Cbor, Cbor][] {
  const entries: [Cbor, Cbor][] = [];
  while (entries.length < count) entries.push([readItem(cursor, levels - 1), readItem(cursor, levels - 1)]);
  return entries;
}

/** The number that follows an item's first byte; it must not have fitted into fewer bytes. */
function readArgument(cursor: Cursor, low: number): number {
  if (low < 24) return low;
  if (low > 27) refuseCbor("a length is indefinite or reserved");
  const width = 2 ** (low - 24);
  const argument = take(cursor, width).reduce((value, byte) => value * 256 + byte, 0);
  const least = width === 1 ? 24 : 256 ** (width / 2);
  if (argument < least) refuseCbor("a number is written longer than it has to be");
  return Number.isSafeInteger(argument) ? argument : refuseCbor("a number is above 2^53");
}

function readText(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch {
    return refuseCbor("a text is not UTF-8");
  }
}

function take(cursor: Cursor, count: number): Uint8Array {
  const end = cursor.at + count;
  if (end > cursor.bytes.length) refuseCbor("it ends too early");
  const taken = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return taken;
}

function refuseCbor(what: string): never {
  return refuse("SHAPE_WRONG", `A packed value (CBOR) cannot be read: ${what}.`);
}

/** The bytes of an item: the only ones that `parseCbor` reads as that item. */
export function toCborBytes(item: Cbor): Uint8Array {
  switch (item.kind) {
    case "integer":
      return item.value < 0 ? toHead(1, -1 - item.value) : toHead(0, item.value);
    case "bytes":
      return concatBytes(toHead(2, item.value.length), item.value);
    case "text": {
      const utf8 = toUtf8(item.value);
      return concatBytes(toHead(3, utf8.length), utf8);
    }
    case "array":
      return concatBytes(toHead(4, item.items.length), ...item.items.map(toCborBytes));
    case "map":
      return concatBytes(toHead(5, item.entries.length), ...item.entries.flat().map(toCborBytes));
    case "tag":
      return concatBytes(toHead(6, item.tag), toCborBytes(item.item));
  }
}

function toHead(major: number, argument: number): Uint8Array {
  if (argument < 24) return Uint8Array.of((major << 5) | argument);
  const size = [1, 2, 4, 8].find((width) => argument < 256 ** width) ?? 8;
  const head = new Uint8Array(1 + size);
  head[0] = (major << 5) | (24 + Math.log2(size));
  for (let at = size, rest = argument; at > 0; at--, rest = Math.floor(rest / 256)) head[at] = rest % 256;
  return head;
}
