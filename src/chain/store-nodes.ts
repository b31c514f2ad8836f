/** What a store says of single nodes at one block: asked once each, many at a time, through the lens or plainly. */

import type { Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports.ts";
import { parseBool } from "./abi-answers.ts";
import { answer, rememberAnswers, silent, type Silence } from "./answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { readContractCode, type ContractCode } from "./contract-code.ts";
import { isTrouble, reasonOf, type RpcOutcome } from "./rpc-outcome.ts";
import { nodeCall } from "./store-calls.ts";
import { askLens, NODES_PER_LENS, type LensReport, type NodeQuestion } from "./store-lens.ts";
import { chunksOf, openTurn } from "./turn.ts";

/** A bool, or why there is none. A store that refuses or answers something else is silent: it has said nothing. */
export type NodeAnswer =
  { readonly kind: "bool"; readonly value: boolean } | { readonly kind: "no-contract" } | Silence;

export interface StoreNodes {
  ask(question: NodeQuestion, node: Hex): Promise<NodeAnswer>;
  /** What stands at the address; costs nothing once a node has been asked for. */
  code(): Promise<Answer<ContractCode>>;
}

/** Whether this chain's nodes take calls without a receiver; found out once. */
export interface LensSupport {
  isRefused: boolean;
}

/** Gas for one plain question: a hostile store cannot burn more of the node's time. */
export const PLAIN_CALL_GAS = 10_000_000n;

interface Pending {
  readonly question: NodeQuestion;
  readonly node: Hex;
  readonly deliver: (answer: NodeAnswer) => void;
}

export function openStoreNodes(reads: BlockReads, chainId: number, store: Hex, lens: LensSupport): StoreNodes {
  let seenCode: ContractCode | undefined;

  const add = openTurn<Pending>((items) => {
    for (const question of ["isIssued", "isRevoked"] as const) {
      const asked = items.filter((item) => item.question === question);
      for (const chunk of chunksOf(asked, NODES_PER_LENS)) void send(question, chunk);
    }
  });

  async function send(question: NodeQuestion, items: readonly Pending[]): Promise<void> {
    const nodes = items.map((item) => item.node);
    const report = lens.isRefused ? undefined : await askLens(reads, chainId, store, question, nodes);
    if (report?.kind === "ok") seenCode = report.value.code;
    // "I am refused" and "there is trouble" differ: trouble must not make us send a thousand single calls
    if (report !== undefined && isTrouble(report) && !isRefusal(report)) {
      const reason = report.reason;
      items.forEach((item) => item.deliver(silent(reason)));
      return;
    }
    if (report !== undefined && isRefusal(report)) lens.isRefused = true;
    await Promise.all(
      items.map(async (item, at) => item.deliver(fromLens(report, at) ?? (await askPlainly(question, item.node)))),
    );
  }

  async function askPlainly(question: NodeQuestion, node: Hex): Promise<NodeAnswer> {
    const request = { to: store, data: nodeCall(question, node), gas: PLAIN_CALL_GAS };
    const [called, code] = await Promise.all([reads.call(request), readContractCode(reads, store)]);
    if (code.kind === "silent") return code;
    if (code.value.kind === "no-contract") return code.value;
    if (called.kind !== "ok") return silent(`store ${store}: ${reasonOf(called)}`);
    const value = parseBool(called.value);
    return value === undefined
      ? silent(`the contract at ${store} does not answer ${question} with true or false`)
      : { kind: "bool", value };
  }

  const remembered = {
    isIssued: rememberAnswers(async (node: Hex) => collect("isIssued", node)),
    isRevoked: rememberAnswers(async (node: Hex) => collect("isRevoked", node)),
  };

  async function collect(question: NodeQuestion, node: Hex): Promise<NodeAnswer> {
    return new Promise((deliver) => {
      add({ question, node, deliver });
    });
  }

  return {
    ask: async (question, node) => remembered[question](node),
    code: async () => (seenCode === undefined ? readContractCode(reads, store) : answer(seenCode)),
  };
}

function fromLens(report: RpcOutcome<LensReport> | undefined, at: number): NodeAnswer | undefined {
  if (report?.kind !== "ok") return undefined;
  if (report.value.code.kind === "no-contract") return report.value.code;
  const value = report.value.answers[at];
  return value === undefined ? undefined : { kind: "bool", value };
}

/** The node does not do such calls at all, or its rules of that time do not know the lens's instructions. */
function isRefusal(report: RpcOutcome<LensReport>): boolean {
  if (report.kind === "reverted") return true;
  return report.kind === "lying" || (report.kind === "unavailable" && report.error !== undefined);
}
