/** Faults: what stops Testamur from doing its work. A bad document is never one of these; it is an answer (`findings.ts`). */

/** Every fault there is. Codes never change once released; exit codes and HTTP statuses are total records over them. */
export type FaultCode =
  // what was asked cannot be understood or set up
  | "USAGE"
  | "CONFIGURATION_INVALID"
  | "FILE_UNREADABLE"
  | "FILE_EXISTS"
  | "ROSTER_INVALID"
  | "TEMPLATE_INVALID"
  | "CREDENTIAL_INVALID"
  | "PATH_NOT_HIDEABLE"
  | "PATH_TOO_LONG"
  | "TREE_EMPTY"
  | "FORMAT_NOT_ISSUABLE"
  // keys
  | "KEY_MISSING"
  | "KEYSTORE_INVALID"
  | "PASSWORD_WRONG"
  | "KEY_WELL_KNOWN"
  // chain
  | "NODE_UNAVAILABLE"
  | "NODE_LYING"
  | "CHAIN_WRONG"
  | "CONTRACT_ABSENT"
  | "CONTRACT_UNKNOWN"
  | "STORE_PAUSED"
  | "ROLE_MISSING"
  | "FUNDS_INSUFFICIENT"
  | "FEE_ABOVE_CAP"
  | "TRANSACTION_REVERTED"
  | "ROOT_ALREADY_ANCHORED"
  | "ROOT_NOT_USABLE"
  // batches
  | "BATCH_UNKNOWN"
  | "BATCH_CORRUPT"
  | "BATCH_NEEDS_ATTENTION"
  | "SECOND_OPINION_DIFFERS"
  | "CHECK_FAILED"
  | "DATABASE_LOCKED"
  | "DATABASE_CORRUPT"
  | "DISK_FULL"
  // a service
  | "DOCUMENT_TOO_COSTLY"
  | "TOO_BUSY"
  // people
  | "APPROVAL_NEEDED"
  // us
  | "INTERNAL";

/** One thing that is wrong in what was handed in, with its place. */
export interface Problem {
  /** Where: a file, a row and column of a roster, a path in a template. */
  readonly where: string;
  /** What is wrong, with the value found. */
  readonly what: string;
  /** What to do about it. */
  readonly next?: string;
}

/** The one class of faults. `message` says what, where, expected and got; `next` what to do now. */
export class TestamurError extends Error {
  override readonly name = "TestamurError";
  readonly code: FaultCode;
  readonly next: string | undefined;
  readonly problems: readonly Problem[];

  constructor(
    code: FaultCode,
    message: string,
    details: { readonly next?: string; readonly problems?: readonly Problem[]; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.next = details.next;
    this.problems = details.problems ?? [];
  }
}
