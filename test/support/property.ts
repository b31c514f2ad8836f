/** Runs a property: 100 cases at hand, 1,000 with CI=true, from a fixed seed or the one in SEED; it is printed on failure. */

import fc from "fast-check";

/** Cases a property is tried on. */
export const RUNS: number = process.env["CI"] === "true" ? 1_000 : 100;

/** The same cases in every run, so that a red run is somebody's change; another SEED looks elsewhere. */
const seed = Number(process.env["SEED"] ?? 20_261_124);

/** Fails with the smallest counterexample found; `share` scales the number of runs of costly properties (0.1: a tenth). */
export async function holds<Values extends readonly unknown[]>(
  property: fc.IAsyncProperty<Values> | fc.IProperty<Values>,
  share = 1,
): Promise<void> {
  await fc.assert(property as fc.IAsyncProperty<Values>, { numRuns: Math.max(1, Math.round(RUNS * share)), seed });
}
