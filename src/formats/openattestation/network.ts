/** The chain that a document names for itself: `network` with `chain` and `chainId`, both texts. */

import { isObject, memberOf, textOf, type JsonObject } from "../../core/json.ts";

/** `unreadable`: the document names a chain, but not which; perhaps half of it was hidden. */
export type Network =
  | { readonly kind: "unnamed" }
  | { readonly kind: "named"; readonly chainId: number }
  | { readonly kind: "unreadable"; readonly what: string };

/** Decimal digits without a sign or leading zeros; 15 of them are always a safe integer. */
const CHAIN_ID = /^[1-9]\d{0,14}$/;

/** Reads `network` of the content, which the digest covers. */
export function readNetwork(content: JsonObject): Network {
  const network = memberOf(content, "network");
  if (network === undefined) return { kind: "unnamed" };
  const chainId = isObject(network) ? textOf(network, "chainId") : undefined;
  return chainId !== undefined && CHAIN_ID.test(chainId)
    ? { kind: "named", chainId: Number(chainId) }
    : {
        kind: "unreadable",
        what: `a network whose chainId is ${chainId === undefined ? "missing" : JSON.stringify(chainId)}`,
      };
}
