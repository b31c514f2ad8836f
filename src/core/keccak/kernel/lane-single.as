/** One message at a time: a lane of the state of Keccak is one number of 64 bits. */

export type Lane = u64;
export const SLOTS: i32 = 1;

@inline export function loadLane(at: usize): Lane {
  return load<u64>(at);
}

@inline export function loadConstant(at: usize): Lane {
  return load<u64>(at);
}

@inline export function storeLane(at: usize, lane: Lane): void {
  store<u64>(at, lane);
}

@inline export function xor(a: Lane, b: Lane): Lane {
  return a ^ b;
}

@inline export function turn(lane: Lane, bits: i32): Lane {
  return rotl<u64>(lane, bits);
}

@inline export function chi(a: Lane, b: Lane, c: Lane): Lane {
  return a ^ (~b & c);
}
