/** Two ways of timing work: all of it once, or piece by piece until enough time has gone by. */

import type { Sample, Setting, Work } from "./row.ts";

/** Does `act` once; it stands for so many units. */
export async function timeOnce(units: number, act: () => unknown): Promise<Sample> {
  const started = performance.now();
  await act();
  return { units, seconds: (performance.now() - started) / 1_000 };
}

/** Work that goes on, piece by piece, for some seconds; a third of that warms it up. */
export function steadyWork<Piece>(
  { quick }: Setting,
  pieces: readonly Piece[],
  act: (piece: Piece) => boolean | Promise<boolean>,
): Work {
  const seconds = quick ? 0.5 : 3;
  return {
    warmUp: async () => timeFor(seconds / 3, pieces, act),
    run: async () => timeFor(seconds, pieces, act),
  };
}

/** Goes round and round through `pieces`, each one unit, for so many seconds. The answers must all be true. */
async function timeFor<Piece>(
  seconds: number,
  pieces: readonly Piece[],
  act: (piece: Piece) => boolean | Promise<boolean>,
): Promise<Sample> {
  const started = performance.now();
  let units = 0;
  for (let elapsed = 0; elapsed < seconds * 1_000; elapsed = performance.now() - started) {
    const piece = pieces[units++ % pieces.length];
    if (piece === undefined) throw new Error("there is nothing to work on");
    const answer = act(piece);
    if (!(typeof answer === "boolean" ? answer : await answer)) throw new Error("a piece of work went wrong");
  }
  return { units, seconds: (performance.now() - started) / 1_000 };
}
