/** `testamur key create | import | address | did`: the encrypted keys an issuer signs transactions and documents with. */

import { Option, type Command } from "commander";

import { DOCUMENT_CURVES } from "../../app/document-curves.ts";
import { addSignerOptions, type SignerFlags } from "../options.ts";
import type { CreateFlags, KeyFlags } from "../run/key.ts";
import type { Shell } from "../shell.ts";

const run = async () => import("../run/key.ts");

export function addKeyCommands(program: Command, shell: Shell): void {
  const key = program.command("key").description("the encrypted key you sign with");
  key
    .command("create")
    .description("make a new key, encrypted with a password")
    .requiredOption("--out <file>", "where to write the keystore")
    .option("--password-file <file>", "take the password from the first line of a file")
    .option("--signing", "a key that signs documents (W3C credentials), not transactions")
    .addOption(
      new Option("--curve <name>", "with --signing: the curve of the key").choices(DOCUMENT_CURVES).default("Ed25519"),
    )
    .action(async (flags: CreateFlags) => (await run()).runCreate(flags, shell));
  key
    .command("import")
    .description("encrypt a key you have; it is asked for, or read from a file")
    .requiredOption("--out <file>", "where to write the keystore")
    .option("--key-file <file>", "file with the private key, 0x and 64 digits")
    .option("--password-file <file>", "take the password from the first line of a file")
    .action(async (flags: KeyFlags) => (await run()).runImport(flags, shell));
  key
    .command("address")
    .description("whose keystore is it? no password needed")
    .argument("<keystore>", "the keystore file, or that of a signing key")
    .action(async (file: string) => (await run()).runAddress(file, shell));
  addSignerOptions(
    key.command("did").description("the DID document to publish: signing key, register and account of the settings"),
  ).action(async (flags: SignerFlags) => (await run()).runDid(flags, shell));
}
