/** What Open Badges 3.0 and CLR 2.0 ask of a credential beyond the data model; and the credentials inside one, as they are. */

import type { InnerDocument } from "../../core/claims.ts";
import { isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { insist, isUrl, readObjects, readTypes, toList } from "./rules.ts";

const BADGES: readonly string[] = ["OpenBadgeCredential", "AchievementCredential"];

/** CLR 2.0, `associationType` of an Association. */
const ASSOCIATIONS: readonly string[] = [
  "exactMatchOf",
  "isChildOf",
  "isParentOf",
  "isPartOf",
  "isPeerOf",
  "isRelatedTo",
  "precedes",
  "replacedBy",
];

/** Members that objects of a class must have; the class is any of the object's types. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Achievement: ["id", "name", "description", "criteria"],
  Alignment: ["targetName", "targetUrl"],
  ResultDescription: ["id", "name", "resultType"],
  Image: ["id"],
  IdentityObject: ["hashed", "identityHash", "identityType"],
  Association: ["associationType", "sourceId", "targetId"],
  Profile: ["id"],
};

/** Classes whose `type` is one text, never a list. */
const SCALAR: readonly string[] = ["Image", "IdentifierEntry", "IdentityObject", "GeoCoordinates"];

/**
 * Refuses a badge, endorsement or learner record that its own standard would refuse; other credentials pass.
 *
 * @throws {Refusal} `SHAPE_WRONG`
 * @see Open Badges 3.0 appendix B, CLR 2.0 appendix B, data models
 */
export function insistOnBadge(credential: JsonObject): void {
  const types = readTypes(credential, "The credential");
  const isBadge = types.some((type) => BADGES.includes(type));
  const isRecord = types.includes("ClrCredential");
  const isEndorsement = types.includes("EndorsementCredential");
  if (!isBadge && !isRecord && !isEndorsement) return;
  for (const name of ["id", "validFrom"])
    insist(memberOf(credential, name) !== undefined, `The credential has no ${name}.`);
  for (const status of readObjects(credential, "credentialStatus")) {
    insist(isUrl(memberOf(status, "id")), "A credentialStatus has no id.");
  }
  for (const subject of readObjects(credential, "credentialSubject")) {
    if (isBadge) insistOnAchievementSubject(subject);
    if (isRecord)
      insist(toList(memberOf(subject, "verifiableCredential")).length > 0, "The record holds no credentials.");
    if (isEndorsement) insistOnEndorsed(subject);
  }
  insistOnClasses(memberOf(credential, "credentialSubject") ?? {});
}

function insistOnAchievementSubject(subject: JsonObject): void {
  insist(
    readTypes(subject, "The credentialSubject").includes("AchievementSubject"),
    "The credentialSubject is not an AchievementSubject.",
  );
  insist(
    memberOf(subject, "id") !== undefined || toList(memberOf(subject, "identifier")).length > 0,
    "The credentialSubject has neither an id nor an identifier.",
  );
  const [achievement, ...others] = readObjects(subject, "achievement");
  insist(achievement !== undefined && others.length === 0, "The credentialSubject has not one achievement.");
  insist(readTypes(achievement, "The achievement").includes("Achievement"), "The achievement is not an Achievement.");
}

function insistOnEndorsed(subject: JsonObject): void {
  insist(isUrl(memberOf(subject, "id")), "The endorsement does not say, by an id, what it endorses.");
  insist(
    readTypes(subject, "The credentialSubject").includes("EndorsementSubject"),
    "The credentialSubject is not an EndorsementSubject.",
  );
}

/** The rules of every object below, by its types; whole credentials inside answer for themselves. */
function insistOnClasses(value: Json): void {
  for (const element of toList(value).filter(isObject)) {
    if (memberOf(element, "@context") !== undefined) continue;
    const types = toList(memberOf(element, "type")).filter((type) => typeof type === "string");
    for (const type of types) insistOnClass(element, type);
    for (const member of Object.values(element)) insistOnClasses(member);
  }
}

function insistOnClass(object: JsonObject, type: string): void {
  for (const name of REQUIRED[type] ?? [])
    insist(memberOf(object, name) !== undefined, `An object of type ${type} has no ${name}.`);
  if (SCALAR.includes(type))
    insist(typeof memberOf(object, "type") === "string", `The type of ${type} is one text, not a list.`);
  if (type === "Association") {
    insist(
      ASSOCIATIONS.includes(textOf(object, "associationType") ?? ""),
      "An Association has no known associationType.",
    );
  }
  if (type === "Achievement") {
    const criteria = memberOf(object, "criteria");
    const says = isObject(criteria) && ["id", "narrative"].some((name) => memberOf(criteria, name) !== undefined);
    insist(says, "The criteria of an Achievement have neither an id nor a narrative.");
  }
}

/** Every endorsement and every credential of a learner record, for whoever verifies them; each vouches only for itself. */
export function innerCredentials(credential: JsonObject): readonly InnerDocument[] {
  const found: InnerDocument[] = [];
  const visit = (value: Json, place: string): void => {
    for (const [at, element] of toList(value).entries()) {
      if (isObject(element)) visitObject(element, Array.isArray(value) ? `${place}/${at}` : place);
    }
  };
  const visitObject = (object: JsonObject, place: string): void => {
    for (const [name, member] of Object.entries(object)) {
      const kind = name === "endorsement" ? "endorsement" : name === "verifiableCredential" ? "record" : undefined;
      if (kind === undefined) visit(member, `${place}/${name}`);
      else found.push(...inner(object, name, kind, `${place}/${name}`));
    }
  };
  visitObject(credential, "");
  return found;
}

function inner(holder: JsonObject, name: string, kind: InnerDocument["kind"], place: string): readonly InnerDocument[] {
  const value = memberOf(holder, name);
  return toList(value).flatMap((document, at) => {
    if (!isObject(document)) return [];
    const isAboutHolder = kind === "record" || isAbout(document, textOf(holder, "id"));
    return [{ place: Array.isArray(value) ? `${place}/${at}` : place, kind, isAboutHolder, document }];
  });
}

/** True when an endorsement is about the very thing it is attached to. */
function isAbout(document: JsonObject, about: string | undefined): boolean {
  const subjects = toList(memberOf(document, "credentialSubject")).filter(isObject);
  return about !== undefined && subjects.length === 1 && subjects.every((subject) => textOf(subject, "id") === about);
}
