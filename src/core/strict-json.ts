/** The strict JSON reader: what it hands out is what the bytes say, to the last digit, and nothing else is let through. */

import { fromUtf8, toUtf8 } from "./bytes.ts";
import type { Json } from "./json.ts";
import { refuse } from "./refusal.ts";
import { readExactly } from "./strict-json/exact-reader.ts";
import { findFast } from "./strict-json/fast-reader.ts";
import { findFileKind } from "./strict-json/file-kind.ts";
import { MAX_DEPTH_LIMIT, STRICT_LIMITS, type JsonLimits } from "./strict-json/limits.ts";
import { placeIn } from "./strict-json/place.ts";
import { survey } from "./strict-json/survey.ts";

const BYTE_ORDER_MARK = "\ufeff";

/**
 * The JSON value that the bytes hold.
 *
 * Every reader of the same bytes must see the same document, so all that readers disagree about is refused: names given
 * twice, numbers that JavaScript cannot hold, lone surrogates, byte order marks. `-0` and `1.0` are spellings of 0 and 1.
 * A member named `__proto__` is a member like any other.
 *
 * @param bytes  UTF-8, one JSON value with nothing but white space around it.
 * @param limits  those that differ from STRICT_LIMITS; `maxDepth` is at most 1,000.
 * @throws {Refusal} `FILE_NOT_JSON`, `DOCUMENT_TOO_LARGE`, `JSON_MALFORMED`, `JSON_KEY_TWICE`, `JSON_TOO_DEEP`,
 *   `JSON_NUMBER_RANGE`, `JSON_LONE_SURROGATE`; the message says where.
 * @see RFC 8259 for the grammar, RFC 7493 (I-JSON) for the spirit
 */
export function parseStrictJson(bytes: Uint8Array, limits: Partial<JsonLimits> = {}): Json {
  const all = { ...STRICT_LIMITS, ...limits };
  if (all.maxDepth > MAX_DEPTH_LIMIT) throw new RangeError(`maxDepth is at most ${MAX_DEPTH_LIMIT}`);
  const kind = findFileKind(bytes);
  if (kind !== undefined) refuse("FILE_NOT_JSON", `This looks like ${kind}, not like a JSON document.`);
  if (bytes.length > all.maxBytes)
    refuse("DOCUMENT_TOO_LARGE", `The document has ${bytes.length} bytes; at most ${all.maxBytes} are read.`);
  const surveyed = survey(bytes, all);
  if (surveyed.values > all.maxValues)
    refuse("DOCUMENT_TOO_LARGE", `The document has more than ${all.maxValues} values.`);
  const text = decode(bytes);
  return findFast(text, surveyed) ?? readExactly(text, all.maxDepth);
}

function decode(bytes: Uint8Array): string {
  let text: string;
  try {
    text = fromUtf8(bytes);
  } catch {
    return refuse("JSON_MALFORMED", `Not valid UTF-8 at ${placeIn(...tornText(bytes))}.`);
  }
  if (text.startsWith(BYTE_ORDER_MARK))
    refuse("JSON_MALFORMED", "The document begins with a byte order mark, which JSON does not have.");
  return text;
}

/** The text of bytes that are not UTF-8, as far as it can be read, and where in it the first torn byte stands. */
function tornText(bytes: Uint8Array): [string, number] {
  const lenient = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const mended = toUtf8(lenient);
  let torn = 0;
  while (torn < bytes.length && mended[torn] === bytes[torn]) torn++;
  // up to here both are the same; a character begun and not ended is not counted
  const sound = new TextDecoder("utf-8", { ignoreBOM: true }).decode(mended.subarray(0, torn), { stream: true });
  return [lenient, sound.length];
}
