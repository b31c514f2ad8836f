/** An answer, or silence: what everything that may be asked gives back, beside the time and chance. */

/**
 * An answer, or silence. Silence is trouble (down, slow, lying, rate-limited, malformed): it may never influence a
 * verdict except as `unknown`. `reason` is for people.
 */
export type Answer<Value> =
  { readonly kind: "answer"; readonly value: Value } | { readonly kind: "silent"; readonly reason: string };

/** The current time, in one place so that tests and as-of replays can choose it. */
export interface Clock {
  now(): Date;
}

/** @returns `count` bytes from the system's secure generator. */
export type RandomSource = (count: number) => Uint8Array;
