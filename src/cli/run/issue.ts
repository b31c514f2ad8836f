/** What `testamur issue`, `resume`, `status`, `fsck` do: the issuing job from the command line. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { chooseFormat } from "../../app/choose-format.ts";
import { fsckPorts, openIssuer, type IssuerOptions, type OpenIssuer } from "../../app/open-issuer.ts";
import { TestamurError, type Problem } from "../../core/errors.ts";
import { dryRun, type DryRun } from "../../issue/dry-run.ts";
import { fsck } from "../../issue/fsck.ts";
import { issue } from "../../issue/issue.ts";
import type { IssueRequest } from "../../issue/prepare.ts";
import type { IssuePlan } from "../../issue/job.ts";
import { INDEX_FILE, type Layout } from "../../issue/names.ts";
import { withoutSecrets } from "../../issue/placement.ts";
import type { IssueResult } from "../../issue/result.ts";
import { resume, writeAgain } from "../../issue/resume.ts";
import { askConfirm, askPassword } from "../ask.ts";
import { EXIT } from "../exit-codes.ts";
import { jobScreen, stateWord } from "../job-screen.ts";
import { parseCoins, toCoins } from "../money.ts";
import type { ChainFlags, SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint, table } from "../terminal.ts";

export interface JobFlags extends SignerFlags {
  readonly signingKey?: string;
  readonly signingPasswordFile?: string;
  readonly yes?: boolean;
  readonly maxFee?: string;
  readonly json?: boolean;
}

export interface IssueFlags extends JobFlags {
  readonly template: string;
  readonly format?: string;
  readonly out: string;
  readonly statusListsUrl?: string;
  readonly learnerId?: string;
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly layout?: Layout;
}

export async function runIssue(roster: string, flags: IssueFlags, shell: Shell): Promise<void> {
  const request: IssueRequest = {
    roster: resolve(roster),
    template: resolve(flags.template),
    format: chooseFormat(resolve(flags.template), flags.format),
    out: resolve(flags.out),
    ...(flags.learnerId !== undefined && { learnerId: flags.learnerId }),
    ...(flags.again === true && { again: true }),
    ...(flags.layout !== undefined && { layout: flags.layout }),
  };
  await withIssuer(flags, shell, async ({ ports }) => {
    if (flags.dryRun === true) showDryRun(await dryRun(request, ports), flags, shell);
    else showResult(await issue(request, ports), flags, shell);
  });
}

export interface ResumeFlags extends JobFlags {
  readonly out?: string;
}

export async function runResume(batch: string, flags: ResumeFlags, shell: Shell): Promise<void> {
  await withIssuer(flags, shell, async ({ ports }) => {
    const out = flags.out === undefined ? undefined : resolve(flags.out);
    if (out !== undefined) await writeAgain(batch, out, ports);
    const result = await resume(batch, ports);
    if (out === undefined && !existsSync(join(result.out, INDEX_FILE)))
      throw new TestamurError(
        "FILE_UNREADABLE",
        `batch ${result.batch} is finished, but ${result.out} does not hold it`,
        {
          next: `write its documents once more: testamur resume ${result.batch} --out DIRECTORY`,
        },
      );
    showResult(out === undefined ? result : { ...result, out }, flags, shell);
  });
}

async function withIssuer(flags: JobFlags, shell: Shell, act: (issuer: OpenIssuer) => Promise<void>): Promise<void> {
  const issuer = openIssuer(await shell.settings(flags), issuerOptions(flags, shell));
  try {
    await act(issuer);
  } finally {
    issuer.close();
  }
}

function issuerOptions(flags: JobFlags, shell: Shell): IssuerOptions {
  return {
    askPassword: async (of) => askPassword(`Password of the ${of}`, "--password-file"),
    approve: async (plan) => flags.yes === true || approve(plan, shell),
    progress: jobScreen(shell.terminal, flags.json === true).progress,
    ...(flags.maxFee !== undefined && { maxFeeWei: parseCoins(flags.maxFee, "--max-fee") }),
  };
}

/** Shows what is signed, so that it can be compared; asks only where somebody can answer and a mistake costs money. */
async function approve(plan: IssuePlan, { terminal }: Shell): Promise<boolean> {
  const { count, root, entry, preflight, statusListsUrl } = plan;
  terminal.say();
  terminal.say(
    `  ${paint.strong(`Anchor ${count} credentials`)} in "${harmless(preflight.storeName)}" on ${preflight.networkName} (chain ${preflight.chainId})`,
  );
  terminal.say(
    `  register ${preflight.store}, ${entry === "raw" ? "the bare root as the transaction's data" : "function issue"}, root ${root}`,
  );
  terminal.say(
    `  by ${preflight.account}, for at most ${toCoins(preflight.costWei)} (the number of graduates does not change this)`,
  );
  if (statusListsUrl !== undefined)
    terminal.say(
      `  the documents will name ${statusListsUrl}, for good: there your service publishes what is withdrawn`,
    );
  return askConfirm("Sign and send?", "--yes");
}

