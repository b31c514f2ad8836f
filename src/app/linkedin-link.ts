/** The link by which LinkedIn offers to add a credential to somebody's own profile. Nothing is sent; whoever follows it decides. */

import { TestamurError } from "../core/errors.ts";
import { isObject, textOf } from "../core/json.ts";
import type { OwnDocument } from "./own-document.ts";

const ADD_TO_PROFILE = "https://www.linkedin.com/profile/add";

/** A link, and the names of what it discloses. */
export interface LinkedInLink {
  readonly url: string;
  readonly discloses: readonly string[];
}

/**
 * @param certificateUrl  where others can check the credential, if it lies anywhere.
 * @throws {TestamurError} `USAGE` for a credential without a title.
 * @see the form LinkedIn publishes for issuers of certifications: its parameters are all there is
 */
export function linkedInLink({ claims }: OwnDocument, certificateUrl?: string): LinkedInLink {
  const { credential, issuers, validity } = claims;
  if (credential.title === undefined)
    throw new TestamurError("USAGE", "the credential has no title to show on a profile");
  const id = isObject(credential.content) ? textOf(credential.content, "id") : undefined;
  const issued = findMonth(credential.issuedOn ?? validity.from);
  const expires = findMonth(validity.until);
  const said: readonly (readonly [parameter: string, value: string | undefined, what: string])[] = [
    ["name", credential.title, "title"],
    ["organizationName", issuers.find(({ name }) => name !== undefined)?.name, "issuer's name"],
    ["issueYear", issued?.year, "date of issue"],
    ["issueMonth", issued?.month, "date of issue"],
    ["expirationYear", expires?.year, "date of expiry"],
    ["expirationMonth", expires?.month, "date of expiry"],
    ["certUrl", certificateUrl, "address of the credential"],
    ["certId", id, "id of the credential"],
  ];
  const present = said.filter(([, value]) => value !== undefined);
  const parameters = new URLSearchParams([
    ["startTask", "CERTIFICATION_NAME"],
    ...present.map(([parameter, value]): [string, string] => [parameter, value ?? ""]),
  ]);
  return { url: `${ADD_TO_PROFILE}?${parameters}`, discloses: [...new Set(present.map(([, , what]) => what))] };
}

/** Year and month, 1 to 12, of a moment in UTC; undefined for a text that is no date. */
function findMonth(date: string | undefined): { readonly year: string; readonly month: string } | undefined {
  const moment = new Date(date ?? "");
  if (Number.isNaN(moment.getTime())) return undefined;
  return { year: String(moment.getUTCFullYear()), month: String(moment.getUTCMonth() + 1) };
}
