/** Secure random bytes, drawn from the system in large pieces: asking costs more than drawing. */

import { randomFillSync } from "node:crypto";

import type { RandomSource } from "../core/ports/answer.ts";

const POOL_BYTES = 65_536;

/** Every byte is handed out once, and wiped where it lay. */
export function randomPool(): RandomSource {
  const pool = new Uint8Array(POOL_BYTES);
  let at = POOL_BYTES;
  return (count) => {
    if (count > POOL_BYTES) return randomFillSync(new Uint8Array(count));
    if (at + count > POOL_BYTES) {
      randomFillSync(pool);
      at = 0;
    }
    const bytes = pool.slice(at, at + count);
    pool.fill(0, at, at + count);
    at += count;
    return bytes;
  };
}
