/** Reads JSON one character after the other, checking everything: slow, and the one that decides. */

import type { Json } from "../json.ts";
import { refuse } from "../refusal.ts";
import type { RefusalCode } from "../findings.ts";
import { isKept } from "./decimal.ts";
import { pathOf, placeIn, quote } from "./place.ts";

/** Where a reading stands: `at` is the next character, `path` the members and elements around it. */
interface Reading {
  readonly text: string;
  readonly maxDepth: number;
  readonly path: (string | number)[];
  at: number;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /(?:true|false|null)(?![A-Za-z0-9_$])/y;
const WORD = /[A-Za-z0-9_$.+-]{1,40}/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20; // what stands before it are control characters

const LITERALS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);
/**
 * The value that the text holds.
 *
 * @param text  well-formed: decoded from strict UTF-8.
 * @throws {Refusal} see `parseStrictJson`.
 */
export function readExactly(text: string, maxDepth: number): Json {
  const reading: Reading = { text, maxDepth, path: [], at: 0 };
  skipWhiteSpace(reading);
  if (reading.at === text.length) refuse("JSON_MALFORMED", "The document is empty.");
  const value = readValue(reading);
  skipWhiteSpace(reading);
  if (reading.at < text.length) stop(reading, "JSON_MALFORMED", `The document has ended, but ${seen(reading)} follows`);
  return value;
}

function readValue(reading: Reading): Json {
  switch (reading.text.charAt(reading.at)) {
    case "{":
      return readObject(reading);
    case "[":
      return readArray(reading);
    case '"':
      return readText(reading);
    default:
      return readWord(reading);
  }
}

function readObject(reading: Reading): Json {
  const object: Record<string, Json> = {};
  open(reading);
  if (!closes(reading, "}")) {
    do {
      skipWhiteSpace(reading);
      const name = readName(reading, object);
      reading.path.push(name);
      putMember(object, name, readValue(reading));
      reading.path.pop();
    } while (goesOn(reading, "}"));
  }
  return object;
}

function readArray(reading: Reading): Json {
  const array: Json[] = [];
  open(reading);
  if (!closes(reading, "]")) {
    do {
      skipWhiteSpace(reading);
      reading.path.push(array.length);
      array.push(readValue(reading));
      reading.path.pop();
    } while (goesOn(reading, "]"));
  }
  return array;
}

function open(reading: Reading): void {
  if (reading.path.length >= reading.maxDepth)
    stop(reading, "JSON_TOO_DEEP", `The document is nested more than ${reading.maxDepth} deep`);
  reading.at++;
  skipWhiteSpace(reading);
}

function closes(reading: Reading, bracket: string): boolean {
  if (reading.text[reading.at] !== bracket) return false;
  reading.at++;
  return true;
}

/** Past a comma: true. Past the closing bracket: false. */
function goesOn(reading: Reading, bracket: string): boolean {
  skipWhiteSpace(reading);
  if (closes(reading, bracket)) return false;
  if (reading.text[reading.at] !== ",") expected(reading, `"," or "${bracket}"`);
  reading.at++;
  return true;
}

/** The name of a member that `object` does not have yet, and the colon and white space after it. */
function readName(reading: Reading, object: object): string {
  const start = reading.at;
  if (reading.text[start] !== '"') expected(reading, "a member's name in double quotes");
  const name = readText(reading);
  if (Object.hasOwn(object, name)) {
    const twice = pathOf([...reading.path, name]);
    stop({ ...reading, at: start }, "JSON_KEY_TWICE", `The member ${twice} is given twice`);
  }
  skipWhiteSpace(reading);
  if (reading.text[reading.at] !== ":") expected(reading, `":"`);
  reading.at++;
  skipWhiteSpace(reading);
  return name;
}

/** Makes an own member of any name: assigning to `__proto__`, or to what somebody froze in Object.prototype, would not. */
function putMember(object: Record<string, Json>, name: string, value: Json): void {
  if (name in object)
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}

function readText(reading: Reading): string {
  const start = reading.at;
  const { end, isEscaped } = findTextEnd(reading);
  const text = isEscaped ? unescape(reading, end) : reading.text.slice(start + 1, end);
  if (isEscaped && !text.isWellFormed())
    stop(reading, "JSON_LONE_SURROGATE", "A text has half of a character (a lone surrogate)");
  reading.at = end + 1;
  return text;
}

/** Where the closing quote of the text stands that opens at the reading's place. */
function findTextEnd(reading: Reading): { readonly end: number; readonly isEscaped: boolean } {
  const { text } = reading;
  let isEscaped = false;
  for (let at = reading.at + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return { end: at, isEscaped };
    if (code < SPACE) {
      reading.at = at;
      stop(reading, "JSON_MALFORMED", `Inside a text, ${seen(reading)} must be escaped`);
    }
    if (code === BACKSLASH) {
      isEscaped = true;
      at++;
    }
  }
  return stop(reading, "JSON_MALFORMED", "A text is not closed");
}

/** The engine unescapes; an escape that it does not know is then looked for. */
function unescape(reading: Reading, end: number): string {
  try {
    return String(JSON.parse(reading.text.slice(reading.at, end + 1)));
  } catch {
    for (let at = reading.text.indexOf("\\", reading.at); at >= 0; at = reading.text.indexOf("\\", reading.at)) {
      reading.at = at;
      const escape = match(reading, ESCAPE) ?? stop(reading, "JSON_MALFORMED", "JSON has no such escape");
      reading.at += escape.length;
    }
    return stop(reading, "JSON_MALFORMED", "A text cannot be read");
  }
}

/** One of the three words that JSON has, or a number. */
function readWord(reading: Reading): Json {
  const literal = match(reading, LITERAL);
  if (literal === undefined) return readNumber(reading);
  reading.at += literal.length;
  return LITERALS.get(literal) ?? null;
}

function readNumber(reading: Reading): number {
  const token = match(reading, NUMBER);
  if (token === undefined) return expected(reading, "a value");
  if (!isKept(token)) {
    const made = `JavaScript makes ${Number(token)} of it`;
    stop(reading, "JSON_NUMBER_RANGE", `The number ${clip(token)} cannot be kept: ${made}`);
  }
  reading.at += token.length;
  return Number(token) + 0; // minus zero becomes zero
}

function match(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.at;
  return pattern.exec(reading.text)?.[0];
}

function skipWhiteSpace(reading: Reading): void {
  while (isWhiteSpace(reading.text.charCodeAt(reading.at))) reading.at++;
}

function isWhiteSpace(code: number): boolean {
  return code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB;
}

function expected(reading: Reading, what: string): never {
  const place = reading.path.length === 0 ? "" : ` in ${pathOf(reading.path)}`;
  return stop(reading, "JSON_MALFORMED", `Expected ${what}${place}, found ${seen(reading)}`);
}

/** What stands at the reading's place, for people. */
function seen(reading: Reading): string {
  const code = reading.text.codePointAt(reading.at);
  if (code === undefined) return "the end of the document";
  if (code < SPACE) return `a control character (U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
  return quote(match(reading, WORD) ?? String.fromCodePoint(code));
}

function clip(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}

function stop(reading: Reading, code: RefusalCode, message: string): never {
  return refuse(code, `${message} (${placeIn(reading.text, reading.at)}).`);
}
