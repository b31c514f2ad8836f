/** Chooses the fastest hash kernel that works here. */

import { createJavaScriptKernel } from "./javascript-kernel.ts";
import type { KeccakKernel } from "./kernel.ts";
import { findWasmKernel } from "./wasm-kernel.ts";

/** A new kernel, with memory of its own. */
export function createKernel(): KeccakKernel {
  return findWasmKernel("pair") ?? findWasmKernel("single") ?? createJavaScriptKernel();
}
