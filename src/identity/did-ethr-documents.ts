/** Finds the documents of did:ethr: what the registry of the DID's chain says, now or at a moment in the past. */

import type { Hex } from "../core/bytes.ts";
import { openMemory } from "../core/memory.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { AnchorMoment, ChainReader, ChainView } from "../core/ports/chain.ts";
import { readChanges, type DidChange } from "./did-changes.ts";
import type { DidDocument } from "./did-document.ts";
import { toEthrDocument } from "./did-ethr-document.ts";
import { findRegistry, type DidEthr } from "./did-ethr.ts";

export interface DidEthrOptions {
  readonly chain: ChainReader;
  /** Registries by chain id; they come before the well-known ones. */
  readonly registries: Readonly<Record<number, Hex>>;
}

export interface DidEthrDocuments {
  /**
   * @param did  the DID as it is written, which names its keys.
   * @param at  the moment whose document is asked for, on any chain; absent: the block that is read.
   * @returns silence for a chain or a registry that cannot be asked. Never rejects.
   */
  documentOf(did: string, ethr: DidEthr, at?: AnchorMoment): Promise<Answer<DidDocument>>;
}

/** What is on record, and the view it was read in. */
interface DidRecord {
  readonly changes: readonly DidChange[];
  readonly view: ChainView;
}

/** Opens the registries for one session. */
export function openDidEthrDocuments(options: DidEthrOptions): DidEthrDocuments {
  const records = openMemory<DidRecord>();
  return {
    documentOf: async (did, ethr, at) => {
      const opened = await openView(ethr.chainId, options.chain);
      if (opened.kind === "silent") return opened;
      const view = opened.value;
      const registry = options.registries[ethr.chainId] ?? findRegistry(ethr.chainId);
      if (registry === undefined) return silence(`no DID registry is known on chain ${ethr.chainId}`);
      // the block is part of the key: an answer belongs to the block it was read at
      const key = `${view.readAt.hash} ${registry} ${ethr.account}`;
      const record = await records.recall(key, async () => readRecord(view, registry, ethr.account));
      if (record.kind === "silent") return record;
      return asOf(at, record.value, (changes, seconds) => toEthrDocument(did, ethr, changes, seconds));
    },
  };
}

async function openView(chainId: number, chain: ChainReader): Promise<Answer<ChainView>> {
  const opened = await chain.viewOf(chainId);
  if (opened.kind === "view") return { kind: "answer", value: opened.view };
  return silence(
    opened.kind === "not-configured" ? `the DID lives on chain ${chainId}, for which no node is set` : opened.reason,
  );
}

async function readRecord(view: ChainView, registry: Hex, account: Hex): Promise<Answer<DidRecord>> {
  const changes = await readChanges(view, registry, account);
  return changes.kind === "silent" ? changes : { kind: "answer", value: { changes: changes.value, view } };
}

/** Blocks of the DID's own chain are compared by number; a moment on another chain, by the clock of both. */
async function asOf(
  at: AnchorMoment | undefined,
  { changes, view }: DidRecord,
  toDocument: (changes: readonly DidChange[], seconds: bigint) => DidDocument,
): Promise<Answer<DidDocument>> {
  const { readAt } = view;
  const { chainId, block, time } = at ?? readAt;
  const moment = Date.parse(time);
  const seconds = BigInt(Math.floor(moment / 1000));
  if (chainId === readAt.chainId) {
    return {
      kind: "answer",
      value: toDocument(
        changes.filter((change) => change.block <= block),
        seconds,
      ),
    };
  }
  const times = await Promise.all(changes.map(async (change) => view.timeOf(change.block)));
  const untold = times.find((one) => one.kind === "silent");
  if (untold !== undefined) return untold;
  const before = changes.filter((_, index) => isAnswered(times[index], moment));
  return { kind: "answer", value: toDocument(before, seconds) };
}

function isAnswered(time: Answer<string> | undefined, moment: number): boolean {
  return time?.kind === "answer" && Date.parse(time.value) <= moment;
}

function silence(reason: string): Extract<Answer<never>, { kind: "silent" }> {
  return { kind: "silent", reason };
}
