/** One document, six questions, one report. Integrity is settled before anything touches the network. */

import type { Claims } from "../core/claims.ts";
import { finding, weigh, type Aspect, type Finding } from "../core/findings.ts";
import type { Clock } from "../core/ports/answer.ts";
import type { ChainReader } from "../core/ports/chain.ts";
import type { IdentityProver, KeyFinder, RecognitionReader } from "../core/ports/identity.ts";
import type { LinkedContentReader, StatusReader } from "../core/ports/status.ts";
import type { Report } from "../core/report.ts";
import { VERSION } from "../core/version.ts";
import { chainAccess, type ChainAccess } from "./chain-access.ts";
import { checkAnchor } from "./check-anchor.ts";
import { checkBackdating } from "./check-backdating.ts";
import { checkIdentity, claimedIssuer, type IdentityCheck } from "./check-identity.ts";
import { checkIntegrity } from "./check-integrity.ts";
import { checkLinks } from "./check-links.ts";
import { checkRecognition } from "./check-recognition.ts";
import { checkSignature } from "./check-signature.ts";
import { checkSigners } from "./check-signers.ts";
import { checkStatus } from "./check-status.ts";
import { checkValidity } from "./check-validity.ts";
import { judge } from "./judge.ts";
import { openDocument, type OpenByFormat } from "./open-document.ts";
import { ownMoments, type MomentOf } from "./own-moment.ts";
import { DEFAULT_POLICY, type Policy } from "./policy.ts";
import { verifyInner } from "./verify-inner.ts";
import { settleLists } from "./verify-list.ts";

/** Who answers the questions that go beyond the document. */
export interface VerifyPorts {
  readonly chain: ChainReader;
  readonly identity: IdentityProver;
  readonly keys: KeyFinder;
  readonly status: StatusReader;
  /** Absent: links are not followed. */
  readonly links?: LinkedContentReader;
  /** Absent: nobody's recognition is asked for. */
  readonly recognition?: RecognitionReader | undefined;
  readonly clock: Clock;
}

export interface VerifyOptions {
  readonly policy?: Policy;
  /** Integrity and signatures that need no look-up only; all else is `unknown`. */
  readonly offline?: boolean;
  /** Dates are judged at the time of the pinned block instead of now: for replays. */
  readonly asOf?: boolean;
  /** Who must have signed beside the issuer: addresses of profiles, or DIDs. */
  readonly expectedSigners?: readonly string[];
  /** Who opens documents; absent: their formats, in this thread. */
  readonly open?: OpenByFormat;
  /** Days by which a document may be dated before its anchor; absent: any number. */
  readonly maxBackdatingDays?: number;
  /** True for a credential inside another: what is inside it in turn is left alone. */
  readonly isInner?: boolean;
}

/**
 * Verifies one document.
 *
 * @param bytes  the file as it came: untrusted, at most 16 MiB.
 * @returns a report for every input there is; bad documents and silent networks are answers, never exceptions.
 */
export async function verify(bytes: Uint8Array, options: VerifyOptions, ports: VerifyPorts): Promise<Report> {
  const policy = options.policy ?? DEFAULT_POLICY;
  const stamp = { checkedAt: ports.clock.now().toISOString(), version: VERSION };
  const opened = await openDocument(bytes, options.open);
  if (opened.kind === "refused") {
    const format = opened.format === undefined ? {} : { format: opened.format };
    return { ...format, ...judge([opened.finding], policy), findings: [opened.finding], ...stamp };
  }
  const { claims } = opened;
  const integrity = checkIntegrity(claims);
  if (integrity.outcome === "fail") {
    return { format: claims.format, ...judge([integrity], policy), findings: [integrity], ...stamp };
  }
  const rest =
    options.offline === true ? await offline(claims, options, ports) : await online(claims, policy, options, ports);
  const findings = [integrity, ...rest.findings, ...claims.faults];
  const inner = isBacked(findings) && options.isInner !== true ? claims.inner : undefined;
  return {
    format: claims.format,
    ...judge(findings, policy, claims.mayLack),
    findings,
    ...(isBacked(findings) && { issuer: rest.issuer, credential: claims.credential }),
    ...(claims.hidden > 0 && { hidden: claims.hidden }),
    ...(inner !== undefined && { inner: await verifyInner(inner, verifyOne(options, ports)) }),
    ...rest.place,
    ...stamp,
  };
}

