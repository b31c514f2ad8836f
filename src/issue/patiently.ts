/** Waits out a node that is down for a moment; a node that stays away ends the run, not the batch. */

import { TestamurError } from "../core/errors.ts";
import type { Job } from "./job.ts";

/** Waits between two attempts; after the last one the job gives up for now. About two minutes in all. */
const WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/** Does what a person could only do again: anything that is the same done once or twice. */
export async function patiently<Result>(job: Job, act: () => Promise<Result>): Promise<Result> {
  for (const wait of WAITS_MS) {
    try {
      return await act();
    } catch (error) {
      if (!isPassing(error)) throw error;
      job.tell({ kind: "waiting", reason: `waiting for the node: ${error.message}` });
      await job.ports.pause(wait);
    }
  }
  return act();
}

/** True for trouble that time may cure. */
export function isPassing(error: unknown): error is TestamurError {
  return error instanceof TestamurError && error.code === "NODE_UNAVAILABLE";
}
