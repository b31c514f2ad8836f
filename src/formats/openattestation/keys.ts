/** Names of members under which a flattened document would mean two things. */

import { refuse } from "../../core/refusal.ts";

/** Names that libraries treat apart, so that their flattened form is not the same everywhere. */
const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype", "_isBuffer"]);

/** Why a name may not be used, or undefined when it may; `where` names the object it stands in. */
export interface KeyObjection {
  readonly code: "KEY_EMPTY" | "KEY_RESERVED" | "KEY_DOTTED" | "KEY_NUMERIC" | "KEY_BRACKETED";
  readonly why: string;
}

/** What speaks against a name in either version: it is empty, reserved, or holds the separator. */
export function objectToKey(key: string): KeyObjection | undefined {
  if (key === "") return { code: "KEY_EMPTY", why: "is empty" };
  if (RESERVED.has(key)) return { code: "KEY_RESERVED", why: "is reserved by programming languages" };
  if (key.includes(".")) return { code: "KEY_DOTTED", why: "contains a dot, which separates names in a path" };
  return undefined;
}

/** Stops at a name that somebody objected to. @throws {Refusal} with the objection's code. */
export function refuseKey(key: string, path: string, { code, why }: KeyObjection): never {
  return refuse(code, `The name ${JSON.stringify(key)} ${path === "" ? "" : `in ${path} `}${why}.`);
}
