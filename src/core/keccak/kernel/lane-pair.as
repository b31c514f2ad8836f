/** Two messages side by side: a lane of Keccak's state is a vector, the low half for one message, the high half for the other. */

export type Lane = v128;
export const SLOTS: i32 = 2;

@inline export function loadLane(at: usize): Lane {
  return v128.load(at);
}

@inline export function loadConstant(at: usize): Lane {
  return v128.load_splat<u64>(at);
}

@inline export function storeLane(at: usize, lane: Lane): void {
  v128.store(at, lane);
}

@inline export function xor(a: Lane, b: Lane): Lane {
  return v128.xor(a, b);
}

@inline export function turn(lane: Lane, bits: i32): Lane {
  return v128.or(v128.shl<u64>(lane, bits), v128.shr<u64>(lane, 64 - bits));
}

@inline export function chi(a: Lane, b: Lane, c: Lane): Lane {
  return v128.xor(a, v128.andnot(c, b));
}
