/** `testamur store compromise | cap | handover`: what an admin does when a key was stolen, before one is, and when leaving. */

import type { Command } from "commander";

import { addSignerOptions, type SignerFlags } from "../options.ts";
import type { CompromiseFlags, HandoverFlags } from "../run/store-admin.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/store-admin.ts");

export function addStoreAdminCommands(store: Command, shell: Shell): void {
  addSignerOptions(
    store
      .command("compromise")
      .description("declare a key stolen: what its account anchored from a block on is void, and it gets no role again")
      .argument("<account>", "whose key it is")
      .requiredOption("--since <block>", "first block from which its anchors are void")
      .option("--yes", "do not ask"),
  ).action(async (account: string, flags: CompromiseFlags) => (await run()).runCompromise(account, flags, shell));
  addSignerOptions(
    store
      .command("cap")
      .description(
        "limit what one revoker may withdraw a day, so that a stolen key cannot withdraw everything overnight",
      )
      .argument("<perDay>", "documents a UTC day; 0 for no limit"),
  ).action(async (perDay: string, flags: SignerFlags) => (await run()).runCap(perDay, flags, shell));
  addSignerOptions(
    store
      .command("handover")
      .description("hand all roles of an admin over to another account, in two steps")
      .option("--offer <address>", "offer them; nothing moves until they are accepted")
      .option("--cancel", "take the offer back")
      .option("--accept <address>", "take over what that account has offered to yours"),
  ).action(async (flags: HandoverFlags) => (await run()).runHandover(flags, shell));
}
