/**
 * Challenges that a service gives out for presentations: each is good once, for five minutes. What was given out need not be
 * remembered, since a challenge carries its end and a tag; only those that were used are, until they end.
 */

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

import { findBase64url, toBase64url } from "../core/base64url.ts";
import { concatBytes } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Clock } from "../core/ports/answer.ts";

/**
 * `fresh`: given out here, and used now. `foreign`: none of ours, so whoever made it answers for it. `spent`: used before,
 * or not given out by this process. `expired`: its five minutes are over.
 */
export type ChallengeStanding = "fresh" | "foreign" | "spent" | "expired";

export interface Challenges {
  /** A new one: 128 random bits. */
  give(): string;
  /**
   * Uses one up.
   *
   * @throws {TestamurError} `TOO_BUSY` while more were used within five minutes than are remembered.
   */
  use(challenge: string): ChallengeStanding;
}

/** By this a challenge of ours is known, also one from before the service was started again. */
const MARK = "testamur.";
const RANDOM_BYTES = 16;
/** Milliseconds since 1970. */
const END_BYTES = 6;
const TAG_BYTES = 16;
const LIFETIME_MS = 300_000;

/** Used ones that are remembered, about 10 MB. */
const MAX_USED = 100_000;

/** @param maxUsed  used challenges to remember; tests take fewer. */
export function openChallenges(clock: Clock, maxUsed: number = MAX_USED): Challenges {
  const key = randomBytes(32);
  /** When each ends. */
  const used = new Map<string, number>();
  const tagOf = (body: Uint8Array): Uint8Array =>
    createHmac("sha256", key).update(body).digest().subarray(0, TAG_BYTES);
  const forget = (now: number): void => {
    for (const [challenge, end] of used) if (end <= now) used.delete(challenge);
  };
  return {
    give: () => {
      const end = Buffer.alloc(END_BYTES);
      end.writeUIntBE(clock.now().getTime() + LIFETIME_MS, 0, END_BYTES);
      const body = concatBytes(randomBytes(RANDOM_BYTES), end);
      return `${MARK}${toBase64url(concatBytes(body, tagOf(body)))}`;
    },
    use: (challenge) => {
      if (!challenge.startsWith(MARK)) return "foreign";
      const bytes = findBase64url(challenge.slice(MARK.length));
      if (bytes?.length !== RANDOM_BYTES + END_BYTES + TAG_BYTES) return "spent";
      const body = bytes.subarray(0, -TAG_BYTES);
      if (!timingSafeEqual(tagOf(body), bytes.subarray(-TAG_BYTES))) return "spent";
      const end = Buffer.from(body).readUIntBE(RANDOM_BYTES, END_BYTES);
      const now = clock.now().getTime();
      if (end <= now) return "expired";
      if (used.has(challenge)) return "spent";
      if (used.size >= maxUsed) forget(now);
      if (used.size >= maxUsed)
        throw new TestamurError("TOO_BUSY", "too many challenges were used within five minutes");
      used.set(challenge, end);
      return "fresh";
    },
  };
}
