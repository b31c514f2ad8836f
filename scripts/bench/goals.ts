/** Limits that a figure must keep. */

import type { Goal } from "./row.ts";

export function atMost(limit: number, unit: string): (value: number) => Goal {
  return (value) => ({ asked: `≤ ${toText(limit, unit)}`, reached: toText(value, unit), met: value <= limit });
}

export function atLeast(limit: number, unit: string): (value: number) => Goal {
  return (value) => ({ asked: `≥ ${toText(limit, unit)}`, reached: toText(value, unit), met: value >= limit });
}

function toText(value: number, unit: string): string {
  return `${value.toLocaleString("en", { maximumFractionDigits: 2 })} ${unit}`.trimEnd();
}
