/** The placeholders inside one text of a template: `{{column}}`, `{{column?}}`, `{{column|number}}`, `{{$store}}`. */

/** What a placeholder turns its cell into; only a text that is nothing but one placeholder may ask for more than text. */
export const VALUE_TYPES = ["text", "number", "boolean"] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** What stands in a text that no column of the roster gives. */
export const SPECIALS = ["$store", "$chainId", "$row", "$uuid", "$today", "$issuer"] as const;
export type Special = (typeof SPECIALS)[number];

export interface Placeholder {
  /** The column or special, with the question mark of an optional one: a column's own name may end in it. */
  readonly name: string;
  readonly type: ValueType;
}

/** Literal texts and placeholders, in order. */
export type TextPart = string | Placeholder;

/** Why a text is no text of a template, or its parts. */
export type ParsedText =
  | { readonly kind: "parts"; readonly parts: readonly TextPart[] }
  | { readonly kind: "malformed"; readonly what: string; readonly next: string };

const OPEN = "{{";
const CLOSE = "}}";
const EXAMPLE = 'a placeholder is written "{{column}}"';

/** Takes a text apart; linear in its length, whatever it holds. */
export function parseText(text: string): ParsedText {
  const parts: TextPart[] = [];
  let at = 0;
  for (let open = text.indexOf(OPEN); open !== -1; open = text.indexOf(OPEN, at)) {
    const close = text.indexOf(CLOSE, open);
    if (close === -1) return malformed("a placeholder opens with {{ and never closes");
    const literal = text.slice(at, open);
    if (literal.includes(CLOSE)) return malformed("}} stands without {{ before it");
    const placeholder = parsePlaceholder(text.slice(open + OPEN.length, close));
    if ("kind" in placeholder) return placeholder;
    if (literal !== "") parts.push(literal);
    parts.push(placeholder);
    at = close + CLOSE.length;
  }
  const tail = text.slice(at);
  if (tail.includes(CLOSE)) return malformed("}} stands without {{ before it");
  if (tail !== "" || parts.length === 0) parts.push(tail);
  const typed = parts.find((part) => typeof part !== "string" && part.type !== "text");
  if (typed !== undefined && parts.length > 1)
    return malformed("a number or boolean stands inside a text", 'write "{{column|number}}" and nothing beside it');
  return { kind: "parts", parts };
}

function parsePlaceholder(inside: string): Placeholder | Extract<ParsedText, { kind: "malformed" }> {
  const [name = "", type, ...more] = inside.split("|").map((piece) => piece.trim());
  if (name === "" || name === "?") return malformed("a placeholder names no column");
  if (/[{}]/.test(name)) return malformed(`the placeholder {{${name}}} holds a brace`);
  if (more.length > 0) return malformed(`the placeholder {{${inside.trim()}}} has more than one type`);
  if (type === undefined) return { name, type: "text" };
  const known = VALUE_TYPES.find((one) => one === type);
  if (known === undefined)
    return malformed(`{{${name}|${type}}} asks for a type that does not exist`, `types are ${VALUE_TYPES.join(", ")}`);
  return { name, type: known };
}

function malformed(what: string, next: string = EXAMPLE): Extract<ParsedText, { kind: "malformed" }> {
  return { kind: "malformed", what, next };
}
