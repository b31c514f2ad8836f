/** What the commands do with a store: deploy, revoke, roles, pause. Wires settings and key to the writer of `chain/`. */

import type { StoreFacts } from "../chain/store-facts.ts";
import { openStoreInspector, type StoreInspector } from "../chain/store-inspector.ts";
import { openStoreWriter, type StoreWriter } from "../chain/store-writer.ts";
import { openWriting } from "../chain/writing-session.ts";
import type { Hex } from "../core/bytes.ts";
import type { Settings } from "./config.ts";
import { requireNodes } from "./open-issuer.ts";
import { openSigningAccount, type AskPassword } from "./signing-key.ts";

export interface WriterOptions {
  readonly askPassword: AskPassword;
  readonly maxFeeWei?: bigint;
}

/** @throws {TestamurError} `CONFIGURATION_INVALID` without a node; whatever is wrong with the key. */
export async function openConfiguredWriter(settings: Settings, options: WriterOptions): Promise<StoreWriter> {
  return openStoreWriter({
    rpcUrls: requireNodes(settings),
    account: await openSigningAccount(settings, options.askPassword),
    now: () => new Date(),
    ...(options.maxFeeWei !== undefined && { maxFeeWei: options.maxFeeWei }),
  });
}

/** Looks at stores without any key. */
export function openConfiguredInspector(settings: Settings): StoreInspector {
  return openStoreInspector({ rpcUrls: requireNodes(settings), now: () => new Date() });
}

/** The chain that the first node serves. */
export async function lookAtNetwork(settings: Settings): Promise<{ readonly chainId: number; readonly name: string }> {
  const { network } = await openWriting({ rpcUrls: requireNodes(settings) })();
  return { chainId: network.chainId, name: network.name };
}

const NOBODY: Hex = `0x${"00".repeat(20)}`;

/** What stands at an address, and on which chain. `account`: whose roles are of interest. */
export async function lookAtStore(
  settings: Settings,
  store: Hex,
  account: Hex = NOBODY,
): Promise<StoreFacts & { readonly chainId: number; readonly networkName: string }> {
  const { chainId, name: networkName } = await lookAtNetwork(settings);
  return { ...(await openConfiguredInspector(settings).inspect(store, account)), chainId, networkName };
}
