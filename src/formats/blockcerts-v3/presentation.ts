/** From a version 3 presentation to its claims: its own proof and every credential in it; one that fails makes all fail. */

import type { Claims, ValidityClaim } from "../../core/claims.ts";
import type { Evidence } from "../../core/findings.ts";
import { isArray, isObject, memberOf, type Json, type JsonArray, type JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { insistOnPlainBody } from "../blockcerts/contexts.ts";
import { vc } from "../blockcerts/vocabulary.ts";
import { MAY_LACK, proofEvidence, readCredential, toSignatures } from "./credential.ts";
import { findDateFaults } from "./dates.ts";
import { viewOf } from "./facts.ts";
import { readProofs, type Proof } from "./proofs.ts";
import { readProven } from "./proven.ts";
import { insistOnShape } from "./shape.ts";
import { signerOf } from "./signers.ts";
import { hasMerkleProof } from "./suites.ts";

const CREDENTIALS = "verifiableCredential";
const MAX_CREDENTIALS = 50;

/**
 * The claims of a presentation and of all its credentials, taken together.
 *
 * Its own Merkle proof is checked, but it cannot show who presents: challenge and domain are not hashed, and anybody can
 * anchor what he got from others. So the presenter is no issuer, and `holderShown` is reported as false.
 *
 * @throws {Refusal} for a presentation or a credential that has not exactly one reading.
 */
export async function readPresentation(document: JsonObject): Promise<Claims> {
  insistOnPlainBody(document, (member) => member === CREDENTIALS);
  insistOnShape(document);
  const proofs = readProofs(document);
  const { content, checked } = await readProven(document, proofs, vc("VerifiablePresentation"));
  const enclosed: Claims[] = [];
  for (const credential of credentialsOf(document)) enclosed.push(await readEnclosed(credential));
  return {
    format: "blockcerts-v3",
    inclusions: [...checked.map(({ anchor }) => anchor.inclusion), ...enclosed.flatMap((one) => one.inclusions)],
    anchors: [...checked.map(({ anchor }) => anchor), ...enclosed.flatMap((one) => one.anchors)],
    signatures: [...toSignatures(proofs), ...enclosed.flatMap((one) => one.signatures)],
    statuses: enclosed.flatMap((one) => one.statuses),
    issuers: enclosed.flatMap((one) => one.issuers),
    coSigners: enclosed.flatMap((one) => one.coSigners ?? []),
    validity: narrowest(enclosed.map((one) => one.validity)),
    hidden: 0,
    links: [...content.links, ...enclosed.flatMap((one) => one.links ?? [])],
    unprotected: [...content.unprotected, ...enclosed.flatMap((one) => one.unprotected)],
    credential: {
      ...viewOf(content),
      content: [viewOf(content).content, ...enclosed.map((one) => one.credential.content)],
    },
    mayLack: MAY_LACK,
    faults: [...findDateFaults(document, proofs, {}), ...enclosed.flatMap((one) => one.faults)],
    evidence: { ...content.evidence, ...proofEvidence(checked, []), ...presenterEvidence(proofs, enclosed) },
  };
}

function credentialsOf(document: JsonObject): JsonArray {
  const value = memberOf(document, CREDENTIALS);
  const credentials: JsonArray = isArray(value) ? value : value === undefined ? [] : [value];
  if (credentials.length === 0) refuse("SHAPE_WRONG", "The presentation holds no credential.");
  if (credentials.length > MAX_CREDENTIALS)
    refuse("SHAPE_WRONG", `The presentation holds ${credentials.length} credentials; ${MAX_CREDENTIALS} are read.`);
  return credentials;
}

async function readEnclosed(credential: Json): Promise<Claims> {
  if (!isObject(credential)) return refuse("SHAPE_WRONG", "A credential of the presentation is no object.");
  if (!hasMerkleProof(credential))
    return refuse(
      "FORMAT_UNSUPPORTED",
      "A credential of the presentation is not proven by a Merkle proof of Blockcerts.",
    );
  return readCredential(credential);
}

function presenterEvidence(proofs: readonly Proof[], enclosed: readonly Claims[]): Evidence {
  const presenters = proofs.map(signerOf).filter((signer) => signer !== undefined);
  return { holderShown: false, presenters, credentials: enclosed.map((one) => one.evidence ?? {}) };
}

/** The time in which all are valid. A date that cannot be read is kept: whoever judges will say so. */
function narrowest(validities: readonly ValidityClaim[]): ValidityClaim {
  const from = last(validities.map((validity) => validity.from));
  const until = last(
    validities.map((validity) => validity.until),
    -1,
  );
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** The latest date, or with `sign` -1 the earliest; one that has no meaning beats all. */
function last(dates: readonly (string | undefined)[], sign = 1): string | undefined {
  const rank = (date: string): number => (Number.isNaN(Date.parse(date)) ? Infinity : sign * Date.parse(date));
  return dates.filter((date) => date !== undefined).sort((a, b) => rank(b) - rank(a))[0];
}
