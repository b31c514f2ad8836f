/** A status list is a document too: it is verified before a word of it is believed, but for its own status, which nobody follows. */

import type { Claims, StatusClaim } from "../core/claims.ts";
import { TestamurError } from "../core/errors.ts";
import { finding, type Aspect } from "../core/findings.ts";
import type { Answer, Clock } from "../core/ports/answer.ts";
import type { ChainReader } from "../core/ports/chain.ts";
import type { IdentityProver, KeyFinder } from "../core/ports/identity.ts";
import type { SettledStatus, StatusReader, UnverifiedList } from "../core/ports/status.ts";
import { chainAccess } from "./chain-access.ts";
import { checkAnchor } from "./check-anchor.ts";
import { checkIdentity } from "./check-identity.ts";
import { checkIntegrity } from "./check-integrity.ts";
import { checkSignature } from "./check-signature.ts";
import { checkValidity } from "./check-validity.ts";
import { judge } from "./judge.ts";
import { openDocument, type OpenByFormat, type OpenedDocument } from "./open-document.ts";
import { DEFAULT_POLICY, type Policy } from "./policy.ts";

export interface ListPorts {
  readonly chain: ChainReader;
  readonly identity: IdentityProver;
  readonly keys: KeyFinder;
  readonly status: StatusReader;
  readonly clock: Clock;
  /** Who opens lists; absent: their formats, in this thread. */
  readonly open?: OpenByFormat | undefined;
}

/** Status that needs no further verifying. Never rejects. */
export interface SettledStatusReader {
  ask(status: StatusClaim): Promise<SettledStatus>;
}

/** Whoever signs a list says by that who they are; one that is only anchored needs somebody who vouches for its issuer. */
const SIGNED: Policy = { ...DEFAULT_POLICY, required: ["integrity", "signature", "anchor", "validity"] };
const ANCHORED: Policy = { ...DEFAULT_POLICY, required: [...SIGNED.required, "identity"] };
const MAY_LACK: readonly Aspect[] = ["signature", "anchor"];

/** @param credential  the claims of the document whose status is asked for. */
export function settleLists(credential: Claims, ports: ListPorts): SettledStatusReader {
  return {
    ask: async (status) => {
      const answer = await ports.status.ask(status);
      if (answer.kind !== "list") return answer;
      const list = await verifyList(answer.document, ports);
      return list.kind === "answer" ? readBy(answer, list.value, credential, ports) : unheld(list.reason);
    },
  };
}

/** Whose word a list is, for the credential in question; reported beside what it says. */
type Publisher = "issuer" | "delegate" | "host of the issuer's profile" | "somebody else";

/**
 * What a list says that holds by itself. It clears a credential only as the word of the credential's own issuer, of whoever the
 * verifier's own list knows as the same, or of the host of the issuer's profile where the standard has it so; by some
 * standards it withdraws one as anybody's word, for the issuer has named it.
 */
async function readBy(
  answer: UnverifiedList,
  list: Claims,
  credential: Claims,
  ports: ListPorts,
): Promise<SettledStatus> {
  const by = (await findOwnPublisher(list, credential, ports)) ?? (answer.isFromProfile === true ? HOST : STRANGER);
  if (by === STRANGER && answer.setBitCounts !== true) return unheld(`it is the word of ${idsOf(list).join(", ")}`);
  const settled = await answer.read(list.credential.content);
  if (settled.kind === "revoked" || settled.kind === "suspended")
    return { ...settled, evidence: { ...settled.evidence, listBy: by } };
  if (settled.kind !== "good") return settled;
  return by === STRANGER
    ? unheld(`it is the word of ${idsOf(list).join(", ")}, which clears nobody`)
    : { ...settled, evidence: { ...settled.evidence, listBy: by } };
}

const HOST: Publisher = "host of the issuer's profile";
const STRANGER: Publisher = "somebody else";

/**
 * The claims of a list that holds by itself.
 *
 * @returns silence, with what was wrong, for everything else. Never rejects for a bad list.
 */
async function verifyList(document: Uint8Array, ports: ListPorts): Promise<Answer<Claims>> {
  const opened = await openOnce(document, ports.open);
  if (opened.kind === "refused") return { kind: "silent", reason: opened.finding.message };
  const fault = await findFault(opened.claims, ports);
  return fault === undefined ? { kind: "answer", value: opened.claims } : { kind: "silent", reason: fault };
}

/** Opening is most of the work, and a batch of documents names the same list again and again. */
const openedLists = new WeakMap<Uint8Array, Promise<OpenedDocument>>();

async function openOnce(document: Uint8Array, open?: OpenByFormat): Promise<OpenedDocument> {
  const opening = openedLists.get(document) ?? openDocument(document, open);
  openedLists.set(document, opening);
  try {
    return await opening;
  } catch (error) {
    openedLists.delete(document);
    if (!(error instanceof TestamurError)) throw error;
    // whoever opens it has given up: that is the list's affair, and no fault of the document's
    return { kind: "refused", finding: finding("integrity", "FORMAT_UNSUPPORTED", error.message) };
  }
}

/** The first thing that keeps the list from being good now, whatever moment the document itself is judged at. */
async function findFault(list: Claims, { chain, identity, keys, clock }: ListPorts): Promise<string | undefined> {
  const integrity = checkIntegrity(list);
  if (integrity.outcome !== "pass") return integrity.message;
  const isSigned = list.signatures.length > 0;
  const access = chainAccess(chain);
  const [signature, anchor, issuer] = await Promise.all([
    checkSignature(list, keys),
    checkAnchor(list, access, SIGNED),
    isSigned ? undefined : checkIdentity(list, identity, access, ANCHORED),
  ]);
  const findings = [
    integrity,
    ...signature,
    ...anchor.findings,
    ...(issuer?.findings ?? []),
    checkValidity(list, clock.now()),
    ...list.faults,
  ];
  const { verdict } = judge(findings, isSigned ? SIGNED : ANCHORED, MAY_LACK);
  if (verdict === "valid") return undefined;
  const bad =
    findings.find(({ outcome }) => outcome === "fail") ?? findings.find(({ outcome }) => outcome === "unknown");
  return bad?.message ?? "nobody stands behind it";
}

/** The same id, or two that the verifier's own trust list knows as one issuer's: a DID that only publishes lists. */
async function findOwnPublisher(
  list: Claims,
  credential: Claims,
  { chain, identity }: ListPorts,
): Promise<Publisher | undefined> {
  const own = idsOf(credential);
  const theirs = idsOf(list);
  if (theirs.length > 0 && theirs.every((id) => id !== undefined && own.includes(id))) return "issuer";
  const [issuer, publisher] = await Promise.all(
    [credential, list].map(async (claims) => {
      const { issuer } = await checkIdentity(claims, identity, chainAccess(chain), DEFAULT_POLICY);
      return issuer.provenBy === "trust-list" ? issuer.proven : undefined;
    }),
  );
  return issuer !== undefined && issuer === publisher ? "delegate" : undefined;
}

function idsOf(claims: Claims): readonly (string | undefined)[] {
  return claims.issuers.map(({ id }) => id);
}

function unheld(reason: string): SettledStatus {
  return { kind: "silent", reason: `the status list does not hold: ${reason}` };
}
