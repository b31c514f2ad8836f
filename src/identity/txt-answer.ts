/** One resolver's JSON answer about the TXT records of a name, taken apart: either it is sound, or it says nothing. */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../core/json.ts";

/** TXT records of one name as one resolver sees them. */
export interface TxtAnswer {
  /** The resolver says that it checked the signatures of the zone (DNSSEC). */
  readonly authenticated: boolean;
  /** False: there is no such name (NXDOMAIN). */
  readonly exists: boolean;
  /** One text a record, its pieces joined. */
  readonly texts: readonly string[];
}

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
const TXT = 16;
const CNAME = 5;

/** Far more records than any name has; 500 are found in the wild. */
const MAX_RECORDS = 2_000;

/**
 * What the answer says about `domain`, or undefined: a failure of the resolver, a truncated answer, one to another question,
 * or one that is not of the form `{Status, AD, Answer: [{name, type, data}]}`.
 *
 * @see https://developers.google.com/speed/public-dns/docs/doh/json
 */
export function findTxtAnswer(answer: JsonObject, domain: string): TxtAnswer | undefined {
  const status = memberOf(answer, "Status");
  if ((status !== NO_ERROR && status !== NO_SUCH_NAME) || memberOf(answer, "TC") === true) return undefined;
  if (!asks(memberOf(answer, "Question"), domain)) return undefined;
  const records = Object.hasOwn(answer, "Answer") ? memberOf(answer, "Answer") : [];
  if (!isArray(records) || records.length > MAX_RECORDS) return undefined;
  const texts = findTexts(records, domain);
  if (texts === undefined || (status === NO_SUCH_NAME && texts.length > 0)) return undefined;
  return { authenticated: memberOf(answer, "AD") === true, exists: status === NO_ERROR, texts };
}

/** Resolvers repeat the question; where they do, it must be ours. */
function asks(question: Json | undefined, domain: string): boolean {
  if (question === undefined) return true;
  const [only, ...others] = isArray(question) ? question : [];
  if (!isObject(only) || others.length > 0) return false;
  return nameOf(only, "name") === domain && memberOf(only, "type") === TXT;
}

/** The texts of the name itself and of the names it stands for (CNAME), in the order in which resolvers give them. */
function findTexts(records: readonly Json[], domain: string): readonly string[] | undefined {
  const names = new Set([domain]);
  const texts: string[] = [];
  for (const record of records) {
    if (!isObject(record) || !names.has(nameOf(record, "name") ?? "")) return undefined;
    if (memberOf(record, "type") === CNAME) names.add(nameOf(record, "data") ?? "");
    if (memberOf(record, "type") !== TXT) continue;
    const text = joinPieces(textOf(record, "data"));
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

/** A name in lower case, without the dot of the root. */
function nameOf(record: JsonObject, member: string): string | undefined {
  return textOf(record, member)?.toLowerCase().replace(/\.$/, "");
}

/**
 * A TXT record's text: either bare, or as quoted pieces of up to 255 bytes each (`"abc" "def"`), which belong together
 * without a gap (RFC 7208 §3.3 says so for its records; there is no other reading).
 */
function joinPieces(data: string | undefined): string | undefined {
  if (data === undefined || !data.startsWith('"')) return data;
  const pieces = [...data.matchAll(/"((?:[^"\\]|\\.)*)"\s*/gsy)];
  const read = pieces.reduce((length, piece) => length + piece[0].length, 0);
  return read === data.length ? pieces.map((piece) => unescape(piece[1] ?? "")).join("") : undefined;
}

/** Master-file escapes: `\"`, `\\` and `\DDD` (RFC 1035 §5.1). */
function unescape(piece: string): string {
  return piece.replaceAll(/\\(?:(\d{3})|(.))/gs, (_, code: string | undefined, letter: string | undefined) =>
    code === undefined ? (letter ?? "") : String.fromCharCode(Number(code)),
  );
}
