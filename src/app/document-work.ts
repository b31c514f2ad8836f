/**
 * The work on documents that takes time of the processor and no network: reading them, presentations, credentials to be
 * signed. It stands behind one interface, so that a service can have it done elsewhere and under a deadline.
 */

import type { FormatId } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import type { JsonObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import type { Opened } from "../formats/format.ts";
import { formatById } from "../formats/formats.ts";
import { openPresentation, type Presentation, type PresentationRequest } from "../formats/w3c-vc-v2/presentation.ts";
import { GENERIC, STRICT } from "../formats/w3c-vc-v2/profile.ts";
import { prepareCredential, type SigningOrder, type Unsigned } from "../formats/w3c-vc-v2/sign-credential.ts";
import { readerOf } from "../formats/w3c-vc-v2/w3c-vc-v2.ts";

/** `strict` for everything that people are shown; `generic` for conformance suites. */
export type ProfileName = "strict" | "generic";

/** What came of the work, or the integrity finding that says why nothing did. */
export type Worked<Value> =
  { readonly kind: "done"; readonly value: Value } | { readonly kind: "refused"; readonly finding: Finding };

/** Never rejects for a bad document. Values are plain data, good for travelling between threads. */
export interface DocumentWork {
  /** Opens a document by its format. */
  open(format: FormatId, document: JsonObject): Promise<Opened>;
  openPresentation(presentation: JsonObject, request: PresentationRequest): Promise<Worked<Presentation>>;
  /** Checks a credential that nobody has signed yet, and works out what is to be signed. */
  prepareCredential(credential: JsonObject, order: SigningOrder): Promise<Worked<Unsigned>>;
}

/** The work done where it is asked for. */
export function workHere(profileName: ProfileName): DocumentWork {
  const profile = profileName === "generic" ? GENERIC : STRICT;
  const w3c = readerOf(profile);
  return {
    open: async (id, document) => {
      const format = id === w3c.id ? w3c : formatById(id);
      if (format === undefined) throw new Error(`no format is called ${id}`);
      return format.open(document);
    },
    openPresentation: async (presentation, request) =>
      worked(openPresentation(presentation, request, { ...profile, purpose: "authentication" })),
    prepareCredential: async (credential, order) => worked(prepareCredential(credential, order, profile)),
  };
}

async function worked<Value>(work: Promise<Value>): Promise<Worked<Value>> {
  try {
    return { kind: "done", value: await work };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: "refused", finding: finding("integrity", error.code, error.message) };
  }
}
