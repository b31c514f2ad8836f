/** The bits of a store's status lists at one block: read by pages of words, each page once for all entries on it. */

import type { Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { ListBitmaps } from "../core/ports/chain.ts";
import { answer, rememberAnswers, silent } from "./answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { reasonOf } from "./rpc-outcome.ts";
import { ENTRIES_PER_WORD, parseStatusWords, placeOf, statusWordsCall, type StatusWords } from "./status-words.ts";

/** What the bitmaps say of one entry. */
export interface EntryBits {
  readonly isRevoked: boolean;
  readonly isSuspended: boolean;
}

export interface StatusPages {
  /** @param index  place in the list, a whole number from 0. */
  bitsOf(list: Hex, index: number): Promise<Answer<EntryBits>>;
  /** @param entries  a multiple of 256. */
  bitmapsOf(list: Hex, entries: number): Promise<Answer<ListBitmaps>>;
}

/** Words of one question: 16,384 entries, for about 330,000 gas. A page also hides which of its entries is of interest. */
const PAGE_WORDS = 64;
/** Several times what a page costs; too little for a hostile store to return megabytes. */
const PAGE_GAS = 1_000_000n;

export function openStatusPages(reads: BlockReads, store: Hex): StatusPages {
  const pages = new Map<Hex, (page: number) => Promise<Answer<StatusWords>>>();

  async function pageOf(list: Hex, page: number): Promise<Answer<StatusWords>> {
    const ask = pages.get(list) ?? rememberAnswers(async (number: number) => readPage(reads, store, list, number));
    pages.set(list, ask);
    return ask(page);
  }

  return {
    async bitsOf(list, index) {
      const { word, mask } = placeOf(index);
      const page = await pageOf(list, Math.floor(word / PAGE_WORDS));
      if (page.kind === "silent") return page;
      const isSet = (words: readonly bigint[]): boolean => ((words[word % PAGE_WORDS] ?? 0n) & mask) !== 0n;
      return answer({ isRevoked: isSet(page.value.revoked), isSuspended: isSet(page.value.suspended) });
    },
    async bitmapsOf(list, entries) {
      const bitmaps = { revocation: new Uint8Array(entries / 8), suspension: new Uint8Array(entries / 8) };
      const words = entries / ENTRIES_PER_WORD;
      for (let first = 0; first < words; first += PAGE_WORDS) {
        const page = await pageOf(list, first / PAGE_WORDS);
        if (page.kind === "silent") return page;
        drawWords(page.value.revoked.slice(0, words - first), first, bitmaps.revocation);
        drawWords(page.value.suspended.slice(0, words - first), first, bitmaps.suspension);
      }
      return answer(bitmaps);
    },
  };
}

/** A word has its first entry at the right, a bitmap at the left. */
function drawWords(words: readonly bigint[], first: number, bits: Uint8Array): void {
  for (const [at, word] of words.entries()) {
    const from = ((first + at) * ENTRIES_PER_WORD) / 8;
    for (let rest = word, bit = 0; rest !== 0n; rest >>= 1n, bit++) {
      if ((rest & 1n) !== 0n) bits[from + (bit >> 3)] = (bits[from + (bit >> 3)] ?? 0) | (0x80 >> (bit % 8));
    }
  }
}

/** A contract that refuses, none at all, and bytes that are not two arrays of that length are all the same: it has said nothing. */
async function readPage(reads: BlockReads, store: Hex, list: Hex, page: number): Promise<Answer<StatusWords>> {
  const data = statusWordsCall(list, page * PAGE_WORDS, PAGE_WORDS);
  const called = await reads.call({ to: store, data, gas: PAGE_GAS });
  if (called.kind !== "ok") return silent(`the status list in ${store} could not be read: ${reasonOf(called)}`);
  const words = parseStatusWords(called.value, PAGE_WORDS);
  return words === undefined ? silent(`what stands at ${store} keeps no status lists`) : answer(words);
}
