/** `testamur recognition deploy | recognise | withdraw | show`: who recognises whom to issue what. */

import type { Command } from "commander";

import { REVOCATION_REASONS } from "../../app/withdrawal-reasons.ts";
import { addSignerOptions, type SignerFlags } from "../options.ts";
import type { RecogniseFlags, RegisterFlags, WithdrawFlags } from "../run/recognition.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/recognition.ts");

export function addRecognitionCommands(program: Command, shell: Shell): void {
  const recognition = program.command("recognition").description("who recognises whom to issue what");
  addSignerOptions(
    recognition.command("deploy").description("put a register of recognition on the chain; anybody may use any"),
  ).action(async (flags: SignerFlags) => (await run()).runDeploy(flags, shell));
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
  ).action(async (subject: string, flags: RecogniseFlags) => (await run()).runRecognise(subject, flags, shell));
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
  ).action(async (number: string, flags: WithdrawFlags) => (await run()).runWithdraw(number, flags, shell));
  addRegisterOptions(
    recognition
      .command("show")
      .description("every recognition on record, or those of one subject")
      .argument("[subject]", "a DID, or a register as eip155:<chain id>:<address>")
      .option("--json", "one JSON object a recognition"),
  ).action(async (subject: string | undefined, flags: RegisterFlags & { json?: boolean }) =>
    (await run()).runShow(subject, flags, shell),
  );
}

function addRegisterOptions(command: Command): Command {
  return addSignerOptions(command).option(
    "--register <address>",
    "the register of recognition (default: testamur.json)",
  );
}
