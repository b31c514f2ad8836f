/** Keeps what was measured: bench/results.json, and BENCHMARKS.md made of it. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { format } from "prettier";

import { describeMachine, type Machine } from "./machine.ts";
import { cellsOf } from "./print.ts";
import type { RowResult } from "./row.ts";
import { ROW_NAMES } from "./rows.ts";

const project = join(import.meta.dirname, "../..");
const RESULTS = join(project, "bench/results.json");
const PAGE = join(project, "BENCHMARKS.md");

interface Kept {
  readonly machine: Machine;
  readonly rows: readonly RowResult[];
}

/** Replaces the rows measured now among those kept; figures of another machine are dropped, not mixed. */
export async function keepResults(fresh: readonly RowResult[]): Promise<void> {
  const machine = describeMachine();
  const names = new Set(fresh.map(({ row }) => row));
  const old = readKept(machine).filter(({ row }) => !names.has(row) && ROW_NAMES.includes(row));
  const rows = [...old, ...fresh].sort((a, b) => ROW_NAMES.indexOf(a.row) - ROW_NAMES.indexOf(b.row));
  mkdirSync(dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, await format(JSON.stringify({ machine, rows }), { parser: "json", printWidth: 120 }));
  writeFileSync(PAGE, await format(toPage({ machine, rows }), { parser: "markdown", printWidth: 120 }));
}

function readKept({ processor, cores, node }: Machine): readonly RowResult[] {
  if (!existsSync(RESULTS)) return [];
  const { machine, rows } = JSON.parse(readFileSync(RESULTS, "utf8")) as Kept;
  return machine.processor === processor && machine.cores === cores && machine.node === node ? rows : [];
}

function toPage({ machine, rows }: Kept): string {
  return `# Benchmarks

Made by \`npm run bench\` from [bench/results.json](bench/results.json); do not edit by hand.

${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}.
Compared with: ${Object.entries(machine.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ")}.

To repeat: \`npm run bench\` on a quiet machine; \`npm run bench -- wrap tree\` for some rows; \`--quick\` for a small trial that is
printed and not kept; \`--large\` also issues a million documents.

How it is measured: each side of a row does the same work on the same documents in a process of its own, freshly started for each
round, sides by turns; loading, making the input and a warm-up are not timed. The median of the rounds is given, with the lowest and the
highest. Before anything is timed, the sides are shown to accept each other's results. "Thread" is one of JavaScript; the engine's own
helpers are free to use the other core, on all sides alike.

## Goals

${goalsOf(rows)}

Where the time goes of those that are not met, and what was tried: [src/README.md](src/README.md#what-stops-the-rest).

${rows.map(toSection).join("\n")}`;
}

/** Every goal and whether it is met, before the figures. */
function goalsOf(rows: readonly RowResult[]): string {
  const lines = rows.flatMap(({ row, figures }) =>
    figures.flatMap(({ subject, goals }) =>
      goals.map(({ asked, reached, met }) => [
        `[${row}](#${row})`,
        subject,
        asked,
        reached,
        met ? "met" : "**not met**",
      ]),
    ),
  );
  return toTable(["", "", "goal", "reached", ""], lines);
}

function toTable(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function toSection({ row, title, measuredAt, commit, figures, notes }: RowResult): string {
  return `## ${row}

${title}. Measured ${measuredAt.slice(0, 16).replace("T", " ")} UTC at commit ${commit}.

${toTable(["", "median", "spread", "goal"], figures.map(cellsOf))}

${notes.map((note) => `- ${note}`).join("\n")}
`;
}
