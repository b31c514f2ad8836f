/** Everything that issuing would do up to the root, and nothing that lasts: no batch, no key used, no file. */

import { toHex, type Hex } from "../core/bytes.ts";
import type { Problem } from "../core/errors.ts";
import type { Preflight } from "../core/ports/anchoring.ts";
import { openCredentials } from "./credentials.ts";
import { prepare, type IssueRequest } from "./prepare.ts";
import { openSealing, type IssuePorts } from "./job.ts";
import { drawStatusList, openPlacements } from "./placement.ts";
import { collectProblems } from "./problems.ts";
import { askSecondOpinion } from "./second-opinion.ts";
import { sealLearners } from "./seal-each.ts";
import { buildTree } from "./trees.ts";

export interface DryRun {
  readonly count: number;
  /** A root of the right size; the real one differs, since every run draws new salts. */
  readonly root: Hex;
  /** Paths that the second implementation climbed. */
  readonly secondOpinion: number;
  readonly preflight: Preflight;
  readonly notices: readonly Problem[];
  /** Where the documents would say that their status lists are published. */
  readonly statusListsUrl?: string;
}

/** @throws {TestamurError} whatever `issue` would throw before it makes anything, and `SECOND_OPINION_DIFFERS`. */
export async function dryRun(request: IssueRequest, ports: IssuePorts): Promise<DryRun> {
  const format = ports.formatOf(request.format);
  const { sources, survey, preflight } = await prepare(request, ports);
  const statusList = drawStatusList(format, survey.count, ports.random, ports.statusListsUrl);
  const placementOf = openPlacements({ ...sources, ...(statusList !== undefined && { statusList }) });
  const problems = collectProblems();
  const leaves = new Uint8Array(32 * survey.count);
  const { learners } = await openCredentials(sources, problems, ports);
  let done = 0;
  const seal = openSealing(format, survey.count, ports);
  for await (const { learner, sealed } of sealLearners(learners, placementOf, seal, problems)) {
    leaves.set(sealed.leaf, 32 * (learner.row - 1));
    ports.progress?.({ kind: "working", toward: "sealed", done: ++done, total: survey.count });
  }
  problems.refuseIfAny("ROSTER_INVALID", "the roster");
  const tree = buildTree(format.tree, leaves);
  const batch = { leaves, tree, root: toHex(tree.root) };
  const secondOpinion = askSecondOpinion(format.tree, batch);
  const url = statusList?.mirror?.url;
  return {
    count: survey.count,
    root: batch.root,
    secondOpinion,
    preflight,
    notices: survey.notices,
    ...(url !== undefined && { statusListsUrl: url }),
  };
}
