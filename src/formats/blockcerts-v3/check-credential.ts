/** What a credential must say before we anchor it, and what it must leave to us; everything a verifier would stumble over. */

import type { Problem } from "../../core/errors.ts";
import { isObject, memberOf, objectOf, textOf, type JsonObject } from "../../core/json.ts";
import type { Placement } from "../format.ts";
import { findEthereumNetwork } from "../blockcerts/networks.ts";
import { isMoment } from "./dates.ts";
import { DISPLAY_TYPES, MEMBERS_FILLED_IN } from "./names.ts";

const ABSOLUTE = /^(?:https:\/\/[^\s#]+|did:[a-z0-9]+:[^\s#]+)$/;

/** Everything that stands in the way of issuing, besides words without a meaning; empty means: nothing. */
export function findCredentialProblems(credential: JsonObject, placement: Placement): Problem[] {
  return [
    ...chainProblems(placement),
    ...filledInProblems(credential),
    ...issuerProblems(credential),
    ...dateProblems(credential),
    ...displayProblems(credential),
    ...statusProblems(credential, placement),
    ...(memberOf(credential, "credentialSubject") === undefined
      ? [{ where: "credentialSubject", what: "is missing", next: "Say what the credential says of its holder." }]
      : []),
  ];
}

/** Blockcerts has words for five networks of Ethereum; a local node has to look like one of them. */
function chainProblems({ chainId }: Placement): Problem[] {
  if (findEthereumNetwork(chainId) !== undefined) return [];
  const next = "Anchor on Ethereum (1) or Sepolia (11155111); a local node may be started with the chain id 11155111.";
  return [{ where: "the chain", what: `has the id ${chainId}, which no Blockcerts document can name`, next }];
}

function filledInProblems(credential: JsonObject): Problem[] {
  return MEMBERS_FILLED_IN.filter((name) => memberOf(credential, name) !== undefined).map((where) => ({
    where,
    what: "is filled in when the credential is sealed",
    next: "Leave it out.",
  }));
}

/** The key is named by a draft of the proof, `{"proof": {"verificationMethod": "<issuer>#key-1"}}`. */
function issuerProblems(credential: JsonObject): Problem[] {
  const issuer = issuerOf(credential);
  if (issuer === undefined || !ABSOLUTE.test(issuer))
    return [
      {
        where: "issuer",
        what: `must be the https address of an issuer profile, or a DID; found ${JSON.stringify(issuer ?? null)}`,
      },
    ];
  const method = textOf(objectOf(credential, "proof") ?? {}, "verificationMethod");
  return method !== undefined && method.startsWith(`${issuer}#`) && method.length > issuer.length + 1
    ? []
    : [{ where: "proof.verificationMethod", what: `must name a key of the issuer, such as "${issuer}#key-1"` }];
}

/** The issuer's address, named alone or as an object's id. */
export function issuerOf(credential: JsonObject): string | undefined {
  const issuer = memberOf(credential, "issuer");
  return isObject(issuer) ? textOf(issuer, "id") : textOf(credential, "issuer");
}

function dateProblems(credential: JsonObject): Problem[] {
  const created = memberOf(objectOf(credential, "proof") ?? {}, "created");
  const validFrom = memberOf(credential, "validFrom") ?? null; // wanted by every reader of Blockcerts
  const dates = { validFrom, validUntil: memberOf(credential, "validUntil"), "proof.created": created };
  return Object.entries(dates)
    .filter(([, date]) => date !== undefined && !(typeof date === "string" && isMoment(date)))
    .map(([where, date]) => ({
      where,
      what: `is no moment with a time zone: ${JSON.stringify(date)}`,
      next: "Write 2026-07-01T00:00:00Z.",
    }));
}

function displayProblems(credential: JsonObject): Problem[] {
  const display = memberOf(credential, "display");
  if (display === undefined) return [];
  if (!isObject(display)) return [{ where: "display", what: "is not an object" }];
  const problems: Problem[] = [];
  const mediaType = textOf(display, "contentMediaType") ?? "";
  if (!DISPLAY_TYPES.includes(mediaType))
    problems.push({ where: "display.contentMediaType", what: `must be one of ${DISPLAY_TYPES.join(", ")}` });
  if (textOf(display, "content") === undefined) problems.push({ where: "display.content", what: "must be a text" });
  const encoding = memberOf(display, "contentEncoding");
  if (encoding !== undefined && encoding !== "base64")
    problems.push({ where: "display.contentEncoding", what: 'can only be "base64"' });
  return problems;
}

function statusProblems(credential: JsonObject, { status }: Placement): Problem[] {
  return status !== undefined && memberOf(credential, "credentialStatus") !== undefined
    ? [{ where: "credentialStatus", what: "is filled in when the credential is sealed", next: "Leave it out." }]
    : [];
}
