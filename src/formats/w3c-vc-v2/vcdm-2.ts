/** The shape of a credential by the VC Data Model 2.0. */

import { isObject, memberOf, type Json, type JsonObject } from "../../core/json.ts";
import { insist, isStamp, isUrl, readObjects, readOptionalId, readTyped, readTypes, toList } from "./rules.ts";

const LANGUAGE_MEMBERS: readonly string[] = ["@value", "@language", "@direction"];

/**
 * Refuses a credential that is not shaped by the data model. Contexts are checked elsewhere.
 *
 * @see VC Data Model 2.0 §4; the members are taken in its order
 */
export function insistOnVcdm2(credential: JsonObject): void {
  readOptionalId(credential, "the credential");
  insist(
    readTypes(credential, "The credential").includes("VerifiableCredential"),
    "The type is not VerifiableCredential.",
  );
  insistOnTexts(credential, "the credential");
  insistOnIssuer(memberOf(credential, "issuer"));
  insistOnSubjects(credential);
  insistOnPeriod(credential);
  readTyped(credential, "credentialStatus");
  for (const schema of readTyped(credential, "credentialSchema")) {
    insist(isUrl(memberOf(schema, "id")), "The id of a credentialSchema is not a URL.");
  }
  for (const name of ["termsOfUse", "evidence", "refreshService"]) readTyped(credential, name);
}

/** The issuer's address, whichever way it is written. */
export function readIssuerId(credential: JsonObject): string {
  const issuer = memberOf(credential, "issuer");
  const id = isObject(issuer) ? memberOf(issuer, "id") : issuer;
  insist(isUrl(id), "The issuer is not a URL, nor an object whose id is one.");
  return id;
}

function insistOnIssuer(issuer: Json | undefined): void {
  readIssuerId(issuer === undefined ? {} : { issuer });
  if (isObject(issuer)) insistOnTexts(issuer, "the issuer");
}

function insistOnSubjects(credential: JsonObject): void {
  const subjects = readObjects(credential, "credentialSubject");
  insist(subjects.length > 0, "There is no credentialSubject.");
  for (const subject of subjects) {
    insist(Object.keys(subject).length > 0, "A credentialSubject says nothing.");
    readOptionalId(subject, "a credentialSubject");
  }
}

function insistOnPeriod(credential: JsonObject): void {
  const from = memberOf(credential, "validFrom");
  const until = memberOf(credential, "validUntil");
  insist(from === undefined || isStamp(from), "validFrom is not a date and time with a zone.");
  insist(until === undefined || isStamp(until), "validUntil is not a date and time with a zone.");
  if (from !== undefined && until !== undefined) {
    insist(Date.parse(until) >= Date.parse(from), "validUntil is before validFrom.");
  }
}

/** `name` and `description`: a text, a text with its language, or several of these. */
function insistOnTexts(object: JsonObject, where: string): void {
  for (const name of ["name", "description"]) {
    const texts = toList(memberOf(object, name));
    insist(texts.every(isLanguageText), `${name} of ${where} is neither text nor text with a language.`);
  }
}

function isLanguageText(value: Json): boolean {
  if (typeof value === "string") return true;
  return (
    isObject(value) &&
    typeof memberOf(value, "@value") === "string" &&
    Object.entries(value).every(([name, member]) => LANGUAGE_MEMBERS.includes(name) && typeof member === "string")
  );
}
