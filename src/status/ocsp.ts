/** Responders of OpenAttestation: one question a node, `GET {location}/0x{hash}`, and what their answers mean. */

import type { Hex } from "../core/bytes.ts";
import type { StatusClaim } from "../core/claims.ts";
import { fetchJsonObject } from "../core/fetch-json.ts";
import type { Fetch } from "../core/guarded-fetch.ts";
import { memberOf, textOf, type JsonObject } from "../core/json.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { SettledStatus } from "../core/ports/status.ts";

/** Reasons for withdrawing, by code: those of certificates (RFC 5280 §5.3.1), and one more. */
const REASONS: Readonly<Record<number, string>> = {
  0: "unspecified",
  1: "key compromise",
  2: "compromise of the certification authority",
  3: "affiliation changed",
  4: "superseded",
  5: "cessation of operation",
  6: "certificate on hold",
  8: "removed from the list",
  9: "privilege withdrawn",
  10: "compromise of the attribute authority",
  1001: "suspended",
};

/** What may become good again. */
const ON_HOLD: readonly number[] = [6, 1001];

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 16 * 1024;

export interface OcspOptions {
  /** Hosts that documents may send us to. */
  readonly allowedHosts: readonly string[];
  readonly fetch?: Fetch | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What one node's answer says. */
type NodeStatus = { readonly kind: "good" } | { readonly kind: "revoked" | "suspended"; readonly reason: string };

/**
 * Whether the responder has withdrawn any node from leaf to root. A withdrawal that was stated counts whatever the other
 * answers are; to be good, every node must be stated to be. Never rejects.
 */
export async function askResponder(
  claim: Extract<StatusClaim, { kind: "ocsp" }>,
  options: OcspOptions,
): Promise<SettledStatus> {
  const base = URL.parse(claim.location);
  if (base === null || /[?#]/.test(claim.location) || claim.nodes.length === 0) {
    return { kind: "silent", reason: `${JSON.stringify(claim.location)} is not the address of a responder` };
  }
  const answers = await Promise.all(
    claim.nodes.map(async (node) => ({ node, answer: await askNode(base, node, options) })),
  );
  for (const kind of ["revoked", "suspended"] as const) {
    for (const { node, answer } of answers) {
      if (answer.kind !== "answer" || answer.value.kind !== kind) continue;
      return { kind, node, reason: answer.value.reason, evidence: { responder: base.href } };
    }
  }
  for (const { answer } of answers) if (answer.kind === "silent") return answer;
  return { kind: "good", evidence: { responder: base.href, nodes: claim.nodes.length } };
}

async function askNode(base: URL, node: Hex, options: OcspOptions): Promise<Answer<NodeStatus>> {
  const answer = await fetchJsonObject(`${base.href.replace(/\/$/, "")}/${node}`, {
    allowedHosts: options.allowedHosts,
    accept: ["application/json"],
    maxBytes: MAX_BYTES,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    fetch: options.fetch,
  });
  if (answer.kind === "silent") return answer;
  const status = findNodeStatus(answer.value, node);
  return status === undefined
    ? { kind: "silent", reason: `the responder ${base.host} gave no usable answer about ${node}` }
    : { kind: "answer", value: status };
}

/** An answer must repeat the hash it was asked about, so that it cannot be another document's; and its code must be known. */
function findNodeStatus(answer: JsonObject, node: Hex): NodeStatus | undefined {
  if (textOf(answer, "documentHash")?.toLowerCase() !== node) return undefined;
  const revoked = memberOf(answer, "revoked");
  if (revoked === false) return { kind: "good" };
  const code = memberOf(answer, "reasonCode");
  const reason = typeof code === "number" && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  if (revoked !== true || typeof code !== "number" || reason === undefined) return undefined;
  return { kind: ON_HOLD.includes(code) ? "suspended" : "revoked", reason };
}
