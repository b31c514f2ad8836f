/** Revocation lists of Blockcerts: the ids of the documents that were withdrawn, with the issuer's words for why. */

import type { StatusClaim } from "../core/claims.ts";
import { isArray, isObject, memberOf, textOf, type Json, type JsonObject } from "../core/json.ts";
import { openMemory } from "../core/memory.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { SettledStatus } from "../core/ports/status.ts";
import { parseStrictJson } from "../core/strict-json.ts";
import { toList } from "./bitstring-entry.ts";
import type { FetchedLists } from "./fetched-lists.ts";

type RevocationClaim = Extract<StatusClaim, { kind: "revocation-list" }>;

/** The address of the list that an issuer's profile names; undefined where it names none. Never rejects. */
export type RevocationListFinder = (issuer: string) => Promise<Answer<string | undefined>>;

/** A list in which documents are looked up. */
interface RevocationList {
  /** What the list calls itself: lists have moved, so it is only reported. */
  readonly id?: string;
  /** Reasons by the ids of documents; empty where none is given. */
  readonly reasons: ReadonlyMap<string, string>;
}

export interface RevocationLists {
  /** Never rejects. */
  ask(claim: RevocationClaim): Promise<SettledStatus>;
}

/** Of an issuer's words, what a report has room for. */
const MAX_REASON = 200;

/** Opens the lists for one session. The whole list is fetched: nobody is told whose document is being looked at. */
export function openRevocationLists(lists: FetchedLists, listOf: RevocationListFinder): RevocationLists {
  const memory = openMemory<RevocationList>();

  async function readAt(location: string): Promise<Answer<RevocationList>> {
    const fetched = await lists.at(location);
    if (fetched.kind === "silent") return fetched;
    const list = findRevocationList(fetched.value);
    return list === undefined
      ? { kind: "silent", reason: `what lies at ${location} is not a revocation list` }
      : { kind: "answer", value: list };
  }

  return {
    ask: async ({ namedBy, location, document }) => {
      const named: Answer<string | undefined> =
        namedBy === "document" ? { kind: "answer", value: location } : await listOf(location);
      if (named.kind === "silent") return named;
      const { value: address } = named;
      if (address === undefined)
        return { kind: "not-offered", reason: "The issuer's profile names no list of withdrawn documents." };
      const list = await memory.recall(address, async () => readAt(address));
      return list.kind === "silent" ? list : lookUp(list.value, document, address);
    },
  };
}

function lookUp({ id, reasons }: RevocationList, document: string, address: string): SettledStatus {
  const evidence = { list: address, ...(id !== undefined && id !== address && { listCallsItself: id }) };
  const reason = reasons.get(document);
  if (reason === undefined) return { kind: "good", evidence };
  return { kind: "revoked", ...(reason !== "" && { reason }), evidence };
}

/** An entry without an id could be anybody's, so a list with one cannot show that somebody is not on it. */
function findRevocationList(bytes: Uint8Array): RevocationList | undefined {
  const list = findJson(bytes);
  if (!isObject(list) || !toList(memberOf(list, "type")).includes("RevocationList")) return undefined;
  const entries = memberOf(list, "revokedAssertions");
  if (!isArray(entries)) return undefined;
  const reasons = new Map<string, string>();
  for (const entry of entries) {
    const document = isObject(entry) ? textOf(entry, "id") : undefined;
    if (!isObject(entry) || document === undefined) return undefined;
    reasons.set(document, reasonOf(entry));
  }
  const id = textOf(list, "id");
  return { ...(id !== undefined && { id }), reasons };
}

function reasonOf(entry: JsonObject): string {
  return (textOf(entry, "revocationReason") ?? "").slice(0, MAX_REASON);
}

function findJson(bytes: Uint8Array): Json | undefined {
  try {
    return parseStrictJson(bytes);
  } catch {
    return undefined;
  }
}
