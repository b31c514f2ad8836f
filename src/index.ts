/** The library: verify documents and hide fields; the formats and the trees are sub-paths (`testamur/formats`, `testamur/merkle`). */

export { openVerifier, verify, type Verifier, type VerifierOptions } from "./app/open-verifier.ts";
export { shareDocument, type SharedDocument } from "./app/share-document.ts";
export type { Hex } from "./core/bytes.ts";
export type { CredentialView, FormatId } from "./core/claims.ts";
export { TestamurError, type FaultCode, type Problem } from "./core/errors.ts";
export {
  ASPECTS,
  HEADLINES,
  type Aspect,
  type Finding,
  type FindingCode,
  type Headline,
  type Outcome,
} from "./core/findings.ts";
export type { AnchorReport, IssuerReport, ReadAt, Report, Verdict } from "./core/report.ts";
export { VERSION } from "./core/version.ts";
export { wordingOf, type Wording } from "./core/wording.ts";
