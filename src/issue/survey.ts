/** Reads a whole roster before anything is made of it: every problem at once, or the certainty that there is none. */

import { TestamurError, type Problem } from "../core/errors.ts";
import type { RandomSource } from "../core/ports/answer.ts";
import type { IssuingFormat } from "../formats/format.ts";
import { openCredentials, type CredentialOrder, type Learner, type ReadFile } from "./credentials.ts";
import { drawStatusList, openPlacements, type BatchPlace } from "./placement.ts";
import { collectProblems, shown, type Problems } from "./problems.ts";
import { fingerprint, openTwinFinder } from "./twins.ts";

export interface Survey {
  /** Learners: all of them can be issued to. */
  readonly count: number;
  readonly rosterDigest: string;
  readonly templateDigest: string;
  readonly notices: readonly Problem[];
}

export interface SurveyPorts {
  readonly format: IssuingFormat;
  readonly readFile: ReadFile;
  readonly random: RandomSource;
  readonly statusListsUrl?: string;
  /** Hears how many learners have been read. */
  onRead(count: number): void;
}

/** Learners between two words about how far the reading is. */
const READ_STEP = 1_000;

/**
 * @throws {TestamurError} `ROSTER_INVALID`, `TEMPLATE_INVALID` or `CREDENTIAL_INVALID` with every problem and its place.
 */
export async function surveyRoster(order: CredentialOrder & BatchPlace, ports: SurveyPorts): Promise<Survey> {
  const problems = collectProblems();
  const { learners, learnerColumn, notices, digests } = await openCredentials(order, problems, ports);
  const twins = openTwinFinder();
  let count = 0;
  for await (const learner of learners) {
    if (count === 0) await trySealing(learner, order, ports);
    if (learner.learnerId !== undefined) twins.add(learner.learnerId);
    count++;
    if (count % READ_STEP === 0) ports.onRead(count);
  }
  const suspects = twins.suspects();
  if (suspects.size > 0) await reportTwins(suspects, learnerColumn ?? "", order, problems, ports);
  problems.refuseIfAny("ROSTER_INVALID", "the roster");
  ports.onRead(count);
  const { roster, template } = digests();
  return { count, rosterDigest: roster, templateDigest: template, notices: notices() };
}

/** What the format would refuse in every credential is known after the first one. */
async function trySealing(learner: Learner, order: CredentialOrder & BatchPlace, ports: SurveyPorts): Promise<void> {
  const statusList = drawStatusList(ports.format, 1, ports.random, ports.statusListsUrl);
  const placementOf = openPlacements({ ...order, ...(statusList !== undefined && { statusList }) });
  try {
    await ports.format.seal(learner.credential, placementOf(1), ports.random);
  } catch (cause) {
    if (!(cause instanceof TestamurError) || cause.code !== "CREDENTIAL_INVALID") throw cause;
    throw new TestamurError("CREDENTIAL_INVALID", `${learner.where} and the template make no credential`, {
      cause,
      problems: cause.problems.map((problem) => ({ ...problem, where: `${learner.where}, ${problem.where}` })),
      next: "mend the template, or what the row puts into it",
    });
  }
}

/** Reads the roster again for the learners whose number another one seems to have. */
async function reportTwins(
  suspects: ReadonlySet<number>,
  column: string,
  order: CredentialOrder,
  problems: Problems,
  ports: SurveyPorts,
): Promise<void> {
  const firsts = new Map<string, string>();
  const { learners } = await openCredentials(order, collectProblems(), ports);
  for await (const { learnerId, where } of learners) {
    if (learnerId === undefined || !suspects.has(fingerprint(learnerId))) continue;
    const first = firsts.get(learnerId);
    if (first === undefined) firsts.set(learnerId, where);
    else
      problems.add({
        where: `${where}, column ${column}`,
        what: `${shown(learnerId)} stands in ${first} too`,
        next: "every learner is listed once",
      });
  }
}
