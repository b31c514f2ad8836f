/** Names of members under which a flattened document would mean two things. */

import { refuse } from "../../core/refusal.ts";
import { MAX_PATH_CHARS } from "./limits.ts";

/** Names that libraries treat apart, so that their flattened form is not the same everywhere. */
const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype", "_isBuffer"]);

/** Why a name may not be used, or undefined when it may; `where` names the object it stands in. */
export interface KeyObjection {
  readonly code: "KEY_EMPTY" | "KEY_RESERVED" | "KEY_DOTTED" | "KEY_NUMERIC" | "KEY_BRACKETED" | "KEY_TOO_LONG";
  readonly why: string;
}

/** What speaks against a name in either version: it is empty, reserved, or holds the separator. */
export function objectToKey(key: string): KeyObjection | undefined {
  if (key === "") return { code: "KEY_EMPTY", why: "is empty" };
  if (RESERVED.has(key)) return { code: "KEY_RESERVED", why: "is reserved by programming languages" };
  if (key.includes(".")) return { code: "KEY_DOTTED", why: "contains a dot, which separates names in a path" };
  return undefined;
}

/** What speaks against a path, whose last name is looked at. */
export function objectToPath(path: string): KeyObjection | undefined {
  if (path.length <= MAX_PATH_CHARS) return undefined;
  return { code: "KEY_TOO_LONG", why: `makes a path of more than ${MAX_PATH_CHARS} characters` };
}

/** Names in messages are cut here: whoever made the document chose them. */
const SHOWN_CHARS = 80;

/** Stops at a name that somebody objected to. @throws {Refusal} with the objection's code. */
export function refuseKey(key: string, path: string, { code, why }: KeyObjection): never {
  return refuse(code, `The name ${JSON.stringify(cut(key))} ${path === "" ? "" : `in ${cut(path)} `}${why}.`);
}

function cut(text: string): string {
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
