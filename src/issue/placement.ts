/** Where the credentials of a batch are placed: what all of them share, and each one's own place in the status list. */

import { fromHex, toHex, type Hex } from "../core/bytes.ts";
import type { RandomSource } from "../core/ports/answer.ts";
import type { BatchTransition } from "../core/ports/batches.ts";
import type { DocumentSigner } from "../core/ports/handing-out.ts";
import { toListAddress, type ListForm, type PublishedList } from "../core/list-address.ts";
import type { IssuingFormat, Placement, StatusPlace } from "../formats/format.ts";
import { openPermutation } from "./permutation.ts";

/** Fixed before the first credential is sealed. Plain data: it can be handed to a worker. */
export interface BatchPlace {
  readonly chainId: number;
  readonly store: Hex;
  readonly createdAt: string;
  /** The account that anchors. */
  readonly account: Hex;
  /** The issuer's DID, where it has one. */
  readonly issuer?: string;
  readonly signer?: Pick<DocumentSigner, "issuer" | "verificationMethod" | "publicKey">;
  readonly statusList?: StatusList;
}

/** A status list of the store for one batch alone. */
export interface StatusList {
  /** The 32 random bytes that name it. */
  readonly id: Hex;
  /** Secret: which learner has which position. */
  readonly key: Hex;
  readonly size: number;
  /** Where it is mirrored, if anywhere. */
  readonly mirror?: Mirror;
}

/** A service that publishes the store's lists, and the form of list that the format's verifiers read. */
export interface Mirror {
  /** Where the service is reached, without a slash at its end. */
  readonly url: string;
  readonly form: ListForm;
}

/** What W3C's lists have at least: among so many, a position tells nobody whom it is about. */
const SMALLEST_LIST = 2 ** 17;

/** Puts together what is known; the signer's own DID comes before the one that is set. */
export function toBatchPlace(
  order: Pick<BatchPlace, "chainId" | "store" | "createdAt" | "account">,
  issuerSet: string | undefined,
  signer: DocumentSigner | undefined,
  statusList: StatusList | undefined,
): BatchPlace {
  const issuer = signer?.issuer ?? issuerSet;
  const { chainId, store, createdAt, account } = order;
  return {
    chainId,
    store,
    createdAt,
    account,
    ...(issuer !== undefined && { issuer }),
    ...(signer !== undefined && { signer: nameOf(signer) }),
    ...(statusList !== undefined && { statusList }),
  };
}

function nameOf({ issuer, verificationMethod, publicKey }: DocumentSigner): NonNullable<BatchPlace["signer"]> {
  return { issuer, verificationMethod, publicKey };
}

/**
 * The list for a batch of so many documents, for formats that name one: every document gets a position of its own.
 *
 * @param url  where the service that publishes the store's lists is reached; absent: nowhere.
 */
export function drawStatusList(
  { namesStatusList, listForm: form }: Pick<IssuingFormat, "namesStatusList" | "listForm">,
  count: number,
  random: RandomSource,
  url: string | undefined,
): StatusList | undefined {
  const mirror = url === undefined || form === undefined ? {} : { mirror: { url, form } };
  if (namesStatusList === "never" || (namesStatusList === "by-address" && mirror.mirror === undefined))
    return undefined;
  const size = Math.max(SMALLEST_LIST, 2 ** Math.ceil(Math.log2(count)));
  return { id: toHex(random(32)), key: toHex(random(32)), size, ...mirror };
}

/** The list as the first row of a batch keeps it. */
export function statusDetail(list: StatusList | undefined): BatchTransition["detail"] {
  if (list === undefined) return {};
  const { id: statusList, key: statusKey, size: statusSize, mirror } = list;
  const kept = { statusList, statusKey, statusSize };
  return mirror === undefined ? kept : { ...kept, statusMirror: mirror.url, statusForm: mirror.form };
}

/** A row as it may be shown: whoever has the key can tell which position is whose. */
export function withoutSecrets(detail: BatchTransition["detail"]): BatchTransition["detail"] {
  return Object.fromEntries(Object.entries(detail).filter(([member]) => member !== "statusKey"));
}

/** The list that a batch's first row keeps. */
export function findStatusList(detail: BatchTransition["detail"]): StatusList | undefined {
  const { statusList, statusKey, statusSize, statusMirror: url, statusForm: form } = detail;
  if (typeof statusList !== "string" || typeof statusKey !== "string" || typeof statusSize !== "number")
    return undefined;
  const list = { id: statusList as Hex, key: statusKey as Hex, size: statusSize }; // our own row, from our own store
  const isMirrored = typeof url === "string" && (form === "bitstring" || form === "blockcerts");
  return isMirrored ? { ...list, mirror: { url, form } } : list;
}

/**
 * What each credential is sealed with, by the learner's row, counted from 1: the same for the same batch, however often
 * sealing starts again, and no position twice.
 */
export function openPlacements({
  chainId,
  store,
  createdAt,
  account,
  signer,
  statusList,
}: BatchPlace): (row: number) => Placement {
  const shared = { chainId, store, createdAt, account, ...(signer !== undefined && { signer }) };
  if (statusList === undefined) return () => shared;
  const { id, key, size, mirror } = statusList;
  const positionOf = openPermutation(fromHex(key), size);
  const mirrors =
    mirror === undefined ? {} : { mirrors: mirrorsOf(mirror, { chainId, store, list: id, entries: size }) };
  return (row) => ({ ...shared, status: { list: id, index: positionOf(row - 1), ...mirrors } });
}

function mirrorsOf(
  { url, form }: Mirror,
  list: Pick<PublishedList, "chainId" | "store" | "list" | "entries">,
): NonNullable<StatusPlace["mirrors"]> {
  const store: Hex = `0x${list.store.slice(2).toLowerCase()}`;
  const addressOf = (purpose: PublishedList["purpose"]): string =>
    toListAddress(url, { ...list, store, purpose, form });
  return { revocation: addressOf("revocation"), suspension: addressOf("suspension") };
}