/** How what is inside a document is verified: like the document, by whomever it was signed, and no deeper. */
function verifyOne(options: VerifyOptions, ports: VerifyPorts): (bytes: Uint8Array) => Promise<Report> {
  const { expectedSigners: _, ...own } = options;
  return async (bytes) => verify(bytes, { ...own, isInner: true }, ports);
}

/**
 * False when signature or anchor speak against the document: nobody stands behind its contents then, so none are reported.
 * What was anchored and later withdrawn was issued all the same.
 */
function isBacked(findings: readonly Finding[]): boolean {
  const refused = findings.filter(
    ({ aspect, outcome }) => outcome === "fail" && (aspect === "signature" || aspect === "anchor"),
  );
  return refused.every(({ code }) => weigh(code).headline === "REVOKED");
}

interface Rest {
  readonly findings: readonly Finding[];
  readonly issuer: NonNullable<Report["issuer"]>;
  readonly place: Pick<Report, "anchor" | "network" | "readAt">;
}

/** The five questions after integrity, asked together. */
async function online(claims: Claims, policy: Policy, options: VerifyOptions, ports: VerifyPorts): Promise<Rest> {
  const chain = chainAccess(ports.chain);
  const anchoring = checkAnchor(claims, chain, policy);
  const momentOf = ownMoments(claims, anchoring);
  const [signature, anchor, status, identity, signers, links] = await Promise.all([
    checkSignature(claims, ports.keys, momentOf),
    anchoring,
    checkStatus(claims, chain, settleLists(claims, { ...ports, open: options.open })),
    identify(claims, policy, { chain, momentOf }, ports),
    checkSigners(claims, options.expectedSigners ?? [], { identity: ports.identity, chain }),
    ports.links === undefined ? [] : checkLinks(claims, ports.links),
  ]);
  const view = chain.firstView();
  const moment = options.asOf === true && view !== undefined ? new Date(view.readAt.time) : ports.clock.now();
  const validity = [
    checkValidity(claims, moment),
    ...checkBackdating(claims, anchor.anchor?.time, options.maxBackdatingDays),
  ];
  return {
    findings: [...links, ...signature, ...anchor.findings, ...status, ...identity.findings, ...signers, ...validity],
    issuer: identity.issuer,
    place: {
      ...(anchor.anchor !== undefined && { anchor: anchor.anchor }),
      ...(view !== undefined && { network: view.network, readAt: view.readAt }),
    },
  };
}

/** The issuer's own records, and whoever recognises it, where that is asked for. */
async function identify(
  claims: Claims,
  policy: Policy,
  { chain, momentOf }: { readonly chain: ChainAccess; readonly momentOf: MomentOf },
  { identity, recognition }: VerifyPorts,
): Promise<IdentityCheck> {
  const byRecords = await checkIdentity(claims, identity, chain, policy, momentOf);
  return recognition === undefined ? byRecords : checkRecognition(claims, byRecords, recognition, chain);
}

/** What is left when no network may be used: every open question is said to be open. */
async function offline(claims: Claims, { expectedSigners = [] }: VerifyOptions, ports: VerifyPorts): Promise<Rest> {
  const unasked: readonly Aspect[] = ["anchor", "status", "identity", "validity"];
  const findings = unasked.map((aspect) => finding(aspect, "NOT_ASKED_OFFLINE", "Not asked: this check ran offline."));
  return {
    findings: [
      ...(await checkSignature(claims, ports.keys)),
      ...(await checkSigners(claims, expectedSigners)),
      ...findings,
    ],
    issuer: claimedIssuer(claims),
    place: {},
  };
}
