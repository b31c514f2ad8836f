/** What a store says of single nodes at one block: asked once each, many at a time, through the lens or plainly. */

import type { Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports/answer.ts";
import { parseBool } from "./abi-answers.ts";
import { answer, rememberAnswers, silent, type Silence } from "./answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { readContractCode, type ContractCode } from "./contract-code.ts";
import { isTrouble, reasonOf } from "./rpc-outcome.ts";
import { nodeCall } from "./store-calls.ts";
import { askLens, isRefusal, isTooMany, type LensReport, type NodeQuestion, QUESTIONS_PER_LENS } from "./store-lens.ts";
import { chunksOf, openTurn } from "./turn.ts";

export type NodeAnswer =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "no-contract" }
  /** There is a contract that refuses, or answers something else than true or false: it has said nothing. */
  | { readonly kind: "refused"; readonly reason: string }
  | Silence;

export interface StoreNodes {
  isIssued(node: Hex): Promise<NodeAnswer>;
  isRevoked(node: Hex): Promise<NodeAnswer>;
  /** What stands at the address; costs nothing once a node has been asked for. */
  code(): Promise<Answer<ContractCode>>;
}

/** Whether this chain's nodes take calls without a receiver; found out once. */
export interface LensSupport {
  isRefused: boolean;
}

/** Gas for one plain question: several times what any known contract needs, and too little to return more than half a MB. */
export const PLAIN_CALL_GAS = 400_000n;

interface Pending {
  readonly question: NodeQuestion;
  readonly deliver: (answer: NodeAnswer) => void;
}

export function openStoreNodes(reads: BlockReads, chainId: number, store: Hex, lens: LensSupport): StoreNodes {
  let seenCode: ContractCode | undefined;

  const add = openTurn<Pending>((items) => {
    for (const chunk of chunksOf(items, QUESTIONS_PER_LENS)) void send(chunk);
  });

  async function send(items: readonly Pending[]): Promise<void> {
    if (lens.isRefused) return sendPlainly(items);
    const questions = items.map(({ question }) => question);
    const report = await askLens(reads, chainId, store, questions);
    if (report.kind === "ok") {
      seenCode = report.value.code;
      items.forEach(({ deliver }, at) => deliver(fromLens(report.value, at, store)));
    } else if (isTooMany(report) && items.length > 1) {
      await Promise.all(chunksOf(items, Math.ceil(items.length / 2)).map(send));
    } else if (isRefusal(report)) {
      lens.isRefused = true;
      await sendPlainly(items);
    } else {
      // trouble must not make us send a thousand single calls
      for (const { deliver } of items) deliver(silent(reasonOf(report)));
    }
  }

  async function sendPlainly(items: readonly Pending[]): Promise<void> {
    await Promise.all(items.map(async ({ question, deliver }) => deliver(await askPlainly(reads, store, question))));
  }

  function asking(asks: NodeQuestion["asks"]): (node: Hex) => Promise<NodeAnswer> {
    return rememberAnswers(
      async (node: Hex) =>
        new Promise<NodeAnswer>((deliver) => {
          add({ question: { asks, node }, deliver });
        }),
    );
  }

  return {
    isIssued: asking("isIssued"),
    isRevoked: asking("isRevoked"),
    code: async () => (seenCode === undefined ? readContractCode(reads, store) : answer(seenCode)),
  };
}

function fromLens(report: LensReport, at: number, store: Hex): NodeAnswer {
  if (report.code.kind === "no-contract") return report.code;
  const value = report.answers[at];
  return value === undefined
    ? { kind: "refused", reason: `the contract at ${store} does not answer with true or false` }
    : { kind: "bool", value };
}

/** A call for the question and one for the code, in the same turn. */
async function askPlainly(reads: BlockReads, store: Hex, { asks, node }: NodeQuestion): Promise<NodeAnswer> {
  const [code, said] = await Promise.all([
    readContractCode(reads, store),
    readBool(reads, store, nodeCall(asks, node)),
  ]);
  if (code.kind === "silent") return code;
  return code.value.kind === "no-contract" ? code.value : said;
}

async function readBool(reads: BlockReads, store: Hex, data: Hex): Promise<NodeAnswer> {
  const called = await reads.call({ to: store, data, gas: PLAIN_CALL_GAS });
  if (isTrouble(called)) return silent(called.reason);
  const value = called.kind === "ok" ? parseBool(called.value) : undefined;
  if (value !== undefined) return { kind: "bool", value };
  const what = called.kind === "ok" ? "does not answer with true or false" : reasonOf(called);
  return { kind: "refused", reason: `the contract at ${store}: ${what}` };
}
