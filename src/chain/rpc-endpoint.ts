/** One node at one address: what is asked of it in one turn leaves in one POST, and every answer is checked. */

import { isArray, isObject, memberOf, type Json, type JsonObject } from "../core/json.ts";
import { postJson, postTargetOf, type Fetch, type PostOutcome } from "./http-post.ts";
import { classifyError } from "./rpc-errors.ts";
import { isTrouble, type RpcOutcome, type RpcQuestion, type RpcTrouble } from "./rpc-outcome.ts";
import { chunksOf, openTurn } from "./turn.ts";

/** Calls in one POST to begin with; halved whenever the node finds that too many. */
const MAX_BATCH = 100;

const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 4_000;

export interface RpcEndpoint {
  /** Scheme, host and port: all that may be shown. */
  readonly name: string;
  /** One attempt, no repetition; settles within `deadlineMs`. Never rejects. */
  attempt<Value>(question: RpcQuestion<Value>, deadlineMs: number): Promise<RpcOutcome<Value>>;
  /** How long the node should be left alone: what it asked for, or longer after each failure in a row. */
  restMs(): number;
  /** Why it is left alone. */
  trouble(): RpcTrouble | undefined;
}

interface Pending {
  readonly id: number;
  readonly question: RpcQuestion<unknown>;
  readonly deadlineMs: number;
  readonly deliver: (outcome: RpcOutcome<unknown>) => void;
}

/**
 * @param url  http(s), user and password allowed.
 * @throws {TypeError} when it is no address.
 */
export function openRpcEndpoint(url: string, fetch: Fetch): RpcEndpoint {
  const target = postTargetOf(url);
  let nextId = 1;
  let batchSize = MAX_BATCH;
  let failures = 0;
  let restUntilMs = 0;
  let trouble: RpcTrouble | undefined;

  const add = openTurn<Pending>((calls) => void sendAll(calls));

  async function sendAll(calls: readonly Pending[]): Promise<void> {
    await Promise.all(chunksOf(calls, batchSize).map(send));
  }

  async function send(calls: readonly Pending[]): Promise<void> {
    const requests = calls.map(({ id, question: { method, params } }) => ({ jsonrpc: "2.0", id, method, params }));
    const deadlineMs = Math.min(...calls.map((call) => call.deadlineMs));
    const body = JSON.stringify(requests.length === 1 ? requests[0] : requests);
    const posted = await postJson(target, body, deadlineMs, fetch);
    const isTooLong = posted.kind === "too-long";
    if (calls.length > 1 && (isTooLong || (posted.kind === "body" && isBatchRefusal(posted.body, target.name)))) {
      const half = Math.ceil(calls.length / 2);
      if (!isTooLong) batchSize = half;
      await Promise.all(chunksOf(calls, half).map(send));
      return;
    }
    const outcomes = outcomesOf(calls, posted, target.name);
    if (!isTooLong) rest(outcomes);
    calls.forEach((call, at) => call.deliver(outcomes[at] ?? { kind: "lying", reason: "no answer" }));
  }

  /** Counted once a POST: a hundred calls that failed together are one failure. */
  function rest(outcomes: readonly RpcOutcome<unknown>[]): void {
    trouble = outcomes.filter(isTrouble).find((outcome) => !isOwnError(outcome));
    failures = trouble === undefined ? 0 : failures + 1;
    if (trouble === undefined) return;
    const jitter = 0.75 + Math.random() / 2;
    const askedForMs = trouble.kind === "rate-limited" ? (trouble.retryAfterMs ?? 0) : 0;
    const backOffMs = Math.min(FIRST_REST_MS * 2 ** (failures - 1), LONGEST_REST_MS) * jitter;
    restUntilMs = performance.now() + Math.max(askedForMs, backOffMs);
  }

  return {
    name: target.name,
    restMs: () => Math.max(0, restUntilMs - performance.now()),
    trouble: () => trouble,
    attempt: async <Value>(question: RpcQuestion<Value>, deadlineMs: number): Promise<RpcOutcome<Value>> =>
      new Promise((resolve) => {
        // each question comes back with what its own `read` made of the answer
        const deliver = (outcome: RpcOutcome<unknown>): void => resolve(outcome as RpcOutcome<Value>);
        add({ id: nextId++, question, deadlineMs, deliver });
      }),
  };
}

/** An error about this one call says nothing about the node's health. */
function isOwnError(outcome: RpcOutcome<unknown>): boolean {
  return outcome.kind === "unavailable" && outcome.error !== undefined;
}

/** A node that takes no batches, or no such long ones, answers the whole with one error. */
function isBatchRefusal(body: Json, name: string): boolean {
  if (!isObject(body) || !Object.hasOwn(body, "error")) return false;
  return classifyError(memberOf(body, "error") ?? null, name).kind === "unavailable";
}

function outcomesOf(calls: readonly Pending[], posted: PostOutcome, name: string): readonly RpcOutcome<unknown>[] {
  if (posted.kind === "body") return matchAnswers(calls, posted.body, name);
  const outcome: RpcOutcome<never> = posted.kind === "too-long" ? { kind: "lying", reason: posted.reason } : posted;
  return calls.map(() => outcome);
}

/** One outcome a call, in the order of the calls; an answer that nobody asked for spoils them all. */
function matchAnswers(calls: readonly Pending[], body: Json, name: string): readonly RpcOutcome<unknown>[] {
  const answers = isArray(body) ? body : [body];
  const first = answers[0];
  if (answers.length === 1 && isObject(first) && memberOf(first, "id") === null && Object.hasOwn(first, "error")) {
    // the node could not even read the request, or turned it away before reading
    const outcome = classifyError(memberOf(first, "error") ?? null, name);
    return calls.map(() => outcome);
  }
  const byId = new Map<number, JsonObject>();
  const asked = new Set(calls.map((call) => call.id));
  for (const answer of answers) {
    const id = isObject(answer) ? memberOf(answer, "id") : undefined;
    if (!isObject(answer) || typeof id !== "number" || !asked.has(id) || byId.has(id)) {
      return calls.map(() => ({ kind: "lying", reason: `${name} answered a question that nobody asked` }));
    }
    byId.set(id, answer);
  }
  return calls.map(({ id, question }) => readAnswer(byId.get(id), question, name));
}

function readAnswer(answer: JsonObject | undefined, question: RpcQuestion<unknown>, name: string): RpcOutcome<unknown> {
  const lying = (what: string): RpcOutcome<never> => ({
    kind: "lying",
    reason: `${name}, ${question.method}: ${what}`,
  });
  if (answer === undefined) return lying("no answer to one of the questions");
  if (memberOf(answer, "jsonrpc") !== "2.0") return lying("the answer is not JSON-RPC 2.0");
  const error = memberOf(answer, "error") ?? null;
  const result = memberOf(answer, "result");
  if (error !== null) return result === undefined ? classifyError(error, name) : lying("both a result and an error");
  if (result === undefined) return lying("neither a result nor an error");
  if (result === null) return question.mayBeAbsent === true ? { kind: "not-found" } : lying("the result is null");
  const value = question.read(result);
  return value === undefined ? lying("the result is not what this method gives") : { kind: "ok", value };
}
