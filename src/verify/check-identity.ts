/** Who is behind the document? What is proven counts; what the document calls itself is only reported. */

import type { Claims, IssuerClaim } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import type { Binding, IdentityAnswer, IdentityProver } from "../core/ports/identity.ts";
import type { IssuerReport } from "../core/report.ts";
import type { ChainAccess } from "./chain-access.ts";
import { NOW, type MomentOf } from "./own-moment.ts";
import type { Policy } from "./policy.ts";

export interface IdentityCheck {
  readonly findings: readonly Finding[];
  readonly issuer: IssuerReport;
}

/**
 * One finding an issuer; each must be vouched for.
 *
 * @param momentOf  when an issuer's keys must have been good; absent: now.
 */
export async function checkIdentity(
  claims: Claims,
  prover: IdentityProver,
  chain: ChainAccess,
  policy: Policy,
  momentOf: MomentOf = NOW,
): Promise<IdentityCheck> {
  const claimed = claimedIssuer(claims);
  const chainId = claims.chainId ?? (await chainAsked(claims, chain));
  const answers = await Promise.all(
    claims.issuers.map(async (issuer) => proveOne(issuer, chainId, prover, chain, momentOf)),
  );
  const findings = [...answers.map(findingOf), ...selfMadeDoubt(answers, policy), ...hiddenDoubt(claims, policy)];
  const proven = answers.filter((answer) => "kind" in answer && answer.kind === "proven");
  const [first] = proven;
  if (first === undefined || proven.length < answers.length) return { findings, issuer: claimed };
  return {
    findings,
    issuer: { proven: [...new Set(proven.map((answer) => answer.name))].join(", "), provenBy: first.by, ...claimed },
  };
}

/** Who vouches for an issuer, or why nobody could be asked. */
export async function proveOne(
  issuer: IssuerClaim,
  chainId: number | undefined,
  prover: IdentityProver,
  chain: ChainAccess,
  momentOf: MomentOf = NOW,
): Promise<IdentityAnswer | Finding> {
  const { proof } = issuer;
  const unsent = await withoutSender(issuer, chain);
  return unsent ?? prover.prove(issuer, chainId, proof.kind === "did" ? await momentOf(proof.did) : undefined);
}

/** What the document calls its issuers: a claim, never a proof. */
export function claimedIssuer(claims: Claims): IssuerReport {
  const names = claims.issuers.map((issuer) => issuer.name ?? issuer.id).filter((name) => name !== undefined);
  return names.length === 0 ? {} : { callsItself: [...new Set(names)].join(", ") };
}

/** A document that names no chain is looked up on the verifier's own; so are its issuer's records. */
async function chainAsked(claims: Claims, chain: ChainAccess): Promise<number | undefined> {
  const [anchor] = claims.anchors;
  if (anchor === undefined) return undefined;
  if (anchor.kind === "transaction") return typeof anchor.chainId === "number" ? anchor.chainId : undefined;
  const opened = await chain.open("identity", undefined);
  return opened.kind === "view" ? opened.view.readAt.chainId : undefined;
}

/** Why nobody can say who sent a root, as the anchor's own finding says it: on a mock chain, or where no chain is open. */
async function withoutSender({ proof }: IssuerClaim, chain: ChainAccess): Promise<Finding | undefined> {
  if (proof.kind !== "issuer-profile") return undefined;
  const { chainId } = proof.anchor;
  if (chainId === "mock") {
    return finding("identity", "ANCHOR_ON_TEST_NETWORK", "On no real chain, nobody has sent it: it binds nobody.");
  }
  const opened = chainId === "unsupported" ? undefined : await chain.open("identity", chainId);
  return opened?.kind === "none" ? opened.finding : undefined;
}

/** What an answer amounts to, about whoever issued the document. */
export function findingOf(answer: IdentityAnswer | Finding): Finding {
  if ("outcome" in answer) return answer;
  switch (answer.kind) {
    case "proven":
      return finding(
        "identity",
        "ISSUER_PROVEN",
        `${answer.name} vouches for the issuer${sayBindings(answer.boundBy)}.`,
        {
          by: answer.by,
          name: answer.name,
          ...(answer.boundBy !== undefined && { boundBy: answer.boundBy }),
          ...answer.evidence,
        },
      );
    case "contradicted":
      return finding("identity", "ISSUER_RECORD_CONTRADICTS", answer.reason, answer.evidence);
    case "unproven":
      return finding("identity", "ISSUER_NOT_PROVEN", answer.reason, answer.evidence);
    case "unknown-kind":
      return finding("identity", "IDENTITY_KIND_UNKNOWN", answer.reason);
    case "silent":
      return finding("identity", "IDENTITY_SILENT", `Who issued it could not be looked up: ${answer.reason}`);
  }
}

const BINDINGS: Readonly<Record<Binding, string>> = {
  dns: "the records of its domain",
  register: "the register that took the root",
  "trust-list": "the verifier's own list",
};

/** A profile speaks for itself: what else stands behind it is said, and that nothing does. */
function sayBindings(boundBy: readonly Binding[] | undefined): string {
  if (boundBy === undefined) return "";
  if (boundBy.length === 0) return "; nothing but itself binds its profile";
  return `; its profile is bound by ${boundBy.map((binding) => BINDINGS[binding]).join(", ")}`;
}

/** Anybody can have a domain, and one that looks like another's: the strict policy believes whom the verifier chose only. */
function selfMadeDoubt(answers: readonly (IdentityAnswer | Finding)[], policy: Policy): Finding[] {
  if (!policy.strict) return [];
  const selfMade = answers.flatMap((one) => ("by" in one && one.by !== "trust-list" ? one.name : []));
  return selfMade.map((name) =>
    finding("identity", "ISSUER_NOT_PROVEN", `${name} vouches for the issuer, but is not on the verifier's own list.`),
  );
}

/** Two hidden entries are enough to hide a co-issuer; the strict policy will not overlook that. */
function hiddenDoubt(claims: Claims, policy: Policy): Finding[] {
  return policy.strict && claims.hidden >= 2 && claims.issuerCountBound !== true
    ? [
        finding(
          "identity",
          "ISSUER_MAY_BE_HIDDEN",
          `${claims.hidden} entries are hidden; one of them could be a further issuer.`,
        ),
      ]
    : [];
}
