/** Hashes the leaves of one document after the other, straight from bytes: no text is made of what is only hashed. */

import { createKeccakBatch, type KeccakBatch } from "../../core/keccak/keccak-batch.ts";
import type { Hashes } from "./digest.ts";

/** `head` is `{"path":`, as bytes; what follows it is the value's JSON text and a closing brace. */
export interface LeafHasher {
  /** Leaves since the last `flush`. */
  readonly count: number;
  /** Bytes that these leaves come to, each value with its whole path. */
  readonly bytes: number;
  /** A leaf whose value is there as bytes of JSON. */
  addLeaf(head: Uint8Array, memory: Uint8Array, from: number, to: number): void;
  /** A leaf whose value is a text. */
  addTextLeaf(head: Uint8Array, text: string): void;
  /** 32 bytes a leaf, in the order of adding. */
  flush(): Hashes;
}

const CLOSE = 0x7d;

let shared: KeccakBatch | undefined;

/** Begins a document. One is under way at a time: what an earlier one left behind is dropped. */
export function openLeafHasher(): LeafHasher {
  const batch = (shared ??= createKeccakBatch());
  batch.clear();
  let count = 0;
  let bytes = 0;

  return {
    get count() {
      return count;
    },
    get bytes() {
      return bytes;
    },
    addLeaf(head, memory, from, to) {
      count++;
      bytes += head.length + to - from;
      batch.addBytes(head);
      batch.addBytes(memory, from, to);
      batch.addByte(CLOSE);
      batch.endMessage();
    },
    addTextLeaf(head, text) {
      count++;
      bytes += head.length + text.length;
      batch.addBytes(head);
      batch.addJsonText(text);
      batch.addByte(CLOSE);
      batch.endMessage();
    },
    flush() {
      count = 0;
      bytes = 0;
      return batch.flush();
    },
  };
}
