/** The places where a job may die: before, in and after every step and every outside effect, derived from the state machine. */

import { BATCH_STATES, type BatchState } from "../core/ports/batches.ts";

/** The states of a batch that nothing stops, in order. */
export const MAIN_STATES = BATCH_STATES.slice(0, BATCH_STATES.indexOf("checked") + 1) as readonly MainState[];
export type MainState = Exclude<BatchState, "paused" | "needs-attention" | "abandoned">;

/** What a job does to the world outside its database. */
export const EFFECTS = [
  "commit-sealed",
  "record-transaction",
  "send-transaction",
  "write-documents",
  "release-documents",
] as const;
export type Effect = (typeof EFFECTS)[number];

/** Work that takes long enough to be cut in the middle. */
export const LABOURS = ["sealing", "writing", "checking"] as const;
export type Labour = (typeof LABOURS)[number];

/** Every name a checkpoint can have; a run that nothing stops passes all of them. */
export const CHECKPOINTS: readonly string[] = [
  ...[...MAIN_STATES, ...EFFECTS].flatMap((point) => [`before:${point}`, `after:${point}`]),
  ...LABOURS.map((labour) => `during:${labour}`),
];

/** Called at every checkpoint. By default nothing happens there; crash tests end the process. */
export type Checkpoint = (name: string) => void | Promise<void>;

/** True for the states of the way from draft to checked. */
export function isMainState(state: BatchState): state is MainState {
  return (MAIN_STATES as readonly BatchState[]).includes(state);
}
