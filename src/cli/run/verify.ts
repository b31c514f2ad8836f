/** What `testamur verify PATH...` does: verifies one document, a folder, a file of lines. */

import { createWriteStream } from "node:fs";
import { once } from "node:events";

import { openConfiguredBulkVerifier } from "../../app/configured-verifier.ts";
import { isShare, openShare } from "../../app/encrypted-share.ts";
import { TestamurError } from "../../core/errors.ts";
import type { Report, Verdict } from "../../core/report.ts";
import { wordingOf } from "../../core/wording.ts";
import { chunksOf } from "../../issue/chunks.ts";
import { inOrder } from "../../issue/in-order.ts";
import { exitOfVerdicts } from "../exit-codes.ts";
import { readInputFiles, type InputFile } from "../input-files.ts";
import { renderReport } from "../render-report.ts";
import { csvHeader, csvRow } from "../report-csv.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint, table } from "../terminal.ts";
import type { ChainFlags, DoubtFlags, RecognitionFlags } from "../options.ts";

/** Documents verified side by side: their chain questions travel together. */
const ABREAST = 512;
/** Groups of them under way at the same time. */
const AT_ONCE = 3;

export interface VerifyFlags extends ChainFlags, DoubtFlags, RecognitionFlags {
  readonly json?: boolean;
  readonly offline?: boolean;
  readonly trust?: string;
  readonly resolver?: readonly string[];
  readonly strict?: boolean;
  readonly expectSigner?: readonly string[];
  readonly asOf?: string;
  readonly atBlock?: string;
  readonly report?: string;
  readonly key?: string;
}

export async function runVerify(paths: readonly string[], flags: VerifyFlags, shell: Shell): Promise<number> {
  const verifier = openConfiguredBulkVerifier(await shell.settings(flags), {
    offline: flags.offline ?? false,
    policy: flags.strict === true ? "strict" : "default",
    ...(flags.expectSigner !== undefined && { expectedSigners: flags.expectSigner }),
    ...asOf(flags),
  });
  const sink = reportSink(flags, shell);
  const verdicts: Verdict[] = [];
  const verifyGroup = async (group: readonly InputFile[]): Promise<readonly Report[]> => {
    const documents = await Promise.all(group.map(async ({ bytes }) => documentOf(bytes, flags.key)));
    const reports = await verifier.verifyMany(documents);
    return reports.map((report, at) => ({ file: group[at]?.name ?? "", ...report }));
  };
  try {
    for await (const reports of inOrder(chunksOf(readInputFiles(paths), ABREAST), AT_ONCE, verifyGroup))
      for (const report of reports) {
        verdicts.push(report.verdict);
        await sink.take(report);
      }
    await sink.close();
  } finally {
    verifier.close();
  }
  return exitOfVerdicts(verdicts);
}

/** An encrypted share is opened where its key is at hand; anything else is verified as it is. */
async function documentOf(bytes: Uint8Array, key: string | undefined): Promise<Uint8Array> {
  return key !== undefined && isShare(bytes) ? openShare(bytes, key) : bytes;
}

function asOf(flags: VerifyFlags): { asOf?: { block: number } | { time: Date } } {
  if (flags.atBlock !== undefined) {
    if (!/^\d{1,15}$/.test(flags.atBlock))
      throw new TestamurError("USAGE", `--at-block: "${flags.atBlock}" is not a block number`);
    return { asOf: { block: Number(flags.atBlock) } };
  }
  if (flags.asOf === undefined) return {};
  const time = new Date(flags.asOf);
  if (Number.isNaN(time.getTime()))
    throw new TestamurError("USAGE", `--as-of: "${flags.asOf}" is not a time`, {
      next: "for example 2026-07-01T12:00:00Z",
    });
  return { asOf: { time } };
}

interface ReportSink {
  take(report: Report): Promise<void>;
  close(): Promise<void>;
}

function reportSink(flags: VerifyFlags, shell: Shell): ReportSink {
  const screen = flags.json === true ? jsonSink(shell) : peopleSink(shell);
  if (flags.report === undefined) return screen;
  const file = createWriteStream(flags.report, { flags: "w" });
  const failed = new Promise<never>((_, reject) => {
    file.once("error", (cause) =>
      reject(new TestamurError("FILE_UNREADABLE", `${flags.report} cannot be written`, { cause })),
    );
  });
  failed.catch(() => undefined); // it is raced below; nobody may call it unhandled
  file.write(csvHeader());
  return {
    async take(report) {
      await screen.take(report);
      if (!file.write(csvRow(report))) await Promise.race([once(file, "drain"), failed]);
    },
    async close() {
      await screen.close();
      file.end();
      await Promise.race([once(file, "close"), failed]);
    },
  };
}

function jsonSink({ terminal }: Shell): ReportSink {
  return { take: async (report) => terminal.print(JSON.stringify(report)), close: async () => undefined };
}

/** The first document in full when it is the only one; else a line for each that is not valid, and the counts. */
function peopleSink({ terminal }: Shell): ReportSink {
  const counts = new Map<string, number>();
  const notable: Report[] = [];
  let only: Report | undefined;
  let total = 0;
  return {
    async take(report) {
      total++;
      only = total === 1 ? report : undefined;
      counts.set(report.headline, (counts.get(report.headline) ?? 0) + 1);
      if (report.verdict !== "valid") notable.push(report);
    },
    async close() {
      if (only !== undefined) return renderReport(only).forEach((line) => terminal.print(line));
      const rows = notable.map((report) => {
        const { word, symbol, tone } = wordingOf(report);
        const worst =
          report.findings.find((found) => found.outcome === "fail") ??
          report.findings.find((found) => found.outcome === "unknown");
        return { tone, cells: [`${symbol} ${word}`, harmless(report.file ?? ""), harmless(worst?.message ?? "")] };
      });
      table(
        rows.map((row) => row.cells),
        terminal.width,
      ).forEach((line, at) => terminal.print(paint.tone(rows[at]?.tone ?? "doubt", line)));
      const parts = [...counts].map(([headline, count]) => `${count} ${headline}`);
      terminal.print(`${total} documents: ${parts.join(" · ")}`);
    },
  };
}
