/** Whether a token exists whose id is the root, in a registry of tokens (ERC-721). */

import { fromHex, fromUtf8, type Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports/answer.ts";
import { parseWords, selectorOf, toAddress } from "./abi-answers.ts";
import { answer, silent } from "./answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { ownerOfCall } from "./store-calls.ts";
import { PLAIN_CALL_GAS } from "./store-nodes.ts";

/** `ERC721NonexistentToken(uint256)`, ERC-6093. */
const NONEXISTENT_TOKEN = "0x7e273289";
/** `Error(string)`, how Solidity encodes a text. */
const ERROR_TEXT = "0x08c379a0";
/** What OpenZeppelin's ERC-721 said before custom errors: up to 4.7, then 4.8 and 4.9. */
const NONEXISTENT_TEXTS: readonly string[] = ["ERC721: owner query for nonexistent token", "ERC721: invalid token ID"];

export type Minting = "minted" | "not-minted" | "no-contract";

export async function readMinting(reads: BlockReads, registry: Hex, tokenId: Hex): Promise<Answer<Minting>> {
  const [called, code] = await Promise.all([
    reads.call({ to: registry, data: ownerOfCall(tokenId), gas: PLAIN_CALL_GAS }),
    reads.codeOf(registry),
  ]);
  if (code.kind !== "ok") return silent(reasonOf(code));
  if (code.value === "0x") return answer("no-contract");
  if (called.kind === "reverted" && saysNonexistent(called.data)) return answer("not-minted");
  if (called.kind !== "ok") return silent(`registry ${registry}: ${reasonOf(called)}`);
  const owner = toAddress(parseWords(called.value, 1)?.[0]);
  if (owner === undefined) return silent(`the contract at ${registry} does not name an owner`);
  return answer(BigInt(owner) === 0n ? "not-minted" : "minted");
}

function saysNonexistent(data: Hex): boolean {
  const selector = selectorOf(data);
  return selector === NONEXISTENT_TOKEN || (selector === ERROR_TEXT && NONEXISTENT_TEXTS.includes(textOf(data) ?? ""));
}

/** The text of an `Error(string)`: selector, offset, length, bytes. */
function textOf(data: Hex): string | undefined {
  const bytes = fromHex(data).subarray(4);
  const length = bytes[63];
  if (length === undefined || bytes.length < 64 + length) return undefined;
  try {
    return fromUtf8(bytes.subarray(64, 64 + length));
  } catch {
    return undefined;
  }
}
