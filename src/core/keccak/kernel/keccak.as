/**
 * Keccak-256 of many messages a call, as many side by side as there are slots. A slot that has finished its message takes
 * the next one, so that lengths may differ.
 */

import { SLOTS } from "./lane";
import { STATE, STRIDE, permute } from "./permute";

/** Bytes absorbed between two permutations: the 1600 bits of the state less twice the 256 bits of the digest. */
const RATE: i32 = 136;

/** The last lane that is absorbed: the padding ends in its highest bit. */
const LAST_LANE: usize = 16;
const LAST_BIT: u64 = 0x8000000000000000;

/** Where memory begins that belongs to the caller. */
export const FREE: usize = 4096;

/** A message in flight. */
@unmanaged class Slot {
  /** Where its next block begins. */
  from: usize;
  /** Its bytes from there to its end, or IDLE. */
  left: i32;
  /** Where its digest goes. */
  out: usize;
}

const IDLE: i32 = -1;
const SLOT_BYTES: usize = 12;
const slots: usize = memory.data(24);

@inline function slotAt(index: i32): Slot {
  return changetype<Slot>(slots + <usize>index * SLOT_BYTES);
}

/**
 * Digests `count` messages, 32 bytes each to `out`. They lie one after the other from `input`; `ends` is where each ends,
 * counted from `input`, four bytes each. Up to seven bytes behind the last message are read, and not used.
 */
export function hashMany(input: usize, ends: usize, count: i32, out: usize): void {
  let next = 0;
  let start: usize = 0;
  let busy = 0;
  for (let index = 0; index < SLOTS; index++) slotAt(index).left = IDLE;

  do {
    busy = 0;
    for (let index = 0; index < SLOTS; index++) {
      const slot = slotAt(index);
      if (slot.left == IDLE && next < count) {
        const end: usize = load<u32>(ends + (<usize>next << 2));
        clear(index);
        slot.from = input + start;
        slot.left = <i32>(end - start);
        slot.out = out + (<usize>next << 5);
        start = end;
        next++;
      }
      if (slot.left != IDLE) {
        absorb(index, slot);
        busy++;
      }
    }
    if (busy > 0) permute();
    for (let index = 0; index < SLOTS; index++) finish(index, slotAt(index));
  } while (busy > 0);
}

/**
 * Digests pairs of 32-byte nodes that lie one after the other, 32 bytes each to `out`. With `sorted`, the smaller node of
 * a pair goes first.
 */
export function hashPairs(nodes: usize, pairs: i32, out: usize, sorted: bool): void {
  for (let first = 0; first < pairs; first += SLOTS) {
    const last = min(first + SLOTS, pairs);
    for (let pair = first; pair < last; pair++) absorbPair(pair - first, nodes + (<usize>pair << 6), sorted);
    permute();
    for (let pair = first; pair < last; pair++) squeeze(pair - first, out + (<usize>pair << 5));
  }
}

/** The next block of a message: all of it, or what is left with the padding 0x01 … 0x80. */
function absorb(index: i32, slot: Slot): void {
  const left = slot.left;
  const whole = <usize>min(left, RATE) >> 3;
  for (let lane: usize = 0; lane < whole; lane++) mix(index, lane, load<u64>(slot.from + (lane << 3)));
  if (left >= RATE) return;
  const bits = <u64>(left & 7) << 3;
  const tail = load<u64>(slot.from + (whole << 3)) & ((<u64>1 << bits) - 1);
  mix(index, whole, tail | (<u64>1 << bits));
  mix(index, LAST_LANE, LAST_BIT);
}

/** The only block of a message of 64 bytes. */
function absorbPair(index: i32, pair: usize, sorted: bool): void {
  const first: usize = sorted && isAfter(pair, pair + 32) ? 32 : 0;
  clear(index);
  for (let lane: usize = 0; lane < 4; lane++) {
    mix(index, lane, load<u64>(pair + first + (lane << 3)));
    mix(index, lane + 4, load<u64>(pair + 32 - first + (lane << 3)));
  }
  mix(index, 8, 1);
  mix(index, LAST_LANE, LAST_BIT);
}

/** After a permutation: the slot goes on with its next block, or gives its digest and falls idle. */
function finish(index: i32, slot: Slot): void {
  if (slot.left >= RATE) {
    slot.from += RATE;
    slot.left -= RATE;
  } else if (slot.left != IDLE) {
    squeeze(index, slot.out);
    slot.left = IDLE;
  }
}

function clear(index: i32): void {
  for (let lane: usize = 0; lane < 25; lane++) store<u64>(wordAt(index, lane), 0);
}

@inline function mix(index: i32, lane: usize, word: u64): void {
  const at = wordAt(index, lane);
  store<u64>(at, load<u64>(at) ^ word);
}

function squeeze(index: i32, out: usize): void {
  for (let lane: usize = 0; lane < 4; lane++) store<u64>(out + (lane << 3), load<u64>(wordAt(index, lane)));
}

@inline function wordAt(index: i32, lane: usize): usize {
  return STATE + lane * STRIDE + (<usize>index << 3);
}

/** Compares two nodes as numbers whose first byte counts most. */
function isAfter(a: usize, b: usize): bool {
  for (let at: usize = 0; at < 32; at += 8) {
    const left = bswap<u64>(load<u64>(a + at));
    const right = bswap<u64>(load<u64>(b + at));
    if (left != right) return left > right;
  }
  return false;
}
