/** What `testamur store deploy | adopt | roles | pause | audit` does: the register itself. */

import { readFile, writeFile } from "node:fs/promises";

import { parseAddress, type Settings } from "../../app/config.ts";
import { issuerRecords } from "../../app/issuer-records.ts";
import { requireStore } from "../../app/open-issuer.ts";
import { lookAtStore, openConfiguredInspector, openConfiguredWriter } from "../../app/stores.ts";
import { STORE_ROLES, type StoreRole } from "../../chain/role-names.ts";
import type { Hex } from "../../core/bytes.ts";
import { TestamurError } from "../../core/errors.ts";
import type { ChainFlags, SignerFlags } from "../options.ts";
import type { Shell } from "../shell.ts";
import { harmless, paint } from "../terminal.ts";
import { describeWritten, signing } from "../written.ts";

export interface DeployFlags extends SignerFlags {
  readonly name?: string;
  readonly owner?: string;
  readonly adopt?: string;
  readonly again?: boolean;
}

export interface RolesFlags extends SignerFlags {
  readonly grant?: readonly string[];
  readonly withdraw?: readonly string[];
  readonly json?: boolean;
}

export async function runDeploy(flags: DeployFlags, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const { terminal } = shell;
  if (flags.adopt !== undefined) {
    const store = parseAddress(flags.adopt, "--adopt") ?? requireStore(settings);
    const facts = await lookAtStore(settings, store);
    terminal.say(
      `${paint.tone("good", "✓")} "${harmless(facts.name)}" at ${store}, ${facts.codeKnown ? "code of a known release" : paint.tone("warn", "code that is no release of ours")}`,
    );
    return finishDeploy(settings, store, facts.chainId, shell);
  }
  if (settings.store !== undefined && flags.again !== true)
    throw new TestamurError("USAGE", `a register is set already: ${settings.store}`, {
      next: "what it anchored can be withdrawn there only; to deploy another one, and use that from now on: --again",
    });
  const name = flags.name ?? settings.issuer?.name;
  if (name === undefined)
    throw new TestamurError("USAGE", "the register needs a name", { next: '--name "University of Example"' });
  const owner = parseAddress(flags.owner, "--owner");
  const writer = await openConfiguredWriter(settings, signing());
  const { store, ...act } = await writer.deploy(name, owner);
  terminal.say(`${paint.tone("good", "✓")} "${harmless(name)}" deployed ${describeWritten(act)}`);
  const { chainId } = await lookAtStore(settings, store);
  await finishDeploy(settings, store, chainId, shell);
}

async function finishDeploy(settings: Settings, store: Hex, chainId: number, { terminal }: Shell): Promise<void> {
  terminal.print(store);
  if (settings.file !== undefined) {
    await rememberStore(settings.file, store);
    terminal.say(`  ${settings.file} now names it.`);
  }
  if (settings.issuer === undefined) return;
  const { dns, trust } = issuerRecords(settings.issuer, chainId, store);
  terminal.say();
  terminal.say("  Publish this DNS record, so that everybody can see whose register it is:");
  terminal.say(`    ${paint.code(dns)}`);
  terminal.say("  Who wants to trust you without DNS puts this into a trust file:");
  for (const line of trust.split("\n")) terminal.say(`    ${paint.faint(line)}`);
  terminal.say(`  Next: ${paint.code("testamur doctor")}`);
}

/** Changes the one member and nothing else of the settings file. */
async function rememberStore(file: string, store: Hex): Promise<void> {
  const content = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>; // read and checked before
  try {
    await writeFile(file, `${JSON.stringify({ ...content, store }, null, 2)}\n`);
  } catch (cause) {
    throw new TestamurError("FILE_UNREADABLE", `register ${store} is there, but ${file} cannot be written`, {
      cause,
      next: `make it writable, then: testamur store deploy --adopt ${store}`,
    });
  }
}

export async function runRoles(flags: RolesFlags, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const store = requireStore(settings);
  const changes = [
    ...(flags.grant ?? []).map((text) => ({ give: true, ...parseRole(text) })),
    ...(flags.withdraw ?? []).map((text) => ({ give: false, ...parseRole(text) })),
  ];
  if (changes.length > 0) {
    const writer = await openConfiguredWriter(settings, signing());
    for (const { give, role, account } of changes) {
      const act = give ? await writer.grantRole(store, role, account) : await writer.revokeRole(store, role, account);
      shell.terminal.say(
        `${paint.tone("good", "✓")} ${role} ${give ? "given to" : "taken from"} ${account} ${describeWritten(act)}`,
      );
    }
  }
  const roles = await openConfiguredInspector(settings).rolesOf(store);
  if (flags.json === true) return shell.terminal.print(JSON.stringify({ store, roles }));
  for (const role of STORE_ROLES) shell.terminal.print(`${role.padEnd(8)} ${roles[role].join(", ") || "nobody"}`);
}

function parseRole(text: string): { readonly role: StoreRole; readonly account: Hex } {
  const [name = "", address = ""] = text.split("=", 2);
  const role = STORE_ROLES.find((known) => known === name);
  const account = parseAddress(address, "the address");
  if (role === undefined || account === undefined)
    throw new TestamurError("USAGE", `"${text}" is not a role and an address`, {
      next: `for example ${STORE_ROLES[1]}=0x…; roles: ${STORE_ROLES.join(", ")}`,
    });
  return { role, account };
}

export async function runPause(flags: SignerFlags & { off?: boolean }, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const writer = await openConfiguredWriter(settings, signing());
  const act = await writer.setPaused(requireStore(settings), flags.off !== true);
  shell.terminal.say(
    `${paint.tone("good", "✓")} ${flags.off === true ? "writing is possible again" : "nothing can be issued or revoked; verifying goes on"} ${describeWritten(act)}`,
  );
}

export async function runAudit(flags: ChainFlags & { store?: string; json?: boolean }, shell: Shell): Promise<void> {
  const settings = await shell.settings(flags);
  const events = await openConfiguredInspector(settings).historyOf(requireStore(settings));
  for (const event of events)
    shell.terminal.print(
      flags.json === true
        ? JSON.stringify(event)
        : `block ${String(event.block).padStart(9)}  ${event.name.padEnd(18)} ${harmless(
            Object.entries(event.values)
              .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
              .join(", "),
          )}  ${paint.faint(event.transaction)}`,
    );
  if (flags.json !== true) shell.terminal.print(`${events.length} acts on record`);
}
