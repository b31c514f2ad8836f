/** The account that signs: from an encrypted keystore with its password, or, for local chains, from the environment. */

import { readFileSync } from "node:fs";

import { openAccount, type Account } from "../chain/account.ts";
import { decryptKeystore, keystoreAddress } from "../chain/keystore.ts";
import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Settings } from "./config.ts";

/** Asked only when a key needs a password and no file holds it; told which key. */
export type AskPassword = (of: "keystore" | "signing key") => Promise<string>;

/**
 * @throws {TestamurError} `KEY_MISSING` when no key is set; `PASSWORD_WRONG`, `KEYSTORE_INVALID`, `FILE_UNREADABLE`.
 */
export async function openSigningAccount(settings: Settings, askPassword: AskPassword): Promise<Account> {
  if (settings.keystore !== undefined) {
    const text = readText(settings.keystore, "the keystore");
    return openAccount(
      await decryptKeystore(text, await readSecret(settings.passwordFile, async () => askPassword("keystore"))),
    );
  }
  if (settings.privateKey !== undefined) return openAccount(settings.privateKey);
  throw new TestamurError("KEY_MISSING", "no key to sign with is set", {
    next: "testamur key create --out issuer.json, then --keystore issuer.json; for a local chain TESTAMUR_PRIVATE_KEY will do",
  });
}

/**
 * The account that signs, where that can be told without a password; lower case.
 *
 * @throws {TestamurError} `KEYSTORE_INVALID`, `FILE_UNREADABLE`.
 */
export function findSigningAddress({ keystore, privateKey }: Settings): Hex | undefined {
  if (keystore !== undefined) return keystoreAddress(readText(keystore, "the keystore"));
  return privateKey === undefined ? undefined : openAccount(privateKey).address;
}

/** The first line of the password file, else what a person types. */
export async function readSecret(passwordFile: string | undefined, ask: () => Promise<string>): Promise<string> {
  if (passwordFile === undefined) return ask();
  return readText(passwordFile, "the password file").split(/\r?\n/, 1)[0] ?? "";
}

/** @throws {TestamurError} `FILE_UNREADABLE`. */
export function readText(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new TestamurError("FILE_UNREADABLE", `${what} ${path} cannot be read`, {
      cause,
      next: "check the path and your rights",
    });
  }
}
