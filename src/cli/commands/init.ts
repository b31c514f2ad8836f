/** `testamur init`: asks what has to be known once, and writes it down. */

import type { Command } from "commander";

import type { InitFlags } from "../run/init.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/init.ts");

export function addInitCommand(program: Command, shell: Shell): void {
  program
    .command("init")
    .description("write testamur.json: node, issuer, key, register; asks for what you do not say")
    .option("--rpc <url...>", "JSON-RPC address of a node")
    .option("--name <text>", "what the issuer is called")
    .option("--domain <name>", "the issuer's domain, whose DNS will vouch for the register")
    .option("--keystore <file>", "encrypted key (testamur key create)")
    .option("--signing-key <file>", "key that signs W3C credentials (testamur key create --signing)")
    .option("--did <did>", "the issuer's DID, whose document lists that key (default: did:web and the domain)")
    .option("--store <address>", "a register you have already")
    .option("--force", "overwrite testamur.json")
    .action(async (flags: InitFlags) => (await run()).runInit(flags, shell));
}
