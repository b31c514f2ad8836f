/** What is kept off the chain, status and linked content: what `verify/` asks, and `status/` and `app/` answer. */

import type { Hex } from "../bytes.ts";
import type { StatusClaim } from "../claims.ts";
import type { Evidence } from "../findings.ts";
import type { Json } from "../json.ts";
import type { Answer } from "./answer.ts";

/** What lies at addresses that documents link to. Never rejects. */
export interface LinkedContentReader {
  contentAt(url: string): Promise<Answer<Uint8Array>>;
}

/** Status that is kept off chain. Never rejects. */
export interface StatusReader {
  ask(status: StatusClaim): Promise<StatusAnswer>;
}

export type StatusAnswer = SettledStatus | UnverifiedList;

/** A list that is a document itself: what it says counts once `verify/` has opened and verified it like any other. */
export interface UnverifiedList {
  readonly kind: "list";
  /** As it came; the same array for all who ask for the same list. */
  readonly document: Uint8Array;
  /** True where it came by https from where the issuer's profile lies, by whose standard that speaks for it. */
  readonly isFromProfile?: boolean;
  /** True where a bit that is set counts, whoever's word the list is: so has it the credential's standard. */
  readonly setBitCounts?: boolean;
  /** What the list's content, as verified, says of the document that was asked about. Never rejects. */
  read(content: Json): Promise<SettledStatus>;
}

export type SettledStatus =
  /** Asked and answered: there is no way of withdrawing it. */
  | { readonly kind: "not-offered"; readonly reason: string }
  | { readonly kind: "good"; readonly evidence?: Evidence }
  | {
      readonly kind: "revoked";
      readonly node?: Hex;
      readonly at?: string;
      readonly reason?: string;
      readonly evidence?: Evidence;
    }
  | {
      readonly kind: "suspended";
      readonly node?: Hex;
      readonly at?: string;
      readonly reason?: string;
      readonly evidence?: Evidence;
    }
  | { readonly kind: "unknown-kind"; readonly reason: string }
  | { readonly kind: "silent"; readonly reason: string };
