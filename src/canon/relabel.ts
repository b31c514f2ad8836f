/** Canonical statements under other names for what is unnamed: canonical names change with what a holder leaves out. */

import { compareBytes, toUtf8 } from "../core/bytes.ts";
import { refuse } from "../core/refusal.ts";

const NODE = "<[^>]*>|_:c14n\\d+";
const LITERAL = '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"(?:\\^\\^<[^>]*>|@[A-Za-z0-9-]+)?';

/** Subject, predicate, object and, where it is not the default one, graph. A text may look like a name; it is none. */
const STATEMENT: RegExp = new RegExp(`^(${NODE}) (<[^>]*>) (${NODE}|${LITERAL})(?: (${NODE}))? \\.$`, "su");

/** Statements under new names. */
export interface Relabelled {
  /** UTF-8, each with its line feed, sorted by their code points. */
  readonly statements: readonly Uint8Array[];
  /** The canonical names that occurred, without `_:`. */
  readonly renamed: ReadonlySet<string>;
}

/**
 * Gives unnamed nodes other names.
 *
 * @param quads  canonical N-Quads, as `toCanonicalQuads` returns them.
 * @param labels  the new name of each canonical one, both without `_:`. Two new names must never be alike: nodes would
 *   become one.
 * @throws {Refusal} `DIGEST_MISMATCH` for a canonical name that has no new one; `SHAPE_WRONG` for what is no statement.
 * @see VC DI ECDSA 1.0, labelReplacementCanonicalizeNQuads
 */
export function relabel(quads: string, labels: ReadonlyMap<string, string>): Relabelled {
  const renamed = new Set<string>();
  const rename = (term: string): string => {
    if (!term.startsWith("_:")) return term;
    const name = term.slice(2);
    const label = labels.get(name);
    if (label === undefined) return refuse("DIGEST_MISMATCH", `The proof has no name for the unnamed part ${name}.`);
    renamed.add(name);
    return `_:${label}`;
  };
  const statements = quads
    .split("\n")
    .slice(0, -1)
    .map((line) => toUtf8(`${termsOf(line).map(rename).join(" ")} .\n`))
    .sort(compareBytes);
  return { statements, renamed };
}

function termsOf(line: string): readonly string[] {
  const terms = STATEMENT.exec(line)?.slice(1);
  if (terms === undefined) return refuse("SHAPE_WRONG", "A statement of the document cannot be taken apart.");
  return terms.filter((term) => term !== undefined);
}
