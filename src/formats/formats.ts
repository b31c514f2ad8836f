/** Every document standard we know, in one list, and which of them a document belongs to: exactly one, or we say no. */

import type { FormatId } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import { finding, type Finding } from "../core/findings.ts";
import { isArray, memberOf, type JsonObject } from "../core/json.ts";
import { blockcertsV2 } from "./blockcerts-v2/blockcerts-v2.ts";
import { blockcertsV3 } from "./blockcerts-v3/blockcerts-v3.ts";
import type { Format, IssuingFormat } from "./format.ts";
import { ISSUING_FORMAT_IDS, type IssuingFormatId } from "./issuing-format-ids.ts";
import { openAttestationV2 } from "./openattestation-v2/openattestation-v2.ts";
import { openAttestationV3 } from "./openattestation-v3/openattestation-v3.ts";
import { isOpenAttestationV4 } from "./openattestation-v4.ts";
import { w3cVcV2 } from "./w3c-vc-v2/w3c-vc-v2.ts";

const ISSUING: Readonly<Record<IssuingFormatId, IssuingFormat>> = {
  "openattestation-v2": openAttestationV2,
  "w3c-vc-v2": w3cVcV2,
  "blockcerts-v3": blockcertsV3,
};

/** The standards we issue. */
export const ISSUING_FORMATS: readonly IssuingFormat[] = ISSUING_FORMAT_IDS.map((id) => ISSUING[id]);

/** The standards we read. */
export const FORMATS: readonly Format[] = [...ISSUING_FORMATS, openAttestationV3, blockcertsV2];

/** What a document is, or the finding that says why that cannot be told. */
export type Detected =
  | { readonly kind: "format"; readonly format: Format }
  | { readonly kind: "unsupported" | "unknown" | "ambiguous"; readonly finding: Finding };

/** Finds the one format that knows the document. Never throws, whatever it is shown. */
export function detectFormat(document: JsonObject): Detected {
  const [format, ...others] = FORMATS.filter((candidate) => candidate.detect(document));
  if (isOpenAttestationV4(document)) return version4(format);
  if (format === undefined)
    return { kind: "unknown", finding: finding("integrity", "FORMAT_UNKNOWN", whatElse(document)) };
  return others.length === 0 ? { kind: "format", format } : ambiguous([format, ...others].map(({ id }) => id));
}

/** The format of that name, or undefined. */
export function formatById(id: string): Format | undefined {
  return FORMATS.find((format) => format.id === id);
}

/** The standard that a template is written for, or undefined where that does not show. */
export function formatOfTemplate(template: JsonObject): IssuingFormat | undefined {
  return ISSUING_FORMATS.find((format) => format.fits(template));
}

/**
 * The format of that name, for issuing.
 *
 * @throws {TestamurError} `FORMAT_NOT_ISSUABLE` for a format that is only read, or not known at all.
 */
export function issuingFormatById(id: string): IssuingFormat {
  const format = ISSUING_FORMATS.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  const known = ISSUING_FORMATS.map((candidate) => candidate.id).join(", ");
  throw new TestamurError("FORMAT_NOT_ISSUABLE", `documents of the format ${JSON.stringify(id)} are not issued here`, {
    next: `Choose one of: ${known}.`,
  });
}

/** Version 4 is a dialect of W3C's credentials, so their reader may know it as well; versions 2 and 3 may not. */
function version4(format: Format | undefined): Detected {
  if (format === openAttestationV2 || format === openAttestationV3) return ambiguous([format.id, "OpenAttestation 4"]);
  const message = "This is an OpenAttestation 4 document. That version never left its trial and cannot be verified.";
  return { kind: "unsupported", finding: finding("integrity", "FORMAT_UNSUPPORTED", message) };
}

function ambiguous(names: readonly (FormatId | "OpenAttestation 4")[]): Detected {
  const message = `The document fits more than one format: ${names.join(", ")}. Two readers could understand it differently.`;
  return { kind: "ambiguous", finding: finding("integrity", "FORMAT_AMBIGUOUS", message) };
}

/** A word on what it might be instead. */
function whatElse(document: JsonObject): string {
  if (memberOf(document, "type") === "OPEN-ATTESTATION-TYPE-1" || memberOf(document, "ciphertext") !== undefined)
    return "This is an encrypted share of a document. It has to be opened with its key first (testamur open, or verify --key).";
  if ([memberOf(document, "type")].flat().includes("VerifiablePresentation"))
    return "This is a presentation of credentials, not a credential. Hand in the credentials that it holds.";
  if (isArray(memberOf(document, "issuers")))
    return "This looks like the content of an OpenAttestation document that was never issued: it has no signature.";
  return Object.keys(document).length === 0
    ? "The file holds an empty JSON object."
    : "This is JSON, but not a credential of any kind we know.";
}
