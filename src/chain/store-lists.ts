/** What the status lists of one store say at one block: read by pages of words, each page once for all documents on it. */

import { parseEventLogs, toEventSelector } from "viem";

import type { Hex } from "../core/bytes.ts";
import type { Answer, ListEntryStanding, StatusChange } from "../core/ports.ts";
import { describeReason, toTime } from "./anchor-facts.ts";
import { answer, rememberAnswers, silent } from "./answers.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";
import type { BlockReads } from "./block-reads.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { parseStatusWords, placeOf, statusWordsCall, type StatusWords, type WordPlace } from "./status-words.ts";
import type { Log } from "./transaction-questions.ts";

export interface StoreLists {
  /** @param index  place in the list, a whole number from 0. */
  entryOf(list: Hex, index: number): Promise<Answer<ListEntryStanding>>;
}

/** Words of one question: 16,384 entries, for about 330,000 gas. A page also hides which of its entries is of interest. */
const PAGE_WORDS = 64;
/** Several times what a page costs; too little for a hostile store to return megabytes. */
const PAGE_GAS = 1_000_000n;

const STATUS_CHANGED: Hex = toEventSelector("StatusChanged(bytes32,uint8,uint256,uint256[],uint16)");

/** What `StatusChanged` numbers its changes by. */
const CHANGES = ["revoke", "suspend", "reinstate"] as const;

/** One event: what was done to which words, oldest first. */
interface ListEvent {
  readonly change: (typeof CHANGES)[number];
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
  const pages = new Map<Hex, (page: number) => Promise<Answer<StatusWords>>>();
  const eventsOf = rememberAnswers(async (list: Hex) => readEvents(reads, store, list));

  async function pageOf(list: Hex, page: number): Promise<Answer<StatusWords>> {
    const ask = pages.get(list) ?? rememberAnswers(async (number: number) => readPage(reads, store, list, number));
    pages.set(list, ask);
    return ask(page);
  }

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
      const place = placeOf(index);
      const page = await pageOf(list, Math.floor(place.word / PAGE_WORDS));
      if (page.kind === "silent") return page;
      const at = place.word % PAGE_WORDS;
      const isSet = (words: readonly bigint[]): boolean => ((words[at] ?? 0n) & place.mask) !== 0n;
      const { revoked, suspended } = page.value;
      const [revocation, suspension] = await Promise.all([
        isSet(revoked) ? changeOf(list, place, "revoke") : undefined,
        isSet(suspended) ? changeOf(list, place, "suspend") : undefined,
      ]);
      return answer({
        ...(revocation !== undefined && { revocation }),
        ...(suspension !== undefined && { suspension }),
      });
    },
  };
}

/** A contract that refuses, none at all, and bytes that are not two arrays of that length are all the same: it has said nothing. */
async function readPage(reads: BlockReads, store: Hex, list: Hex, page: number): Promise<Answer<StatusWords>> {
  const data = statusWordsCall(list, page * PAGE_WORDS, PAGE_WORDS);
  const called = await reads.call({ to: store, data, gas: PAGE_GAS });
  if (called.kind !== "ok") return silent(`the status list in ${store} could not be read: ${reasonOf(called)}`);
  const words = parseStatusWords(called.value, PAGE_WORDS);
  return words === undefined ? silent(`what stands at ${store} keeps no status lists`) : answer(words);
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
  const change = event === undefined ? undefined : CHANGES[event.args.change];
  if (event === undefined || change === undefined) return [];
  const { firstWord, bits, reason } = event.args;
  return [{ change, firstWord, bits, reason, block: log.block }];
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
    if (event.change === wanted) standing ??= event;
    else if (event.change === "reinstate" && wanted === "suspend") standing = undefined;
  }
  return standing;
}
