/** Issuer profiles of Blockcerts, in all the forms they have had: which accounts and keys are the issuer's, and when they are. */

import { isArray, isObject, memberOf, textOf, type Json, type JsonArray, type JsonObject } from "../core/json.ts";
import { findDay, findMoment } from "../core/moment.ts";
import { toAbsolute } from "./same-did.ts";
import { findVerificationMethod, type VerificationMethod } from "./verification-method.ts";

/** Whose rules a profile is read by: those of the document that names it. Version 2 knows no keys, and older dates. */
export type ProfileRules = "blockcerts-v2" | "blockcerts-v3";

/** Keys that somebody lists: a profile, or the DID document that stands for one. */
export interface ListedKeys {
  readonly methods: readonly VerificationMethod[];
  /** Ids of the methods that may issue; absent where there is no such list, which is to be reported. */
  readonly mayIssue?: readonly string[];
}

export interface IssuerProfile extends ListedKeys {
  /** Its own word for its address: in version 3 it must be the one it was fetched from. */
  readonly id: string;
  readonly name?: string;
  readonly accounts: readonly ProfileAccount[];
  /** Address of the list of withdrawn documents. */
  readonly revocationList?: string;
}

/** An account that anchors for the issuer, and the time in which it does. */
export interface ProfileAccount {
  /** Ethereum's in lower case; Bitcoin's as written. */
  readonly address: string;
  readonly from?: Date;
  readonly revoked?: Date;
  readonly expires?: Date;
}

export type ParsedProfile =
  | { readonly kind: "profile"; readonly profile: IssuerProfile }
  | { readonly kind: "malformed"; readonly reason: string };

/** Entries of one list; no issuer has had as many keys. */
const MAX_ENTRIES = 500;
const ACCOUNT_PREFIX = "ecdsa-koblitz-pubkey:";

/** A profile that cannot be read; it never leaves this file. */
class Malformed extends Error {}

/**
 * The profile that a JSON object is.
 *
 * @returns `malformed` for a profile without an id, and for an account or a date of one that has no clear meaning: an
 *   account that may or may not be revoked is no basis for anything.
 */
export function parseIssuerProfile(profile: JsonObject, rules: ProfileRules): ParsedProfile {
  try {
    return { kind: "profile", profile: readProfile(profile, rules) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: "malformed", reason: error.message };
    throw error;
  }
}

function readProfile(profile: JsonObject, rules: ProfileRules): IssuerProfile {
  const id = textOf(profile, "id") ?? malformed("it has no id");
  const name = textOf(profile, "name");
  const revocationList = textOf(profile, "revocationList");
  const mayIssue = readIds(profile, id);
  return {
    id,
    ...(name !== undefined && { name }),
    accounts: readAccounts(profile, rules),
    methods: listOf(profile, "verificationMethod").flatMap((entry) => readMethod(entry, id)),
    ...(mayIssue !== undefined && { mayIssue }),
    ...(revocationList !== undefined && { revocationList }),
  };
}

/** `publicKey` since 2.0; `publicKeys` in 2.0-alpha; `issuerKeys` in version 1. */
function readAccounts(profile: JsonObject, rules: ProfileRules): ProfileAccount[] {
  const current = listOf(profile, "publicKey").map((entry) => readAccount(entry, "id", "created", rules));
  if (rules === "blockcerts-v3") return current;
  const alpha = listOf(profile, "publicKeys").map((entry) => readAccount(entry, "publicKey", "created", rules));
  const first = listOf(profile, "issuerKeys").map((entry) => readAccount(entry, "key", "date", rules));
  return [...current, ...alpha, ...first];
}

function readAccount(entry: Json, addressMember: string, fromMember: string, rules: ProfileRules): ProfileAccount {
  if (!isObject(entry)) return malformed("one of its keys is no object");
  const text = textOf(entry, addressMember) ?? malformed(`one of its keys has no ${addressMember}`);
  const address = text.startsWith(ACCOUNT_PREFIX) ? text.slice(ACCOUNT_PREFIX.length) : text;
  const from = findDate(entry, fromMember, rules);
  const revoked = findDate(entry, "revoked", rules);
  const expires = findDate(entry, "expires", rules);
  return {
    address: normalise(address),
    ...(from !== undefined && { from }),
    ...(revoked !== undefined && { revoked }),
    ...(expires !== undefined && { expires }),
  };
}

