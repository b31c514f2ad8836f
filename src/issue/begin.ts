/** The first row of a batch: everything that a resumed run needs to know. */

import { TestamurError } from "../core/errors.ts";
import type { BatchOrder } from "../core/ports/batches.ts";
import { isAbandoned, type IssuePorts } from "./job.ts";
import { BATCH_FILE, INDEX_FILE, layoutFor, newBatchId } from "./names.ts";
import { drawStatusList, statusDetail, withoutSecrets } from "./placement.ts";
import type { IssueRequest, Prepared } from "./prepare.ts";
import type { Survey } from "./survey.ts";

/** A new batch, with an id of its own. */
export function toOrder(
  request: IssueRequest,
  { sources, survey, preflight }: Prepared,
  ports: IssuePorts,
): BatchOrder {
  return {
    id: newBatchId(ports.clock.now(), ports.random),
    format: request.format,
    chainId: preflight.chainId,
    store: preflight.store,
    account: preflight.account,
    out: request.out,
    rosterDigest: survey.rosterDigest,
    templateDigest: survey.templateDigest,
    createdAt: sources.createdAt,
  };
}

/** A batch made from the same files for the same store: to be finished, not to be made twice. */
export function findSame(order: BatchOrder, { batches }: IssuePorts): BatchOrder | undefined {
  const same = batches
    .listBatches()
    .findLast((other) => isSame(other, order) && !isAbandoned(batches.historyOf(other.id)));
  if (same === undefined || same.out === order.out) return same;
  throw new TestamurError("FILE_EXISTS", `these files were issued before, as batch ${same.id} into ${same.out}`, {
    next: `finish it with: testamur resume ${same.id}; or ask for a second set of credentials with --again`,
  });
}

function isSame(a: BatchOrder, b: BatchOrder): boolean {
  return (
    a.rosterDigest === b.rosterDigest &&
    a.templateDigest === b.templateDigest &&
    a.format === b.format &&
    a.chainId === b.chainId &&
    a.store.toLowerCase() === b.store.toLowerCase()
  );
}

/** @throws {TestamurError} `FILE_EXISTS` for a directory that holds another batch. */
export async function begin(
  request: IssueRequest,
  order: BatchOrder,
  survey: Survey,
  ports: IssuePorts,
): Promise<void> {
  await ports.openDirectory(order.out, order.id).prepare([INDEX_FILE, BATCH_FILE]);
  const detail = {
    roster: request.roster,
    template: request.template,
    learnerId: request.learnerId ?? null,
    count: survey.count,
    layout: request.layout ?? layoutFor(survey.count),
    ...statusDetail(drawStatusList(ports.formatOf(order.format), survey.count, ports.random, ports.statusListsUrl)),
  };
  await ports.checkpoint?.("before:draft");
  ports.batches.createBatch(order, { state: "draft", at: order.createdAt, detail });
  await ports.checkpoint?.("after:draft");
  ports.progress?.({ batch: order.id, kind: "reached", state: "draft", detail: withoutSecrets(detail) });
}
