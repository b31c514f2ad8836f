/** Hides entries of a document: their values go, their hashes stay, and the digest does not change. */

import { compareBytes } from "../../core/bytes.ts";
import { TestamurError, type FaultCode, type Problem } from "../../core/errors.ts";
import type { JsonObject } from "../../core/json.ts";
import { Refusal } from "../../core/refusal.ts";
import { chooseHashes, toTexts, type Hashes } from "../openattestation/digest.ts";
import { refuseManyHidden } from "../openattestation/hashes.ts";
import { findPathProblem } from "./hideable.ts";
import { prune } from "./prune.ts";
import { readIntegrity, type Integrity } from "./read-integrity.ts";
import { readLeaves } from "./read-leaves.ts";

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
 * @returns a document with the same digest and root; what is left of it was read and hashed once more.
 * @throws {TestamurError} `PATH_NOT_HIDEABLE` with a problem a path, saying what can be hidden instead;
 *   `CREDENTIAL_INVALID` when the document does not hold to begin with.
 */
export function redact(document: JsonObject, paths: readonly string[]): Redaction {
  const { wrapped, hashes } = readIntact(document);
  refuseProblems(paths.map((path) => findPathProblem(path, wrapped.data)));
  const { data, left, gone, empty, problems, notices } = prune(wrapped.data, new Set(paths));
  refuseProblems(problems);
  // in ascending order, which does not tell where an entry stood
  const obfuscatedData = [...wrapped.hidden, ...toTexts(chooseHashes(hashes, gone))].toSorted();
  expectIntact(data, chooseHashes(hashes, left), obfuscatedData.length);
  return {
    document: { ...document, data, privacy: { obfuscatedData } },
    notices: [...empty.map(emptyNotice), ...notices],
  };
}

function emptyNotice(path: string): string {
  return `${path} was empty. Empty entries have no salt, so anybody can guess that it was there.`;
}

/** @throws {TestamurError} `CREDENTIAL_INVALID` unless leaf and root are what they are stated to be. */
function readIntact(document: JsonObject): Integrity {
  const what = "the document does not hold, so nothing of it can be hidden";
  const read = orFault("CREDENTIAL_INVALID", what, () => readIntegrity(document));
  const { leaf, root } = read.inclusion;
  if (leaf.stated === leaf.computed && root.stated === root.computed) return read;
  throw new TestamurError("CREDENTIAL_INVALID", `${what}: it is not what was issued`);
}

/**
 * Reads what is handed out as a verifier does, and hashes it anew. These hashes and those of the entries that went are
 * the hashes that led to the digest before, each once: so the digest is the same, and with it all above it.
 *
 * @param expected  hashes of the entries that stay.
 * @param hidden  how many do not.
 * @throws {TestamurError} `INTERNAL` when an entry has another hash than before, or more are hidden than may be.
 */
function expectIntact(data: JsonObject, expected: Hashes, hidden: number): void {
  const what = "hiding changed the digest of the document";
  const { hashes } = orFault("INTERNAL", what, () => {
    refuseManyHidden(hidden);
    return readLeaves(data);
  });
  if (compareBytes(hashes, expected) !== 0) throw new TestamurError("INTERNAL", what);
}

/** What `read` gives; what it refuses is a fault of that code. */
function orFault<Value>(code: FaultCode, what: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw new TestamurError(code, `${what}: ${error.message}`);
    throw error;
  }
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
