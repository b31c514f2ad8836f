/** From bytes to claims: the strict reader, then the one format that knows the document. */

import type { Claims, FormatId } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import { isObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { detectFormat } from "../formats/formats.ts";

export type OpenedDocument =
  | { readonly kind: "opened"; readonly claims: Claims }
  | { readonly kind: "refused"; readonly finding: Finding; readonly format?: FormatId };

/** Never rejects for a bad document: what cannot be read is refused with the finding that says why. */
export async function openDocument(bytes: Uint8Array): Promise<OpenedDocument> {
  try {
    const document = parseStrictJson(bytes);
    if (!isObject(document))
      return refused("JSON_MALFORMED", "A document is a JSON object; this is another JSON value.");
    const detected = detectFormat(document);
    if (detected.kind !== "format") return { kind: "refused", finding: detected.finding };
    const opened = await detected.format.open(document);
    return opened.kind === "refused" ? { ...opened, format: detected.format.id } : opened;
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", finding: finding("integrity", error.code, error.message) };
    throw error;
  }
}

function refused(code: "JSON_MALFORMED", message: string): OpenedDocument {
  return { kind: "refused", finding: finding("integrity", code, message) };
}
