/** What an issuer's DID document calls its keys, its stores and its accounts: named after themselves, so that nothing has to be agreed on. */

import type { Hex } from "./bytes.ts";
import { toMultikey } from "./multikey.ts";
import type { PublicKey } from "./public-key.ts";

/** `did:web:uni.example#z6Mk…`: as in a did:key's own document; a key that follows it gets a name of its own. */
export function keyMethodOf(did: string, key: PublicKey): string {
  return `${did}#${toMultikey(key)}`;
}

/** `did:web:uni.example#store-11155111-0x5fbd…`. */
export function storeMethodOf(did: string, chainId: number, store: Hex): string {
  return `${did}#store-${chainId}-${store.toLowerCase()}`;
}

/** `did:web:uni.example#account-0xf39f…`: an account that sends transactions for the issuer, on whatever chain. */
export function accountMethodOf(did: string, account: Hex): string {
  return `${did}#account-${account.toLowerCase()}`;
}
