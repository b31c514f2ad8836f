/** What a report says to people: one plain sentence and a next step a headline. English is the master; codes are the keys. */

import type { Headline } from "./findings.ts";
import type { Report } from "./report.ts";

export interface Wording {
  /** One or two words for a table. */
  readonly word: string;
  /** Never colour alone: the tone says which, the word and the symbol say the same. */
  readonly tone: "good" | "bad" | "warn" | "doubt";
  readonly symbol: string;
  readonly sentence: string;
  readonly next: string;
}

const WORDINGS: Readonly<Record<Headline, Wording>> = {
  VALID: {
    word: "Valid",
    tone: "good",
    symbol: "✓",
    sentence: "This document is valid.",
    next: "Compare the name with the person in front of you: the check proves the document, not who holds it.",
  },
  MALFORMED: {
    word: "Not readable",
    tone: "bad",
    symbol: "✗",
    sentence: "This is not a document we can check.",
    next: "Look for the .json file the issuer sent, or the QR code in the PDF.",
  },
  UNSUPPORTED: {
    word: "Newer format",
    tone: "warn",
    symbol: "?",
    sentence: "This document was made for another version.",
    next: "Update Testamur, or ask the issuer for a document in a format it knows.",
  },
  TAMPERED: {
    word: "Changed",
    tone: "bad",
    symbol: "✗",
    sentence: "This document was changed after it was issued.",
    next: "Nothing in it can be relied on. Ask the holder for the original file.",
  },
  NOT_ANCHORED: {
    word: "Not issued",
    tone: "bad",
    symbol: "✗",
    sentence: "The issuer has not issued this document.",
    next: "If you are the issuer: was the batch completed? (testamur status)",
  },
  REVOKED: {
    word: "Withdrawn",
    tone: "bad",
    symbol: "✗",
    sentence: "The issuer withdrew this document.",
    next: "Ask the holder for the newer one, or contact the issuer.",
  },
  SUSPENDED: {
    word: "On hold",
    tone: "warn",
    symbol: "‖",
    sentence: "The issuer has put this document on hold.",
    next: "It may become valid again: ask the issuer.",
  },
  ISSUER_CONTRADICTED: {
    word: "Issuer differs",
    tone: "bad",
    symbol: "✗",
    sentence: "The issuer named in this document does not confirm it.",
    next: "Ask the institution directly, at an address you know.",
  },
  EXPIRED: {
    word: "Expired",
    tone: "warn",
    symbol: "!",
    sentence: "This document is genuine, but it has expired.",
    next: "Ask the holder for a renewed one.",
  },
  NOT_YET_VALID: {
    word: "Not yet valid",
    tone: "warn",
    symbol: "!",
    sentence: "This document is genuine, but not valid yet.",
    next: "Check again when it begins.",
  },
  COULD_NOT_CHECK: {
    word: "Not checked",
    tone: "doubt",
    symbol: "–",
    sentence: "We could not finish the check. This says nothing about the document.",
    next: "Try again, or with another node (--rpc).",
  },
  NOT_FINAL_YET: {
    word: "Not final yet",
    tone: "warn",
    symbol: "…",
    sentence: "This document was issued a short while ago and is not final yet.",
    next: "Check again in about 15 minutes.",
  },
  ISSUER_UNPROVEN: {
    word: "Unknown issuer",
    tone: "warn",
    symbol: "?",
    sentence: "This document is unchanged, but we cannot say who issued it.",
    next: "Do you know the issuer's register? Then add it to your trust list (--trust).",
  },
  TEST_NETWORK: {
    word: "Test",
    tone: "warn",
    symbol: "!",
    sentence: "This is a test document: it was issued on a test network.",
    next: "Ask for the real one.",
  },
};

/** The wording of a report's headline; hidden entries and a test network are always said. */
export function wordingOf(report: Pick<Report, "headline" | "hidden" | "network">): Wording {
  const wording = WORDINGS[report.headline];
  if (report.headline !== "VALID") return wording;
  const hidden = report.hidden ?? 0;
  const entries = hidden === 1 ? "1 entry" : `${hidden} entries`;
  const holder = hidden > 0 ? ` The holder has hidden ${entries}.` : "";
  const network = report.network === "test" ? " It lives on a test network." : "";
  return { ...wording, sentence: `${wording.sentence}${holder}${network}` };
}
