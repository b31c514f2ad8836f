/** From a cell's text to the value a placeholder asks for: text, number or boolean; nothing is guessed. */

import type { Problem } from "../core/errors.ts";
import { shown } from "./problems.ts";
import type { Special, ValueType } from "./template-text.ts";

/** What placeholders are filled from, for one learner. */
export interface Filling {
  /** The learner's cells, in the roster's order. */
  readonly cells: readonly string[];
  readonly specials: Readonly<Record<Special, string>>;
  /** Hears what is wrong with a cell. */
  refuse(column: string, fault: Omit<Problem, "where">): void;
}

/** Where a placeholder gets its text from. */
export type Bound =
  | { readonly kind: "column"; readonly name: string; readonly at: number; readonly optional: boolean }
  | { readonly kind: "special"; readonly name: Special }
  | { readonly kind: "unfilled"; readonly fault: Omit<Problem, "where"> };

/** The value for one learner; undefined where an optional cell is empty. */
export type CellReader = (filling: Filling) => string | number | boolean | undefined;

/** How a placeholder bound to its source reads its value. */
export function readValue(type: ValueType, bound: Bound): CellReader {
  switch (bound.kind) {
    case "special":
      return ({ specials }) => (type === "number" ? Number(specials[bound.name]) : specials[bound.name]);
    case "column":
      return readCell(type, bound);
    case "unfilled":
      return () => undefined;
  }
}

function readCell(type: ValueType, { name, at, optional }: Extract<Bound, { kind: "column" }>): CellReader {
  const toValue = READERS[type];
  return (filling) => {
    const text = filling.cells[at] ?? "";
    if (text === "") {
      if (!optional)
        filling.refuse(name, { what: "is empty", next: `fill it in, or write {{${name}?}} in the template` });
      return undefined;
    }
    const value = toValue(text);
    if (typeof value !== "object") return value;
    filling.refuse(name, value);
    return undefined;
  };
}

type Reading = string | number | boolean | Omit<Problem, "where">;

const READERS: Readonly<Record<ValueType, (text: string) => Reading>> = {
  text: (text) => text,
  number: readNumber,
  boolean: readBoolean,
};

/** A number must come back as the very text it was: `1.10`, `1e400` or 2^53 + 1 would not. */
function readNumber(text: string): Reading {
  const value = Number(text);
  if (Number.isFinite(value) && String(value) === text) return value;
  if (/^-?\d+,\d+$/.test(text))
    return { what: `${shown(text)} is not a number`, next: `write ${text.replace(",", ".")}` };
  if (Number.isFinite(value) && text.trim() !== "")
    return {
      what: `${shown(text)} would be issued as ${value}`,
      next: `write ${value}, or issue it as text without |number`,
    };
  return { what: `${shown(text)} is not a number`, next: "write digits, with a point before decimals" };
}

/** Spreadsheets write TRUE and FALSE. */
function readBoolean(text: string): Reading {
  const lower = text.toLowerCase();
  if (lower === "true" || lower === "false") return lower === "true";
  return { what: `${shown(text)} is neither true nor false`, next: "write true or false" };
}
