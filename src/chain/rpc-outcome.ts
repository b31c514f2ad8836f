/** What can come of one JSON-RPC call, and how it is asked: the words of everything that talks to a node. */

import type { Hex } from "../core/bytes.ts";
import type { Json } from "../core/json.ts";

/** Only `ok` and a decoded revert may influence a verdict. */
export type RpcOutcome<Value> =
  | { readonly kind: "ok"; readonly value: Value }
  /** The contract refused; `data` is empty when it gave no reason, which is also what a lack of gas looks like. */
  | { readonly kind: "reverted"; readonly data: Hex; readonly message: string }
  /** The node does not know such a block, transaction or receipt. */
  | { readonly kind: "not-found" }
  | RpcTrouble;

export type RpcTrouble =
  | { readonly kind: "rate-limited"; readonly reason: string; readonly retryAfterMs?: number }
  /** Down, slow, or refusing; `error` is the node's own, when it gave one. */
  | { readonly kind: "unavailable"; readonly reason: string; readonly error?: RpcError }
  /** An answer that no honest node gives: another call's, malformed, of the wrong type, contradicting another node's. */
  | { readonly kind: "lying"; readonly reason: string };

export interface RpcError {
  readonly code: number;
  readonly message: string;
}

/** One call and what its result must look like. */
export interface RpcQuestion<Value> {
  readonly method: string;
  readonly params: readonly Json[];
  /** The result as a value, or undefined when it is not what this method gives. Never called with null. */
  readonly read: (result: Json) => Value | undefined;
  /** True where null is an answer: there is no such thing. */
  readonly mayBeAbsent?: boolean;
  /** True where every honest node answers the same, because the question names its block by hash. */
  readonly isPinned?: boolean;
  /** True where the call changes something: an error is then the answer, and nobody else is asked. */
  readonly isEffect?: boolean;
}

/** True for what a caller cannot use and may ask again. */
export function isTrouble<Value>(outcome: RpcOutcome<Value>): outcome is RpcTrouble {
  return outcome.kind === "rate-limited" || outcome.kind === "unavailable" || outcome.kind === "lying";
}

/** Why there is no value, for people. */
export function reasonOf(outcome: Exclude<RpcOutcome<unknown>, { kind: "ok" }>): string {
  if (outcome.kind === "reverted") return `the contract refused the question (${outcome.message})`;
  if (outcome.kind === "not-found") return "the node does not know what was asked for";
  return outcome.reason;
}
