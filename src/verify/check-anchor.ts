/** Is the root on record, at the place the document names, in a block that is final? */

import type { AnchorClaim, Claims } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import type { ChainView, StoreStanding } from "../core/ports/chain.ts";
import type { AnchorReport } from "../core/report.ts";
import { codeDoubt, codeEvidence, compromised, notFinal, type AnchorCheck } from "./anchor-findings.ts";
import type { ChainAccess } from "./chain-access.ts";
import { checkTransaction } from "./check-transaction.ts";
import type { Policy } from "./policy.ts";

/** One finding an anchor; every anchor must hold. A document without any is `skipped`, for the format to allow or not. */
export async function checkAnchor(claims: Claims, chain: ChainAccess, policy: Policy): Promise<AnchorCheck> {
  if (claims.anchors.length === 0) {
    return { findings: [finding("anchor", "ANCHOR_NOT_USED", "Documents of this kind are signed, not anchored.")] };
  }
  const checks = await Promise.all(claims.anchors.map(async (anchor) => checkOne(anchor, chain, policy)));
  const first = checks.find((check) => check.anchor !== undefined)?.anchor;
  const findings = checks.flatMap((check) => check.findings);
  return first === undefined ? { findings } : { findings, anchor: first };
}

async function checkOne(claim: AnchorClaim, chain: ChainAccess, policy: Policy): Promise<AnchorCheck> {
  switch (claim.kind) {
    case "document-store": {
      const opened = await chain.open("anchor", claim.chainId);
      return opened.kind === "view" ? checkStore(claim, opened.view, policy) : { findings: [opened.finding] };
    }
    case "token-registry": {
      const opened = await chain.open("anchor", claim.chainId);
      return { findings: [opened.kind === "view" ? await checkRegistry(claim, opened.view) : opened.finding] };
    }
    case "transaction":
      return checkTransaction(claim, chain, policy);
    case "unknown":
      return {
        findings: [finding("anchor", "ANCHOR_KIND_UNKNOWN", `This kind of anchor is not known: ${claim.what}.`)],
      };
  }
}

type StoreClaim = Extract<AnchorClaim, { kind: "document-store" }>;

async function checkStore(claim: StoreClaim, view: ChainView, policy: Policy): Promise<AnchorCheck> {
  const root = claim.inclusion.root.computed;
  const answer = await view.standingOf(claim.address, claim.inclusion);
  if (answer.kind === "silent") {
    return {
      findings: [finding("anchor", "CHAIN_SILENT", `Whether it was issued could not be read: ${answer.reason}`)],
    };
  }
  const standing = answer.value;
  const place = { store: claim.address, chainId: view.readAt.chainId };
  if (standing.kind === "no-contract") {
    return {
      findings: [
        finding("anchor", "CONTRACT_NOT_THERE", "There is no register at the address the document names.", place),
      ],
    };
  }
  if (!standing.issued) {
    const message = `Root ${root} is not anchored in ${claim.address} on chain ${place.chainId} (asked at block ${view.readAt.block}).`;
    return { findings: [finding("anchor", "ROOT_NOT_ANCHORED", message, { ...place, root })] };
  }
  const anchor = anchorReport(root, place, standing);
  const evidence = { ...anchor, ...codeEvidence(standing) };
  if (standing.revocation?.byCompromise === true) return { findings: [compromised(evidence)], anchor };
  if (!standing.final) return { findings: [notFinal(evidence)], anchor };
  const held = finding("anchor", "ROOT_ANCHORED", "The issuer's register holds this document.", evidence);
  return { findings: policy.strict ? [held, ...codeDoubt(standing, claim.address)] : [held], anchor };
}

function anchorReport(
  root: AnchorReport["root"],
  place: Required<Pick<AnchorReport, "store" | "chainId">>,
  standing: Extract<StoreStanding, { kind: "store" }>,
): AnchorReport {
  return {
    root,
    ...place,
    ...(standing.anchoredBlock !== undefined && { block: standing.anchoredBlock }),
    ...(standing.anchoredAt !== undefined && { time: standing.anchoredAt }),
  };
}

async function checkRegistry(
  claim: Extract<AnchorClaim, { kind: "token-registry" }>,
  view: ChainView,
): Promise<Finding> {
  const root = claim.inclusion.root.computed;
  const place = { registry: claim.address, chainId: view.readAt.chainId, root };
  const answer = await view.mintingOf(claim.address, root);
  if (answer.kind === "silent") {
    return finding("anchor", "CHAIN_SILENT", `Whether it was minted could not be read: ${answer.reason}`);
  }
  switch (answer.value) {
    case "minted":
      return finding("anchor", "ROOT_ANCHORED", "The token of this document exists.", place);
    case "not-minted":
      return finding("anchor", "ROOT_NOT_ANCHORED", "The token of this document does not exist.", place);
    case "no-contract":
      return finding(
        "anchor",
        "CONTRACT_NOT_THERE",
        "There is no token registry at the address the document names.",
        place,
      );
  }
}
