/** When and by whom a root was anchored or a node revoked, from stores that keep such things. */

import type { Hex } from "../core/bytes.ts";
import type { StoreRevocation } from "../core/ports/chain.ts";
import { parseWords, toAddress, toSafeNumber } from "./abi-answers.ts";
import type { BlockReads } from "./block-reads.ts";
import { compromisedSinceCall, nodeCall, type NodeFunction } from "./store-calls.ts";
import { PLAIN_CALL_GAS } from "./store-nodes.ts";

export interface AnchorFacts {
  readonly block?: number;
  /** Seconds since 1970. */
  readonly time?: number;
  readonly account?: Hex;
}

/**
 * Details are evidence, never a verdict: what a store does not tell is left out, and so is what cannot be true.
 *
 * @param countsParentBlocks  the store's block numbers are another chain's: they cannot be looked up and are left out.
 */
export async function readAnchorFacts(
  reads: BlockReads,
  store: Hex,
  root: Hex,
  countsParentBlocks: boolean,
): Promise<AnchorFacts> {
  // in one turn, since it is not known yet which of these a store has
  const [own, classic, older] = await Promise.all([
    readNumbers(reads, store, "anchorOf", root, 3),
    readNumbers(reads, store, "documentIssued", root, 1),
    readNumbers(reads, store, "getIssuedBlock", root, 1),
  ]);
  const block = positive(own?.[0]) ?? positive(classic?.[0]) ?? positive(older?.[0]);
  const account = toAddress(own?.[2]);
  const stated = positive(own?.[1]);
  if (block === undefined) return {};
  const owner = account === undefined ? {} : { account };
  if (countsParentBlocks) return { ...owner, ...(stated !== undefined && { time: stated }) };
  if (block > reads.block.number) return owner;
  const time = stated ?? (await reads.timeOf(block));
  return { block, ...owner, ...(time !== undefined && { time }) };
}

/** What is known of a node that the store calls revoked: block, time, reason, or that its account was compromised. */
export async function readRevocation(
  reads: BlockReads,
  store: Hex,
  node: Hex,
  countsParentBlocks: boolean,
): Promise<StoreRevocation> {
  const [own, classic, anchor] = await Promise.all([
    readNumbers(reads, store, "revocationOf", node, 4),
    readNumbers(reads, store, "documentRevoked", node, 1),
    readNumbers(reads, store, "anchorOf", node, 3),
  ]);
  const block = positive(own?.[0]) ?? positive(classic?.[0]);
  const time = positive(own?.[1]) ?? (await timeOf(reads, block, countsParentBlocks));
  const reason = positive(own?.[0]) === undefined ? undefined : describeReason(toSafeNumber(own?.[3]));
  const byCompromise = await isByCompromise(reads, store, positive(anchor?.[0]), toAddress(anchor?.[2]));
  return {
    node,
    ...(block !== undefined && !countsParentBlocks && { block }),
    ...(time !== undefined && { at: toTime(time) }),
    ...(reason !== undefined && { reason }),
    ...(byCompromise && { byCompromise }),
  };
}

/** Seconds since 1970 as ISO 8601. */
export function toTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

async function timeOf(
  reads: BlockReads,
  block: number | undefined,
  countsParentBlocks: boolean,
): Promise<number | undefined> {
  return block === undefined || countsParentBlocks ? undefined : reads.timeOf(block);
}

async function isByCompromise(
  reads: BlockReads,
  store: Hex,
  anchoredBlock: number | undefined,
  account: Hex | undefined,
): Promise<boolean> {
  if (anchoredBlock === undefined || account === undefined) return false;
  const called = await reads.call({ to: store, data: compromisedSinceCall(account), gas: PLAIN_CALL_GAS });
  const since = called.kind === "ok" ? positive(parseWords(called.value, 1)?.[0]) : undefined;
  return since !== undefined && anchoredBlock >= since;
}

async function readNumbers(
  reads: BlockReads,
  store: Hex,
  name: NodeFunction,
  node: Hex,
  count: number,
): Promise<readonly bigint[] | undefined> {
  const called = await reads.call({ to: store, data: nodeCall(name, node), gas: PLAIN_CALL_GAS });
  return called.kind === "ok" ? parseWords(called.value, count) : undefined;
}

/** Zero is how a store says "never". */
function positive(word: bigint | undefined): number | undefined {
  const number = toSafeNumber(word);
  return number === 0 ? undefined : number;
}

/** Reason codes of RFC 5280 section 5.3.1, in words. */
const REASONS: Readonly<Record<number, string>> = {
  0: "unspecified",
  1: "key compromise",
  2: "certification authority compromise",
  3: "affiliation changed",
  4: "superseded",
  5: "cessation of operation",
  6: "on hold",
  8: "removed from the list",
  9: "privilege withdrawn",
  10: "attribute authority compromise",
};

export function describeReason(code: number | undefined): string | undefined {
  return code === undefined ? undefined : (REASONS[code] ?? `reason ${code}`);
}
