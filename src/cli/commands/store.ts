/** `testamur store deploy | adopt | roles | pause | audit`: the register itself; what an admin rarely does is in store-admin.ts. */

import type { Command } from "commander";

import { STORE_ROLES } from "../../chain/role-names.ts";
import { addChainOptions, addSignerOptions, type ChainFlags, type SignerFlags } from "../options.ts";
import type { DeployFlags, RolesFlags } from "../run/store.ts";
import type { Shell } from "../shell.ts";
import { addStoreAdminCommands } from "./store-admin.ts";

const run = async () => import("../run/store.ts");

export function addStoreCommands(program: Command, shell: Shell): void {
  const store = program.command("store").description("the register your roots are anchored in");
  addSignerOptions(
    store
      .command("deploy")
      .description(
        "put a register of your own on the chain, or adopt one you have; its address goes into testamur.json",
      )
      .option("--name <text>", "its name, for people (default: the issuer's)")
      .option("--owner <address>", "who gets the roles admin, issuer and revoker (default: the signing key)")
      .option("--adopt <address>", "use this register instead of deploying one")
      .option("--again", "deploy another one, though testamur.json names one already"),
  ).action(async (flags: DeployFlags) => (await run()).runDeploy(flags, shell));
  addSignerOptions(
    store
      .command("roles")
      .description("who may do what; grant or withdraw a role")
      .option("--grant <role=address...>", `give a role (${STORE_ROLES.join(", ")})`)
      .option("--withdraw <role=address...>", "take a role away")
      .option("--json", "JSON on stdout"),
  ).action(async (flags: RolesFlags) => (await run()).runRoles(flags, shell));
  addSignerOptions(
    store
      .command("pause")
      .description("stop all writing; reading and verifying go on")
      .option("--off", "resume writing"),
  ).action(async (flags: SignerFlags & { off?: boolean }) => (await run()).runPause(flags, shell));
  addStoreAdminCommands(store, shell);
  addChainOptions(
    store
      .command("audit")
      .description("every act on record: roots, revocations, roles")
      .option("--store <address>", "the DocumentStore")
      .option("--json", "one JSON object an act"),
  ).action(async (flags: ChainFlags & { store?: string; json?: boolean }) => (await run()).runAudit(flags, shell));
}
