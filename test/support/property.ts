/** Runs a property: 100 cases at hand, 1,000 with CI=true, from a seed that is printed when it fails and may be given by SEED. */

import fc from "fast-check";

/** Cases a property is tried on. */
export const RUNS: number = process.env["CI"] === "true" ? 1_000 : 100;

const seed = process.env["SEED"] === undefined ? {} : { seed: Number(process.env["SEED"]) };

/** Fails with the smallest counterexample found; `share` scales the number of runs of costly properties (0.1: a tenth). */
export async function holds<Values extends readonly unknown[]>(
  property: fc.IAsyncProperty<Values> | fc.IProperty<Values>,
  share = 1,
): Promise<void> {
  await fc.assert(property as fc.IAsyncProperty<Values>, { numRuns: Math.max(1, Math.round(RUNS * share)), ...seed });
}
