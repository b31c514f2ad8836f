/** What is asked for, and all that can be known of it before anything is made. */

import type { FormatId } from "../core/claims.ts";
import type { Preflight } from "../core/ports/anchoring.ts";
import type { CredentialOrder } from "./credentials.ts";
import { openSigner, type IssuePorts } from "./job.ts";
import type { Layout } from "./names.ts";
import { toBatchPlace, type BatchPlace } from "./placement.ts";
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
  /** The column of the learner's own number, whatever the template says. */
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
