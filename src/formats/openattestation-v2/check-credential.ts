/** What a credential must say before we anchor it: who issues, in which store, on which chain, until when. */

import type { Problem } from "../../core/errors.ts";
import { isArray, isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { findDay, findMoment } from "../../core/moment.ts";
import type { Placement } from "../format.ts";
import { MAX_ISSUERS } from "../openattestation/limits.ts";
import { ISSUER_COUNT, VALIDITY } from "./names.ts";

/** Letters, digits and hyphens, two labels or more, at most 253 characters: RFC 1123, section 2.1. */
const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Everything that stands in the way of issuing, besides values that cannot be salted; empty means: nothing. */
export function findCredentialProblems(credential: JsonObject, placement: Placement): Problem[] {
  return [
    ...issuersProblems(memberOf(credential, "issuers"), placement),
    ...networkProblems(memberOf(credential, "network"), placement),
    ...countProblems(credential),
    ...validityProblems(credential),
  ];
}

function issuersProblems(issuers: Json | undefined, placement: Placement): Problem[] {
  if (!isArray(issuers) || issuers.length === 0)
    return [{ where: "issuers", what: "is missing or empty", next: "Name at least one issuer with a documentStore." }];
  if (issuers.length > MAX_ISSUERS)
    return [{ where: "issuers", what: `lists ${issuers.length} issuers; verifiers accept ${MAX_ISSUERS}` }];
  return issuers.flatMap((issuer, at) => issuerProblems(issuer, `issuers.${at}`, placement));
}

function issuerProblems(issuer: Json, where: string, { store }: Placement): Problem[] {
  if (!isObject(issuer)) return [{ where, what: "is not an object" }];
  const problems: Problem[] = [];
  const name = textOf(issuer, "name");
  if (name === undefined || name.trim() === "") problems.push({ where: `${where}.name`, what: "is missing" });
  if (textOf(issuer, "documentStore")?.toLowerCase() !== store.toLowerCase())
    problems.push({
      where: `${where}.documentStore`,
      what: `is ${JSON.stringify(memberOf(issuer, "documentStore") ?? null)}, but the batch is anchored in ${store}`,
      next: "Name the store that the batch is anchored in.",
    });
  for (const other of ["certificateStore", "tokenRegistry", "revocation"])
    if (memberOf(issuer, other) !== undefined)
      problems.push({ where: `${where}.${other}`, what: "does not go with a documentStore", next: "Leave it out." });
  return [...problems, ...identityProblems(objectOf(issuer, "identityProof"), `${where}.identityProof`)];
}

function identityProblems(identityProof: JsonObject | undefined, where: string): Problem[] {
  if (identityProof === undefined) return [{ where, what: "is missing", next: "Name the domain that vouches." }];
  const problems: Problem[] = [];
  if (textOf(identityProof, "type") !== "DNS-TXT")
    problems.push({ where: `${where}.type`, what: 'must be "DNS-TXT" for an issuer with a documentStore' });
  if (!HOST_NAME.test(textOf(identityProof, "location") ?? ""))
    problems.push({ where: `${where}.location`, what: "must be a host name such as uni.example" });
  return problems;
}

function networkProblems(network: Json | undefined, { chainId }: Placement): Problem[] {
  if (network === undefined) return [];
  const named = isObject(network) ? textOf(network, "chainId") : undefined;
  return named === String(chainId)
    ? []
    : [{ where: "network.chainId", what: `must be the text "${chainId}", the chain the batch is anchored on` }];
}

function countProblems(credential: JsonObject): Problem[] {
  const count = memberOf(credential, ISSUER_COUNT);
  const issuers = memberOf(credential, "issuers");
  return count === undefined || (isArray(issuers) && issuers.length === count)
    ? []
    : [{ where: ISSUER_COUNT, what: "is not the number of issuers", next: "Leave it out: it is filled in." }];
}

/** A date that no verifier can read would make every document of the batch inconclusive. */
function validityProblems(credential: JsonObject): Problem[] {
  return [...VALIDITY.from, ...VALIDITY.until]
    .filter((name) => !isMoment(memberOf(credential, name)))
    .map((where) => ({
      where,
      what: `has no clear meaning as a date: ${JSON.stringify(memberOf(credential, where))}`,
      next: "Write 2031-12-31, or with a time and its zone 2031-12-31T23:59:59Z.",
    }));
}

/** True as well for a member that states nothing. */
function isMoment(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "string" && (findDay(value) ?? findMoment(value, "optional")) !== undefined;
}
