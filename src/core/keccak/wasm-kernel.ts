/** The hash kernel in WebAssembly, where the engine has what it takes and the page may compile. */

import { keccakPairWasm, keccakSingleWasm } from "./kernel-wasm.ts";
import type { KeccakKernel, KernelKind } from "./kernel.ts";

type WasmKind = Exclude<KernelKind, "javascript">;

const PAGE_BYTES = 65_536;
const BASE64: Readonly<Record<WasmKind, string>> = { pair: keccakPairWasm, single: keccakSingleWasm };

/** What was compiled, once a thread; undefined where it could not be. */
const compiled = new Map<WasmKind, WebAssembly.Module | undefined>();

/** A new kernel of a kind, or undefined where there is no WebAssembly, no SIMD for pairs, or no leave to compile. */
export function findWasmKernel(kind: WasmKind): KeccakKernel | undefined {
  if (!compiled.has(kind)) compiled.set(kind, compile(BASE64[kind]));
  const wasm = compiled.get(kind);
  return wasm === undefined ? undefined : wrap(kind, new WebAssembly.Instance(wasm).exports);
}

function compile(base64: string): WebAssembly.Module | undefined {
  if (typeof WebAssembly === "undefined") return undefined;
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return undefined; // it is valid: so a Content-Security-Policy without `wasm-unsafe-eval` forbids it
  }
}

function wrap(kind: WasmKind, { memory, FREE, hashMany, hashPairs }: WebAssembly.Exports): KeccakKernel {
  if (!(memory instanceof WebAssembly.Memory) || !(FREE instanceof WebAssembly.Global)) throw new TypeError(BROKEN);
  if (typeof hashMany !== "function" || typeof hashPairs !== "function") throw new TypeError(BROKEN);
  let view = new Uint8Array(memory.buffer);
  return {
    kind,
    free: Number(FREE.value),
    memory: () => view,
    reserve(end) {
      if (end <= view.length) return;
      memory.grow(Math.ceil((end - view.length) / PAGE_BYTES));
      view = new Uint8Array(memory.buffer);
    },
    hashMany: (input, ends, count, out) => void hashMany(input, ends, count, out),
    hashPairs: (nodes, pairs, out, sorted) => void hashPairs(nodes, pairs, out, sorted ? 1 : 0),
  };
}

const BROKEN = "the hash kernel lacks an export: run node scripts/build-kernel.ts";
