/** Reports as a table for a spreadsheet. Cells that a spreadsheet would run as a formula are marked as text. */

import type { Report } from "../core/report.ts";

const COLUMNS = [
  "file",
  "verdict",
  "headline",
  "holder",
  "award",
  "issuer",
  "calls itself",
  "issued",
  "hidden",
  "chain",
  "block",
  "checked at",
  "note",
];

/** The header line. */
export function csvHeader(): string {
  return `${COLUMNS.join(",")}\r\n`;
}

/** One report's line. */
export function csvRow(report: Report): string {
  const worst =
    report.findings.find((found) => found.outcome === "fail") ??
    report.findings.find((found) => found.outcome === "unknown");
  const cells = [
    report.file,
    report.verdict,
    report.headline,
    report.credential?.holder,
    report.credential?.title,
    report.issuer?.proven,
    report.issuer?.callsItself,
    report.credential?.issuedOn ?? report.anchor?.time,
    report.hidden,
    report.readAt?.chainId,
    report.readAt?.block,
    report.checkedAt,
    worst?.message,
  ];
  return `${cells.map((cell) => csvCell(String(cell ?? ""))).join(",")}\r\n`;
}

/** Quoted always; `= + - @`, tab and line breaks at the start get an apostrophe, so that no program calculates them. */
export function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
