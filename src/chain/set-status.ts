/** Revokes, suspends and reinstates entries of status lists: leaves out what is so already, in as few transactions as the chain allows. */

import { encodeFunctionData } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";
import { openBlockReads } from "./block-reads.ts";
import { carryOutChunks } from "./carry-out-chunks.ts";
import type { WritePorts, Written } from "./carry-out.ts";
import { demand } from "./demand.ts";
import { blockQuestion } from "./rpc-questions.ts";
import type { Wish } from "./sign-transaction.ts";
import type { StoreFacts } from "./store-facts.ts";
import { openStatusPages, type EntryBits } from "./status-pages.ts";
import { placeOf, STATUS_ACTS, type StatusAct } from "./status-words.ts";
import { chunksOf } from "./turn.ts";
import type { WritingSession } from "./writing-session.ts";

/** A place in one of the store's lists. */
export interface ListEntry {
  readonly list: Hex;
  readonly index: number;
}

/** One transaction, and the entries it changed. */
export interface StatusSet extends Written {
  readonly entries: readonly ListEntry[];
}

export interface StatusOrder {
  readonly store: Hex;
  readonly act: StatusAct;
  readonly entries: readonly ListEntry[];
  /** RFC 5280 number, kept in the event. */
  readonly reason: number;
}

/** Words that lie close together, and the bits to be named in each. */
interface WordRange {
  readonly list: Hex;
  readonly firstWord: number;
  readonly bits: bigint[];
}

/** At about 22,000 gas for a word that nothing was written to; entries of one word share it. */
const MOST_ENTRIES = 500;
/** An empty word inside a range costs about 500 gas, a range of its own about 30,000. */
const MOST_GAP = 48;

/**
 * @param facts  of the store, which this account may write to.
 * @throws {TestamurError} as `carryOut`; `CONTRACT_UNKNOWN` for a store without lists.
 */
export async function setStatus(
  ports: WritePorts,
  order: StatusOrder,
  facts: Pick<StoreFacts, "codeKnown">,
  onChunk: (done: StatusSet) => void = () => undefined,
): Promise<readonly StatusSet[]> {
  const left = await findLeft(await ports.open(), order, facts);
  const done: StatusSet[] = [];
  await carryOutChunks(
    ports,
    chunksOf(left.toSorted(byPlace), MOST_ENTRIES),
    (some) => wishFor(order, some),
    (written, some) => {
      const set = { ...written, entries: some };
      done.push(set);
      onChunk(set);
    },
  );
  return done;
}

/** The entries that still have to be changed, each once. */
async function findLeft(
  { rpc, patience }: WritingSession,
  { store, act, entries }: StatusOrder,
  { codeKnown }: Pick<StoreFacts, "codeKnown">,
): Promise<readonly ListEntry[]> {
  const block = demand(await rpc.ask(blockQuestion("latest"), patience), "the newest block");
  const pages = openStatusPages(openBlockReads(rpc, block, patience), store);
  const once = [...new Map(entries.map((entry) => [`${entry.list} ${entry.index}`, entry])).values()];
  const said = await Promise.all(once.map(async ({ list, index }) => pages.bitsOf(list, index)));
  return once.filter((_, at) => {
    const answer = said[at];
    if (answer?.kind === "answer") return isLeft(answer.value, act);
    throw new TestamurError(codeKnown ? "NODE_UNAVAILABLE" : "CONTRACT_UNKNOWN", answer?.reason ?? "no answer", {
      next: codeKnown
        ? "nothing was sent; try again when the node answers"
        : "nothing was sent; is it the register that the documents name?",
    });
  });
}

function isLeft({ isRevoked, isSuspended }: EntryBits, act: StatusAct): boolean {
  switch (act) {
    case "revoke":
      return !isRevoked;
    case "suspend":
      return !isSuspended;
    case "reinstate":
      return isSuspended;
  }
}

/** Several ranges go into one transaction: `multicall` runs them as the caller. */
function wishFor({ store, act, reason }: StatusOrder, entries: readonly ListEntry[]): Wish {
  const calls = rangesOf(entries).map(({ list, firstWord, bits }) =>
    encodeFunctionData({
      abi: documentStoreAbi,
      functionName: "setStatus",
      args: [list, STATUS_ACTS.indexOf(act), BigInt(firstWord), bits, reason],
    }),
  );
  const [only = "0x", ...more] = calls;
  const data =
    more.length === 0 ? only : encodeFunctionData({ abi: documentStoreAbi, functionName: "multicall", args: [calls] });
  const what = entries.length === 1 ? "one entry" : `${entries.length} entries`;
  return { to: store, data, what: `${act} ${what} of the status lists in ${store}` };
}

/** @param entries  in the order of `byPlace`. */
function rangesOf(entries: readonly ListEntry[]): readonly WordRange[] {
  const ranges: WordRange[] = [];
  for (const { list, index } of entries) {
    const { word, mask } = placeOf(index);
    const last = ranges.at(-1);
    const end = last === undefined ? 0 : last.firstWord + last.bits.length;
    if (last === undefined || last.list !== list || word - end > MOST_GAP) {
      ranges.push({ list, firstWord: word, bits: [mask] });
    } else {
      while (last.firstWord + last.bits.length <= word) last.bits.push(0n);
      last.bits[word - last.firstWord] = (last.bits[word - last.firstWord] ?? 0n) | mask;
    }
  }
  return ranges;
}

function byPlace(a: ListEntry, b: ListEntry): number {
  if (a.list !== b.list) return a.list < b.list ? -1 : 1;
  return a.index - b.index;
}