/** Bare dates are midnight in UTC, as are times without a zone; both only in profiles that version 2 names. */
function findDate(entry: JsonObject, name: string, rules: ProfileRules): Date | undefined {
  const value = memberOf(entry, name);
  if (value === undefined || value === null) return undefined;
  const text = typeof value === "string" ? value : malformed(`its ${name} is no date`);
  const whole = rules === "blockcerts-v3" ? text : complete(text);
  const moment = findMoment(whole, "optional");
  return moment === undefined
    ? malformed(`its ${name} has no clear meaning: ${JSON.stringify(text.slice(0, 40))}`)
    : new Date(moment);
}

function complete(text: string): string {
  if (findDay(text) !== undefined) return `${text}T00:00:00Z`;
  const zoned = text.replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
  return /(?:Z|[+-]\d\d:\d\d)$/.test(zoned) ? zoned : `${zoned}Z`;
}

/** A method without a clear meaning, or with an end that is no time, counts as not listed. */
function readMethod(entry: Json, base: string): VerificationMethod[] {
  const method = isObject(entry) ? findVerificationMethod(entry, base) : undefined;
  return method === undefined ? [] : [method];
}

function readIds(profile: JsonObject, base: string): string[] | undefined {
  if (memberOf(profile, "assertionMethod") === undefined) return undefined;
  return listOf(profile, "assertionMethod").map((entry) => {
    const id = isObject(entry) ? textOf(entry, "id") : entry;
    return typeof id === "string"
      ? toAbsolute(id, base)
      : malformed("its assertionMethod lists something without a name");
  });
}

function listOf(profile: JsonObject, name: string): JsonArray {
  const value = memberOf(profile, name);
  if (value === undefined || value === null) return [];
  const list = isArray(value) ? value : [value];
  return list.length > MAX_ENTRIES ? malformed(`its ${name} has more than ${MAX_ENTRIES} entries`) : list;
}

function malformed(reason: string): never {
  throw new Malformed(reason);
}

/** Whether an account was the issuer's at that moment: after it was created, before it was revoked and before it expired. */
export function isGoodAt({ from, revoked, expires }: Omit<ProfileAccount, "address">, moment: Date): boolean {
  const time = moment.getTime();
  const ends = [revoked, expires].filter((end) => end !== undefined);
  return (from === undefined || from.getTime() < time) && ends.every((end) => time < end.getTime());
}

/** Who anchored, when, and by which key the document says that was. */
export interface AnchoredBy {
  readonly sender: string;
  /** The block's own time; where there is none, now. */
  readonly at: Date;
  /** Absent in version 2, where the list of accounts alone counts. */
  readonly verificationMethod?: string;
}

/**
 * Why the sender is not the issuer's, or undefined when it is.
 *
 * @param keys  the profile's own, or those of the DID document that led to it.
 * @see Blockcerts: ensureValidIssuingKey, compareIssuingAddress
 */
export function findSenderFault(
  { accounts }: Pick<IssuerProfile, "accounts">,
  keys: ListedKeys,
  { sender, at, verificationMethod }: AnchoredBy,
): string | undefined {
  const address = normalise(sender);
  const own = accounts.filter((account) => account.address === address);
  if (own.length === 0) return `the account ${sender} is not the issuer's`;
  if (!own.some((account) => isGoodAt(account, at)))
    return `the account ${sender} was not the issuer's on ${at.toISOString()}`;
  return verificationMethod === undefined ? undefined : findKeyFault(keys, verificationMethod, address, at);
}

function findKeyFault({ methods, mayIssue }: ListedKeys, id: string, address: string, at: Date): string | undefined {
  const method = methods.find((one) => one.id === id);
  if (method === undefined) return `the issuer lists no key ${id}`;
  if (mayIssue !== undefined && !mayIssue.includes(id)) return `the issuer's key ${id} is not for issuing`;
  if (method.account?.address !== address) return `the key ${id} is not the one of the account ${address}`;
  return method.until === undefined || at.getTime() < method.until.getTime()
    ? undefined
    : `the issuer's key ${id} had ended on ${at.toISOString()}`;
}

/** Ethereum's addresses have no case; Bitcoin's have. */
function normalise(address: string): string {
  return /^0x[0-9a-fA-F]{40}$/.test(address) ? address.toLowerCase() : address;
}
