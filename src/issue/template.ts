/** The template language: a JSON credential with placeholders, compiled once, filled once a learner. */

import { isObject, type Json, type JsonObject } from "../core/json.ts";
import { Refusal } from "../core/refusal.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { adviceFor } from "./did-you-mean.ts";
import { collectProblems, shown, type Problems } from "./problems.ts";
import { compileTemplate, type FillTemplate } from "./template-fill.ts";
import { parseText } from "./template-text.ts";

/** Where settings stand in a template; they never reach a credential. */
const SETTINGS_MEMBER = "$testamur";
const SETTINGS = ["learnerId"];
/** Names that mean something to JavaScript objects: no document has such a member. */
const RESERVED = ["__proto__", "constructor", "prototype"];

export interface Template {
  /** The column that holds the learner's own number, where the template says so. */
  readonly learnerId?: string;
  /**
   * Ties the placeholders to a roster's columns.
   *
   * @throws {TestamurError} `TEMPLATE_INVALID` for a placeholder that no column fills.
   */
  bind(columns: readonly string[], rosterName: string): BoundTemplate;
}

export interface BoundTemplate {
  /** Columns that nothing uses. */
  readonly unused: readonly string[];
  /** The learner's credential; not to be used when a cell was refused on the way. */
  readonly fill: FillTemplate;
}

/**
 * Reads a template.
 *
 * @param bytes  JSON, strictly; at most 1 MiB.
 * @param name  the file's name, for messages.
 * @throws {TestamurError} `TEMPLATE_INVALID` with a problem per place.
 */
export function parseTemplate(bytes: Uint8Array, name: string): Template {
  const problems = collectProblems();
  const root = readRoot(bytes, name, problems);
  const { [SETTINGS_MEMBER]: settings, ...content } = root;
  const learnerId = readSettings(settings, name, problems);
  checkTexts(content, "", name, problems);
  problems.refuseIfAny("TEMPLATE_INVALID", name);
  return {
    ...(learnerId !== undefined && { learnerId }),
    bind: (columns, rosterName) => bind(content, learnerId, columns, { template: name, roster: rosterName }),
  };
}

function readRoot(bytes: Uint8Array, name: string, problems: Problems): JsonObject {
  let value: Json = null;
  try {
    value = parseStrictJson(bytes, { maxBytes: 1_048_576 });
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    problems.add({ where: name, what: cause.message, next: "a template is a JSON file in UTF-8" });
    problems.refuseIfAny("TEMPLATE_INVALID", name);
  }
  if (isObject(value)) return value;
  problems.add({ where: name, what: "is not an object", next: "a template is a credential: it begins with {" });
  problems.refuseIfAny("TEMPLATE_INVALID", name);
  return {};
}

function readSettings(settings: Json | undefined, name: string, problems: Problems): string | undefined {
  if (settings === undefined) return undefined;
  const where = `${name}, ${SETTINGS_MEMBER}`;
  if (!isObject(settings)) {
    problems.add({ where, what: "is not an object", next: `settings are ${SETTINGS.join(", ")}` });
    return undefined;
  }
  for (const member of Object.keys(settings).filter((one) => !SETTINGS.includes(one)))
    problems.add({ where, what: `has no setting ${shown(member)}`, next: adviceFor(member, SETTINGS) });
  const { learnerId } = settings;
  if (learnerId === undefined || typeof learnerId === "string") return learnerId;
  problems.add({ where, what: "learnerId is not a text", next: "it names the column of the learner's own number" });
  return undefined;
}

/** Everything that is wrong with a template whatever the roster: all of it at once. */
function checkTexts(value: Json, path: string, name: string, problems: Problems): void {
  if (typeof value === "string") {
    const parsed = parseText(value);
    if (parsed.kind === "malformed") problems.add({ where: `${name}, ${path}`, what: parsed.what, next: parsed.next });
  } else if (typeof value === "object" && value !== null) {
    for (const [member, inner] of Object.entries(value)) {
      const where = path === "" ? member : `${path}.${member}`;
      if (RESERVED.includes(member))
        problems.add({ where: `${name}, ${where}`, what: "no credential has such a member" });
      if (/\{\{|\}\}/.test(member))
        problems.add({
          where: `${name}, ${where}`,
          what: "the name of a member holds a placeholder",
          next: "only values are filled",
        });
      checkTexts(inner, where, name, problems);
    }
  }
}

interface Names {
  readonly template: string;
  readonly roster: string;
}

function bind(
  content: JsonObject,
  learnerId: string | undefined,
  columns: readonly string[],
  names: Names,
): BoundTemplate {
  const problems = collectProblems();
  const { fill, used } = compileTemplate(content, columns, (path, fault) =>
    problems.add({ where: `${names.template}, ${path}`, ...fault }),
  );
  if (learnerId !== undefined && !columns.includes(learnerId))
    problems.add({
      where: `${names.template}, ${SETTINGS_MEMBER}.learnerId`,
      what: `there is no column ${shown(learnerId)} in the roster`,
      next: adviceFor(learnerId, columns),
    });
  problems.refuseIfAny("TEMPLATE_INVALID", `${names.template} (with ${names.roster})`);
  return { unused: columns.filter((column) => !used.has(column) && column !== learnerId), fill };
}
