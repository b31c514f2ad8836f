/** Options that many commands share, so that they are spelt and explained once. */

import type { Command } from "commander";

import type { SettingFlags } from "../app/config.ts";

export type ChainFlags = Pick<SettingFlags, "config" | "rpc" | "home">;

/** Where the chain is, and where the settings are. */
export function addChainOptions(command: Command): Command {
  return command
    .option("--rpc <url...>", "JSON-RPC address of a node (several: fail-over, or several chains)")
    .option("--config <file>", "settings file (default: testamur.json in this directory)");
}

export type DoubtFlags = Pick<SettingFlags, "agree" | "maxBackdating">;

/** What a verifier wants to be sure of beyond what everybody does. */
export function addDoubtOptions(command: Command): Command {
  return command
    .option("--agree <number>", "how many nodes of a chain must say the same (default: 1, others are spare)")
    .option("--max-backdating <days>", "how long before its anchor a document may be dated (default: any time)");
}

export type RecognitionFlags = Pick<SettingFlags, "recognitionRegister" | "recognisedBy" | "jurisdiction">;

/** Whose recognition of issuers is asked for, where it is. */
export function addRecognitionOptions(command: Command): Command {
  return command
    .option("--recognised-by <address...>", "accounts whose recognition of the issuer is asked for")
    .option("--recognition-register <caip10>", "the register they use, eip155:<chain id>:<address>")
    .option("--jurisdiction <code>", "where it has to count, ISO 3166 (default: everywhere)");
}

export type SignerFlags = ChainFlags & Pick<SettingFlags, "store" | "keystore" | "passwordFile">;

/** Which register, and with which key. */
export function addSignerOptions(command: Command): Command {
  return addChainOptions(command)
    .option("--store <address>", "the DocumentStore")
    .option("--keystore <file>", "encrypted key (testamur key create)")
    .option("--password-file <file>", "file with the keystore's password; without it you are asked")
    .option("--home <directory>", "where batches are kept (default: .testamur)");
}
