/** How a root gets into a store: `issue(root)`, or the bare 32 bytes, which make the transaction a Blockcerts anchor too. */

import { concatHex, toFunctionSelector } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { AnchorEntry } from "../core/ports/anchoring.ts";
import { selectorOf } from "./abi-answers.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";

const ISSUE: Hex = toFunctionSelector("issue(bytes32)");

/** What a proxy in front of a store may answer by itself: the template's own function, and those of ERC-1967 admins. */
const PROXY_FUNCTIONS: readonly Hex[] = [
  "initialise(string,address)",
  "admin()",
  "implementation()",
  "changeAdmin(address)",
  "upgradeTo(address)",
  "upgradeToAndCall(address,bytes)",
].map((signature) => toFunctionSelector(signature));

let taken: ReadonlySet<string> | undefined;

/**
 * @param root  32 bytes, lower case.
 * @throws {TestamurError} `ROOT_NOT_USABLE` for zero, and for a bare root whose first four bytes are a function's selector:
 *   the store would run that function instead.
 */
export function anchorCall(root: Hex, entry: AnchorEntry): Hex {
  if (!/^0x[0-9a-f]{64}$/.test(root) || BigInt(root) === 0n) {
    throw new TestamurError("ROOT_NOT_USABLE", `${root} is no root: it takes 32 bytes that are not all zero`, {
      next: "anchor the root of a batch as it was computed",
    });
  }
  if (entry === "issue") return concatHex([ISSUE, root]);
  taken ??= new Set([
    ...documentStoreAbi.flatMap((item) => (item.type === "function" ? [toFunctionSelector(item)] : [])),
    ...PROXY_FUNCTIONS,
  ]);
  if (taken.has(selectorOf(root))) {
    throw new TestamurError(
      "ROOT_NOT_USABLE",
      `root ${root} begins like a function of the store: sent bare, it would call it`,
      {
        next: "issue the batch anew: other salts or one more document give another root",
      },
    );
  }
  return root;
}

/** The root that a transaction to a store anchors, if it is such a transaction. */
export function findAnchoredRoot(data: Hex): Hex | undefined {
  if (data.length === 66) return data;
  return data.length === 74 && data.startsWith(ISSUE) ? `0x${data.slice(10)}` : undefined;
}
