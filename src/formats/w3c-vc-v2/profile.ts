/** How strictly a credential is read: `STRICT` for everything shown to people, `GENERIC` for conformance suites. */

import type { ContextSet } from "../../canon/contexts/context-set.ts";

export interface Profile {
  readonly name: "strict" | "generic";
  /** Sets of pinned contexts that may be named. */
  readonly contexts: readonly ContextSet[];
  /** True: the document may bring context objects of its own, so its names mean what its sender says they mean. */
  readonly inlineContexts: boolean;
  /** The proof purpose that counts: `assertionMethod` for credentials, `authentication` for presentations. */
  readonly purpose: "assertionMethod" | "authentication";
  /** Bytes of a document. */
  readonly maxBytes: number;
}

const MEBIBYTE = 1024 * 1024;

export const STRICT: Profile = {
  name: "strict",
  contexts: ["w3c"],
  inlineContexts: false,
  purpose: "assertionMethod",
  maxBytes: MEBIBYTE,
};

export const GENERIC: Profile = {
  name: "generic",
  contexts: ["w3c", "generic"],
  inlineContexts: true,
  purpose: "assertionMethod",
  maxBytes: MEBIBYTE,
};
