/** What came of a batch, for those who asked for it. */

import type { Hex } from "../core/bytes.ts";
import type { Problem } from "../core/errors.ts";
import type { Job } from "./job.ts";
import { anchorOf } from "./steps/attach.ts";
import { countOf } from "./steps/root.ts";

export interface IssueResult {
  readonly batch: string;
  readonly count: number;
  readonly root: Hex;
  readonly chainId: number;
  readonly store: Hex;
  readonly block: number;
  /** Absent where the root was found on record and no transaction of ours put it there. */
  readonly transaction?: Hex;
  /** The directory that holds the documents. */
  readonly out: string;
  /** What was tidied or left unused; empty for a batch that was resumed. */
  readonly notices: readonly Problem[];
}

/** The result of a batch that is checked. */
export function resultOf(job: Job, notices: readonly Problem[] = []): IssueResult {
  return { batch: job.order.id, count: countOf(job), ...anchorOf(job), out: job.order.out, notices };
}
