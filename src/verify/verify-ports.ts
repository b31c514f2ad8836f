/** What a verification is given beside the document: who answers its questions, and how it shall judge. */

import type { Clock } from "../core/ports/answer.ts";
import type { ChainReader } from "../core/ports/chain.ts";
import type { IdentityProver, KeyFinder, RecognitionReader } from "../core/ports/identity.ts";
import type { LinkedContentReader, StatusReader } from "../core/ports/status.ts";
import type { OpenByFormat } from "./open-document.ts";
import type { Policy } from "./policy.ts";

/** Who answers the questions that go beyond the document. */
export interface VerifyPorts {
  readonly chain: ChainReader;
  readonly identity: IdentityProver;
  readonly keys: KeyFinder;
  readonly status: StatusReader;
  /** Absent: links are not followed. */
  readonly links?: LinkedContentReader;
  /** Absent: nobody's recognition is asked for. */
  readonly recognition?: RecognitionReader | undefined;
  readonly clock: Clock;
}

export interface VerifyOptions {
  readonly policy?: Policy;
  /** Integrity and signatures that need no look-up only; all else is `unknown`. */
  readonly offline?: boolean;
  /** Dates are judged at the time of the pinned block instead of now: for replays. */
  readonly asOf?: boolean;
  /** Who must have signed beside the issuer: addresses of profiles, or DIDs. */
  readonly expectedSigners?: readonly string[];
  /** Who opens documents; absent: their formats, in this thread. */
  readonly open?: OpenByFormat;
  /** Days by which a document may be dated before its anchor; absent: any number. */
  readonly maxBackdatingDays?: number;
  /** True for a credential inside another: what is inside it in turn is left alone. */
  readonly isInner?: boolean;
}
