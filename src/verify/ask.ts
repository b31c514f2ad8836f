/** The questions after integrity: with the network, or with what is left without it. */

import type { Claims } from "../core/claims.ts";
import { finding, type Aspect, type Finding } from "../core/findings.ts";
import type { Report } from "../core/report.ts";
import { chainAccess, type ChainAccess } from "./chain-access.ts";
import { checkAnchor } from "./check-anchor.ts";
import { checkBackdating } from "./check-backdating.ts";
import { checkIdentity, claimedIssuer, type IdentityCheck } from "./check-identity.ts";
import { checkLinks } from "./check-links.ts";
import { checkRecognition } from "./check-recognition.ts";
import { checkSignature } from "./check-signature.ts";
import { checkSigners } from "./check-signers.ts";
import { checkStatus } from "./check-status.ts";
import { checkValidity } from "./check-validity.ts";
import { ownMoments, type MomentOf } from "./own-moment.ts";
import type { Policy } from "./policy.ts";
import { settleLists } from "./verify-list.ts";
import type { VerifyOptions, VerifyPorts } from "./verify-ports.ts";

/** What is found beyond integrity. */
export interface Answers {
  readonly findings: readonly Finding[];
  readonly issuer: NonNullable<Report["issuer"]>;
  readonly place: Pick<Report, "anchor" | "network" | "readAt">;
}

/** What can be said of a document whose integrity stands. */
export async function ask(
  claims: Claims,
  policy: Policy,
  options: VerifyOptions,
  ports: VerifyPorts,
): Promise<Answers> {
  return options.offline === true ? offline(claims, options, ports) : online(claims, policy, options, ports);
}

/** The five questions after integrity, asked together. */
async function online(claims: Claims, policy: Policy, options: VerifyOptions, ports: VerifyPorts): Promise<Answers> {
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
async function offline(claims: Claims, { expectedSigners = [] }: VerifyOptions, ports: VerifyPorts): Promise<Answers> {
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
