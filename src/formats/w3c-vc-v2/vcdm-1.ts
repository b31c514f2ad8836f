/** The shape of a credential by the VC Data Model 1.1: read, never issued. */

import { memberOf, type JsonObject } from "../../core/json.ts";
import { insist, isStamp, isUrl, readObjects, readOptionalId, readTyped, readTypes } from "./rules.ts";
import { readIssuerId } from "./vcdm-2.ts";

/** Members of 1.1 that state a moment; the last two are names of 2.0 that its context knew already. */
const MOMENTS: readonly string[] = ["issuanceDate", "expirationDate", "issued", "validFrom", "validUntil"];

/**
 * Refuses a credential that is not shaped by the old data model.
 *
 * @see VC Data Model 1.1 §4
 */
export function insistOnVcdm1(credential: JsonObject): void {
  readOptionalId(credential, "the credential");
  insist(
    readTypes(credential, "The credential").includes("VerifiableCredential"),
    "The type is not VerifiableCredential.",
  );
  readIssuerId(credential);
  insist(memberOf(credential, "issuanceDate") !== undefined, "There is no issuanceDate.");
  for (const name of MOMENTS) {
    const moment = memberOf(credential, name);
    insist(moment === undefined || isStamp(moment), `${name} is not a date and time with a zone.`);
  }
  const subjects = readObjects(credential, "credentialSubject");
  insist(subjects.length > 0, "There is no credentialSubject.");
  for (const subject of subjects) readOptionalId(subject, "a credentialSubject");
  for (const name of ["credentialStatus", "termsOfUse", "evidence", "refreshService"]) readTyped(credential, name);
  for (const schema of readTyped(credential, "credentialSchema")) {
    insist(isUrl(memberOf(schema, "id")), "The id of a credentialSchema is not a URL.");
  }
}
