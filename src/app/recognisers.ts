/** What the commands do with a register of recognition; wires settings and key to the writer of `chain/`. */

import {
  FOREVER,
  openRecognitionWriter,
  readRecognitions,
  type RecognitionRecord,
  type RecognitionScope,
  type RecognitionWriter,
} from "../chain/recognition-writer.ts";
import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import { ACHIEVEMENT_TYPES, toTypeBits } from "../identity/achievement-types.ts";
import type { Settings } from "./config.ts";
import { requireNodes } from "./open-issuer.ts";
import { openSigningAccount, type AskPassword } from "./signing-key.ts";

/** @throws {TestamurError} `CONFIGURATION_INVALID` without a node; whatever is wrong with the key. */
export async function openConfiguredRecogniser(
  settings: Settings,
  askPassword: AskPassword,
): Promise<RecognitionWriter> {
  return openRecognitionWriter({
    rpcUrls: requireNodes(settings),
    account: await openSigningAccount(settings, askPassword),
    now: () => new Date(),
  });
}

export async function listRecognitions(settings: Settings, registry: Hex): Promise<readonly RecognitionRecord[]> {
  return readRecognitions({ rpcUrls: requireNodes(settings), now: () => new Date() }, registry);
}

/** A scope in the words of a command line. */
export interface ScopeWords {
  /** Names of Open Badges types; `other` for all the rest; none: every type there is. */
  readonly types: readonly string[];
  readonly level: number;
  readonly jurisdiction: string;
  /** ISO 8601; absent: from now, and without end. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly depth: number;
}

const OTHER = "other";
const NAMES: readonly string[] = [...ACHIEVEMENT_TYPES, OTHER];

/**
 * @param now  what "from now" means: a little earlier, so that the next block is not before it.
 * @throws {TestamurError} `USAGE` for a type or a date that is none.
 */
export function toScope(words: ScopeWords, now: Date): RecognitionScope {
  const unknown = words.types.find((type) => !NAMES.includes(type));
  if (unknown !== undefined)
    throw new TestamurError("USAGE", `"${unknown}" is not a type of achievement`, {
      next: `one of: ${NAMES.join(", ")}`,
    });
  return {
    types: toTypeBits(words.types.length === 0 ? NAMES : words.types),
    level: words.level,
    jurisdiction: words.jurisdiction,
    from: words.from === undefined ? Math.floor(now.getTime() / 1000) - 3_600 : toSeconds(words.from),
    until: words.until === undefined ? FOREVER : toSeconds(words.until),
    depth: words.depth,
  };
}

/** The names of the types that a scope covers; "all" where it covers every one. */
export function typeNames(types: bigint): string {
  const names = NAMES.filter((name) => (types & toTypeBits([name])) !== 0n);
  return names.length === NAMES.length ? "all" : names.join(", ");
}

function toSeconds(text: string): number {
  const moment = Date.parse(text);
  if (Number.isNaN(moment) || moment < 0)
    throw new TestamurError("USAGE", `"${text}" is not a date`, {
      next: "for example 2026-01-31 or 2026-01-31T10:00:00Z",
    });
  return Math.floor(moment / 1000);
}
