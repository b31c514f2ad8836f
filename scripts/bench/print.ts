/** Figures as people read them: on the terminal, and the cells of the table in BENCHMARKS.md. */

import type { Figure, Goal, RowResult } from "./row.ts";
import { median } from "./statistics.ts";

/** A line of the table: subject, median with unit, spread, goal. */
export function cellsOf({ subject, unit, values, goals }: Figure): readonly string[] {
  return [subject, `${toText(median(values))} ${unit}`.trimEnd(), spreadOf(values), goals.map(goalText).join("; ")];
}

function spreadOf(values: readonly number[]): string {
  return values.length < 2 ? "" : `${toText(Math.min(...values))} – ${toText(Math.max(...values))}`;
}

function goalText({ asked, reached, met }: Goal): string {
  return `${asked}: ${reached}, ${met ? "met" : "**not met**"}`;
}

/** Four digits that matter, thousands apart. */
function toText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return value.toLocaleString("en", { maximumSignificantDigits: Math.max(4, Math.ceil(Math.log10(value))) });
}

export function printResult({ title, figures, notes }: RowResult): void {
  console.log(`\n${title}`);
  for (const figure of figures)
    console.log(
      `  ${cellsOf(figure)
        .filter((cell) => cell !== "")
        .join(" | ")}`,
    );
  for (const note of notes) console.log(`  - ${note}`);
}
