/** did:key: a DID that is a public key. Its document is worked out, never fetched. */

import { findMultikey } from "../core/multikey.ts";
import { toSingleMethodDocument, type DidDocument } from "./did-document.ts";
import { findSecp256k1Address } from "./secp256k1-multikey.ts";

/**
 * The document of a `did:key:z…` with a key on Ed25519, P-256, P-384 or secp256k1; undefined for any other text.
 *
 * Its one method is `did:key:z…#z…`, good for statements and for authentication.
 *
 * @see https://w3c-ccg.github.io/did-key-spec/
 */
export function findDidKeyDocument(did: string): DidDocument | undefined {
  const [, multikey = ""] = /^did:key:(z[1-9A-HJ-NP-Za-km-z]+)$/.exec(did) ?? [];
  const publicKey = findMultikey(multikey);
  const address = publicKey === undefined ? findSecp256k1Address(multikey) : undefined;
  const method = { id: `${did}#${multikey}`, type: "Multikey", controller: did };
  if (publicKey !== undefined) return toSingleMethodDocument(did, { ...method, publicKey });
  return address === undefined ? undefined : toSingleMethodDocument(did, { ...method, account: { address } });
}
