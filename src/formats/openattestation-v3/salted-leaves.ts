/** Joins leaves and salts: every value needs its own salt, every salt its value. */

import { refuse } from "../../core/refusal.ts";
import type { Leaf } from "./flatten.ts";

/**
 * The texts that are hashed, in the order of the leaves.
 *
 * @throws {Refusal} `SALT_PATHS_DIFFER` unless the salts' paths are exactly the leaves' paths.
 */
export function saltedTexts(leaves: readonly Leaf[], salts: ReadonlyMap<string, string>): string[] {
  if (salts.size > leaves.length) refuse("SALT_PATHS_DIFFER", "There are salts without an entry.");
  return leaves.map(({ path, text }) => {
    const salt = salts.get(path) ?? refuse("SALT_PATHS_DIFFER", `${path} has no salt.`);
    return `{${JSON.stringify(path)}:${JSON.stringify(`${salt}:${text}`)}}`;
  });
}
