/** The accounts and public keys behind verification methods, as the documents of their own DIDs list them. */

import type { Answer, Clock } from "../core/ports/answer.ts";
import type { KeyFinder, KeyQuestion, NotListed } from "../core/ports/identity.ts";
import type { DidDocument } from "./did-document.ts";
import { openDidDocuments, type DidDocuments, type DidOptions } from "./did-documents.ts";
import { isSameDid } from "./same-did.ts";
import type { VerificationMethod } from "./verification-method.ts";

export interface DidKeysOptions extends DidOptions {
  /** For keys that expire or were revoked, where no chain tells the time. */
  readonly clock?: Clock | undefined;
}

/** Opens the documents of DIDs for one session. */
export function openDidKeys(options: DidKeysOptions): KeyFinder {
  const documents = openDidDocuments(options);
  const now = () => options.clock?.now() ?? new Date();
  return {
    findAccount: async (question) => {
      const found = await findListed(question, documents, now);
      if (found.kind !== "listed") return toKeyAnswer(found);
      const { account } = found.method;
      if (account === undefined && found.method.publicKey === undefined) return unreadable(question.key);
      return account === undefined
        ? notListed(`${question.key} is not an Ethereum account`)
        : { kind: "answer", value: { kind: "account", account: account.address } };
    },
    findPublicKey: async (question) => {
      const found = await findListed(question, documents, now);
      if (found.kind !== "listed") return toKeyAnswer(found);
      const { publicKey } = found.method;
      if (publicKey === undefined && found.method.account === undefined) return unreadable(question.key);
      return publicKey === undefined
        ? notListed(`${question.key} is an Ethereum account, not a public key`)
        : { kind: "answer", value: { kind: "key", key: publicKey } };
    },
  };
}

export type Listing =
  | { readonly kind: "listed"; readonly method: VerificationMethod }
  | NotListed
  | { readonly kind: "unknown-kind" | "silent"; readonly reason: string };

/**
 * Whether the controller's document lists the key as its own, for the purpose, at that moment. Never rejects.
 *
 * @param now  the moment of questions that have none.
 */
export async function findListed(question: KeyQuestion, documents: DidDocuments, now: () => Date): Promise<Listing> {
  const { controller, key, at } = question;
  // a key must be looked for in its own document: another one could list it under a name that is not its
  if (!isSameDid(key.split("#", 1)[0] ?? "", controller) || !key.includes("#")) {
    return { kind: "not-listed", reason: `${key} is not a key of ${controller}` };
  }
  const answer = await documents.documentOf(controller, at);
  if (answer.kind !== "answer") return answer;
  return lookInto(answer.value, question, at === undefined ? now() : new Date(at.time));
}

function lookInto(document: DidDocument, question: KeyQuestion, moment: Date): Listing {
  const { controller, key, purpose = "assertionMethod", at } = question;
  const method = document.methods.find((one) => isSameDid(one.id, key));
  if (method === undefined || !document.listed[purpose].some((listed) => isSameDid(listed, key))) {
    return { kind: "not-listed", reason: `${controller} does not list ${key} under ${purpose}` };
  }
  if (!isSameDid(method.controller, controller)) {
    return { kind: "not-listed", reason: `${key} is controlled by ${method.controller}, not by ${controller}` };
  }
  if (method.until === undefined || moment < method.until) return { kind: "listed", method };
  const ended = `${key} is not good any more since ${method.until.toISOString()}`;
  const reason = at === undefined ? ended : `${ended}, and the document was put on record only on ${at.time}`;
  return { kind: "not-listed", reason };
}

function toKeyAnswer(found: Exclude<Listing, { kind: "listed" }>): Answer<NotListed> {
  return found.kind === "not-listed" ? { kind: "answer", value: found } : { kind: "silent", reason: found.reason };
}

/** It is listed, but in a way that we do not read: that is no contradiction of the issuer's. */
function unreadable(key: string): Answer<NotListed> {
  return { kind: "silent", reason: `${key} is listed in a form, or of a curve, that is not known here` };
}

function notListed(reason: string): Answer<NotListed> {
  return { kind: "answer", value: { kind: "not-listed", reason } };
}
