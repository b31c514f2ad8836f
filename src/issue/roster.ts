/** Reads a CSV roster as a stream: any size, one row in memory. The door of `csv-parse`. */

import { pipeline, Readable } from "node:stream";

import { CsvError, parse, type Parser } from "csv-parse";

import { TestamurError, type Problem } from "../core/errors.ts";
import { collectProblems, shown, type Problems } from "./problems.ts";
import { findCellFault, noticesOf, tidyCell, type Tidied } from "./roster-cells.ts";
import { decodeRoster } from "./roster-text.ts";

/** One learner's row. */
export interface RosterRow {
  /** The learner's number: 1 for the first one. */
  readonly row: number;
  /** The row's number as a spreadsheet shows it: the header is 1. */
  readonly place: number;
  /** Tidied texts, one a column. */
  readonly cells: readonly string[];
}

export interface Roster {
  readonly name: string;
  readonly columns: readonly string[];
  /** To be read once, to the end. Rows with a problem are reported, not handed out. */
  readonly rows: AsyncIterable<RosterRow>;
  /** What was tidied; complete when the rows have been read. */
  notices(): readonly Problem[];
}

const SEPARATORS = [",", ";", "\t"];
const MAX_COLUMNS = 1_000;
const MAX_ROW_CHARACTERS = 1_048_576;
export const MAX_ROWS = 2_000_000;

/**
 * Opens a roster: reads its header, leaves the rows for later.
 *
 * @param bytes  UTF-8, a byte order mark tolerated; cells separated by comma, semicolon or tab, as the header shows.
 * @param name  the file's name, for messages.
 * @param problems  receives what is wrong with rows and cells.
 * @throws {TestamurError} `ROSTER_INVALID` at once for a header that no row could be read with; later, from `rows`, where
 *   the file cannot be read on.
 */
export async function openRoster(bytes: AsyncIterable<Uint8Array>, name: string, problems: Problems): Promise<Roster> {
  const text = decodeRoster(bytes, name);
  const head = await readHead(text);
  const records = readRecords(chain(head, text), separatorOf(head), name, problems);
  const first = await records.next();
  if (first.done === true)
    throw refusal(name, { where: name, what: "is empty", next: "the first row names the columns" });
  const tidied: Tidied = { trimmed: 0, normalised: 0 };
  const columns = first.value.map((cell) => tidyCell(cell, { trimmed: 0, normalised: 0 }));
  checkHeader(columns, name);
  const rows = readRows(records, columns, name, tidied, problems);
  return { name, columns, rows, notices: () => noticesOf(tidied, name) };
}

/** Where a cell stands, as a spreadsheet names it. */
export function whereIs(name: string, place: number, column?: string): string {
  return column === undefined ? `${name} row ${place}` : `${name} row ${place}, column ${column}`;
}

async function* readRows(
  records: AsyncIterable<readonly string[]>,
  columns: readonly string[],
  name: string,
  tidied: Tidied,
  problems: Problems,
): AsyncGenerator<RosterRow> {
  let row = 0;
  let place = 1;
  for await (const record of records) {
    place++;
    if (record.every((cell) => cell.trim() === "")) continue; // blank lines are no learners
    row++;
    if (row > MAX_ROWS)
      throw refusal(name, { where: whereIs(name, place), what: `there are more than ${MAX_ROWS} rows` });
    const before = problems.total;
    const cells = readCells(record, columns, whereIs(name, place), tidied, problems);
    if (problems.total === before) yield { row, place, cells };
  }
  if (row === 0) problems.add({ where: name, what: "has a header and no rows", next: "add a row for each learner" });
}

function readCells(
  record: readonly string[],
  columns: readonly string[],
  where: string,
  tidied: Tidied,
  problems: Problems,
): readonly string[] {
  if (record.length !== columns.length) {
    const next = `the header has ${columns.length}: a cell that holds the separator must stand in quotation marks`;
    problems.add({ where, what: `has ${record.length} cells`, next });
    return record;
  }
  return record.map((cell, at) => {
    const fault = findCellFault(cell);
    if (fault !== undefined) problems.add({ where: `${where}, column ${columns[at] ?? ""}`, ...fault });
    return tidyCell(cell, tidied);
  });
}

