/** What a person sees: colours, bars and tables on stderr or stdout. Plain when piped, with NO_COLOR, or in CI. */

import colors from "picocolors";

import type { Wording } from "../core/wording.ts";

/** Where the words go; tests hand in their own. */
export interface Terminal {
  /** Data, for programs: one line. */
  print(line: string): void;
  /** Everything else, for people: one line. */
  say(line?: string): void;
  /** A step that takes time: `done` of `total`, redrawn in place on a terminal, silent elsewhere until finished. */
  bar(label: string): Bar;
  readonly interactive: boolean;
  readonly width: number;
}

export interface Bar {
  update(done: number, total: number): void;
  finish(note?: string): void;
}

const MIN_REDRAW_MS = 80;
const BAR_WIDTH = 24;
const LABEL_WIDTH = 28;

export const paint: {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly code: (text: string) => string;
  readonly tone: (tone: Wording["tone"], text: string) => string;
} = {
  strong: colors.bold,
  faint: colors.dim,
  code: colors.cyan,
  tone: (tone, text) => ({ good: colors.green, bad: colors.red, warn: colors.yellow, doubt: colors.blue })[tone](text),
};

/** The real terminal. A bar is drawn only where stderr is a terminal and CI is not set. */
export function openTerminal(process: NodeJS.Process): Terminal {
  const interactive = process.stderr.isTTY && process.env["CI"] !== "true";
  const say = (line = ""): void => void process.stderr.write(`${line}\n`);
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    say,
    bar: (label) => (interactive ? drawnBar(label, (text) => process.stderr.write(text)) : quietBar(label, say)),
    interactive,
    width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY, // what is piped is cut nowhere
  };
}

function drawnBar(label: string, write: (text: string) => void): Bar {
  let drawnAt = 0;
  return {
    update(done, total) {
      const now = performance.now();
      if (now - drawnAt < MIN_REDRAW_MS && done < total) return;
      drawnAt = now;
      const full = total === 0 ? BAR_WIDTH : Math.round((BAR_WIDTH * done) / total);
      write(
        `\r  ${label.padEnd(LABEL_WIDTH)} ${"█".repeat(full)}${"░".repeat(BAR_WIDTH - full)} ${done}/${total}\x1b[K`,
      );
    },
    finish(note = "") {
      write(`\r  ${colors.green("✓")} ${label.padEnd(LABEL_WIDTH - 2)} ${note}\x1b[K\n`);
    },
  };
}

function quietBar(label: string, say: (line: string) => void): Bar {
  return { update: () => undefined, finish: (note = "") => say(`  ✓ ${label.padEnd(LABEL_WIDTH - 2)} ${note}`) };
}

/** Text that others wrote, made harmless for a terminal: control and direction characters are shown as escapes. */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`,
  );
}

/** A table with aligned columns; cells are cut to fit, the last column takes what is left of `width`, and ends with … where it is cut. */
export function table(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.min(36, Math.max(...rows.map((row) => charactersOf(row[at] ?? "").length))),
  );
  return rows.map((row) => {
    const line = row
      .map((cell, at) => (at === columns - 1 ? cell : fit(cell, widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
    const most = Math.max(width, 40);
    return line.length > most ? `${line.slice(0, most - 1)}…` : line;
  });
}

function fit(text: string, width: number): string {
  const characters = charactersOf(text);
  return characters.length > width
    ? `${characters.slice(0, width - 1).join("")}…`
    : text + " ".repeat(width - characters.length);
}

let segmenter: Intl.Segmenter | undefined; // made when a table is drawn: it costs a third of the program's start

/** The characters as people count them: a letter with its accents is one. */
function charactersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}
