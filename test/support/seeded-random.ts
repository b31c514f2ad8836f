/** Random bytes that a test can repeat: the hash of a seed and a counter. Never for salts that protect anybody. */

import { keccakOfText } from "../../src/core/keccak.ts";
import type { RandomSource } from "../../src/core/ports/answer.ts";

/** The same seed gives the same bytes, in the same order of calls. */
export function seededRandom(seed: number): RandomSource {
  let block = 0;
  let pool = new Uint8Array(0);
  return (count) => {
    while (pool.length < count) {
      const next = keccakOfText(`${seed}/${block++}`);
      const joined = new Uint8Array(pool.length + next.length);
      joined.set(pool);
      joined.set(next, pool.length);
      pool = joined;
    }
    const bytes = pool.slice(0, count);
    pool = pool.slice(count);
    return bytes;
  };
}
