/** Faults that change nothing anybody could observe but gas, each with the reason why. */
import type { Mutant } from "./mutants.ts";

interface Equivalent {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly why: string;
}

const EQUIVALENT: readonly Equivalent[] = [];

/** Why a fault cannot be caught, if it is one of those. */
export function whyEquivalent({ file, original, replacement }: Mutant): string | undefined {
  return EQUIVALENT.find(
    (known) => known.file === file && known.original === original && known.replacement === replacement,
  )?.why;
}
