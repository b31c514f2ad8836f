/** From bytes to claims: the document in the file, the strict reader, then the one format that knows the document. */

import type { Claims, FormatId } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import { isObject, type JsonObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { documentIn } from "../formats/document-in.ts";
import type { Format, Opened } from "../formats/format.ts";
import { detectFormat } from "../formats/formats.ts";

export type OpenedDocument =
  | { readonly kind: "opened"; readonly claims: Claims }
  | { readonly kind: "refused"; readonly finding: Finding; readonly format?: FormatId };

/** Who opens a document once its format is known: the format itself, or somebody who has it done elsewhere. */
export type OpenByFormat = (format: Format, document: JsonObject) => Opened | Promise<Opened>;

const openHere: OpenByFormat = (format, document) => format.open(document);

/** Never rejects for a bad document: what cannot be read is refused with the finding that says why. */
export async function openDocument(bytes: Uint8Array, open: OpenByFormat = openHere): Promise<OpenedDocument> {
  try {
    const document = parseStrictJson(documentIn(bytes));
    if (!isObject(document))
      return refused("JSON_MALFORMED", "A document is a JSON object; this is another JSON value.");
    const detected = detectFormat(document);
    if (detected.kind !== "format") return { kind: "refused", finding: detected.finding };
    const opened = await open(detected.format, document);
    return opened.kind === "refused" ? { ...opened, format: detected.format.id } : opened;
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", finding: finding("integrity", error.code, error.message) };
    throw error;
  }
}

function refused(code: "JSON_MALFORMED", message: string): OpenedDocument {
  return { kind: "refused", finding: finding("integrity", code, message) };
}
