/** Which version of Blockcerts a document is: its first context address that says so. */

import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { contextsOf } from "./context-list.ts";

/** `.../blockcerts/v3.0-beta`, `.../schema/2.1/context.json`, `.../blockcerts/v2` */
const VERSION = /\/v?(\d+)(\.\d+)?(-alpha|-beta)?(?:\/|$)/;

export interface Version {
  readonly major: number;
  /** `2.0-alpha`, `3.2`, … */
  readonly name: string;
}

/** The version that the document names, or undefined where no context address speaks of Blockcerts. */
export function findVersion(document: JsonObject): Version | undefined {
  const address = contextsOf(document).find((context) => typeof context === "string" && context.includes("blockcerts"));
  if (typeof address !== "string") return undefined;
  const [, major, minor = ".0", stage = ""] = VERSION.exec(address) ?? [];
  return major === undefined ? undefined : { major: Number(major), name: `${major}${minor}${stage}` };
}

/** Version 1 in both its shapes: 1.1 has no context at all, 1.2 wraps the document beside a receipt. */
export function isVersion1(document: JsonObject): boolean {
  if (findVersion(document)?.major === 1) return true;
  const parts = ["assertion", "certificate", "verify"].map((name) => memberOf(document, name));
  return parts.every((part) => isObject(part)) && textOf(document, "signature") !== undefined;
}

/** The member's texts, where it is a text or a list with texts in it: `type` may be either. */
export function textsOf(object: JsonObject, name: string): readonly string[] {
  const value = memberOf(object, name);
  const values: readonly (Json | undefined)[] = isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string");
}
