/** What of a credential is shown once its integrity holds, and when it says it is valid. */

import type { CredentialView, ValidityClaim } from "../../core/claims.ts";
import { isObject, memberOf, objectOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { ModelVersion } from "./contexts.ts";
import { ANCHOR_NONCE } from "./names.ts";
import type { SignatureProof } from "./proofs.ts";
import { toList } from "./rules.ts";

/** The credential for people: its own title and holder where the standards have members for them. */
export function viewOf(content: JsonObject): CredentialView {
  const [subject] = toList(memberOf(content, "credentialSubject")).filter(isObject);
  const achievement = objectOf(subject ?? {}, "achievement");
  const title = firstText(memberOf(content, "name")) ?? firstText(memberOf(achievement ?? {}, "name"));
  const holder = firstText(memberOf(subject ?? {}, "name"));
  const issuedOn = textOf(content, "validFrom") ?? textOf(content, "issuanceDate");
  const { [ANCHOR_NONCE]: _, ...shown } = content;
  return {
    ...(title !== undefined && { title }),
    ...(holder !== undefined && { holder }),
    ...(issuedOn !== undefined && { issuedOn }),
    content: shown,
  };
}

/** Types of the achievements, by their names; none where the subjects are about none, or do not say. */
export function readAchievementTypes(content: JsonObject): readonly string[] {
  const subjects = toList(memberOf(content, "credentialSubject")).filter(isObject);
  const achievements = subjects.flatMap((subject) => toList(memberOf(subject, "achievement"))).filter(isObject);
  return achievements.flatMap((achievement) => {
    const type = textOf(achievement, "achievementType");
    return type === undefined ? [] : [type];
  });
}

/** The narrowest period that the credential and its proofs state: a proof that has expired proves nothing any more. */
export function readValidity(
  content: JsonObject,
  version: ModelVersion,
  proofs: readonly SignatureProof[],
): ValidityClaim {
  const names =
    version === "2.0" ? (["validFrom", "validUntil"] as const) : (["issuanceDate", "expirationDate"] as const);
  const from = latest([textOf(content, names[0]), textOf(content, "validFrom")]);
  const until = earliest([textOf(content, names[1]), textOf(content, "validUntil"), readProofValidity(proofs).until]);
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** How long proofs hold by themselves. */
export function readProofValidity(proofs: readonly SignatureProof[]): ValidityClaim {
  const until = earliest(proofs.map(({ expires }) => expires));
  return until === undefined ? {} : { until };
}

function latest(moments: readonly (string | undefined)[]): string | undefined {
  return inOrder(moments).at(-1);
}

function earliest(moments: readonly (string | undefined)[]): string | undefined {
  return inOrder(moments)[0];
}

function inOrder(moments: readonly (string | undefined)[]): readonly string[] {
  return moments.filter((moment) => moment !== undefined).toSorted((a, b) => Date.parse(a) - Date.parse(b));
}

function firstText(value: Json | undefined): string | undefined {
  const [first] = toList(value);
  if (typeof first === "string") return first;
  return isObject(first) ? textOf(first, "@value") : undefined;
}
