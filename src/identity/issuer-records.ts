/** What an issuer of Blockcerts keeps of its own keys: a profile at an https address, a DID document, or a DID that leads to a profile. */

import { fetchJsonObject } from "../core/fetch-json.ts";
import { textOf, type JsonObject } from "../core/json.ts";
import { openMemory } from "../core/memory.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { AnchorMoment } from "../core/ports/chain.ts";
import type { DidDocument } from "./did-document.ts";
import { openDidDocuments, type DidDocuments, type DidOptions } from "./did-documents.ts";
import { parseIssuerProfile, type IssuerProfile, type ListedKeys, type ProfileRules } from "./issuer-profile.ts";
import { checkProfileProof, type ProfileProof } from "./profile-signature.ts";
import { isSameDid } from "./same-did.ts";

/** At least one of the two. */
export interface IssuerRecords {
  readonly profile?: FetchedProfile;
  /** The DID's own document, where the issuer is named by a DID. */
  readonly document?: DidDocument;
}

export interface FetchedProfile {
  readonly address: string;
  readonly profile: IssuerProfile;
}

export type RecordsAnswer =
  | Answer<IssuerRecords>
  /** It is there, and breaks the rules of its own standard. */
  | { readonly kind: "contradicted"; readonly reason: string }
  | { readonly kind: "unknown-kind"; readonly reason: string };

export interface IssuerRecordsFinder {
  /**
   * @param location  https address of a profile, or a DID; a document chose it.
   * @param at  when the document was put on record, for DIDs whose old documents a chain keeps; absent: now.
   * Never rejects.
   */
  recordsOf(location: string, rules: ProfileRules, at?: AnchorMoment): Promise<RecordsAnswer>;
}

interface Fetched {
  readonly object: JsonObject;
  readonly proof: ProfileProof;
}

const TIMEOUT_MS = 5_000;
/** Profiles carry a picture of the issuer as text. */
const MAX_BYTES = 1024 * 1024;
const MEDIA_TYPES = ["application/json", "application/ld+json"] as const;

/** Opens the sources of issuers' records for one session; fetched ones are kept for a minute. */
export function openIssuerRecords(
  options: DidOptions,
  documents: DidDocuments = openDidDocuments(options),
): IssuerRecordsFinder {
  const memory = openMemory<Fetched>();

  async function profileAt(address: string, rules: ProfileRules, did?: DidDocument): Promise<RecordsAnswer> {
    // a proof of the profile's own may be made by a key of the DID
    const fetched = await memory.recall(`${address} ${did?.id ?? ""}`, async () => fetchProfile(address, did, options));
    if (fetched.kind === "silent") return fetched;
    const { object, proof } = fetched.value;
    const parsed = parseIssuerProfile(object, rules);
    if (parsed.kind === "malformed") {
      return {
        kind: "contradicted",
        reason: `The issuer's profile at ${address} has no clear meaning: ${parsed.reason}.`,
      };
    }
    const { profile } = parsed;
    // profiles of version 2 have moved often, and name their first address still
    if (rules === "blockcerts-v3" && profile.id !== address && !(did !== undefined && isSameDid(profile.id, did.id))) {
      return { kind: "contradicted", reason: `The profile at ${address} says that it is the one of ${profile.id}.` };
    }
    if (proof.kind === "unknown") return { kind: "silent", reason: `of the profile at ${address}, ${proof.reason}` };
    if (proof.kind === "wrong") {
      return { kind: "contradicted", reason: `The issuer's profile at ${address} does not hold: ${proof.reason}.` };
    }
    return { kind: "answer", value: { profile: { address, profile }, ...(did !== undefined && { document: did }) } };
  }

  return {
    recordsOf: async (location, rules, at) => {
      if (!location.startsWith("did:")) return profileAt(location, rules);
      const found = await documents.documentOf(location, at);
      if (found.kind !== "answer") return found;
      const document = found.value;
      return document.profile === undefined
        ? { kind: "answer", value: { document } }
        : profileAt(document.profile, rules, document);
    },
  };
}

/**
 * The address of the list of withdrawn documents that an issuer's profile names; undefined where it names none.
 *
 * The older rules will do: whether the profile holds by those of the document is for the proof of the issuer to say.
 */
export async function findRevocationList(
  records: IssuerRecordsFinder,
  issuer: string,
): Promise<Answer<string | undefined>> {
  const found = await records.recordsOf(issuer, "blockcerts-v2");
  if (found.kind === "answer") return { kind: "answer", value: found.value.profile?.profile.revocationList };
  return { kind: "silent", reason: found.reason };
}

/** Where an issuer's profile lies: at the address that names the issuer, or where its DID leads; undefined without one. */
export async function findProfileAddress(
  records: IssuerRecordsFinder,
  issuer: string,
): Promise<Answer<string | undefined>> {
  if (!issuer.startsWith("did:")) return { kind: "answer", value: issuer };
  const found = await records.recordsOf(issuer, "blockcerts-v3");
  if (found.kind === "answer") return { kind: "answer", value: found.value.profile?.address };
  return { kind: "silent", reason: found.reason };
}

/** What lies at the address, if it names itself: an error in the form of an object does not. */
async function fetchProfile(
  address: string,
  did: DidDocument | undefined,
  options: DidOptions,
): Promise<Answer<Fetched>> {
  const fetched = await fetchJsonObject(address, {
    allowedHosts: options.allowedHosts ?? [],
    accept: MEDIA_TYPES,
    maxBytes: MAX_BYTES,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    fetch: options.fetch,
  });
  if (fetched.kind === "silent") return fetched;
  const object = fetched.value;
  const parsed = parseIssuerProfile(object, "blockcerts-v2");
  if (textOf(object, "id") === undefined || parsed.kind === "malformed") {
    return { kind: "silent", reason: `what lies at ${address} is no profile of an issuer` };
  }
  return { kind: "answer", value: { object, proof: await checkProfileProof(object, keysOf(parsed.profile, did)) } };
}

/** The keys that may sign the profile: its own, and those of the DID whose profile it is. */
function keysOf({ methods, mayIssue }: IssuerProfile, did: DidDocument | undefined): ListedKeys {
  if (did === undefined) return { methods, ...(mayIssue !== undefined && { mayIssue }) };
  const own = mayIssue ?? methods.map(({ id }) => id);
  return { methods: [...did.methods, ...methods], mayIssue: [...did.listed.assertionMethod, ...own] };
}