/** A header that cannot be trusted stops the reading: what follows would be about the wrong columns. */
function checkHeader(columns: readonly string[], name: string): void {
  const problems = collectProblems();
  const seen = new Map<string, number>();
  if (columns.length > MAX_COLUMNS)
    problems.add({ where: whereIs(name, 1), what: `has ${columns.length} columns; at most ${MAX_COLUMNS} are read` });
  for (const [at, column] of columns.entries()) {
    const where = `${whereIs(name, 1)}, column ${at + 1}`;
    const twin = seen.get(column);
    const fault = findCellFault(column);
    if (fault !== undefined) problems.add({ where, ...fault });
    else if (column === "")
      problems.add({ where, what: "has no name", next: "name the column in the first row, or delete it" });
    else if (twin !== undefined)
      problems.add({
        where,
        what: `is named ${shown(column)}, like column ${twin}`,
        next: "give each column a name of its own",
      });
    seen.set(column, at + 1);
  }
  problems.refuseIfAny("ROSTER_INVALID", name);
}

// --- text to records -------------------------------------------------------------------------------------------------

async function* readRecords(
  text: AsyncIterable<string>,
  separator: string,
  name: string,
  problems: Problems,
): AsyncGenerator<readonly string[], undefined> {
  let parsed = 0; // the parser is ahead of its reader, and where it stops it drops what was not yet read
  const parser = openParser(text, separator, () => parsed++);
  try {
    for await (const record of parser) yield record as readonly string[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    problems.add({ where: whereIs(name, parsed + 1), ...explain(cause) });
    problems.refuseIfAny("ROSTER_INVALID", name);
  }
}

function openParser(text: AsyncIterable<string>, separator: string, onRecord: () => void): Parser {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true, // counted here, with a better message
    max_record_size: MAX_ROW_CHARACTERS,
    on_record(record: string[]) {
      onRecord();
      return record;
    },
  });
  pipeline(Readable.from(text), parser, () => undefined); // an error reaches the reader of the parser
  return parser;
}

const INNER_QUOTE: Omit<Problem, "where"> = {
  what: "a quotation mark stands inside a cell",
  next: "put the cell in quotation marks and write the inner ones twice",
};
const CSV_FAULTS: Readonly<Record<string, Omit<Problem, "where">>> = {
  CSV_QUOTE_NOT_CLOSED: {
    what: "a quotation mark opens here and is never closed",
    next: "close it, or write it twice",
  },
  CSV_INVALID_CLOSING_QUOTE: INNER_QUOTE,
  INVALID_OPENING_QUOTE: INNER_QUOTE,
  CSV_MAX_RECORD_SIZE: {
    what: `the row is longer than ${MAX_ROW_CHARACTERS} characters`,
    next: "look for a quotation mark that is never closed",
  },
};

function explain(fault: CsvError): Omit<Problem, "where"> {
  return CSV_FAULTS[fault.code] ?? { what: `cannot be read (${fault.code})` };
}

/** The beginning of the text: all of its first line, or everything there is. */
async function readHead(text: AsyncGenerator<string>): Promise<string> {
  let head = "";
  while (head.length < MAX_ROW_CHARACTERS && !/[\r\n]/.test(outsideQuotes(head))) {
    const next = await text.next();
    if (next.done === true) break;
    head += next.value;
  }
  return head;
}

/** The separator that stands most often in the first line, quoted cells left out. */
function separatorOf(head: string): string {
  const [line = ""] = outsideQuotes(head).split(/[\r\n]/, 1);
  const counts = SEPARATORS.map((separator) => line.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}

function outsideQuotes(text: string): string {
  return text.replace(/"[^"]*(?:"|$)/g, "");
}

async function* chain(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (head !== "") yield head;
  yield* rest;
}

function refusal(name: string, problem: Problem): TestamurError {
  return new TestamurError("ROSTER_INVALID", `${name} cannot be read as a roster`, {
    problems: [problem],
    ...(problem.next !== undefined && { next: problem.next }),
  });
}
