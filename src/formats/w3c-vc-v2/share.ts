/** Cuts an envelope down to what its holder wants to show: the credential stays, disclosures go. */

import { TestamurError, type Problem } from "../../core/errors.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { Refusal } from "../../core/refusal.ts";
import { isEnvelope, mergeDisclosures, readEnvelope, toEnvelope, type Envelope } from "./disclosure.ts";
import { findAt, isAtOrBelow, pointerBelow } from "./json-pointer.ts";
import { WITHHELD } from "./names.ts";
import { isAlwaysShown } from "./withhold.ts";

/** A document with less to see, and what its holder should know about that. */
export interface SharedCredential {
  readonly document: JsonObject;
  /** Sentences for the holder: what an absence still tells. */
  readonly notices: readonly string[];
}

/**
 * The document without the parts at `paths` and everything below them.
 *
 * @param document  an envelope; it is not changed.
 * @param paths  JSON pointers (`/credentialSubject/result/0`), or names and positions joined by dots.
 * @throws {TestamurError} `PATH_NOT_HIDEABLE` with a problem a path, saying what can be hidden instead;
 *   `CREDENTIAL_INVALID` for a document that is not an envelope, or whose parts are not those that were signed.
 */
export function hideParts(document: JsonObject, paths: readonly string[]): SharedCredential {
  const envelope = openEnvelope(document);
  const pointers = paths.map(toPointer);
  const problems = pointers.flatMap((pointer) => findProblem(pointer, envelope));
  const [first] = problems;
  if (first !== undefined) {
    throw new TestamurError("PATH_NOT_HIDEABLE", `${first.where} cannot be hidden: it ${first.what}`, { problems });
  }
  const shown = envelope.disclosures.filter((part) => !pointers.some((pointer) => isAtOrBelow(part.pointer, pointer)));
  return {
    document: toEnvelope({ credential: envelope.credential, disclosures: shown }),
    notices: ["The number of hidden parts and their places in lists can be seen."],
  };
}

/**
 * The document with only those parts that lie at, below or around the pointers: the other way to say what to hide.
 *
 * @param pointers  JSON pointers; what was signed to be always shown may be among them.
 * @throws {TestamurError} `PATH_NOT_HIDEABLE` for a pointer that leads to nothing; `CREDENTIAL_INVALID` as `hideParts`.
 */
export function showParts(document: JsonObject, pointers: readonly string[]): JsonObject {
  const { credential, disclosures } = openEnvelope(document);
  const isAsked = (part: string): boolean =>
    pointers.some((pointer) => isAtOrBelow(part, pointer) || isAtOrBelow(pointer, part));
  const lost = pointers.find(
    (pointer) =>
      findAt(credential, pointer) === undefined && !disclosures.some((part) => isAtOrBelow(pointer, part.pointer)),
  );
  if (lost !== undefined) {
    throw new TestamurError("PATH_NOT_HIDEABLE", `there is nothing at ${lost}, or it is hidden already`);
  }
  return toEnvelope({ credential, disclosures: disclosures.filter(({ pointer }) => isAsked(pointer)) });
}

function openEnvelope(document: JsonObject): Envelope {
  try {
    if (!isEnvelope(document))
      throw new Refusal("SHAPE_WRONG", "the issuer did not provide for parts of it to be hidden");
    const envelope = readEnvelope(document);
    mergeDisclosures(envelope.credential, envelope.disclosures);
    return envelope;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new TestamurError("CREDENTIAL_INVALID", `nothing of the document can be hidden: ${error.message}`, {
      cause: error,
    });
  }
}

function toPointer(path: string): string {
  return path.startsWith("/")
    ? path
    : path.split(".").reduce<string>((pointer, name) => pointerBelow(pointer, name), "");
}

/** A place can be hidden when all that stands there may be withheld. */
function findProblem(pointer: string, { credential, disclosures }: Envelope): readonly Problem[] {
  const signed = findAt(credential, pointer);
  const isPart = disclosures.some((part) => isAtOrBelow(part.pointer, pointer));
  if (isPart && (signed === undefined || isAllWithheld(signed))) return [];
  const outer = disclosures.find((part) => isAtOrBelow(pointer, part.pointer));
  if (outer !== undefined) {
    const what = "can only be hidden together with what is beside it";
    return [{ where: pointer, what, next: `Hide ${outer.pointer} instead.` }];
  }
  const hideable = disclosures.map((part) => part.pointer).join(", ");
  return [
    { where: pointer, what: whyShown(pointer, signed), next: `What can be hidden: ${hideable || "nothing more"}.` },
  ];
}

function whyShown(pointer: string, signed: Json | undefined): string {
  if (signed === undefined) return "is not there, or hidden already";
  return isAlwaysShown(pointer)
    ? "is one of the things that verifiers rely on, so no credential goes without it"
    : "was signed to be always shown, or some of it was";
}

/** True for what is made of digests only: a hidden element of a list, or a list of such. */
function isAllWithheld(value: Json): boolean {
  if (isArray(value)) return value.every(isAllWithheld);
  return isObject(value) && Object.entries(value).every(([name, member]) => name === WITHHELD || isAllWithheld(member));
}
