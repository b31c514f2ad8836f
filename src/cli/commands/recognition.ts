/** `testamur recognition deploy | recognise | withdraw | show`: who recognises whom to issue what. */

import type { Command } from "commander";

import { parseAddress, type Settings } from "../../app/config.ts";
import { listRecognitions, openConfiguredRecogniser, toScope, typeNames } from "../../app/recognisers.ts";
import { lookAtNetwork } from "../../app/stores.ts";
import { reasonCode, REVOCATION_REASONS } from "../../app/withdrawable.ts";
import { FOREVER, type RecognitionRecord } from "../../chain/recognition-writer.ts";
import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import { addSignerOptions, type SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";
import { describeWritten, parseCount, signing } from "../written.ts";

interface RegisterFlags extends SignerFlags {
  readonly register?: string;
}

interface RecogniseFlags extends RegisterFlags {
  readonly types?: readonly string[];
  readonly level: string;
  readonly jurisdiction?: string;
  readonly from?: string;
  readonly until?: string;
  readonly parent?: string;
  readonly delegate?: string;
  readonly depth?: string;
}

interface WithdrawFlags extends RegisterFlags {
  readonly reason: string;
  readonly since?: string;
}

export function addRecognitionCommands(program: Command, shell: Shell): void {
  const recognition = program.command("recognition").description("who recognises whom to issue what");
  addSignerOptions(
    recognition.command("deploy").description("put a register of recognition on the chain; anybody may use any"),
  ).action(async (flags: SignerFlags) => runDeploy(flags, shell));
  addRegisterOptions(
    recognition
      .command("recognise")
      .description("recognise an issuer: a DID, or its register as eip155:<chain id>:<address>. It is public for ever")
      .argument("<subject>", "the issuer")
      .option("--types <name...>", "types of achievement by their Open Badges names, or other (default: all)")
      .option("--level <number>", "highest level of the EQF, 0 to 8; 0: awards without a level only", "8")
      .option("--jurisdiction <code>", "where it counts, ISO 3166 (default: everywhere)")
      .option("--from <date>", "from when on awards count (default: now)")
      .option("--until <date>", "until when (default: no end)")
      .option("--parent <number>", "the recognition that you pass on (default: you speak in your own right)")
      .option("--delegate <address>", "the account that may pass it on")
      .option("--depth <number>", "how many steps further it may be passed on (default: 1 with --delegate)"),
  ).action(async (subject: string, flags: RecogniseFlags) => runRecognise(subject, flags, shell));
  addRegisterOptions(
    recognition
      .command("withdraw")
      .description(
        "withdraw a recognition of yours, and all that was passed on from it; what was anchored before stays",
      )
      .argument("<number>", "the recognition")
      .option(
        "--since <block>",
        "first block at which it is void (default: the newest; its own grant voids it altogether)",
      )
      .option("--reason <word>", Object.keys(REVOCATION_REASONS).join(", "), "unspecified"),
  ).action(async (number: string, flags: WithdrawFlags) => runWithdraw(number, flags, shell));
  addRegisterOptions(
    recognition
      .command("show")
      .description("every recognition on record, or those of one subject")
      .argument("[subject]", "a DID, or a register as eip155:<chain id>:<address>")
      .option("--json", "one JSON object a recognition"),
  ).action(async (subject: string | undefined, flags: RegisterFlags & { json?: boolean }) =>
    runShow(subject, flags, shell),
  );
}

function addRegisterOptions(command: Command): Command {
  return addSignerOptions(command).option(
    "--register <address>",
    "the register of recognition (default: testamur.json)",
  );
}

async function runDeploy(flags: SignerFlags, shell: Shell): Promise<void> {
  const settings = shell.settings(flags);
  const writer = await openConfiguredRecogniser(settings, signing().askPassword);
  const { registry, ...act } = await writer.deploy();
  const { chainId } = await lookAtNetwork(settings);
  shell.terminal.say(`${paint.tone("good", "✓")} a register of recognition ${describeWritten(act)}`);
  shell.terminal.print(`eip155:${chainId}:${registry}`);
}

async function runRecognise(subject: string, flags: RecogniseFlags, shell: Shell): Promise<void> {
  const { jurisdiction = "", ...signer } = flags; // the scope's own place is not the one a verifier asks for
  const settings = shell.settings(signer);
  const delegate = parseAddress(flags.delegate, "--delegate");
  const scope = toScope(
    {
      types: flags.types ?? [],
      level: parseCount(flags.level, "--level", 0),
      jurisdiction,
      from: flags.from,
      until: flags.until,
      depth: flags.depth === undefined ? (delegate === undefined ? 0 : 1) : parseCount(flags.depth, "--depth", 0),
    },
    new Date(),
  );
  const grant = {
    subject,
    scope,
    ...(delegate !== undefined && { delegate }),
    ...(flags.parent !== undefined && { parent: parseCount(flags.parent, "--parent", 1) }),
  };
  const writer = await openConfiguredRecogniser(settings, signing().askPassword);
  const { id, ...act } = await writer.recognise(registerOf(flags, settings), grant);
  shell.terminal.say(
    `${paint.tone("good", "✓")} ${writer.account} recognises ${harmless(subject)} ${describeWritten(act)}`,
  );
  shell.terminal.print(String(id));
}

async function runWithdraw(number: string, flags: WithdrawFlags, shell: Shell): Promise<void> {
  const settings = shell.settings(flags);
  const id = parseCount(number, "the recognition", 1);
  const since = flags.since === undefined ? undefined : parseCount(flags.since, "--since", 1);
  const reason = reasonCode(flags.reason, REVOCATION_REASONS);
  const writer = await openConfiguredRecogniser(settings, signing().askPassword);
  const act = await writer.withdraw(registerOf(flags, settings), id, reason, since);
  shell.terminal.say(`${paint.tone("good", "✓")} recognition ${id} is withdrawn ${describeWritten(act)}`);
}

async function runShow(
  subject: string | undefined,
  flags: RegisterFlags & { json?: boolean },
  shell: Shell,
): Promise<void> {
  const settings = shell.settings(flags);
  const all = await listRecognitions(settings, registerOf(flags, settings));
  for (const record of all.filter((one) => subject === undefined || one.subject === subject))
    shell.terminal.print(flags.json === true ? JSON.stringify(toJson(record)) : describe(record));
}

function describe(record: RecognitionRecord): string {
  const { id, subject, recogniser, parent, delegate, withdrawnSince, scope } = record;
  const words = [
    `types ${typeNames(scope.types)}`,
    `up to level ${scope.level}`,
    scope.jurisdiction === "" ? "everywhere" : `in ${scope.jurisdiction}`,
    `from ${toDate(scope.from)}${scope.until === FOREVER ? "" : ` until ${toDate(scope.until)}`}`,
    ...(parent === undefined ? [] : [`passed on from ${parent}`]),
    ...(delegate === undefined ? [] : [`${delegate} may pass it on ${scope.depth} times`]),
    ...(withdrawnSince === undefined ? [] : [paint.tone("bad", `WITHDRAWN from block ${withdrawnSince} on`)]),
  ];
  return `${String(id).padStart(4)}  ${harmless(subject)}  by ${recogniser}\n      ${words.join(", ")}`;
}

function toJson({ scope, ...record }: RecognitionRecord): object {
  return { ...record, scope: { ...scope, types: typeNames(scope.types) } };
}

function toDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function registerOf(flags: RegisterFlags, settings: Settings): Hex {
  const named = parseAddress(flags.register?.split(":").at(-1), "--register") ?? settings.recognition?.registry;
  if (named !== undefined) return named;
  throw new TestamurError("CONFIGURATION_INVALID", "no register of recognition is set", {
    next: "add --register 0x…, or set recognition in testamur.json",
  });
}
