/** Reads the tags and texts of an XML file one after the other; knows no entities but the five of XML itself. */

import { refuse } from "../../core/refusal.ts";

export type XmlToken =
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: ReadonlyMap<string, string>;
      /** True for `<x/>`: no close token follows. */
      readonly isEmpty: boolean;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "close"; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: "text"; readonly text: string };

const NAME = "[A-Za-z_:][A-Za-z0-9_:.-]*";

// sticky patterns, each without a choice that could be tried twice: reading takes linear time
const OPEN = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, "y");
const CLOSE = new RegExp(`</(${NAME})\\s*>`, "y");
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
const DOCTYPE = /<!DOCTYPE[^[\]<>]*>/y;

/** What is skipped, with how it ends. */
const SKIPPED: readonly (readonly [begin: string, end: string])[] = [
  ["<!--", "-->"],
  ["<?", "?>"],
];

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The tokens of an XML text, in order.
 *
 * @throws {Refusal} `SHAPE_WRONG` for what is not well-formed, and for entities of the file's own: they could hide or
 *   multiply text.
 * @see XML 1.0, fifth edition
 */
export function* scanXml(xml: string): Generator<XmlToken> {
  let at = 0;
  while (at < xml.length) {
    const next = xml.indexOf("<", at);
    const end = next < 0 ? xml.length : next;
    if (end > at) yield { kind: "text", text: unescapeXml(xml.slice(at, end)) };
    if (next < 0) return;
    const { token, end: after } = readMarkup(xml, next);
    if (token !== undefined) yield token;
    at = after;
  }
}

interface Markup {
  readonly token?: XmlToken;
  readonly end: number;
}

function readMarkup(xml: string, at: number): Markup {
  if (xml.startsWith("<![CDATA[", at)) {
    const end = endOf(xml, "]]>", at);
    return { token: { kind: "text", text: xml.slice(at + 9, end - 3) }, end };
  }
  const skipped = SKIPPED.find(([begin]) => xml.startsWith(begin, at));
  if (skipped !== undefined) return { end: endOf(xml, skipped[1], at) };
  const doctype = matchAt(DOCTYPE, xml, at);
  if (doctype !== null) return { end: at + doctype[0].length };
  const close = matchAt(CLOSE, xml, at);
  if (close !== null) return toMarkup({ kind: "close", name: close[1] ?? "", start: at, end: at + close[0].length });
  const open = matchAt(OPEN, xml, at);
  if (open === null) return refuse("SHAPE_WRONG", `The XML at character ${at} is not a tag that can be read.`);
  const [whole, name = "", attributes = "", slash] = open;
  return toMarkup({
    kind: "open",
    name,
    attributes: readAttributes(attributes),
    isEmpty: slash === "/",
    start: at,
    end: at + whole.length,
  });
}

function toMarkup(token: Exclude<XmlToken, { kind: "text" }>): Markup {
  return { token, end: token.end };
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) refuse("SHAPE_WRONG", `The XML gives the attribute ${name} twice.`);
    attributes.set(name, unescapeXml(double ?? single ?? ""));
  }
  return attributes;
}

function unescapeXml(text: string): string {
  return text.replaceAll(/&([^;&]{0,10});?/g, (whole, name: string) => {
    const number = /^#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
    const code =
      number === null ? undefined : Number.parseInt(number[1] ?? number[2] ?? "", number[1] === undefined ? 10 : 16);
    if (code !== undefined && code > 0 && code <= 0x10_ffff && whole.endsWith(";")) return String.fromCodePoint(code);
    const known = Object.hasOwn(ENTITIES, name) && whole.endsWith(";") ? ENTITIES[name] : undefined;
    return (
      known ?? refuse("SHAPE_WRONG", `The XML uses the entity ${JSON.stringify(whole)}, which is not one of XML's own.`)
    );
  });
}

function endOf(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from + 2);
  return at < 0 ? refuse("SHAPE_WRONG", "The XML is torn off.") : at + mark.length;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
