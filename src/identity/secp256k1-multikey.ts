/** Keys of Ethereum's curve in the form of DIDs, `zQ3s…`: what counts of them is the account they stand for. */

import { findMultibase58 } from "../core/base58.ts";
import type { Hex } from "../core/bytes.ts";
import { findAddress } from "../core/secp256k1.ts";

/** secp256k1-pub in the multicodec table, then 33 bytes of a compressed point. */
const HEADER = [0xe7, 0x01] as const;
const KEY_BYTES = 33;

/** The account of a Multikey; undefined for another header (secret keys among them), length, or no point of the curve. */
export function findSecp256k1Address(multikey: string): Hex | undefined {
  const bytes = findMultibase58(multikey);
  if (bytes?.length !== HEADER.length + KEY_BYTES || bytes[0] !== HEADER[0] || bytes[1] !== HEADER[1]) return undefined;
  return findAddress(bytes.subarray(HEADER.length));
}
