/** What `testamur recognition deploy | recognise | withdraw | show` does: who recognises whom to issue what. */

import { parseAddress, type Settings } from "../../app/config.ts";
import { listRecognitions, openConfiguredRecogniser, toScope, typeNames } from "../../app/recognisers.ts";
import { lookAtNetwork } from "../../app/stores.ts";
import { reasonCode, REVOCATION_REASONS } from "../../app/withdrawal-reasons.ts";
import { FOREVER, type RecognitionRecord } from "../../chain/recognition-writer.ts";
import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";
import { describeWritten, parseCount, signing } from "../written.ts";

export interface RegisterFlags extends SignerFlags {
  readonly register?: string;
}

export interface RecogniseFlags extends RegisterFlags {
  readonly types?: readonly string[];
  readonly level: string;
  readonly jurisdiction?: string;
  readonly from?: string;
  readonly until?: string;
  readonly parent?: string;
  readonly delegate?: string;
  readonly depth?: string;
}

export interface WithdrawFlags extends RegisterFlags {
  readonly reason: string;
  readonly since?: string;
}

export async function runDeploy(flags: SignerFlags, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const writer = await openConfiguredRecogniser(settings, signing().askPassword);
  const { registry, ...act } = await writer.deploy();
  const { chainId } = await lookAtNetwork(settings);
  shell.terminal.say(`${paint.tone("good", "✓")} a register of recognition ${describeWritten(act)}`);
  shell.terminal.print(`eip155:${chainId}:${registry}`);
}

export async function runRecognise(subject: string, flags: RecogniseFlags, shell: Shell): Promise<void> {
  const { jurisdiction = "", ...signer } = flags; // the scope's own place is not the one a verifier asks for
  const settings = await shell.settings(signer);
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

export async function runWithdraw(number: string, flags: WithdrawFlags, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const id = parseCount(number, "the recognition", 1);
  const since = flags.since === undefined ? undefined : parseCount(flags.since, "--since", 1);
  const reason = reasonCode(flags.reason, REVOCATION_REASONS);
  const writer = await openConfiguredRecogniser(settings, signing().askPassword);
  const act = await writer.withdraw(registerOf(flags, settings), id, reason, since);
  shell.terminal.say(`${paint.tone("good", "✓")} recognition ${id} is withdrawn ${describeWritten(act)}`);
}

export async function runShow(
  subject: string | undefined,
  flags: RegisterFlags & { json?: boolean },
  shell: Shell,
): Promise<void> {
  const settings = await shell.settings(flags);
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
