/** Small words around `Answer`: a value, silence, and memories that forget silence. */

import type { Answer } from "../core/ports/answer.ts";

export interface Silence {
  readonly kind: "silent";
  readonly reason: string;
}

export function answer<Value>(value: Value): Answer<Value> {
  return { kind: "answer", value };
}

export function silent(reason: string): Silence {
  return { kind: "silent", reason };
}

/** Where answers are kept: a `Map`, or a `WeakMap` for those that are of no use without their key. */
interface Memory<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
  delete(key: Key): boolean;
}

/**
 * Asks once and remembers; what came back silent is forgotten, so that it may be asked again.
 *
 * @returns a function that gives the remembered answer for a key, or asks for it.
 */
export function rememberAnswers<Key, Value extends { readonly kind: string }>(
  ask: (key: Key) => Promise<Value>,
  known: Memory<Key, Promise<Value>> = new Map<Key, Promise<Value>>(),
): (key: Key) => Promise<Value> {
  // Not `async`: the nodes of a batch are asked for by the ten thousand, and what is known needs no promise of its own.
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const asked = ask(key).then((settled) => {
      if (settled.kind === "silent") known.delete(key);
      return settled;
    });
    known.set(key, asked);
    return asked;
  };
}
