/** How a reader deep inside a document says no: thrown there, caught at the format's door, reported as a finding. */

import type { RefusalCode } from "./findings.ts";

/** A document that cannot be accepted. It never leaves `open` and the strict reader's callers: bad documents are answers. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Stops the reading of a document.
 *
 * @throws {Refusal} always.
 */
export function refuse(code: RefusalCode, message: string): never {
  throw new Refusal(code, message);
}
