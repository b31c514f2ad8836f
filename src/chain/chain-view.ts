/** One chain at one pinned block: the answers a verification needs. */

import type { Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { ChainView, ContractEvent, ContractResult } from "../core/ports/chain.ts";
import { answer, rememberAnswers, silent } from "./answers.ts";
import { toTime } from "./anchor-facts.ts";
import { openBlockReads, type BlockReads } from "./block-reads.ts";
import type { JsonRpc } from "./json-rpc.ts";
import type { Network } from "./networks.ts";
import type { Patience } from "./patience.ts";
import type { PinnedBlocks } from "./pin-blocks.ts";
import { readTransaction } from "./read-transaction.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { toLower } from "./rpc-questions.ts";
import { openStoreLists, type StoreLists } from "./store-lists.ts";
import type { LensSupport } from "./store-nodes.ts";
import { openStoreReader, type StoreReader } from "./store-standing.ts";
import { readMinting } from "./token-registry.ts";

export interface ViewPorts {
  readonly rpc: JsonRpc;
  readonly network: Network;
  readonly pinned: PinnedBlocks;
  readonly patience: Patience;
  readonly knownCodeHashes: ReadonlySet<Hex>;
  readonly lens: LensSupport;
}

export function openChainView(ports: ViewPorts): ChainView {
  const { rpc, network, pinned, patience } = ports;
  const { block, finalBlock } = pinned;
  const reads = openBlockReads(rpc, block, patience);
  const finalReads = finalBlock?.hash === block.hash ? reads : finalBlock && openBlockReads(rpc, finalBlock, patience);
  const stores = new Map<Hex, StoreReader>();
  const lists = new Map<Hex, StoreLists>();
  const mintings = new Map<Hex, (root: Hex) => ReturnType<typeof readMinting>>();
  const transactionOf = rememberAnswers(async (hash: Hex) =>
    readTransaction(hash, { rpc, chainId: network.chainId, pinned, patience }),
  );

  function listsOf(store: Hex): StoreLists {
    const address = toLower(store);
    const reader = lists.get(address) ?? openStoreLists(reads, address);
    lists.set(address, reader);
    return reader;
  }

  return {
    readAt: { chainId: network.chainId, block: block.number, hash: block.hash, time: toTime(block.timestamp) },
    network: network.kind === "main" ? "main" : "test",
    async standingOf(store, inclusion) {
      const address = toLower(store);
      const reader = stores.get(address) ?? openStoreReader(address, { ...ports, reads, finalReads });
      stores.set(address, reader);
      return reader.standingOf(inclusion);
    },
    entryOf: async (store, list, index) => listsOf(store).entryOf(toLower(list), index),
    bitmapsOf: async (store, list, entries) => listsOf(store).bitmapsOf(toLower(list), entries),
    async mintingOf(registry, root) {
      const address = toLower(registry);
      const ask = mintings.get(address) ?? rememberAnswers(async (id: Hex) => readMinting(reads, address, id));
      mintings.set(address, ask);
      return ask(root);
    },
    transactionOf: async (hash) => transactionOf(toLower(hash)),
    callContract: async (address, data) => readContract(reads, toLower(address), data),
    eventsIn: async (address, topics, number) => readEvents(reads, toLower(address), topics, number),
    timeOf: async (number) => {
      const time = await reads.timeOf(number);
      return time === undefined ? silent(`when block ${number} was made could not be read`) : answer(toTime(time));
    },
  };
}

async function readContract(reads: BlockReads, address: Hex, data: Hex): Promise<Answer<ContractResult>> {
  const [called, code] = await Promise.all([reads.call({ to: address, data }), reads.codeOf(address)]);
  if (code.kind !== "ok") return silent(reasonOf(code));
  if (code.value === "0x") return answer({ kind: "no-contract" });
  if (called.kind === "ok") return answer({ kind: "returned", data: called.value });
  return called.kind === "reverted" ? answer({ kind: "reverted", data: called.data }) : silent(reasonOf(called));
}

async function readEvents(
  reads: BlockReads,
  address: Hex,
  topics: readonly (Hex | readonly Hex[])[],
  number: number,
): Promise<Answer<readonly ContractEvent[]>> {
  const found = await reads.logsIn(address, topics, number);
  if (found.kind !== "ok") return silent(reasonOf(found));
  return answer(found.value.toSorted((a, b) => a.position - b.position));
}
