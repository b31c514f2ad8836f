/** What stands at an address: no contract, or code with a hash that may be one of our releases. */

import { fromHex, toHex, type Hex } from "../core/bytes.ts";
import { keccak256 } from "../core/keccak.ts";
import type { Answer } from "../core/ports/answer.ts";
import { answer, silent } from "./answers.ts";
import { documentStoreTemplateCodeHash } from "./artifacts/document-store-template.ts";
import { documentStoreCodeHash } from "./artifacts/document-store.ts";
import type { BlockReads } from "./block-reads.ts";
import { reasonOf } from "./rpc-outcome.ts";

export type ContractCode =
  | { readonly kind: "no-contract" }
  /** `codeHash` is that of the code that runs: a minimal proxy is looked through. */
  | { readonly kind: "contract"; readonly codeHash: Hex; readonly proxyTarget?: Hex };

/** Code hashes of released stores, directly deployed or as the template that minimal proxies point at. */
export const RELEASED_CODE_HASHES: readonly Hex[] = [documentStoreCodeHash, documentStoreTemplateCodeHash];

/** ERC-1167: the address stands in the middle. */
const MINIMAL_PROXY = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/;

/** The address a minimal proxy points at, if `code` is one. */
export function findProxyTarget(code: Hex): Hex | undefined {
  const digits = MINIMAL_PROXY.exec(code)?.[1];
  return digits === undefined ? undefined : `0x${digits}`;
}

/** Asks for the code itself, where no lens has told. */
export async function readContractCode(reads: BlockReads, address: Hex): Promise<Answer<ContractCode>> {
  const own = await reads.codeOf(address);
  if (own.kind !== "ok") return silent(reasonOf(own));
  if (own.value === "0x") return answer({ kind: "no-contract" });
  const proxyTarget = findProxyTarget(own.value);
  if (proxyTarget === undefined) return answer({ kind: "contract", codeHash: hashOf(own.value) });
  const behind = await reads.codeOf(proxyTarget);
  if (behind.kind !== "ok") return silent(reasonOf(behind));
  const running = behind.value === "0x" ? own.value : behind.value;
  return answer({ kind: "contract", codeHash: hashOf(running), proxyTarget });
}

function hashOf(code: Hex): Hex {
  return toHex(keccak256(fromHex(code)));
}
