/** What becomes of one cell on its way from the roster into a credential: tidied, and said so; never interpreted. */

import type { Problem } from "../core/errors.ts";

/** A cell longer than a spreadsheet allows is no cell. */
export const MAX_CELL = 32_767;

const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$|^$/;
/** Control characters but tab and line breaks, and the sign that stands where a letter was lost in an earlier export. */
// oxlint-disable-next-line no-control-regex -- finding them is the point
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/;

/** Counts what was tidied, for the notices. */
export interface Tidied {
  trimmed: number;
  normalised: number;
}

/**
 * The cell without white space around it, in Unicode's composed form (NFC): one name, one spelling. Formula-like cells
 * (`=1+1`, `+49…`, `@home`) stay the texts they are.
 */
export function tidyCell(cell: string, tidied: Tidied): string {
  if (PLAIN.test(cell)) return cell;
  const trimmed = cell.trim();
  if (trimmed !== cell) tidied.trimmed++;
  const normalised = trimmed.normalize("NFC");
  if (normalised !== trimmed) tidied.normalised++;
  return normalised;
}

/** What is wrong with a cell's text, whatever column it stands in. */
export function findCellFault(cell: string): Omit<Problem, "where"> | undefined {
  if (cell.length > MAX_CELL)
    return { what: `holds ${cell.length} characters`, next: `a cell holds at most ${MAX_CELL}` };
  const unfit = UNFIT.exec(cell)?.[0];
  if (unfit === undefined) return undefined;
  if (unfit === "\ufffd")
    return { what: "holds the sign � where a letter was lost", next: "export the roster again as UTF-8" };
  const point = unfit.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return { what: `holds the control character U+${point}`, next: "delete it, or export the roster again as UTF-8" };
}

/** What was tidied, in words; nothing when nothing was. */
export function noticesOf(tidied: Tidied, name: string): Problem[] {
  const notices: Problem[] = [];
  if (tidied.trimmed > 0)
    notices.push({ where: name, what: `white space around the text was cut off in ${cells(tidied.trimmed)}` });
  if (tidied.normalised > 0)
    notices.push({ where: name, what: `${cells(tidied.normalised)} were brought to Unicode's composed form (NFC)` });
  return notices;
}

function cells(count: number): string {
  return count === 1 ? "one cell" : `${count} cells`;
}
