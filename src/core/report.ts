/** The answer to "is this document good?": one verdict, every finding, and the block it was read at. */

import type { Hex } from "./bytes.ts";
import type { CredentialView, FormatId, InnerDocument } from "./claims.ts";
import type { Finding, Headline } from "./findings.ts";

export type Verdict = "valid" | "invalid" | "inconclusive";

/** The block all chain reads of one verification used. */
export interface ReadAt {
  readonly chainId: number;
  readonly block: number;
  readonly hash: Hex;
  /** The block's own time, ISO 8601. */
  readonly time: string;
}

/** Who issued it: what was proven, and apart from it what the document calls itself. */
export interface IssuerReport {
  /** The proven name: a domain, a DID, a profile's address or an entry of the verifier's trust list; absent when nothing was proven. */
  readonly proven?: string;
  readonly provenBy?: "dns-txt" | "dns-did" | "did" | "issuer-profile" | "trust-list" | "recognition";
  /** The document's own word for its issuer. */
  readonly callsItself?: string;
}

/** The anchor as the chain states it. */
export interface AnchorReport {
  readonly root: Hex;
  /** The register that holds the root; absent where a transaction alone does. */
  readonly store?: Hex;
  /** The transaction whose data is the root, where the document names one. */
  readonly transaction?: Hex;
  readonly chainId: number;
  /** Block and time of anchoring, where the chain or the store tells. */
  readonly block?: number;
  readonly time?: string;
}

/** What was found on a credential inside the document; the document's own verdict does not hang on it. */
export interface InnerReport {
  /** Where, as a JSON pointer. */
  readonly place: string;
  readonly kind: InnerDocument["kind"];
  /** False for an endorsement of something else: it says nothing about this document. */
  readonly isAboutHolder: boolean;
  readonly verdict: Verdict;
  readonly headline: Headline;
  readonly findings: readonly Finding[];
  readonly issuer?: IssuerReport;
}

/** One line of `verify --json`, the answer of `POST /v1/verify`, the library's result. */
export interface Report {
  /** The name of the file, where there was one. */
  readonly file?: string;
  readonly format?: FormatId;
  readonly verdict: Verdict;
  readonly headline: Headline;
  readonly findings: readonly Finding[];
  /** Issuer and credential are reported only when integrity holds. */
  readonly issuer?: IssuerReport;
  readonly credential?: CredentialView;
  readonly hidden?: number;
  /** Endorsements, and credentials of a learner record, each verified by itself. */
  readonly inner?: readonly InnerReport[];
  readonly anchor?: AnchorReport;
  readonly network?: "main" | "test";
  readonly readAt?: ReadAt;
  readonly checkedAt: string;
  readonly version: string;
}
