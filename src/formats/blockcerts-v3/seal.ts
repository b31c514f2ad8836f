/** Seals a credential as Blockcerts 3.2: fills in what makes it one, digests its statements, and keeps both as one line of JSON. */

import { toHex, type Digest } from "../../core/bytes.ts";
import { TestamurError, type Problem } from "../../core/errors.ts";
import { accountMethodOf } from "../../core/issuer-methods.ts";
import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../../core/json.ts";
import type { RandomSource } from "../../core/ports/answer.ts";
import { Refusal } from "../../core/refusal.ts";
import type { Placement, Sealed, StatusPlace } from "../format.ts";
import { insistOnPlainBody, readContexts } from "../blockcerts/contexts.ts";
import { contextsOf } from "../blockcerts/context-list.ts";
import { hashContent } from "../blockcerts/hash-content.ts";
import { readContent } from "../blockcerts/read-content.ts";
import { textsOf } from "../blockcerts/versions.ts";
import { vc } from "../blockcerts/vocabulary.ts";
import { findCredentialProblems, issuerOf } from "./check-credential.ts";
import { FIRST_CONTEXTS, LAST_CONTEXT, TYPES } from "./names.ts";
import { readIssuer } from "./facts.ts";
import { toUuid } from "./uuid.ts";

/** Characters of a sealed credential; most of what opens documents is a browser or a mail program. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Seals a credential. Texts are brought to Unicode's composed form (NFC).
 *
 * @param credential  a credential of data model 2.0 whose `proof` is a draft, `{verificationMethod, created?}`; a DID that
 *   issues may leave it out: then it is the method of the placement's account. Contexts and types of Blockcerts, a random id, and an id for a subject without one are put in. It needs no store: Blockcerts
 *   names the transaction.
 * @throws {TestamurError} `CREDENTIAL_INVALID` with one problem a path; words without a meaning, and values that would not
 *   be hashed, are problems too.
 */
export async function seal(credential: JsonObject, placement: Placement, random: RandomSource): Promise<Sealed> {
  const whole = withDraft(credential, placement);
  refuseProblems(findCredentialProblems(whole, placement));
  const { proof: draft, ...said } = toComposed(whole);
  const content = complete(said, placement, random);
  const leaf = await hashOrRefuse(content);
  const method = isObject(draft) ? draft : {};
  const proof = {
    id: toUuid(random(16)),
    created: textOf(method, "created") ?? textOf(content, "validFrom") ?? "",
    verificationMethod: textOf(method, "verificationMethod") ?? "",
  };
  const text = JSON.stringify({ leaf: toHex(leaf), proof, content });
  if (text.length > MAX_LENGTH)
    refuseProblems([{ where: "the credential", what: `is longer than ${MAX_LENGTH} characters` }]);
  return { text, leaf };
}

/** The issuer's account by the name that its DID document gives it; a profile at an https address has its own names. */
function withDraft(credential: JsonObject, { account, createdAt }: Placement): JsonObject {
  const issuer = issuerOf(credential);
  if (memberOf(credential, "proof") !== undefined || account === undefined || issuer?.startsWith("did:") !== true)
    return credential;
  const created = createdAt === undefined ? {} : { created: createdAt };
  return { ...credential, proof: { ...created, verificationMethod: accountMethodOf(issuer, account) } };
}

function complete(said: JsonObject, { status }: Placement, random: RandomSource): JsonObject {
  const { "@context": _, type: __, ...members } = said;
  const known = [...FIRST_CONTEXTS, LAST_CONTEXT];
  const own = contextsOf(said).filter((context) => typeof context !== "string" || !known.includes(context));
  const ownTypes = textsOf(said, "type").filter((type) => !TYPES.includes(type));
  return {
    "@context": [...FIRST_CONTEXTS, ...own, LAST_CONTEXT],
    id: toUuid(random(16)),
    type: [...TYPES, ...ownTypes],
    ...members,
    credentialSubject: withId(memberOf(said, "credentialSubject") ?? {}, random),
    ...(status !== undefined && toStatus(status)),
  };
}

/** A subject without an id would be one that only its properties tell apart. */
function withId(subject: Json, random: RandomSource): Json {
  if (isArray(subject)) return subject.map((one) => withId(one, random));
  return isObject(subject) && memberOf(subject, "id") === undefined ? { id: toUuid(random(16)), ...subject } : subject;
}

/** Blockcerts cannot name a list in a store, only the addresses that mirror it. */
function toStatus({ index, mirrors = {} }: StatusPlace): JsonObject {
  const entries = Object.entries(mirrors).map(([statusPurpose, address]) => ({
    id: `${address}#${index}`,
    type: "BitstringStatusListEntry",
    statusPurpose,
    statusListIndex: String(index),
    statusListCredential: address,
  }));
  return entries.length === 0 ? {} : { credentialStatus: entries };
}

/** The leaf, once every rule of our own verifier holds and nothing of the credential is lost on the way to it. */
async function hashOrRefuse(content: JsonObject): Promise<Digest> {
  const { leaf, unprotected } = await hashStrictly(content).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return { leaf: new Uint8Array(), unprotected: [error.message] };
  });
  refuseProblems(unprotected.map((what) => ({ where: "the credential", what })));
  return leaf;
}

async function hashStrictly(
  content: JsonObject,
): Promise<{ readonly leaf: Digest; readonly unprotected: readonly string[] }> {
  insistOnPlainBody(content, () => false);
  const contexts = await readContexts(content);
  const hashed = await hashContent(content, true);
  const read = await readContent(content, contexts, hashed, vc("VerifiableCredential"));
  readIssuer(read);
  return { leaf: hashed.leaf, unprotected: read.unprotected.map((part) => `would not be protected: ${part}`) };
}

/** All texts composed. JSON's own signs compose with nothing, so its text can be brought to the form as a whole. */
function toComposed(credential: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(credential).normalize("NFC")) as JsonObject; // the same object, spelled another way
}

function refuseProblems(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  const message = `the credential cannot be issued: ${first.where} ${first.what}${more}`;
  throw new TestamurError("CREDENTIAL_INVALID", message, { problems });
}
