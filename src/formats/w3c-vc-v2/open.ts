/** Takes a W3C credential apart: shape, spelling, canonical forms and digests; no network. */

import type { AnchorClaim, Claims } from "../../core/claims.ts";
import { finding, type Aspect, type Finding } from "../../core/findings.ts";
import type { JsonObject } from "../../core/json.ts";
import { refuse } from "../../core/refusal.ts";
import { isNative, readAnchorMembers, readAnchorProof } from "./anchor.ts";
import type { ModelVersion } from "./contexts.ts";
import { insistOnMeaning, readCredential } from "./credential.ts";
import { isEnvelope, mergeDisclosures, readEnvelope } from "./disclosure.ts";
import { readIssuers } from "./issuers.ts";
import { insistOnLimits } from "./limits.ts";
import type { Profile } from "./profile.ts";
import { innerCredentials } from "./open-badges.ts";
import { readProofs, type Proof, type SignatureProof } from "./proofs.ts";
import { insist, readObjects } from "./rules.ts";
import { toSignatureClaims } from "./signature-claims.ts";
import { readStatuses, type Anchored } from "./statuses.ts";
import { readAchievementTypes, readValidity, viewOf } from "./view.ts";
import { countWithheld } from "./withhold.ts";

/** Our own documents have everything; those of other issuers may do without an anchor and without a status. */
const NATIVE_MAY_LACK: readonly Aspect[] = [];
const FOREIGN_MAY_LACK: readonly Aspect[] = ["anchor", "status"];

/** A document in parts, each checked for its shape. */
interface Parts {
  readonly content: JsonObject;
  readonly version: ModelVersion;
  readonly proofs: readonly Proof[];
  readonly signatures: readonly SignatureProof[];
  readonly native: boolean;
  readonly anchored: Anchored | undefined;
  /** Content that no proof pins to its place. */
  readonly unprotected: readonly string[];
}

/**
 * The claims of a document: a credential, or an envelope of one and of the parts its holder shows.
 *
 * @throws {Refusal} with the integrity code that says why it is neither.
 */
export async function readClaims(document: JsonObject, profile: Profile): Promise<Claims> {
  insistOnLimits(document, profile.maxBytes);
  if (!isEnvelope(document)) return readCredentialClaims(document, profile);
  const { credential, disclosures } = readEnvelope(document);
  const claims = await readCredentialClaims(credential, profile);
  const { proof: _, ...content } = credential;
  const merged = mergeDisclosures(content, disclosures);
  readCredential(merged, profile);
  await insistOnMeaning(merged, profile);
  return {
    ...claims,
    hidden: claims.hidden - disclosures.length,
    credential: viewOf(merged),
    achievementTypes: readAchievementTypes(merged),
    ...innerOf(merged),
  };
}

async function readCredentialClaims(document: JsonObject, profile: Profile): Promise<Claims> {
  const parts = readParts(document, profile);
  const { content, version, proofs, signatures, anchored } = parts;
  const { issuers, faults } = readIssuers(content, signatures, anchored);
  return {
    format: "w3c-vc-v2",
    inclusions: anchored === undefined ? [] : [anchored.proof.inclusion],
    anchors: anchored === undefined ? [] : [toAnchorClaim(anchored)],
    signatures: await toSignatureClaims(content, proofs, profile),
    statuses: readStatuses(readObjects(content, "credentialStatus"), anchored),
    issuers,
    validity: readValidity(content, version, signatures),
    hidden: countWithheld(content),
    ...(signatures.some(({ derived }) => derived !== undefined) && { mayBePartial: true }),
    issuerCountBound: true, // there is one issuer, and it is never withheld
    unprotected: parts.unprotected,
    ...(anchored !== undefined && { chainId: anchored.members.chainId }),
    credential: viewOf(content),
    achievementTypes: readAchievementTypes(content),
    ...innerOf(content),
    mayLack: parts.native ? NATIVE_MAY_LACK : FOREIGN_MAY_LACK,
    faults: [...faults, ...missing(parts)],
    evidence: { dataModel: version, ...notChecked(proofs) },
  };
}

function readParts(document: JsonObject, profile: Profile): Parts {
  const { proof: _, ...content } = document;
  const { version, doubles } = readCredential(content, profile);
  const proofs = readProofs(document, profile);
  const signatures = proofs.filter((one): one is SignatureProof => one.kind === "signature");
  const anchors = proofs.filter(({ kind }) => kind === "anchor");
  const [anchor] = anchors;
  insist(anchors.length <= 1, "The document has two anchor proofs.");
  if (signatures.length === 0 && anchor === undefined) refuseForeign(proofs);
  const native = isNative(content) || anchor !== undefined;
  const members = native ? readAnchorMembers(content) : undefined;
  const anchored =
    members === undefined || anchor === undefined
      ? undefined
      : { members, proof: readAnchorProof(content, anchor.object) };
  const isPinned = anchored !== undefined || signatures.some(({ suite }) => suite.form === "jcs");
  return { content, version, proofs, signatures, native, anchored, unprotected: isPinned ? [] : doubles };
}

function toAnchorClaim({ members, proof }: Anchored): AnchorClaim {
  return { kind: "document-store", address: members.store, chainId: members.chainId, inclusion: proof.inclusion };
}

function innerOf(content: JsonObject): Pick<Claims, "inner"> {
  const inner = innerCredentials(content);
  return inner.length === 0 ? {} : { inner };
}

/** A document of ours has a signature and an anchor; one of them alone was taken apart. */
function missing({ native, signatures, anchored }: Parts): readonly Finding[] {
  if (!native) return [];
  return [
    ...(signatures.length > 0
      ? []
      : [finding("signature", "SIGNATURE_MISSING", "The document has lost its signature.")]),
    ...(anchored !== undefined ? [] : [finding("anchor", "ANCHOR_MISSING", "The document has lost its anchor proof.")]),
  ];
}

function refuseForeign(proofs: readonly Proof[]): never {
  const { notChecked: suites } = notChecked(proofs);
  return refuse(
    "FORMAT_UNSUPPORTED",
    `None of the document's proofs is of a suite we verify: ${suites?.join(", ") ?? ""}.`,
  );
}

/** Proofs of other suites are said to be there, and count for nothing. */
function notChecked(proofs: readonly Proof[]): { readonly notChecked?: readonly string[] } {
  const suites = proofs.filter((one) => one.kind === "foreign").map(({ suite }) => suite);
  return suites.length === 0 ? {} : { notChecked: suites };
}
