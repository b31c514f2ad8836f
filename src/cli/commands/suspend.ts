/** `testamur suspend PATH...` and `testamur reinstate PATH...`: puts documents on hold, and lifts that. */

import type { Command } from "commander";

import { HOLD_REASONS } from "../../app/withdrawal-reasons.ts";
import type { StatusFlags, StatusWords } from "../run/change-status.ts";
import type { Shell } from "../shell.ts";
import { addStatusOptions } from "./status-options.ts";

const run = async () => import("../run/change-status.ts");

const SUSPEND: StatusWords = {
  act: "suspend",
  verb: "Put on hold",
  done: "On hold",
  warning: "testamur reinstate lifts it again.",
  reasons: HOLD_REASONS,
};

const REINSTATE: StatusWords = {
  act: "reinstate",
  verb: "Reinstate",
  done: "Reinstated",
  warning: "What was withdrawn for ever stays withdrawn.",
  reasons: HOLD_REASONS,
};

export function addSuspendCommands(program: Command, shell: Shell): void {
  const words = Object.keys(HOLD_REASONS).join(", ");
  addStatusOptions(
    program
      .command("suspend")
      .description("put documents on hold: those that name a status list of their register")
      .argument("[what...]", "documents, folders")
      .option("--reason <word>", words, "on-hold"),
    SUSPEND,
  ).action(async (what: readonly string[], flags: StatusFlags) =>
    (await run()).changeStatus(what, flags, SUSPEND, shell),
  );
  addStatusOptions(
    program
      .command("reinstate")
      .description("lift the hold on documents")
      .argument("[what...]", "documents, folders")
      .option("--reason <word>", words, "unspecified"),
    REINSTATE,
  ).action(async (what: readonly string[], flags: StatusFlags) =>
    (await run()).changeStatus(what, flags, REINSTATE, shell),
  );
}
