/** What the status lists of one store say at one block, and when and why it came to that. */

import { parseEventLogs, toEventSelector } from "viem";

import type { Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { ListBitmaps, ListEntryStanding, StatusChange } from "../core/ports/chain.ts";
import { describeReason, toTime } from "./anchor-facts.ts";
import { answer, rememberAnswers } from "./answers.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";
import type { BlockReads } from "./block-reads.ts";
import { openStatusPages } from "./status-pages.ts";
import { placeOf, STATUS_ACTS, type StatusAct, type WordPlace } from "./status-words.ts";
import type { Log } from "./transaction-questions.ts";

export interface StoreLists {
  /** @param index  place in the list, a whole number from 0. */
  entryOf(list: Hex, index: number): Promise<Answer<ListEntryStanding>>;
  /** @param entries  a multiple of 256. */
  bitmapsOf(list: Hex, entries: number): Promise<Answer<ListBitmaps>>;
}

const STATUS_CHANGED: Hex = toEventSelector("StatusChanged(bytes32,uint8,uint256,uint256[],uint16)");

/** One event: what was done to which words, oldest first. */
interface ListEvent {
  readonly act: StatusAct;
  readonly firstWord: bigint;
  readonly bits: readonly bigint[];
  readonly reason: number;
  readonly block: number;
}

interface ListEvents {
  readonly kind: "events";
  readonly events: readonly ListEvent[];
}

export function openStoreLists(reads: BlockReads, store: Hex): StoreLists {
  const pages = openStatusPages(reads, store);
  const eventsOf = rememberAnswers(async (list: Hex) => readEvents(reads, store, list));

  /** Date and reason are evidence: where the node has not got the event, the bit alone counts. */
  async function changeOf(list: Hex, place: WordPlace, change: "revoke" | "suspend"): Promise<StatusChange> {
    const event = findChange((await eventsOf(list)).events, place, change);
    if (event === undefined) return {};
    const time = await reads.timeOf(event.block);
    const reason = describeReason(event.reason);
    return {
      block: event.block,
      ...(time !== undefined && { at: toTime(time) }),
      ...(reason !== undefined && { reason }),
    };
  }

  return {
    async entryOf(list, index) {
      const bits = await pages.bitsOf(list, index);
      if (bits.kind === "silent") return bits;
      const { isRevoked, isSuspended } = bits.value;
      const place = placeOf(index);
      const [revocation, suspension] = await Promise.all([
        isRevoked ? changeOf(list, place, "revoke") : undefined,
        isSuspended ? changeOf(list, place, "suspend") : undefined,
      ]);
      return answer({
        ...(revocation !== undefined && { revocation }),
        ...(suspension !== undefined && { suspension }),
      });
    },
    bitmapsOf: async (list, entries) => pages.bitmapsOf(list, entries),
  };
}

/** None where the node has not got them, or does not search so far back. */
async function readEvents(reads: BlockReads, store: Hex, list: Hex): Promise<ListEvents> {
  const found = await reads.logsOf(store, [STATUS_CHANGED, list]);
  return { kind: "events", events: found.kind === "ok" ? found.value.flatMap(toListEvents) : [] };
}

type EventLogs = Parameters<typeof parseEventLogs>[0]["logs"];

/** None for a log that is not such an event, whatever its topics say. */
function toListEvents(log: Log): readonly ListEvent[] {
  const logs = [{ topics: log.topics, data: log.data }] as unknown as EventLogs;
  const [event] = parseEventLogs({ abi: documentStoreAbi, eventName: "StatusChanged", logs });
  const act = event === undefined ? undefined : STATUS_ACTS[event.args.change];
  if (event === undefined || act === undefined) return [];
  const { firstWord, bits, reason } = event.args;
  return [{ act, firstWord, bits, reason, block: log.block }];
}

/** The event by which the bit was set and has stayed set since. */
function findChange(
  events: readonly ListEvent[],
  { word, mask }: WordPlace,
  wanted: "revoke" | "suspend",
): ListEvent | undefined {
  let standing: ListEvent | undefined;
  for (const event of events) {
    const bits = event.bits[Number(BigInt(word) - event.firstWord)] ?? 0n;
    if ((bits & mask) === 0n) continue;
    if (event.act === wanted) standing ??= event;
    else if (event.act === "reinstate" && wanted === "suspend") standing = undefined;
  }
  return standing;
}
