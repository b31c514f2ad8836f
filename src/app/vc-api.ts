/** The VC-API over our own verifier: what `http/` asks when it is spoken to in the words of the W3C. */

import type { JsonObject } from "../core/json.ts";
import type { Clock } from "../core/ports.ts";
import type { Report } from "../core/report.ts";
import type { PresentationRequest } from "../formats/w3c-vc-v2/presentation.ts";
import type { DocumentWork, ProfileName } from "./document-work.ts";
import { signatureIssuer, type SignatureIssuer } from "./issue-by-signature.ts";
import { openPorts, verifierOver, type Verifier, type VerifierOptions } from "./open-verifier.ts";
import { practiceSigner } from "./practice-key.ts";
import { practiceStatusLists, type PracticeStatusLists } from "./practice-status-lists.ts";
import { verifyPresentation, type PresentationReport } from "./verify-presentation.ts";

export interface VcApi {
  readonly profile: ProfileName;
  verifyCredential(credential: JsonObject): Promise<Report>;
  verifyPresentation(presentation: JsonObject, request: PresentationRequest): Promise<PresentationReport>;
  /** Absent where nothing is signed. */
  readonly issuer?: SignatureIssuer;
  /** The generic profile's own lists. */
  readonly statusLists?: PracticeStatusLists;
}

export interface VcApiOptions {
  readonly work: DocumentWork;
  readonly verifier: VerifierOptions;
  /** Where the service is reached; known once it listens. */
  readonly baseUrl: () => string;
}

/** The verifier of a service, and the VC-API beside it: one session for both. */
export interface ServiceVerifiers {
  readonly verifier: Verifier;
  readonly vcApi: VcApi;
}

/** What people get: the strict profile. It signs nothing. */
export function openStrictVcApi({ work, verifier: options }: Omit<VcApiOptions, "baseUrl">): ServiceVerifiers {
  const ports = openPorts(options);
  const verifier = verifierOver(ports, { ...options, open: async ({ id }, document) => work.open(id, document) });
  return { verifier, vcApi: { profile: "strict", ...verifying({ work, verifier, keys: ports.keys }) } };
}

/** What conformance suites get: any issuer, inline contexts, and an issuer with a key that nobody trusts. */
export function openGenericVcApi({ work, verifier: options, baseUrl }: VcApiOptions): ServiceVerifiers {
  const clock: Clock = options.clock ?? { now: () => new Date() };
  const signer = practiceSigner();
  const issuer = signatureIssuer({ work, signer, clock, replacesIssuer: true });
  const statusLists = practiceStatusLists({ issuer, issuerId: signer.issuer, baseUrl, clock });
  const ports = openPorts(options);
  const { status } = ports;
  const verifier = verifierOver(
    { ...ports, status: { ask: async (claim) => (await statusLists.ask(claim)) ?? status.ask(claim) } },
    { ...options, policy: "signed", open: async ({ id }, document) => work.open(id, document) },
  );
  const vcApi = {
    profile: "generic",
    ...verifying({ work, verifier, keys: ports.keys }),
    issuer,
    statusLists,
  } as const;
  return { verifier, vcApi };
}

function verifying(
  ports: Parameters<typeof verifyPresentation>[2],
): Pick<VcApi, "verifyCredential" | "verifyPresentation"> {
  return {
    verifyCredential: async (credential) => ports.verifier.verify(credential),
    verifyPresentation: async (presentation, request) => verifyPresentation(presentation, request, ports),
  };
}
