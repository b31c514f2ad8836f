/** Turns what came of a call into a value or a fault: for writing, where silence means "stop" and not "unknown". */

import { TestamurError } from "../core/errors.ts";
import type { Answer } from "../core/ports/answer.ts";
import { reasonOf, type RpcOutcome } from "./rpc-outcome.ts";

/**
 * The value of a call that a working node cannot refuse.
 *
 * @param what  what was asked, for the message: "the balance of 0x…".
 * @throws {TestamurError} `NODE_UNAVAILABLE` or `NODE_LYING`.
 */
export function demand<Value>(outcome: RpcOutcome<Value>, what: string): Value {
  if (outcome.kind === "ok") return outcome.value;
  throw nodeFault(outcome, what);
}

/** The value of an answer. */
export function demandAnswer<Value>(given: Answer<Value>, what: string): Value {
  if (given.kind === "answer") return given.value;
  throw unavailable(`${what}: ${given.reason}`);
}

/** The fault behind an outcome that gave no value. */
export function nodeFault(outcome: Exclude<RpcOutcome<unknown>, { kind: "ok" }>, what: string): TestamurError {
  const message = `${what}: ${reasonOf(outcome)}`;
  if (outcome.kind !== "lying") return unavailable(message);
  return new TestamurError("NODE_LYING", message, { next: "use another node (--rpc)" });
}

function unavailable(message: string): TestamurError {
  return new TestamurError("NODE_UNAVAILABLE", message, {
    next: "is the node running and the address right (--rpc)? nothing is lost: try again when it answers",
  });
}
