/** Verifiable presentations: who presents, by which signature, and the credentials inside, as they are. */

import type { SignatureClaim, ValidityClaim } from "../../core/claims.ts";
import { isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import { readModelVersion } from "./contexts.ts";
import { controllerOf } from "./issuers.ts";
import { insistOnLimits } from "./limits.ts";
import { insistOnOneSpelling } from "./member-names.ts";
import { CONTEXT_V2 } from "./names.ts";
import type { Profile } from "./profile.ts";
import { readProofs, type SignatureProof } from "./proofs.ts";
import { insist, isUrl, readOptionalId, readTyped, readTypes, toList } from "./rules.ts";
import { toSignatureClaims } from "./signature-claims.ts";
import { readProofValidity } from "./view.ts";

const ENVELOPED = "EnvelopedVerifiableCredential";
const ENVELOPE_ID = /^data:application\/vc[a-z0-9.+-]*[;,]./;

/** What the verifier asked the presenter to sign. */
export interface PresentationRequest {
  readonly challenge?: string;
  readonly domain?: string;
}

export interface Presentation {
  /** Who presents: the `holder`, or else whose key signed. */
  readonly holder: string;
  /** Each must be by a key that the holder lists for authentication. */
  readonly signatures: readonly SignatureClaim[];
  /** Until when the proofs hold, where any of them says so: the earliest. */
  readonly validity: ValidityClaim;
  /** What the proofs say otherwise than the request: none of these may be, for the presentation to count. */
  readonly contradictions: readonly ("challenge" | "domain" | "holder")[];
  /** Credentials with their proofs, to be verified each by itself. One without a proof is the holder's word at most. */
  readonly credentials: readonly JsonObject[];
  /** Credentials in envelopes (`data:` URLs of JOSE), which this format does not read. */
  readonly enveloped: readonly string[];
}

/**
 * Reads a presentation.
 *
 * @param profile  one whose purpose is `authentication`.
 * @throws {Refusal} with the rule it breaks, `PROOF_MISSING` where nobody signed it.
 * @see VC Data Model 2.0 §4.13, VC Data Integrity §4.2
 */
export async function openPresentation(
  presentation: JsonObject,
  request: PresentationRequest,
  profile: Profile,
): Promise<Presentation> {
  insistOnLimits(presentation, profile.maxBytes);
  const { proof: _, ...content } = presentation;
  const { holder, ...carried } = readPresentation(content, profile);
  const proofs = readProofs(presentation, profile);
  const signatures = proofs.filter((one): one is SignatureProof => one.kind === "signature");
  const [first] = signatures;
  insist(first !== undefined, "None of the presentation's proofs is of a suite we verify.");
  const presenter = holder ?? controllerOf(first.verificationMethod);
  return {
    holder: presenter,
    signatures: await toSignatureClaims(content, proofs, profile),
    validity: readProofValidity(signatures),
    contradictions: contradictionsOf(signatures, presenter, request),
    ...carried,
  };
}

/**
 * Refuses what is not shaped as a presentation.
 *
 * @param content  the presentation without `proof`.
 * @throws {Refusal}
 */
export function readPresentation(
  content: JsonObject,
  profile: Profile,
): Pick<Presentation, "credentials" | "enveloped"> & { readonly holder?: string } {
  readModelVersion(content, profile);
  readOptionalId(content, "the presentation");
  insist(
    readTypes(content, "The presentation").includes("VerifiablePresentation"),
    "The type is not VerifiablePresentation.",
  );
  readTyped(content, "termsOfUse");
  const holder = readHolder(memberOf(content, "holder"));
  const items = toList(memberOf(content, "verifiableCredential"));
  const objects = items.filter(isObject);
  insist(objects.length === items.length, "A credential in the presentation is not an object.");
  const enveloped = objects.filter((one) => toList(memberOf(one, "type")).includes(ENVELOPED));
  const credentials = objects.filter((one) => !enveloped.includes(one));
  for (const one of credentials) {
    insist(
      readTypes(one, "A credential in the presentation").includes("VerifiableCredential"),
      "Something in the presentation is not a credential.",
    );
  }
  if (!profile.inlineContexts) {
    const { verifiableCredential: _, ...own } = content;
    insistOnOneSpelling(credentials.length === 0 ? own : { ...own, verifiableCredential: credentials }, profile);
  }
  return { credentials, enveloped: enveloped.map(readEnveloped), ...(holder !== undefined && { holder }) };
}

function readHolder(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  const id = isObject(value) ? memberOf(value, "id") : value;
  insist(isUrl(id), "The holder is not a URL, nor an object whose id is one.");
  return id;
}

function readEnveloped(envelope: JsonObject): string {
  const contexts = toList(memberOf(envelope, "@context"));
  const id = textOf(envelope, "id") ?? "";
  insist(
    contexts.length === 1 && contexts[0] === CONTEXT_V2,
    `An enveloped credential does not have the one context ${CONTEXT_V2}.`,
  );
  insist(
    toList(memberOf(envelope, "type")).length === 1,
    `An enveloped credential has another type beside ${ENVELOPED}.`,
  );
  insist(ENVELOPE_ID.test(id), "The id of an enveloped credential is not a data URL of a credential.");
  return id;
}

function contradictionsOf(
  signatures: readonly SignatureProof[],
  holder: string,
  { challenge, domain }: PresentationRequest,
): Presentation["contradictions"] {
  const proofs = signatures.map(({ object }) => object);
  const agrees = {
    challenge: challenge === undefined || proofs.every((proof) => textOf(proof, "challenge") === challenge),
    domain: domain === undefined || proofs.every((proof) => toList(memberOf(proof, "domain")).includes(domain)),
    holder: signatures.every(({ verificationMethod }) => controllerOf(verificationMethod) === holder),
  };
  return (["challenge", "domain", "holder"] as const).filter((name) => !agrees[name]);
}
