/** Hides parts of a document, whatever its format, where the format can do so. */

import type { FormatId } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import type { JsonObject } from "../core/json.ts";
import { redact } from "../formats/openattestation-v2/redact.ts";
import { hideParts } from "../formats/w3c-vc-v2/share.ts";
import { openOwnDocument } from "./own-document.ts";

export interface SharedDocument {
  /** The document without what was hidden: JSON text. */
  readonly text: string;
  /** How many entries are hidden in it now, those hidden before included. */
  readonly hidden: number;
  /** What the holder should know: where an absence can be guessed, or does not show. */
  readonly notices: readonly string[];
}

/** The formats whose holders may hide parts, and how. */
const HIDERS: Partial<Record<FormatId, (document: JsonObject, fields: readonly string[]) => Hidden>> = {
  "openattestation-v2": redact,
  "w3c-vc-v2": hideParts,
};

interface Hidden {
  readonly document: JsonObject;
  readonly notices: readonly string[];
}

/**
 * @param bytes  the document's file.
 * @param fields  paths to hide, such as `transcript` or `recipient.birthDate`.
 * @throws {TestamurError} `PATH_NOT_HIDEABLE` naming what can be hidden instead; `CREDENTIAL_INVALID` for a document that
 *   was not issued to be shown in part, or does not hold; `USAGE` for a file that is no such document.
 */
export async function shareDocument(bytes: Uint8Array, fields: readonly string[]): Promise<SharedDocument> {
  const { document, format } = await openOwnDocument(bytes);
  const hide = HIDERS[format.id];
  if (hide === undefined) {
    throw new TestamurError("USAGE", `documents of the format ${format.id} cannot be shared in part`);
  }
  const rest = hide(document, fields);
  const again = await format.open(rest.document);
  if (again.kind === "refused") {
    throw new TestamurError("INTERNAL", `what is left would not be read any more: ${again.finding.message}`);
  }
  return { text: `${JSON.stringify(rest.document)}\n`, hidden: again.claims.hidden, notices: rest.notices };
}
