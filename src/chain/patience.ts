/** How long one verification puts up with trouble before it says "could not check". */

/** Time is the machine's monotonic clock, in milliseconds: setting the clock changes nothing. */
export interface Patience {
  /** What is left for the next call; 0 or less: give up. */
  remainingMs(): number;
  /** @param startedMs  when the call began that was answered now. */
  noteAnswer(startedMs: number): void;
  /** @param startedMs  when the call began that failed now. */
  noteTrouble(startedMs: number): void;
}

/** One verification waits no longer than this in all (promise P12, fault 31). */
export const BUDGET_MS = 15_000;

/** Answers that take longer than this share of the budget are trouble too, or many slow ones would add up. */
const SLOW_SHARE = 1 / 8;

/**
 * The budget runs from the first failed or slow call on, and is full again after a quick answer.
 *
 * @param budgetMs  how long trouble may last in all.
 */
export function openPatience(budgetMs: number = BUDGET_MS): Patience {
  let troubleSinceMs: number | undefined;
  return {
    remainingMs: () => (troubleSinceMs === undefined ? budgetMs : troubleSinceMs + budgetMs - performance.now()),
    noteAnswer(startedMs) {
      if (performance.now() - startedMs > budgetMs * SLOW_SHARE) troubleSinceMs ??= startedMs;
      else troubleSinceMs = undefined;
    },
    noteTrouble(startedMs) {
      troubleSinceMs ??= startedMs;
    },
  };
}
