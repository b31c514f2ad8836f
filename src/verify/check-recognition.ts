/** Is the issuer recognised by somebody whom the verifier trusts, as of the block in which the document was anchored? */

import type { AnchorClaim, Claims } from "../core/claims.ts";
import { finding, type Finding } from "../core/findings.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { AnchorMoment, StoreStanding } from "../core/ports/chain.ts";
import type { Recognised, RecognitionReader } from "../core/ports/identity.ts";
import { readSending } from "../core/read-sending.ts";
import type { ChainAccess } from "./chain-access.ts";
import type { IdentityCheck } from "./check-identity.ts";

/** When the document was put on record, and in which register, where one took it in: its CAIP-10 name. */
interface OnRecord {
  readonly at: AnchorMoment;
  readonly register?: string;
}

/** Doubts that a recognition settles; what speaks against the issuer is never settled by it. */
const SETTLED: readonly Finding["code"][] = ["ISSUER_NOT_PROVEN", "IDENTITY_SILENT", "IDENTITY_KIND_UNKNOWN"];

/**
 * Identity, seen through the register of recognition. One of the issuer's DIDs that signed, or else each register that
 * holds the document, must be recognised. The verifier's own trust list needs nobody beside it.
 *
 * @param identity  what the issuer's own records say.
 */
export async function checkRecognition(
  claims: Claims,
  identity: IdentityCheck,
  reader: RecognitionReader,
  chain: ChainAccess,
): Promise<IdentityCheck> {
  if (identity.issuer.provenBy === "trust-list") return identity;
  const answer = await findRecognised(claims, reader, chain);
  if (answer.kind === "silent") {
    return withFinding(
      identity,
      finding("identity", "IDENTITY_SILENT", `Who recognises the issuer could not be looked up: ${answer.reason}`),
    );
  }
  if (answer.value === undefined) {
    const message = "Nobody whom you trust recognises its issuer for such a document.";
    return withFinding(identity, finding("identity", "ISSUER_NOT_RECOGNISED", message));
  }
  const { subject, by, ids } = answer.value;
  const [root = "", ...others] = by;
  const via = others.length === 0 ? "" : `, by way of ${others.join(", ")}`;
  const evidence = { by: "recognition", subject, recognisers: by, recognitions: ids };
  const found = finding("identity", "ISSUER_RECOGNISED", `${root} recognises the issuer${via}.`, evidence);
  const rest = identity.findings.filter(({ code }) => !SETTLED.includes(code));
  const isContradicted = rest.some(({ outcome }) => outcome === "fail");
  const issuer =
    identity.issuer.proven !== undefined || isContradicted
      ? identity.issuer
      : { proven: subject, provenBy: "recognition" as const, ...identity.issuer };
  return { findings: [...rest, found], issuer };
}

function withFinding({ findings, issuer }: IdentityCheck, found: Finding): IdentityCheck {
  return { findings: [...findings, found], issuer };
}

async function findRecognised(
  claims: Claims,
  reader: RecognitionReader,
  chain: ChainAccess,
): Promise<Answer<Recognised | undefined>> {
  const records = await Promise.all(claims.anchors.map(async (anchor) => recordOf(anchor, chain)));
  const unread = records.find((record) => record.kind === "silent");
  if (unread !== undefined) return unread;
  const read = records.filter((record) => record.kind === "answer").map(({ value }) => value);
  const at = read[0]?.at;
  // a block number means nothing on another chain than its own
  if (at !== undefined && at.chainId !== reader.chainId) {
    return silence(`the register of recognition is on chain ${reader.chainId}, the document on chain ${at.chainId}`);
  }
  const types = claims.achievementTypes ?? [];
  const dids = [...new Set(claims.signatures.map(didOf).filter((did) => did !== undefined))];
  const registers = read.map(({ register }) => register).filter((register) => register !== undefined);
  const ask = async (subject: string): ReturnType<RecognitionReader["recognitionOf"]> =>
    reader.recognitionOf({ subject, types, at });
  const [byDid, byRegister] = await Promise.all([Promise.all(dids.map(ask)), Promise.all(registers.map(ask))]);
  const did = byDid.find(isRecognised);
  if (did !== undefined) return did;
  const [first] = byRegister;
  if (first !== undefined && byRegister.every(isRecognised)) return first;
  return [...byDid, ...byRegister].find(({ kind }) => kind === "silent") ?? { kind: "answer", value: undefined };
}

function isRecognised(answer: Answer<Recognised | undefined>): boolean {
  return answer.kind === "answer" && answer.value !== undefined;
}

function didOf(signature: Claims["signatures"][number]): string | undefined {
  if (signature.kind === "unknown") return undefined;
  return signature.kind === "eip191" ? signature.did : signature.controller;
}

/** Silence for an anchor whose block cannot be told: nobody can say who was recognised then. */
async function recordOf(anchor: AnchorClaim, chain: ChainAccess): Promise<Answer<OnRecord>> {
  if (anchor.kind !== "document-store" && anchor.kind !== "transaction") {
    return silence("when the document was put on record cannot be told");
  }
  if (typeof anchor.chainId === "string") return silence("the document is on no chain that is read here");
  const opened = await chain.open("identity", anchor.chainId);
  if (opened.kind === "none") return silence(opened.finding.message);
  const { view } = opened;
  const { chainId } = view.readAt;
  if (anchor.kind === "document-store") {
    const asked = await view.standingOf(anchor.address, anchor.inclusion);
    if (asked.kind === "silent") return asked;
    const { block, time } = momentOf(asked.value);
    return block === undefined || time === undefined
      ? silence(`the register ${anchor.address} does not say when it took the document in`)
      : onRecord({ chainId, block, time }, anchor.address);
  }
  const sent = await readSending(anchor, view);
  if (sent.kind === "silent") return sent;
  const { transaction, register } = sent.value;
  return transaction.kind === "absent"
    ? silence(`the chain has no transaction ${anchor.hash}`)
    : onRecord({ chainId, block: transaction.block, time: transaction.time }, register?.address);
}

function momentOf(standing: StoreStanding): {
  readonly block?: number | undefined;
  readonly time?: string | undefined;
} {
  return standing.kind === "store" ? { block: standing.anchoredBlock, time: standing.anchoredAt } : {};
}

function onRecord(at: AnchorMoment, register: string | undefined): Answer<OnRecord> {
  const subject = register === undefined ? {} : { register: `eip155:${at.chainId}:${register.toLowerCase()}` };
  return { kind: "answer", value: { at, ...subject } };
}

function silence(reason: string): Extract<Answer<never>, { kind: "silent" }> {
  return { kind: "silent", reason };
}
