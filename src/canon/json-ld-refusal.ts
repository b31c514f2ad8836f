/** What the JSON-LD processor throws, turned into the one refusal that says what is wrong with the document. */

import { Refusal } from "../core/refusal.ts";

/**
 * The refusal behind an error of the processor.
 *
 * @returns our own refusal where a context loader's came wrapped; `MEMBER_UNKNOWN` for what safe mode found without a
 *   meaning; `SHAPE_WRONG` for anything else that is not JSON-LD.
 */
export function toRefusal(error: unknown): Refusal {
  for (let cause = error, levels = 0; levels < 8; cause = detailOf(cause, "cause"), levels++) {
    if (cause instanceof Refusal) return cause;
    if (nameOf(cause) === "jsonld.ValidationError") {
      const event = detailOf(cause, "event");
      return new Refusal("MEMBER_UNKNOWN", `Something has no meaning in the document's contexts: ${sayEvent(event)}.`);
    }
  }
  return new Refusal("SHAPE_WRONG", `The document is not JSON-LD: ${messageOf(error)}`);
}

function sayEvent(event: unknown): string {
  if (typeof event !== "object" || event === null || !("code" in event)) return "an unnamed part";
  const details = "details" in event && typeof event.details === "object" ? Object.values(event.details ?? {}) : [];
  const text = details.find((detail) => typeof detail === "string");
  return `${String(event.code)}${text === undefined ? "" : ` ${JSON.stringify(escapeForeign(text))}`}`;
}

/** Characters beyond ASCII are named, so that a look-alike letter is seen for what it is. */
function escapeForeign(text: string): string {
  return text.slice(0, 100).replaceAll(/[^\x20-\x7e]/gu, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return `(U+${code.toString(16).toUpperCase().padStart(4, "0")})`;
  });
}

function detailOf(error: unknown, name: string): unknown {
  if (typeof error !== "object" || error === null || !("details" in error)) return undefined;
  const { details } = error;
  return typeof details === "object" && details !== null && name in details ? Reflect.get(details, name) : undefined;
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "unreadable";
}
