/** The accounts and public keys behind verification methods, as the documents of their own DIDs list them. */

import type { Answer, Clock, KeyFinder, NotListed } from "../core/ports.ts";
import type { DidDocument, Purpose } from "./did-document.ts";
import { openDidDocuments, type DidDocuments, type DidOptions } from "./did-documents.ts";
import { isSameDid } from "./same-did.ts";
import type { VerificationMethod } from "./verification-method.ts";

export interface DidKeysOptions extends DidOptions {
  /** For keys that expire or were revoked. */
  readonly clock?: Clock | undefined;
}

/** Opens the documents of DIDs for one session. */
export function openDidKeys(options: DidKeysOptions): KeyFinder {
  const documents = openDidDocuments(options);
  const now = () => options.clock?.now() ?? new Date();
  return {
    findAccount: async (did, key) => {
      const found = await findListed({ id: did, key, purpose: "assertionMethod", now: now() }, documents);
      if (found.kind !== "listed") return toKeyAnswer(found);
      const { account } = found.method;
      return account === undefined
        ? notListed(`${key} is not an Ethereum account`)
        : { kind: "answer", value: { kind: "account", account: account.address } };
    },
    findPublicKey: async (id, method, purpose = "assertionMethod") => {
      const found = await findListed({ id, key: method, purpose, now: now() }, documents);
      if (found.kind !== "listed") return toKeyAnswer(found);
      const { publicKey } = found.method;
      return publicKey === undefined
        ? notListed(`${method} is not a key of a curve that is known here`)
        : { kind: "answer", value: { kind: "key", key: publicKey } };
    },
  };
}

export interface ListingQuestion {
  readonly id: string;
  readonly key: string;
  readonly purpose: Purpose;
  readonly now: Date;
}

export type Listing =
  | { readonly kind: "listed"; readonly method: VerificationMethod }
  | NotListed
  | { readonly kind: "unknown-kind" | "silent"; readonly reason: string };

/** Whether the document of `id` lists `key` as its own, for the purpose, at that moment. Never rejects. */
export async function findListed(question: ListingQuestion, documents: DidDocuments): Promise<Listing> {
  const { id, key } = question;
  // a key must be looked for in its own document: another one could list it under a name that is not its
  if (!isSameDid(key.split("#", 1)[0] ?? "", id) || !key.includes("#")) {
    return { kind: "not-listed", reason: `${key} is not a key of ${id}` };
  }
  const answer = await documents.documentOf(id);
  return answer.kind === "answer" ? lookInto(answer.value, question) : answer;
}

function lookInto(document: DidDocument, { id, key, purpose, now }: ListingQuestion): Listing {
  const method = document.methods.find((one) => isSameDid(one.id, key));
  if (method === undefined || !document.listed[purpose].some((listed) => isSameDid(listed, key))) {
    return document.isWhole
      ? { kind: "not-listed", reason: `${id} does not list ${key} under ${purpose}` }
      : { kind: "silent", reason: `of ${id} only the controller can be looked up, not ${key}` };
  }
  if (!isSameDid(method.controller, id)) {
    return { kind: "not-listed", reason: `${key} is controlled by ${method.controller}, not by ${id}` };
  }
  return method.until !== undefined && method.until <= now
    ? { kind: "not-listed", reason: `${key} is not good any more since ${method.until.toISOString()}` }
    : { kind: "listed", method };
}

function toKeyAnswer(found: Exclude<Listing, { kind: "listed" }>): Answer<NotListed> {
  return found.kind === "not-listed" ? { kind: "answer", value: found } : { kind: "silent", reason: found.reason };
}

function notListed(reason: string): Answer<NotListed> {
  return { kind: "answer", value: { kind: "not-listed", reason } };
}
