/** One cell of a CSV file that people open in a spreadsheet. */

/** What makes a spreadsheet calculate, in both widths, or start a new cell. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

/** Quoted always; texts that a spreadsheet would run as a formula get an apostrophe before them. */
export function csvCell(text: string): string {
  const inert = FORMULA_START.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** One line, with the line break that RFC 4180 asks for. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
