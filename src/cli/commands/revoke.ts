/** `testamur revoke PATH|LEAF|ROOT...`: withdraws documents, for ever. */

import type { Command } from "commander";

import { REVOCATION_REASONS } from "../../app/withdrawal-reasons.ts";
import type { StatusFlags, StatusWords } from "../run/change-status.ts";
import type { Shell } from "../shell.ts";
import { addStatusOptions } from "./status-options.ts";

const run = async () => import("../run/change-status.ts");

const REVOKE: StatusWords = {
  act: "revoke",
  verb: "Withdraw",
  done: "Withdrawn",
  warning: "This cannot be undone.",
  reasons: REVOCATION_REASONS,
};

export function addRevokeCommand(program: Command, shell: Shell): void {
  addStatusOptions(
    program
      .command("revoke")
      .description("withdraw documents for ever: files, or leaves and roots as 0x…; a root withdraws the whole batch")
      .argument("[what...]", "documents, folders, leaves, roots")
      .requiredOption("--reason <word>", Object.keys(REVOCATION_REASONS).join(", ")),
    REVOKE,
  ).action(async (what: readonly string[], flags: StatusFlags) =>
    (await run()).changeStatus(what, flags, REVOKE, shell),
  );
}
