/** What a store says of single nodes at one block: asked once each, many at a time, through the lens or plainly. */

import type { Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports.ts";
import { parseBool } from "./abi-answers.ts";
import { answer, rememberAnswers, silent, type Silence } from "./answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { readContractCode, type ContractCode } from "./contract-code.ts";
import { isTrouble, reasonOf } from "./rpc-outcome.ts";
import { nodeCall } from "./store-calls.ts";
import { askLens, isRefusal, isTooMany, NODES_PER_LENS, type LensReport } from "./store-lens.ts";
import { chunksOf, openTurn } from "./turn.ts";

export type NodeAnswer =
  | { readonly kind: "node"; readonly isIssued: boolean; readonly isRevoked: boolean }
  | { readonly kind: "no-contract" }
  /** There is a contract that refuses, or answers something else than true or false: it has said nothing. */
  | { readonly kind: "refused"; readonly reason: string }
  | Silence;

export interface StoreNodes {
  ask(node: Hex): Promise<NodeAnswer>;
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
  readonly node: Hex;
  readonly deliver: (answer: NodeAnswer) => void;
}

export function openStoreNodes(reads: BlockReads, chainId: number, store: Hex, lens: LensSupport): StoreNodes {
  let seenCode: ContractCode | undefined;

  const add = openTurn<Pending>((items) => {
    for (const chunk of chunksOf(items, NODES_PER_LENS)) void send(chunk);
  });

  async function send(items: readonly Pending[]): Promise<void> {
    if (lens.isRefused) return sendPlainly(items);
    const nodes = items.map((item) => item.node);
    const report = await askLens(reads, chainId, store, nodes);
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
    await Promise.all(items.map(async ({ node, deliver }) => deliver(await askPlainly(reads, store, node))));
  }

  return {
    ask: rememberAnswers(
      async (node: Hex) =>
        new Promise<NodeAnswer>((deliver) => {
          add({ node, deliver });
        }),
    ),
    code: async () => (seenCode === undefined ? readContractCode(reads, store) : answer(seenCode)),
  };
}

function fromLens(report: LensReport, at: number, store: Hex): NodeAnswer {
  if (report.code.kind === "no-contract") return report.code;
  const isIssued = report.isIssued[at];
  const isRevoked = report.isRevoked[at];
  return isIssued === undefined || isRevoked === undefined
    ? { kind: "refused", reason: `the contract at ${store} does not answer with true or false` }
    : { kind: "node", isIssued, isRevoked };
}

/** One call a question, and the code, in the same turn. */
async function askPlainly(reads: BlockReads, store: Hex, node: Hex): Promise<NodeAnswer> {
  const [code, isIssued, isRevoked] = await Promise.all([
    readContractCode(reads, store),
    readBool(reads, store, nodeCall("isIssued", node)),
    readBool(reads, store, nodeCall("isRevoked", node)),
  ]);
  if (code.kind === "silent") return code;
  if (code.value.kind === "no-contract") return code.value;
  if (isIssued.kind !== "bool") return isIssued;
  return isRevoked.kind === "bool" ? { kind: "node", isIssued: isIssued.value, isRevoked: isRevoked.value } : isRevoked;
}

async function readBool(
  reads: BlockReads,
  store: Hex,
  data: Hex,
): Promise<{ readonly kind: "bool"; readonly value: boolean } | Extract<NodeAnswer, { reason: string }>> {
  const called = await reads.call({ to: store, data, gas: PLAIN_CALL_GAS });
  if (isTrouble(called)) return silent(called.reason);
  const value = called.kind === "ok" ? parseBool(called.value) : undefined;
  if (value !== undefined) return { kind: "bool", value };
  const what = called.kind === "ok" ? "does not answer with true or false" : reasonOf(called);
  return { kind: "refused", reason: `the contract at ${store}: ${what}` };
}
