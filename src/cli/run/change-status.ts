/** Withdraws documents, puts them on hold, or lifts that: shows what is meant, asks, sends, and counts. */

import { openConfiguredWriter } from "../../app/stores.ts";
import { insistOnRecord, storeOf } from "../../app/withdrawable.ts";
import { reasonCode } from "../../app/withdrawal-reasons.ts";
import type { Written } from "../../chain/carry-out.ts";
import type { ListEntry } from "../../chain/set-status.ts";
import type { StatusAct } from "../../chain/status-words.ts";
import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { askConfirm, askPassword } from "../ask.ts";
import { parseCoins } from "../money.ts";
import type { SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";
import { namedWithdrawables, withdrawablesOfList, type NamedWithdrawable } from "../withdrawable-files.ts";

export interface StatusFlags extends SignerFlags {
  readonly reason: string;
  readonly list?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly maxFee?: string;
  readonly json?: boolean;
}

/** How one act is put into words, and which reasons there are for it. */
export interface StatusWords {
  readonly act: StatusAct;
  /** Before the number: "Withdraw". */
  readonly verb: string;
  /** After it is done: "Withdrawn". */
  readonly done: string;
  readonly warning: string;
  readonly reasons: Readonly<Record<string, number>>;
}

/** What is to be sent: places in lists where there are such, nodes for the rest. */
interface Plan {
  readonly entries: readonly ListEntry[];
  readonly nodes: readonly Hex[];
}

const PREVIEW = 10;

export async function changeStatus(
  what: readonly string[],
  flags: StatusFlags,
  words: StatusWords,
  shell: Shell,
): Promise<void> {
  const { terminal } = shell;
  const settings = await shell.settings(flags);
  const reason = reasonCode(flags.reason, words.reasons);
  const documents = [
    ...(await Array.fromAsync(namedWithdrawables(what))),
    ...(flags.list === undefined ? [] : await withdrawablesOfList(flags.list)),
  ];
  if (documents.length === 0)
    throw new TestamurError("USAGE", "no document was named", {
      next: "name documents, leaves or roots, or --list file.csv",
    });
  const plan = planOf(words.act, documents);
  const store = storeOf(settings, documents);
  await insistOnRecord(settings, store, documents);
  terminal.say(
    `  ${paint.strong(`${words.verb} ${documents.length}`)} in register ${store}, reason ${flags.reason}. ${words.warning}`,
  );
  for (const document of documents.slice(0, PREVIEW))
    terminal.say(`    ${harmless(document.name)}  ${paint.faint(placeOf(words.act, document))}`);
  if (documents.length > PREVIEW) terminal.say(`    … and ${documents.length - PREVIEW} more`);
  const bare = documents.filter(({ byLeaf }) => byLeaf === true).length;
  if (bare > 0)
    terminal.say(
      `  ${paint.tone("warn", "!")} ${bare} named by the leaf alone: nobody has looked whether a document of this register has it.`,
    );
  if (flags.dryRun === true) return terminal.say("  Nothing was sent (--dry-run).");
  if (flags.yes !== true && !(await askConfirm(`${words.verb} them?`, "--yes")))
    throw new TestamurError("APPROVAL_NEEDED", "nobody approved; nothing was sent");
  const writer = await openConfiguredWriter(settings, {
    askPassword: async () => askPassword("Password of the keystore", "--password-file"),
    ...(flags.maxFee !== undefined && { maxFeeWei: parseCoins(flags.maxFee, "--max-fee") }),
  });
  const bar = terminal.bar(words.done);
  let done = 0;
  const count = (added: number): void => bar.update((done += added), documents.length);
  const { entries, nodes } = plan;
  const set =
    entries.length === 0
      ? []
      : await writer.setStatus({ store, act: words.act, entries, reason }, (chunk) => count(chunk.entries.length));
  const revoked =
    nodes.length === 0 ? [] : await writer.revoke(store, nodes, reason, (chunk) => count(chunk.nodes.length));
  const sent: readonly Written[] = [...set, ...revoked];
  const gas = sent.reduce((sum, act) => sum + act.gasUsed, 0n);
  bar.finish(
    `${done} in ${sent.length} ${sent.length === 1 ? "transaction" : "transactions"}, ${gas.toLocaleString("en")} gas`,
  );
  if (done < documents.length) terminal.say(`  ${documents.length - done} needed no change.`);
  if (flags.json === true)
    terminal.print(
      JSON.stringify({
        store,
        act: words.act,
        revoked: revoked.flatMap((chunk) => chunk.nodes),
        entries: set.flatMap((chunk) => chunk.entries),
        transactions: sent.map(({ hash }) => hash),
        gas: gas.toString(),
      }),
    );
}

/** @throws {TestamurError} `USAGE` for a document that can be withdrawn for ever only. */
function planOf(act: StatusAct, documents: readonly NamedWithdrawable[]): Plan {
  const entries: ListEntry[] = [];
  const nodes: Hex[] = [];
  for (const document of documents) {
    const entry = entryOf(act, document);
    if (entry !== undefined) entries.push(entry);
    else if (act === "revoke") nodes.push(document.node);
    else
      throw new TestamurError(
        "USAGE",
        `${harmless(document.name)} has no place in a status list: it cannot be put on hold`,
        {
          next: "only documents that name a list can (W3C credentials of ours); give the file itself, not its leaf",
        },
      );
  }
  return { entries, nodes };
}

function entryOf(act: StatusAct, { places }: NamedWithdrawable): ListEntry | undefined {
  return act === "revoke" ? places?.revocation : places?.suspension;
}

function placeOf(act: StatusAct, document: NamedWithdrawable): string {
  const entry = entryOf(act, document);
  return entry === undefined ? document.node : `place ${entry.index} of list ${entry.list}`;
}
