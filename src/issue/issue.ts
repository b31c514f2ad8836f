/** Issues a roster as one batch: read, sealed, rooted, anchored once, written, checked. */

import type { FormatId } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import type { Preflight } from "../core/ports/anchoring.ts";
import type { BatchOrder } from "../core/ports/batches.ts";
import { advance } from "./advance.ts";
import type { CredentialOrder } from "./credentials.ts";
import { isAbandoned, openSigner, type IssuePorts } from "./job.ts";
import { BATCH_FILE, INDEX_FILE, layoutFor, newBatchId, type Layout } from "./names.ts";
import { drawStatusList, statusDetail, toBatchPlace, withoutSecrets, type BatchPlace } from "./placement.ts";
import type { IssueResult } from "./result.ts";
import { surveyRoster, type Survey } from "./survey.ts";

export interface IssueRequest {
  /** Absolute paths of the CSV roster and the JSON template. */
  readonly roster: string;
  readonly template: string;
  readonly format: FormatId;
  /** Absolute path of the directory for the documents. */
  readonly out: string;
  /** How documents lie in the directory; by their number unless told otherwise. */
  readonly layout?: Layout;
  /** The column of the learner's own number, where the template does not say. */
  readonly learnerId?: string;
  /** Issue a second set of credentials from files that were issued before. */
  readonly again?: boolean;
}

/** What is known once the files have been read and the chain asked, with nothing made yet. */
export interface Prepared {
  readonly sources: CredentialOrder & BatchPlace;
  readonly survey: Survey;
  readonly preflight: Preflight;
}

/**
 * The whole way from a roster to checked documents. The same files twice are one batch: what was begun is finished.
 *
 * @throws {TestamurError} `ROSTER_INVALID`, `TEMPLATE_INVALID`, `CREDENTIAL_INVALID` with every problem, before anything is
 *   made; what the store, the account or the node would refuse, before anything is signed; `FILE_EXISTS` for a directory
 *   that holds another batch, and for a roster that was issued into another directory before.
 */
export async function issue(request: IssueRequest, ports: IssuePorts): Promise<IssueResult> {
  const samePorts = await openOnce(request, ports);
  const prepared = await prepare(request, samePorts);
  const order = toOrder(request, prepared, samePorts);
  const known = request.again === true ? undefined : findSame(order, samePorts);
  if (known === undefined) await begin(request, order, prepared.survey, samePorts);
  const result = await advance(known?.id ?? order.id, samePorts);
  return { ...result, notices: prepared.survey.notices };
}

/** Ports with what needs a password opened: it is asked for once. */
async function openOnce(request: IssueRequest, ports: IssuePorts): Promise<IssuePorts> {
  const format = ports.formatOf(request.format);
  const anchorer = await ports.openAnchorer(format.entry);
  const signer = await openSigner(format, ports);
  return { ...ports, openAnchorer: () => anchorer, ...(signer !== undefined && { openSigner: () => signer }) };
}

/** Reads everything and asks the chain; makes nothing. */
export async function prepare(request: IssueRequest, ports: IssuePorts): Promise<Prepared> {
  const format = ports.formatOf(request.format);
  const preflight = await (await ports.openAnchorer(format.entry)).preflight();
  const { chainId, store, account } = preflight;
  const order = { chainId, store, account, createdAt: ports.clock.now().toISOString() };
  const sources = {
    roster: request.roster,
    template: request.template,
    ...(request.learnerId !== undefined && { learnerId: request.learnerId }),
    ...toBatchPlace(order, ports.issuer, await openSigner(format, ports), undefined),
  };
  const survey = await surveyRoster(sources, {
    format,
    readFile: ports.readFile,
    random: ports.random,
    ...(ports.statusListsUrl !== undefined && { statusListsUrl: ports.statusListsUrl }),
    onRead: (done) => ports.progress?.({ kind: "working", toward: "draft", done, total: 0 }),
  });
  return { sources, survey, preflight };
}

function toOrder(request: IssueRequest, { sources, survey, preflight }: Prepared, ports: IssuePorts): BatchOrder {
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

/** Everything a resumed run needs to know is in the first row. */
async function begin(request: IssueRequest, order: BatchOrder, survey: Survey, ports: IssuePorts): Promise<void> {
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

/** A batch made from the same files for the same store: to be finished, not to be made twice. */
function findSame(order: BatchOrder, { batches }: IssuePorts): BatchOrder | undefined {
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
