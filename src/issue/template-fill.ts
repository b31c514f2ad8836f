/** Compiles a template's content: what the placeholders stand for is looked up once, a learner's credential built in one go. */

import type { Problem } from "../core/errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "../core/json.ts";
import { adviceFor } from "./did-you-mean.ts";
import { shown } from "./problems.ts";
import { parseText, SPECIALS, type Placeholder } from "./template-text.ts";
import { readValue, type Bound, type CellReader, type Filling } from "./template-values.ts";

export type FillTemplate = (filling: Filling) => JsonObject;

/** Hears of a placeholder that nothing fills. */
type RefusePlaceholder = (path: string, fault: Omit<Problem, "where">) => void;

/** Not there: an optional cell was empty, so its member is left out. */
const ABSENT = Symbol("absent");
type Filled = Json | typeof ABSENT;
type Fill = (filling: Filling) => Filled;
type ToReader = (placeholder: Placeholder, path: string) => CellReader;

/**
 * @param content  the template without its settings; its texts have been checked.
 * @returns the filling function, and the columns that placeholders use.
 */
export function compileTemplate(
  content: JsonObject,
  columns: readonly string[],
  refuse: RefusePlaceholder,
): { readonly fill: FillTemplate; readonly used: ReadonlySet<string> } {
  const used = new Set<string>();
  const toReader: ToReader = (placeholder, path) => {
    const bound = bindPlaceholder(placeholder, columns);
    if (bound.kind === "unfilled") refuse(path, bound.fault);
    if (bound.kind === "column") used.add(bound.name);
    return readValue(placeholder.type, bound);
  };
  const fill = compile(content, "", toReader);
  const fillRoot: FillTemplate = (filling) => {
    const filled = fill(filling);
    return filled !== ABSENT && isObject(filled) ? filled : {};
  };
  return { fill: fillRoot, used };
}

function bindPlaceholder({ name, type }: Placeholder, columns: readonly string[]): Bound {
  const exact = columns.indexOf(name); // a column's own name may end in a question mark, or begin with a dollar sign
  if (exact !== -1) return { kind: "column", name, at: exact, optional: false };
  if (name.startsWith("$")) return bindSpecial(name, type);
  const bare = name.endsWith("?") ? name.slice(0, -1).trimEnd() : name;
  const at = columns.indexOf(bare);
  if (at !== -1) return { kind: "column", name: bare, at, optional: true };
  const what = `there is no column ${shown(bare)} in the roster`;
  return { kind: "unfilled", fault: { what, next: adviceFor(bare, columns) } };
}

function bindSpecial(name: string, type: Placeholder["type"]): Bound {
  const special = SPECIALS.find((one) => one === name);
  if (special === undefined)
    return { kind: "unfilled", fault: { what: `there is no ${shown(name)}`, next: adviceFor(name, SPECIALS) } };
  const isNumber = special === "$chainId" || special === "$row";
  if (type === "text" || (type === "number" && isNumber)) return { kind: "special", name: special };
  return { kind: "unfilled", fault: { what: `${special} is no ${type}`, next: `write {{${special}}}` } };
}

/** A function that builds the value; parts without placeholders are built once, here. */
function compile(value: Json, path: string, toReader: ToReader): Fill {
  if (!holdsPlaceholder(value)) return () => value;
  if (typeof value === "string") return compileText(value, path, toReader);
  const inner = (member: string, one: Json): Fill => compile(one, path === "" ? member : `${path}.${member}`, toReader);
  if (isArray(value)) return fillArray(value.map((item, at) => inner(String(at), item)));
  return isObject(value)
    ? fillObject(Object.entries(value).map(([member, one]) => ({ member, fill: inner(member, one) })))
    : () => value;
}

function holdsPlaceholder(value: Json): boolean {
  if (typeof value === "string") return value.includes("{{");
  return typeof value === "object" && value !== null && Object.values(value).some(holdsPlaceholder);
}

/** A container that lost all it had is left out too: an empty one would say something. */
function fillObject(members: readonly { readonly member: string; readonly fill: Fill }[]): Fill {
  return (filling) => {
    const object: Record<string, Json> = {};
    let isEmpty = true;
    for (const { member, fill } of members) {
      const value = fill(filling);
      if (value === ABSENT) continue;
      object[member] = value;
      isEmpty = false;
    }
    return isEmpty ? ABSENT : object;
  };
}

function fillArray(items: readonly Fill[]): Fill {
  return (filling) => {
    const array = items.map((fill) => fill(filling)).filter((value) => value !== ABSENT);
    return array.length === 0 ? ABSENT : array;
  };
}

function compileText(text: string, path: string, toReader: ToReader): Fill {
  const parsed = parseText(text);
  if (parsed.kind === "malformed") return () => ABSENT;
  const readers = parsed.parts.map((part): CellReader =>
    typeof part === "string" ? () => part : toReader(part, path),
  );
  const [only] = readers;
  if (only !== undefined && readers.length === 1) return (filling) => only(filling) ?? ABSENT;
  return (filling) => {
    let filled = "";
    for (const read of readers) {
      const piece = read(filling);
      if (piece === undefined) return ABSENT;
      filled += String(piece);
    }
    return filled;
  };
}
