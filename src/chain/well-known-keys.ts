/** The accounts whose keys everybody has: fine on a local chain, an open door anywhere else (attack 76). */

import { HDNodeWallet, Mnemonic } from "ethers";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Network } from "./networks.ts";
import { toLower } from "./rpc-questions.ts";

/** The mnemonic that Hardhat, Anvil and Foundry start with, and how many accounts they open. */
const PUBLIC_MNEMONIC = "test test test test test test test test test test test junk";
const PUBLIC_ACCOUNTS = 20;

let known: ReadonlySet<string> | undefined;

/** True for an account derived from the public mnemonic. */
export function isWellKnownAccount(address: Hex): boolean {
  known ??= deriveAccounts();
  return known.has(toLower(address));
}

/** @throws {TestamurError} `KEY_WELL_KNOWN` on any chain that is not local. */
export function refuseWellKnownKey(address: Hex, network: Network): void {
  if (network.kind === "local" || !isWellKnownAccount(address)) return;
  throw new TestamurError(
    "KEY_WELL_KNOWN",
    `the key of ${address} is published in every Hardhat installation: anybody could issue and revoke with it on ${network.name}`,
    { next: "make a key of your own: testamur key create" },
  );
}

function deriveAccounts(): ReadonlySet<string> {
  const parent = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(PUBLIC_MNEMONIC), "m/44'/60'/0'/0");
  const accounts = Array.from({ length: PUBLIC_ACCOUNTS }, (_, at) => parent.deriveChild(at).address.toLowerCase());
  return new Set(accounts);
}
