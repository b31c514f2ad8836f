/** Sorts the errors that nodes answer with: a refusal of the contract, a rate limit, an unknown block, or plain trouble. */

import { isHex, type Hex } from "../core/bytes.ts";
import { isObject, memberOf, type Json } from "../core/json.ts";
import type { RpcOutcome } from "./rpc-outcome.ts";

/** "execution reverted", as go-ethereum numbers it. */
const REVERTED = 3;
/** EIP-1474: "limit exceeded". */
const LIMIT_EXCEEDED = -32_005;

const MAX_MESSAGE_LENGTH = 200;

/**
 * @param error  the `error` member of an answer: whatever the node put there.
 * @param where  which node said so, for messages.
 */
export function classifyError(error: Json, where: string): Exclude<RpcOutcome<never>, { kind: "ok" }> {
  const code = isObject(error) ? memberOf(error, "code") : undefined;
  const text = isObject(error) ? memberOf(error, "message") : undefined;
  if (!isObject(error) || typeof code !== "number" || typeof text !== "string") {
    return { kind: "lying", reason: `${where} answered with an error that is none` };
  }
  const message = forPeople(text);
  // first, because a contract chooses its own words: they must not pass for a rate limit
  if (code === REVERTED || /\brevert/i.test(text)) {
    return { kind: "reverted", data: revertData(memberOf(error, "data")), message };
  }
  if (code === LIMIT_EXCEEDED || /rate.?limit|too many requests|limit exceeded|compute units/i.test(text)) {
    return { kind: "rate-limited", reason: `${where} limits how often it may be asked` };
  }
  return {
    kind: "unavailable",
    reason: `${where} answered with error ${code}: ${message}`,
    error: { code, message },
  };
}

/** The data stands there itself, or in an object of its own: both are found in the field. */
function revertData(data: Json | undefined): Hex {
  if (isHex(data)) return data;
  const inner = isObject(data) ? memberOf(data, "data") : undefined;
  return isHex(inner) ? inner : "0x";
}

/** A stranger's text, short and without characters that move the cursor. */
export function forPeople(text: string): string {
  // eslint-disable-next-line no-control-regex
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  return plain.length > MAX_MESSAGE_LENGTH ? `${plain.slice(0, MAX_MESSAGE_LENGTH)}…` : plain;
}
