/** Collects everything that is wrong in what was handed in, so that a registrar mends it in one go. */

import { TestamurError, type FaultCode, type Problem } from "../core/errors.ts";

/** More problems than this are counted, not listed. */
export const LISTED_PROBLEMS = 100;

export interface Problems {
  add(problem: Problem): void;
  /** How many were added, the unlisted ones included. */
  readonly total: number;
  /**
   * @param what  the file, as the message shall name it.
   * @throws {TestamurError} `code` with the first 100 problems, when there is any.
   */
  refuseIfAny(code: FaultCode, what: string): void;
}

/** An empty list of problems. */
export function collectProblems(): Problems {
  const listed: Problem[] = [];
  let total = 0;
  return {
    add(problem) {
      total++;
      if (listed.length < LISTED_PROBLEMS) listed.push(problem);
    },
    get total() {
      return total;
    },
    refuseIfAny(code, what) {
      if (total === 0) return;
      throw new TestamurError(code, describe(what, total), {
        problems: listed,
        next: "nothing was issued: mend what is listed and issue again",
      });
    },
  };
}

function describe(what: string, total: number): string {
  const count = total === 1 ? "one problem" : `${total} problems`;
  const rest = total > LISTED_PROBLEMS ? `; the first ${LISTED_PROBLEMS} are listed` : "";
  return `${what} has ${count}${rest}`;
}

/** A value as a message shows it: quoted, and cut where it is long. */
export function shown(value: string): string {
  const MOST = 60;
  return JSON.stringify(value.length > MOST ? `${value.slice(0, MOST)}…` : value);
}
