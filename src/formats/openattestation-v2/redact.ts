/** Hides entries of a document: their values go, their hashes stay, and the digest does not change. */

import { TestamurError, type FaultCode, type Problem } from "../../core/errors.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { hashLeaves, toTexts } from "../openattestation/digest.ts";
import { flatten, leafText, type Leaf } from "./flatten.ts";
import { findPathProblem } from "./hideable.ts";
import { openAttestationV2 } from "./openattestation-v2.ts";
import { prune } from "./prune.ts";
import { readShape } from "./shape.ts";

/** A document with less to see, and what its holder should know about that. */
export interface Redaction {
  readonly document: JsonObject;
  /** Sentences for the holder: where an absence can be guessed, or does not show. */
  readonly notices: readonly string[];
}

/** The document of `redact`, for callers who show no notices. */
export function redactV2(document: JsonObject, paths: readonly string[]): JsonObject {
  return redact(document, paths).document;
}

/**
 * The document without the values at `paths` and everything below them.
 *
 * @param document  a document whose integrity holds; it is not changed.
 * @param paths  names and array positions joined by dots: `recipient.nric`, `transcript.3.grade`.
 * @returns a document with the same digest and root, checked before it is handed out.
 * @throws {TestamurError} `PATH_NOT_HIDEABLE` with a problem a path, saying what can be hidden instead;
 *   `CREDENTIAL_INVALID` when the document does not hold to begin with.
 */
export function redact(document: JsonObject, paths: readonly string[]): Redaction {
  expectIntact(document, "CREDENTIAL_INVALID", "the document does not hold, so nothing of it can be hidden");
  const { data, hidden } = readShape(document);
  refuseProblems(paths.map((path) => findPathProblem(path, data)));
  const pruned = prune(data, new Set(paths));
  refuseProblems(pruned.problems);
  const gone = leavesGone(data, pruned.data);
  const redacted = {
    ...document,
    data: pruned.data,
    // in ascending order, which does not tell where an entry stood
    privacy: { obfuscatedData: [...hidden, ...toTexts(hashLeaves(gone.map(leafText)))].toSorted() },
  };
  expectIntact(redacted, "INTERNAL", "hiding changed the digest of the document");
  return { document: redacted, notices: [...gone.flatMap(emptyNotice), ...pruned.notices] };
}

/** The leaves of `before` that are not in `after`. */
function leavesGone(before: JsonObject, after: JsonObject): Leaf[] {
  const left = new Set(flatten(after).map(({ path }) => path));
  return flatten(before).filter(({ path }) => !left.has(path));
}

function emptyNotice({ path, value }: { readonly path: string; readonly value: Json }): string[] {
  return typeof value === "object"
    ? [`${path} was empty. Empty entries have no salt, so anybody can guess that it was there.`]
    : [];
}

/** @throws {TestamurError} with the given code unless leaf and root are what they are stated to be. */
function expectIntact(document: JsonObject, code: FaultCode, what: string): void {
  const opened = openAttestationV2.open(document);
  if (opened instanceof Promise) throw new TestamurError("INTERNAL", "opening this format needs no waiting");
  if (opened.kind === "refused") throw new TestamurError(code, `${what}: ${opened.finding.message}`);
  const holds = opened.claims.inclusions.every(
    ({ leaf, root }) => leaf.stated === leaf.computed && root.stated === root.computed,
  );
  if (!holds) throw new TestamurError(code, `${what}: it is not what was issued`);
}

function refuseProblems(found: readonly (Problem | undefined)[]): void {
  const problems = found.filter((problem) => problem !== undefined);
  const [first] = problems;
  if (first === undefined) return;
  throw new TestamurError("PATH_NOT_HIDEABLE", `${first.where} cannot be hidden: it ${first.what}`, {
    problems,
    ...(first.next !== undefined && { next: first.next }),
  });
}
