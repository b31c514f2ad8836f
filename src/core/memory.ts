/** Answers kept for a short while, so that a thousand documents of one issuer ask once. */

import type { Answer } from "./ports/answer.ts";

export interface Memory<Value> {
  /** The answer known for `key`; `ask` is called, once for all who wait, when there is none or it is too old. */
  recall(key: string, ask: () => Promise<Answer<Value>>): Promise<Answer<Value>>;
}

/** How long an answer holds; also the bound up to which a change may go unseen. */
const ANSWER_MS = 60_000;

/** How long a silence is taken for granted: whoever is down is not asked again for every document. */
const SILENCE_MS = 5_000;

/** More names than any batch has issuers; a document must not be able to fill the memory. */
const MAX_ENTRIES = 1_000;

interface Entry<Value> {
  readonly answer: Promise<Answer<Value>>;
  /** Open-ended while the question is under way. */
  until: number;
}

/**
 * @param nowMs  a clock that never runs backwards, in milliseconds.
 * @param maxEntries  how many answers are kept; fewer where they are large.
 */
export function openMemory<Value>(
  nowMs: () => number = () => performance.now(),
  maxEntries: number = MAX_ENTRIES,
): Memory<Value> {
  const entries = new Map<string, Entry<Value>>();
  return {
    recall: async (key, ask) => {
      const known = entries.get(key);
      if (known !== undefined && nowMs() < known.until) return known.answer;
      const entry: Entry<Value> = { answer: ask(), until: Infinity };
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
      const answer = await entry.answer;
      entry.until = nowMs() + (answer.kind === "silent" ? SILENCE_MS : ANSWER_MS);
      return answer;
    },
  };
}
