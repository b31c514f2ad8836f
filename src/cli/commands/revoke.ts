/** `testamur revoke PATH|LEAF|ROOT...`: withdraws documents, for ever. */

import { createReadStream } from "node:fs";

import type { Command } from "commander";
import { parse } from "csv-parse";

import {
  findLeaf,
  openConfiguredWriter,
  reasonCode,
  storeOf,
  REVOCATION_REASONS,
  type RevocableNode,
} from "../../app/stores.ts";
import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { askConfirm, askPassword } from "../ask.ts";
import { readInputFiles } from "../input-files.ts";
import { parseCoins } from "../money.ts";
import { addSignerOptions, type SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";

interface RevokeFlags extends SignerFlags {
  readonly reason: string;
  readonly list?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly maxFee?: string;
  readonly json?: boolean;
}

interface NamedNode extends RevocableNode {
  readonly name: string;
}

const NODE = /^0x[0-9a-fA-F]{64}$/;
const PREVIEW = 10;

export function addRevokeCommand(program: Command, shell: Shell): void {
  addSignerOptions(
    program
      .command("revoke")
      .description("withdraw documents for ever: files, or leaves and roots as 0x…; a root withdraws the whole batch")
      .argument("[what...]", "documents, folders, leaves, roots")
      .requiredOption("--reason <word>", Object.keys(REVOCATION_REASONS).join(", "))
      .option("--list <file.csv>", "more of them: a column file or leaf (index.csv has both)")
      .option("--dry-run", "show what would be withdrawn, send nothing")
      .option("--yes", "do not ask")
      .option("--max-fee <amount>", "most that one transaction may cost, in the chain's currency")
      .option("--json", "the result as JSON on stdout"),
  ).action(async (what: readonly string[], flags: RevokeFlags) => runRevoke(what, flags, shell));
}

async function runRevoke(what: readonly string[], flags: RevokeFlags, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const settings = shell.settings(flags);
  const reason = reasonCode(flags.reason);
  const nodes = [
    ...(await Array.fromAsync(namedNodes(what))),
    ...(flags.list === undefined ? [] : await nodesOfList(flags.list)),
  ];
  if (nodes.length === 0)
    throw new TestamurError("USAGE", "nothing to withdraw was named", {
      next: "name documents, leaves or roots, or --list file.csv",
    });
  const store = storeOf(settings, nodes);
  terminal.say(
    `  ${paint.strong(`Withdraw ${nodes.length}`)} in register ${store}, reason ${flags.reason}. This cannot be undone.`,
  );
  for (const { name, node } of nodes.slice(0, PREVIEW)) terminal.say(`    ${harmless(name)}  ${paint.faint(node)}`);
  if (nodes.length > PREVIEW) terminal.say(`    … and ${nodes.length - PREVIEW} more`);
  if (flags.dryRun === true) return terminal.say("  Nothing was sent (--dry-run).");
  if (flags.yes !== true && !(await askConfirm("Withdraw them?", "--yes")))
    throw new TestamurError("APPROVAL_NEEDED", "nobody approved; nothing was sent");
  const writer = await openConfiguredWriter(settings, {
    askPassword: async () => askPassword("Password of the keystore", "--password-file"),
    ...(flags.maxFee !== undefined && { maxFeeWei: parseCoins(flags.maxFee, "--max-fee") }),
  });
  const bar = terminal.bar("Withdrawn");
  let done = 0;
  const acts = await writer.revoke(
    store,
    nodes.map(({ node }) => node),
    reason,
    (chunk) => bar.update((done += chunk.nodes.length), nodes.length),
  );
  const gas = acts.reduce((sum, act) => sum + act.gasUsed, 0n);
  bar.finish(
    `${done} in ${acts.length} ${acts.length === 1 ? "transaction" : "transactions"}, ${gas.toLocaleString("en")} gas`,
  );
  if (done < nodes.length) terminal.say(`  ${nodes.length - done} were withdrawn before.`);
  if (flags.json === true)
    terminal.print(
      JSON.stringify({
        store,
        revoked: acts.flatMap((act) => act.nodes),
        transactions: acts.map((act) => act.hash),
        gas: gas.toString(),
      }),
    );
}

async function* namedNodes(what: readonly string[]): AsyncGenerator<NamedNode> {
  for (const text of what) {
    if (NODE.test(text)) yield { name: text, node: toNode(text) };
    else for await (const { name, bytes } of readInputFiles([text])) yield { name, ...(await findLeaf(bytes, name)) };
  }
}

/** A column `leaf` is taken as it is; else a column `file` names documents. */
async function nodesOfList(path: string): Promise<readonly NamedNode[]> {
  const nodes: NamedNode[] = [];
  const rows = createReadStream(path).pipe(parse({ columns: true, bom: true, skip_empty_lines: true, trim: true }));
  try {
    for await (const row of rows as AsyncIterable<Readonly<Record<string, string>>>) {
      const { leaf, file } = row;
      if (leaf !== undefined && NODE.test(leaf)) nodes.push({ name: file ?? leaf, node: toNode(leaf) });
      else if (file !== undefined) for await (const node of namedNodes([file])) nodes.push(node);
      else
        throw new TestamurError("USAGE", `${path}: row ${nodes.length + 1} has neither a leaf nor a file`, {
          next: "give the list a column named leaf (0x and 64 digits) or file",
        });
    }
  } catch (cause) {
    if (cause instanceof TestamurError) throw cause;
    throw new TestamurError("FILE_UNREADABLE", `${path} cannot be read as a list`, {
      cause,
      next: "it is a CSV file with a column named leaf or file",
    });
  }
  return nodes;
}

function toNode(text: string): Hex {
  return `0x${text.slice(2).toLowerCase()}`;
}
