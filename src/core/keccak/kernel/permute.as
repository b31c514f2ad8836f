/**
 * Keccak-f[1600] in AssemblyScript, over as many messages side by side as a Lane holds.
 *
 * The names follow FIPS 202: a0 … a24 are the lanes A[x, y] at x + 5y; theta, rho, pi, chi, iota are its five steps.
 */

import { Lane, SLOTS, chi, loadConstant, loadLane, storeLane, turn, xor } from "./lane";

/** Bytes from one lane of the state to the next: the lanes of all messages lie side by side. */
export const STRIDE: usize = (SLOTS as usize) << 3;

/** The state of all messages, where blocks are absorbed and digests are read. */
export const STATE: usize = memory.data(400, 16);

/** The round constants of iota. */
const IOTA: usize = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
  0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
], 8);

/** Runs the 24 rounds over the state. */
export function permute(): void {
  let a0 = loadLane(STATE + 0 * STRIDE);
  let a1 = loadLane(STATE + 1 * STRIDE);
  let a2 = loadLane(STATE + 2 * STRIDE);
  let a3 = loadLane(STATE + 3 * STRIDE);
  let a4 = loadLane(STATE + 4 * STRIDE);
  let a5 = loadLane(STATE + 5 * STRIDE);
  let a6 = loadLane(STATE + 6 * STRIDE);
  let a7 = loadLane(STATE + 7 * STRIDE);
  let a8 = loadLane(STATE + 8 * STRIDE);
  let a9 = loadLane(STATE + 9 * STRIDE);
  let a10 = loadLane(STATE + 10 * STRIDE);
  let a11 = loadLane(STATE + 11 * STRIDE);
  let a12 = loadLane(STATE + 12 * STRIDE);
  let a13 = loadLane(STATE + 13 * STRIDE);
  let a14 = loadLane(STATE + 14 * STRIDE);
  let a15 = loadLane(STATE + 15 * STRIDE);
  let a16 = loadLane(STATE + 16 * STRIDE);
  let a17 = loadLane(STATE + 17 * STRIDE);
  let a18 = loadLane(STATE + 18 * STRIDE);
  let a19 = loadLane(STATE + 19 * STRIDE);
  let a20 = loadLane(STATE + 20 * STRIDE);
  let a21 = loadLane(STATE + 21 * STRIDE);
  let a22 = loadLane(STATE + 22 * STRIDE);
  let a23 = loadLane(STATE + 23 * STRIDE);
  let a24 = loadLane(STATE + 24 * STRIDE);

  for (let round: usize = 0; round < 24; round++) {
    // theta: the parity of each column, and what it does to the next
    const c0 = xor(xor(xor(xor(a0, a5), a10), a15), a20);
    const c1 = xor(xor(xor(xor(a1, a6), a11), a16), a21);
    const c2 = xor(xor(xor(xor(a2, a7), a12), a17), a22);
    const c3 = xor(xor(xor(xor(a3, a8), a13), a18), a23);
    const c4 = xor(xor(xor(xor(a4, a9), a14), a19), a24);
    const d0 = xor(c4, turn(c1, 1));
    const d1 = xor(c0, turn(c2, 1));
    const d2 = xor(c1, turn(c3, 1));
    const d3 = xor(c2, turn(c4, 1));
    const d4 = xor(c3, turn(c0, 1));

    // rho and pi: every lane turned by its offset, at its new place, a row at a time; chi and iota follow below
    const b0 = xor(a0, d0);
    const b1 = turn(xor(a6, d1), 44);
    const b2 = turn(xor(a12, d2), 43);
    const b3 = turn(xor(a18, d3), 21);
    const b4 = turn(xor(a24, d4), 14);
    const b5 = turn(xor(a3, d3), 28);
    const b6 = turn(xor(a9, d4), 20);
    const b7 = turn(xor(a10, d0), 3);
    const b8 = turn(xor(a16, d1), 45);
    const b9 = turn(xor(a22, d2), 61);
    const b10 = turn(xor(a1, d1), 1);
    const b11 = turn(xor(a7, d2), 6);
    const b12 = turn(xor(a13, d3), 25);
    const b13 = turn(xor(a19, d4), 8);
    const b14 = turn(xor(a20, d0), 18);
    const b15 = turn(xor(a4, d4), 27);
    const b16 = turn(xor(a5, d0), 36);
    const b17 = turn(xor(a11, d1), 10);
    const b18 = turn(xor(a17, d2), 15);
    const b19 = turn(xor(a23, d3), 56);
    const b20 = turn(xor(a2, d2), 62);
    const b21 = turn(xor(a8, d3), 55);
    const b22 = turn(xor(a14, d4), 39);
    const b23 = turn(xor(a15, d0), 41);
    const b24 = turn(xor(a21, d1), 2);

    a0 = xor(chi(b0, b1, b2), loadConstant(IOTA + (round << 3)));
    a1 = chi(b1, b2, b3);
    a2 = chi(b2, b3, b4);
    a3 = chi(b3, b4, b0);
    a4 = chi(b4, b0, b1);
    a5 = chi(b5, b6, b7);
    a6 = chi(b6, b7, b8);
    a7 = chi(b7, b8, b9);
    a8 = chi(b8, b9, b5);
    a9 = chi(b9, b5, b6);
    a10 = chi(b10, b11, b12);
    a11 = chi(b11, b12, b13);
    a12 = chi(b12, b13, b14);
    a13 = chi(b13, b14, b10);
    a14 = chi(b14, b10, b11);
    a15 = chi(b15, b16, b17);
    a16 = chi(b16, b17, b18);
    a17 = chi(b17, b18, b19);
    a18 = chi(b18, b19, b15);
    a19 = chi(b19, b15, b16);
    a20 = chi(b20, b21, b22);
    a21 = chi(b21, b22, b23);
    a22 = chi(b22, b23, b24);
    a23 = chi(b23, b24, b20);
    a24 = chi(b24, b20, b21);
  }

  storeLane(STATE + 0 * STRIDE, a0);
  storeLane(STATE + 1 * STRIDE, a1);
  storeLane(STATE + 2 * STRIDE, a2);
  storeLane(STATE + 3 * STRIDE, a3);
  storeLane(STATE + 4 * STRIDE, a4);
  storeLane(STATE + 5 * STRIDE, a5);
  storeLane(STATE + 6 * STRIDE, a6);
  storeLane(STATE + 7 * STRIDE, a7);
  storeLane(STATE + 8 * STRIDE, a8);
  storeLane(STATE + 9 * STRIDE, a9);
  storeLane(STATE + 10 * STRIDE, a10);
  storeLane(STATE + 11 * STRIDE, a11);
  storeLane(STATE + 12 * STRIDE, a12);
  storeLane(STATE + 13 * STRIDE, a13);
  storeLane(STATE + 14 * STRIDE, a14);
  storeLane(STATE + 15 * STRIDE, a15);
  storeLane(STATE + 16 * STRIDE, a16);
  storeLane(STATE + 17 * STRIDE, a17);
  storeLane(STATE + 18 * STRIDE, a18);
  storeLane(STATE + 19 * STRIDE, a19);
  storeLane(STATE + 20 * STRIDE, a20);
  storeLane(STATE + 21 * STRIDE, a21);
  storeLane(STATE + 22 * STRIDE, a22);
  storeLane(STATE + 23 * STRIDE, a23);
  storeLane(STATE + 24 * STRIDE, a24);
}
