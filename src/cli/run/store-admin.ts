/** What `testamur store compromise | cap | handover` does: for an admin whose key was stolen, before one is, and when leaving. */

import { parseAddress } from "../../app/config.ts";
import { requireStore } from "../../app/open-issuer.ts";
import { openConfiguredWriter } from "../../app/stores.ts";
import { TestamurError } from "../../core/errors.ts";
import { askConfirm } from "../ask.ts";
import type { SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { paint } from "../terminal.ts";
import { describeWritten, parseCount, signing } from "../written.ts";

export interface CompromiseFlags extends SignerFlags {
  readonly since: string;
  readonly yes?: boolean;
}

export interface HandoverFlags extends SignerFlags {
  readonly offer?: string;
  readonly cancel?: boolean;
  readonly accept?: string;
}

export async function runCompromise(text: string, flags: CompromiseFlags, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const settings = await shell.settings(flags);
  const store = requireStore(settings);
  const account = parseAddress(text, "the account");
  if (account === undefined) throw new TestamurError("USAGE", "whose key was stolen?", { next: "name the account" });
  const since = parseCount(flags.since, "--since", 1);
  terminal.say(
    `  ${paint.strong(`Everything ${account} anchored from block ${since} on becomes void`)} in register ${store}. This cannot be undone.`,
  );
  if (flags.yes !== true && !(await askConfirm("Declare it?", "--yes")))
    throw new TestamurError("APPROVAL_NEEDED", "nobody approved; nothing was sent");
  const writer = await openConfiguredWriter(settings, signing());
  const act = await writer.declareCompromise(store, account, since);
  terminal.say(`${paint.tone("good", "✓")} declared; the account has no role any more ${describeWritten(act)}`);
}

export async function runCap(text: string, flags: SignerFlags, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const perDay = parseCount(text, "the number a day", 0);
  const writer = await openConfiguredWriter(settings, signing());
  const act = await writer.setRevocationCap(requireStore(settings), perDay);
  const what = perDay === 0 ? "there is no limit any more" : `each revoker may withdraw ${perDay} a day`;
  shell.terminal.say(`${paint.tone("good", "✓")} ${what} ${describeWritten(act)}`);
}

export async function runHandover(flags: HandoverFlags, shell: Shell): Promise<void> {
  const { terminal } = shell;
  const settings = await shell.settings(flags);
  const store = requireStore(settings);
  const heir = parseAddress(flags.offer, "--offer");
  const from = parseAddress(flags.accept, "--accept");
  const isCancelled = flags.cancel === true;
  if ([heir !== undefined, from !== undefined, isCancelled].filter(Boolean).length !== 1)
    throw new TestamurError("USAGE", "say one of --offer, --accept and --cancel", {
      next: "the admin offers (--offer 0x…), the other account accepts (--accept 0x… of the admin)",
    });
  const writer = await openConfiguredWriter(settings, signing());
  if (from === undefined) {
    const act = await writer.offerRoles(store, heir);
    const what = heir === undefined ? "the offer is withdrawn" : `offered to ${heir}, who has to accept`;
    return terminal.say(`${paint.tone("good", "✓")} ${what} ${describeWritten(act)}`);
  }
  const act = await writer.acceptRoles(store, from);
  terminal.say(`${paint.tone("good", "✓")} ${writer.account} has all roles of ${from} now ${describeWritten(act)}`);
}
