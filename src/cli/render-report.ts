/** A report as a person reads it: the headline, who, what, as of when, and every check that was made. */

import type { Finding, Outcome } from "../core/findings.ts";
import type { Report } from "../core/report.ts";
import { wordingOf } from "../core/wording.ts";
import { harmless, paint } from "./terminal.ts";

const ASPECT_WORDS: Readonly<Record<Finding["aspect"], string>> = {
  integrity: "Not changed",
  signature: "Signed",
  anchor: "Issued",
  status: "Not withdrawn",
  identity: "Issuer",
  validity: "Dates",
};

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  pass: "yes",
  fail: "NO",
  unknown: "not checked",
  skipped: "no such thing",
};

/** One report in full: about ten lines. Text of the document is made harmless for terminals. */
export function renderReport(report: Report): string[] {
  const wording = wordingOf(report);
  const lines = [
    `${paint.tone(wording.tone, `${wording.symbol} ${paint.strong(wording.sentence)}`)}  ${paint.faint(report.headline)}`,
  ];
  if (report.file !== undefined) lines.push(row("File", harmless(report.file)));
  lines.push(...issuerRows(report), ...contentRows(report), ...innerRows(report), ...placeRows(report), "");
  for (const found of report.findings)
    lines.push(
      `  ${mark(found.outcome)} ${ASPECT_WORDS[found.aspect].padEnd(14)} ${harmless(found.message)} ${paint.faint(found.code)}`,
    );
  return [...lines, "", `  ${wording.next}`];
}

function issuerRows({ issuer }: Report): string[] {
  if (issuer === undefined) return [];
  const proven =
    issuer.proven === undefined
      ? []
      : [row("Issued by", `${paint.strong(harmless(issuer.proven))} (proven by ${issuer.provenBy ?? "records"})`)];
  const claimed = issuer.callsItself === undefined ? [] : [row("Calls itself", harmless(issuer.callsItself))];
  return [...proven, ...claimed];
}

function contentRows({ credential, hidden }: Report): string[] {
  const { title, holder, issuedOn } = credential ?? {};
  return [
    ...(title === undefined ? [] : [row("Award", harmless(title))]),
    ...(holder === undefined ? [] : [row("Holder", harmless(holder))]),
    ...(issuedOn === undefined ? [] : [row("Dated", harmless(issuedOn))]),
    ...(hidden === undefined ? [] : [row("Hidden", `${hidden} ${hidden === 1 ? "entry" : "entries"}, by the holder`)]),
  ];
}

/** Credentials inside it; what they say counts only as far as they hold by themselves. */
function innerRows({ inner = [] }: Report): string[] {
  return inner.map(({ place, kind, isAboutHolder, verdict, headline }) => {
    const about = isAboutHolder ? "" : ", about something else";
    const mark = ({ valid: "good", invalid: "bad", inconclusive: "doubt" } as const)[verdict];
    return row("Inside", `${kind} at ${harmless(place)}: ${paint.tone(mark, headline)}${about}`);
  });
}

function placeRows({ readAt, network, anchor }: Report): string[] {
  const place = network === "test" ? paint.tone("warn", " (test network)") : "";
  return [
    ...(anchor === undefined ? [] : [anchorRow(anchor)]),
    ...(readAt === undefined
      ? []
      : [row("As of", `${readAt.time}, block ${readAt.block} of chain ${readAt.chainId}${place}`)]),
  ];
}

function anchorRow({ store, transaction, chainId, block }: NonNullable<Report["anchor"]>): string {
  const since = block === undefined ? "" : `, since block ${block}`;
  return store === undefined
    ? row("Transaction", `${transaction} on chain ${chainId}${since}`)
    : row("Register", `${store} on chain ${chainId}${since}`);
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(13)} ${text}`;
}

function mark(outcome: Outcome): string {
  const tone = ({ pass: "good", fail: "bad", unknown: "doubt", skipped: "doubt" } as const)[outcome];
  const symbol = { pass: "✓", fail: "✗", unknown: "?", skipped: "·" }[outcome];
  return paint.tone(tone, `${symbol} ${OUTCOME_WORDS[outcome].padEnd(13)}`);
}
