/** What a hash kernel is: Keccak-256 of many messages a call, over memory of its own. */

/** `pair` hashes two messages side by side with SIMD, `single` one at a time, `javascript` needs no WebAssembly. */
export type KernelKind = "pair" | "single" | "javascript";

/** Places are byte offsets in the kernel's memory; those below `free` belong to the kernel. */
export interface KeccakKernel {
  readonly kind: KernelKind;
  readonly free: number;
  /** All the memory, as it is now: ask again after `reserve`, which may move it. */
  memory(): Uint8Array<ArrayBuffer>;
  /** Makes sure that memory reaches up to `end`; what it holds stays. */
  reserve(end: number): void;
  /**
   * Digests `count` messages, 32 bytes each to `out`. They lie one after the other from `input`; `ends` holds where each
   * ends, counted from `input`, as 32-bit numbers. At least 8 bytes of memory follow the last message.
   */
  hashMany(input: number, ends: number, count: number, out: number): void;
  /** Digests pairs of 32-byte nodes, 32 bytes each to `out`; with `sorted`, the smaller node of a pair goes first. */
  hashPairs(nodes: number, pairs: number, out: number, sorted: boolean): void;
}
