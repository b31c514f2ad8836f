/** The VC-API over our own verifier: what `http/` asks when it is spoken to in the words of the W3C. */

import type { Hex } from "../core/bytes.ts";
import type { JsonObject } from "../core/json.ts";
import type { DocumentSigner } from "../core/ports/handing-out.ts";
import type { Report } from "../core/report.ts";
import type { PresentationRequest } from "../formats/w3c-vc-v2/presentation.ts";
import { inNameOfKey } from "./document-signer.ts";
import { openChallenges, type Challenges } from "./challenges.ts";
import type { DocumentWork, ProfileName } from "./document-work.ts";
import { signatureIssuer, type SignatureIssuer } from "./issue-by-signature.ts";
import { openPorts, verifierOver, type Verifier, type VerifierOptions } from "./open-verifier.ts";
import { practiceSigner } from "./practice-key.ts";
import { practiceStatusLists, type PracticeStatusLists } from "./practice-status-lists.ts";
import { renderedStatusLists, type ListPublisher, type RenderedStatusLists } from "./rendered-status-lists.ts";
import { verifyPresentation, type PresentationReport } from "./verify-presentation.ts";

export interface VcApi {
  readonly profile: ProfileName;
  /** For those who ask somebody to present. */
  readonly challenges: Challenges;
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

/** What a service says in the issuer's name. */
export interface Publishing {
  readonly signer: DocumentSigner;
  /** Whose status lists are published; absent: none. */
  readonly store?: Hex;
  /** Whether credentials are signed for those who may ask for it. */
  readonly issues: boolean;
}

/** The verifier of a service, and what goes beside it: one session for all. */
export interface ServiceVerifiers {
  readonly verifier: Verifier;
  readonly vcApi: VcApi;
  readonly statusLists?: RenderedStatusLists;
}

/** What people get: the strict profile. Without `publishing` it signs nothing. */
export function openStrictVcApi(options: VcApiOptions & { readonly publishing?: Publishing }): ServiceVerifiers {
  const { work, publishing, baseUrl } = options;
  const ports = openPorts(options.verifier);
  const verifier = verifierOver(ports, {
    ...options.verifier,
    open: async ({ id }, document) => work.open(id, document),
  });
  const verifies = {
    profile: "strict",
    ...verifying({ work, verifier, keys: ports.keys, clock: ports.clock }),
  } as const;
  if (publishing === undefined) return { verifier, vcApi: verifies };
  const { signer, store, issues } = publishing;
  const { clock, chain } = ports;
  const publisherOf = (by: DocumentSigner): ListPublisher => ({
    issuer: signatureIssuer({ work, signer: by, clock, replacesIssuer: false }),
    issuerId: by.issuer,
  });
  // Blockcerts' own verifier looks up no did:web by itself, and knows no Multikey in a DID document
  const publishers = { bitstring: publisherOf(signer), blockcerts: publisherOf(inNameOfKey(signer)) };
  const { issuer } = publishers.bitstring;
  return {
    verifier,
    vcApi: issues ? { ...verifies, issuer } : verifies,
    ...(store !== undefined && {
      statusLists: renderedStatusLists({ chain, store, publishers, baseUrl, clock }),
    }),
  };
}

/** What conformance suites get: any issuer, inline contexts, and an issuer with a key that nobody trusts. */
export function openGenericVcApi({ work, verifier: options, baseUrl }: VcApiOptions): ServiceVerifiers {
  const ports = openPorts(options);
  const { clock } = ports;
  const signer = practiceSigner();
  const issuer = signatureIssuer({ work, signer, clock, replacesIssuer: true });
  const statusLists = practiceStatusLists({ issuer, issuerId: signer.issuer, baseUrl, clock });
  const { status } = ports;
  const verifier = verifierOver(
    { ...ports, status: { ask: async (claim) => (await statusLists.ask(claim)) ?? status.ask(claim) } },
    { ...options, policy: "signed", open: async ({ id }, document) => work.open(id, document) },
  );
  const vcApi = {
    profile: "generic",
    ...verifying({ work, verifier, keys: ports.keys, clock: ports.clock }),
    issuer,
    statusLists,
  } as const;
  return { verifier, vcApi };
}

function verifying(
  ports: Parameters<typeof verifyPresentation>[2],
): Pick<VcApi, "challenges" | "verifyCredential" | "verifyPresentation"> {
  return {
    challenges: openChallenges(ports.clock),
    verifyCredential: async (credential) => ports.verifier.verify(credential),
    verifyPresentation: async (presentation, request) => verifyPresentation(presentation, request, ports),
  };
}
