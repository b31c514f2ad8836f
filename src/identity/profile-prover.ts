/** Is the account that put the root on record the issuer's, by the records that the issuer itself keeps? */

import type { Hex } from "../core/bytes.ts";
import type { IdentityProof, TransactionClaim } from "../core/claims.ts";
import type { Evidence } from "../core/findings.ts";
import type { AnchorMoment, ChainReader, MinedTransaction } from "../core/ports/chain.ts";
import type { IdentityAnswer } from "../core/ports/identity.ts";
import { holds, readSending } from "../core/read-sending.ts";
import { findSenderFault, type ListedKeys, type ProfileAccount } from "./issuer-profile.ts";
import type { IssuerRecords, IssuerRecordsFinder } from "./issuer-records.ts";
import { noticesOf } from "./look-alike.ts";
import { isSameDid } from "./same-did.ts";

export interface ProfileQuestion {
  readonly proof: Extract<IdentityProof, { kind: "issuer-profile" }>;
  /** What the document calls its issuer: for notices only. */
  readonly claimedName: string | undefined;
}

export interface ProfilePorts {
  readonly records: IssuerRecordsFinder;
  readonly chain: ChainReader;
}

export interface ProvenSender {
  readonly answer: IdentityAnswer;
  /** The register that holds the root, for the verifier's own list. */
  readonly register?: { readonly address: Hex; readonly chainId: number };
}

/**
 * A profile at an https address proves that address, as a DID document does; what the profile calls itself proves nothing.
 * Who sent the transaction, and when, is the chain's word. Never rejects.
 */
export async function proveByProfile(question: ProfileQuestion, ports: ProfilePorts): Promise<ProvenSender> {
  const { anchor, location, verificationMethod } = question.proof;
  const rules = verificationMethod === undefined ? "blockcerts-v2" : "blockcerts-v3";
  const sending = readSender(anchor, ports.chain);
  // a chain keeps what DIDs said in former times; a profile lies at its address as it is now, and need not wait
  const at = location.startsWith("did:") ? momentOf(await sending) : undefined;
  const [sent, records] = await Promise.all([sending, ports.records.recordsOf(location, rules, at)]);
  if (sent.kind !== "sent") return { answer: sent };
  const answer = records.kind === "answer" ? judge(sent.transaction, records.value, question) : records;
  return sent.register === undefined ? { answer } : { answer, register: sent.register };
}

function judge(
  { from: sender, time }: MinedTransaction,
  records: IssuerRecords,
  { proof: { location, verificationMethod }, claimedName }: ProfileQuestion,
): IdentityAnswer {
  const { accounts, keys } = listedBy(records, verificationMethod);
  const by = { sender, at: new Date(time), ...(verificationMethod !== undefined && { verificationMethod }) };
  const fault = findSenderFault({ accounts }, keys, by);
  const evidence = { ...evidenceOf(records, keys, claimedName), sender, sentAt: time };
  if (fault === undefined) return proofOf(records, location, evidence);
  return { kind: "contradicted", reason: `The issuer's own records do not confirm it: ${fault}.`, evidence };
}

/** When the transaction was mined. */
function momentOf(sent: Sender): AnchorMoment | undefined {
  if (sent.kind !== "sent") return undefined;
  const { chainId, transaction } = sent;
  return { chainId, block: transaction.block, time: transaction.time };
}

type Sender =
  | {
      readonly kind: "sent";
      readonly chainId: number;
      readonly transaction: MinedTransaction;
      readonly register?: { readonly address: Hex; readonly chainId: number };
    }
  | Extract<IdentityAnswer, { kind: "unproven" | "unknown-kind" | "silent" }>;

/** Who sent the root: only the very transaction that holds it says so. */
async function readSender(claim: TransactionClaim, chain: ChainReader): Promise<Sender> {
  const { chainId, network } = claim;
  if (chainId === "mock")
    return { kind: "unproven", reason: "It was never put on a real chain, so nobody has sent it." };
  if (chainId === "unsupported") {
    return {
      kind: "unknown-kind",
      reason: `Who sent a transaction on ${network ?? "this chain"} cannot be looked up here.`,
    };
  }
  const opened = await chain.viewOf(chainId);
  if (opened.kind === "not-configured") return { kind: "silent", reason: `no node for chain ${chainId} is configured` };
  if (opened.kind !== "view") return { kind: "silent", reason: opened.reason };
  const read = await readSending(claim, opened.view);
  if (read.kind === "silent") return read;
  const { transaction, register } = read.value;
  if (transaction.kind === "absent" || !holds(transaction, claim.inclusion.root.computed)) {
    return {
      kind: "unproven",
      reason: "The transaction does not hold the document's root, so its sender does not matter.",
    };
  }
  return register?.standing.issued === true
    ? { kind: "sent", chainId, transaction, register: { address: register.address, chainId } }
    : { kind: "sent", chainId, transaction };
}

const NO_KEYS: ListedKeys = { methods: [] };

/** Accounts and keys: the profile's own, unless the key is one of the DID; a DID without a profile has its keys alone. */
function listedBy(
  { profile, document }: IssuerRecords,
  verificationMethod: string | undefined,
): { readonly accounts: readonly ProfileAccount[]; readonly keys: ListedKeys } {
  const own = document && { methods: document.methods, mayIssue: document.listed.assertionMethod };
  const isDidKey = document !== undefined && isSameDid(verificationMethod?.split("#", 1)[0] ?? "", document.id);
  const keys: ListedKeys = (isDidKey || profile === undefined ? own : profile.profile) ?? NO_KEYS;
  const issuing = keys.methods.filter(({ id }) => keys.mayIssue?.includes(id) === true);
  return { accounts: profile?.profile.accounts ?? issuing.flatMap(({ account }) => account ?? []), keys };
}

function evidenceOf({ profile, document }: IssuerRecords, keys: ListedKeys, claimedName: string | undefined): Evidence {
  const place = profile?.address ?? document?.id ?? "";
  const hasMoved =
    profile !== undefined && profile.profile.id !== profile.address && profile.profile.id !== document?.id;
  return {
    ...(profile !== undefined && { profile: profile.address }),
    ...(document !== undefined && { did: document.id }),
    ...(hasMoved && { profileCallsItself: profile.profile.id }),
    ...(profile !== undefined && keys.mayIssue === undefined && { assertionMethodListed: false }),
    ...noticesOf(URL.parse(place)?.hostname ?? "", claimedName),
  };
}

/** A DID that is nothing but a key names nobody; a DID document at a web address, and a profile, are proven as where they lie. */
function proofOf({ profile }: IssuerRecords, location: string, evidence: Evidence): IdentityAnswer {
  if (location.startsWith("did:web:")) return { kind: "proven", by: "did", name: location, evidence };
  if (profile !== undefined) return { kind: "proven", by: "issuer-profile", name: profile.address, evidence };
  return {
    kind: "unproven",
    reason: `${location} lists the key, but such a DID says nothing of who has it.`,
    evidence,
  };
}