function showDryRun(plan: DryRun, flags: JobFlags, { terminal }: Shell): void {
  const { preflight } = plan;
  if (flags.json === true) {
    terminal.print(
      JSON.stringify({
        kind: "dry-run",
        ...plan,
        preflight: {
          ...preflight,
          gas: preflight.gas.toString(),
          maxFeePerGas: preflight.maxFeePerGas.toString(),
          costWei: preflight.costWei.toString(),
          balanceWei: preflight.balanceWei.toString(),
        },
      }),
    );
    return;
  }
  showNotices(plan.notices, { terminal });
  terminal.print(`${plan.count} credentials would be anchored in one transaction; nothing was sent and nothing kept.`);
  terminal.print(
    `  register   "${harmless(preflight.storeName)}" ${preflight.store} on ${preflight.networkName} (chain ${preflight.chainId})`,
  );
  terminal.print(
    `  cost       about ${preflight.gas.toLocaleString("en")} gas, at most ${toCoins(preflight.costWei)} at current fees; the number of graduates does not change this`,
  );
  terminal.print(`  account    ${preflight.account}, holds ${toCoins(preflight.balanceWei)}`);
  terminal.print(`  final      ${preflight.finality}`);
  if (plan.statusListsUrl !== undefined)
    terminal.print(`  lists      the documents would name ${plan.statusListsUrl}, for good`);
  terminal.print(`  checked    ${plan.secondOpinion} Merkle paths by a second implementation`);
}

function showResult(result: IssueResult, flags: JobFlags, { terminal }: Pick<Shell, "terminal">): void {
  if (flags.json === true) {
    terminal.print(JSON.stringify({ kind: "done", ...result }));
    return;
  }
  showNotices(result.notices, { terminal });
  terminal.print(`${paint.tone("good", "✓")} ${result.count} documents in ${result.out}`);
  terminal.print(`  batch ${result.batch}, root ${result.root}, block ${result.block} of chain ${result.chainId}`);
  terminal.print(`  check them: testamur verify ${result.out}`);
}

function showNotices(notices: readonly Problem[], { terminal }: Pick<Shell, "terminal">): void {
  for (const { where, what, next } of notices) {
    terminal.say(
      `  ${paint.tone("warn", "!")} ${harmless(where)}: ${harmless(what)}${next === undefined ? "" : ` → ${harmless(next)}`}`,
    );
  }
}

export async function runStatus(
  batch: string | undefined,
  flags: ChainFlags & { json?: boolean },
  shell: Shell,
): Promise<void> {
  const issuer = openIssuer(await shell.settings(flags), { askPassword: noPassword, readOnly: true });
  const { terminal } = shell;
  try {
    const { batches } = issuer.ports;
    const orders = batches.listBatches().filter(({ id }) => batch === undefined || id.includes(batch));
    if (batch !== undefined && orders.length === 0)
      throw new TestamurError("BATCH_UNKNOWN", `there is no batch ${batch}`, { next: "testamur status lists them" });
    const rows = orders.map((order) => ({
      order,
      history: batches.historyOf(order.id).map((row) => ({ ...row, detail: withoutSecrets(row.detail) })),
    }));
    if (flags.json === true)
      return rows.forEach((row) => terminal.print(JSON.stringify({ ...row.order, history: row.history })));
    for (const line of table(
      rows.map(({ order, history }) => [
        order.id,
        stateWord(history.at(-1)?.state ?? "draft"),
        order.createdAt.slice(0, 16),
        order.out,
      ]),
      terminal.width,
    ))
      terminal.print(line);
    if (rows.length === 0) terminal.print("No batches yet.");
    if (batch === undefined) return;
    for (const { state, at, detail } of rows.flatMap(({ history }) => history))
      terminal.print(`  ${at}  ${stateWord(state).padEnd(24)} ${paint.faint(JSON.stringify(detail))}`);
  } finally {
    issuer.close();
  }
}

export async function runFsck(flags: ChainFlags & { json?: boolean }, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const settings = await shell.settings(flags);
  const issuer = openIssuer(settings, { askPassword: noPassword, readOnly: true });
  try {
    const report = await fsck(fsckPorts(issuer, settings));
    if (flags.json === true) terminal.print(JSON.stringify(report));
    else {
      for (const { where, what, next } of report.problems)
        terminal.print(`${paint.tone("bad", "✗")} ${where}: ${what}${next === undefined ? "" : ` → ${next}`}`);
      if (settings.rpcUrls.length === 0) terminal.say("  The chain was not asked: no node is set (--rpc).");
      terminal.print(
        `${report.batches} batches, ${report.documents} documents: ${report.problems.length === 0 ? "everything agrees" : `${report.problems.length} problems`}`,
      );
    }
    if (report.problems.length > 0) shell.exitCode = EXIT.internal;
  } finally {
    issuer.close();
  }
}

async function noPassword(): Promise<string> {
  throw new TestamurError("INTERNAL", "looking needs no key");
}
