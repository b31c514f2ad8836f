/** Which standard a batch is issued in: the one that its template is written for, or the one that was named. */

import type { FormatId } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import { isObject, type JsonObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { formatOfTemplate, issuingFormatById } from "../formats/formats.ts";
import { readText } from "./signing-key.ts";

/** What templates of no recognisable standard are taken for: the job then says what is wrong with them. */
const USUAL: FormatId = "openattestation-v2";

/**
 * @param template  path of the template.
 * @param named  what the person asked for, if anything.
 * @throws {TestamurError} `FORMAT_NOT_ISSUABLE` for a standard that is not issued, `TEMPLATE_INVALID` for a template that is
 *   written for another one; `FILE_UNREADABLE`.
 */
export function chooseFormat(template: string, named?: string): FormatId {
  const asked = named === undefined ? undefined : issuingFormatById(named);
  const found = formatOfTemplate(readTemplate(template));
  if (asked === undefined) return found?.id ?? USUAL;
  if (found === undefined || found === asked) return asked.id;
  throw new TestamurError("TEMPLATE_INVALID", `${template} is a template for ${found.id}, not for ${asked.id}`, {
    next: `leave --format out, or use a template for ${asked.id}`,
  });
}

/** Its content, or nothing where it cannot be read: whoever issues from it has better words for that. */
function readTemplate(path: string): JsonObject {
  try {
    const content = parseStrictJson(new TextEncoder().encode(readText(path, "the template")));
    return isObject(content) ? content : {};
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {};
  }
}
