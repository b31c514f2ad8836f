/** What the ERC-1056 registry has on record of an account: its controller now, and every change, read without an archive. */

import { fromHex, type Hex } from "../core/bytes.ts";
import type { Answer } from "../core/ports/answer.ts";
import type { ChainView, ContractEvent } from "../core/ports/chain.ts";

/** One event of the registry. Names are text of at most 32 bytes; times are in seconds since 1970. */
export type DidChange = { readonly block: number } & (
  | { readonly kind: "owner"; readonly owner: Hex }
  | { readonly kind: "delegate"; readonly type: string; readonly delegate: Hex; readonly validTo: bigint }
  | { readonly kind: "attribute"; readonly name: string; readonly value: Uint8Array; readonly validTo: bigint }
);

/** An account that was given up: nobody controls the DID from then on. */
export const NOBODY: Hex = `0x${"0".repeat(40)}`;

/** `identityOwner(address)` and `changed(address)`. */
const IDENTITY_OWNER = "0x8733d4e8";
const CHANGED = "0xf96d0f9f";

/** `DIDOwnerChanged`, `DIDDelegateChanged`, `DIDAttributeChanged`. @see ERC-1056 */
const OWNER_CHANGED: Hex = "0x38a5a6e68f30ed1ab45860a4afb34bcb2fc00f22ca462d249b8a8d40cda6f7a3";
const DELEGATE_CHANGED: Hex = "0x5a5084339536bcab65f20799fcc58724588145ca054bd2be626174b27ba156f7";
const ATTRIBUTE_CHANGED: Hex = "0x18ab6b2ae3d64306c00ce663125f2bd680e441a098de1635bd7ad8b0d44965e4";

/** Blocks with changes that are looked into, one question each: an account that was changed in more is left unread. */
const MAX_BLOCKS = 40;

/** Of an attribute; a key is far shorter. */
const MAX_VALUE_BYTES = 4_096;

/**
 * Every change up to the block of the view, oldest first.
 *
 * Each event names the block of the one before it, so the way back is walked from block to block, and no node has to search
 * its events or keep old state. Silence where an event is missing on the way, or contradicts what the registry says now: who
 * controls the account now does not tell whether the DID was given up before.
 */
export async function readChanges(view: ChainView, registry: Hex, account: Hex): Promise<Answer<readonly DidChange[]>> {
  const [last, owner] = await Promise.all([
    readWord(view, registry, `${CHANGED}${pad(account)}`),
    readOwner(view, registry, account),
  ]);
  if (last.kind === "silent") return last;
  if (owner.kind === "silent") return owner;
  const blocks: (readonly DidChange[])[] = [];
  for (let block = BigInt(last.value); block > 0n;) {
    if (blocks.length === MAX_BLOCKS) return silence(`${account} was changed in more than ${MAX_BLOCKS} blocks`);
    if (block > BigInt(view.readAt.block)) return unusable(view, registry);
    const found = await readBlock(view, { registry, account, block: Number(block) });
    if (found.kind === "silent") return found;
    blocks.unshift(found.value.changes);
    block = found.value.previous;
  }
  const changes = blocks.flat();
  return ownerAfter(changes, account) === owner.value ? { kind: "answer", value: changes } : unusable(view, registry);
}

/** Who controls the account at the block of the view, as the registry says: of one that was given up, itself. */
async function readOwner(view: ChainView, registry: Hex, account: Hex): Promise<Answer<Hex>> {
  const word = await readWord(view, registry, `${IDENTITY_OWNER}${pad(account)}`);
  if (word.kind === "silent") return word;
  const owner = findAddress(word.value);
  return owner === undefined ? unusable(view, registry) : { kind: "answer", value: owner };
}

/** As the registry itself would say: whoever was given up falls back to itself there. */
function ownerAfter(changes: readonly DidChange[], account: Hex): Hex {
  const last = changes.findLast((change) => change.kind === "owner");
  return last === undefined || last.owner === NOBODY ? account : last.owner;
}

interface Place {
  readonly registry: Hex;
  readonly account: Hex;
  readonly block: number;
}

interface BlockChanges {
  readonly changes: readonly DidChange[];
  /** The block of the change before, 0 for none. */
  readonly previous: bigint;
}

async function readBlock(view: ChainView, { registry, account, block }: Place): Promise<Answer<BlockChanges>> {
  const topics = [[OWNER_CHANGED, DELEGATE_CHANGED, ATTRIBUTE_CHANGED], `0x${pad(account)}`] as const;
  const found = await view.eventsIn(registry, topics, block);
  if (found.kind === "silent") return found;
  const read = found.value.map((event) => parseEvent(event, topics[1], block));
  if (!read.every((one) => one !== undefined)) return unusable(view, registry);
  const [first, ...others] = read;
  if (first === undefined) return silence(`the node has lost what was said of ${account} in block ${block}`);
  // the first one in a block leads to an earlier block, all others to this one
  const isChain = first.previous < BigInt(block) && others.every(({ previous }) => previous === BigInt(block));
  if (!isChain) return unusable(view, registry);
  return { kind: "answer", value: { changes: read.map(({ change }) => change), previous: first.previous } };
}

interface ParsedEvent {
  readonly change: DidChange;
  readonly previous: bigint;
}

/** Undefined for what is no event of the registry about that account, or is laid out otherwise than the compiler does. */
function parseEvent({ topics, data }: ContractEvent, account: Hex, block: number): ParsedEvent | undefined {
  const [event, subject] = topics;
  if (topics.length !== 2 || subject !== account) return undefined;
  const words = wordsOf(data);
  if (words === undefined) return undefined;
  const [first = NO_WORD, second = NO_WORD, third = NO_WORD, fourth = NO_WORD, ...rest] = words;
  if (event === OWNER_CHANGED) {
    const owner = findAddress(first);
    if (owner === undefined || words.length !== 2) return undefined;
    return { change: { kind: "owner", block, owner }, previous: BigInt(second) };
  }
  if (event === DELEGATE_CHANGED) {
    const delegate = findAddress(second);
    if (delegate === undefined || words.length !== 4) return undefined;
    const change = { kind: "delegate", block, type: toName(first), delegate, validTo: BigInt(third) } as const;
    return { change, previous: BigInt(fourth) };
  }
  if (event !== ATTRIBUTE_CHANGED || BigInt(second) !== 128n) return undefined;
  const value = findBytes(rest);
  if (value === undefined) return undefined;
  return {
    change: { kind: "attribute", block, name: toName(first), value, validTo: BigInt(third) },
    previous: BigInt(fourth),
  };
}

const NO_WORD: Hex = `0x${"0".repeat(64)}`;

/** Words of 32 bytes; undefined where the data does not come in such. */
function wordsOf(data: Hex): readonly Hex[] | undefined {
  if (!/^0x(?:[0-9a-f]{64})+$/.test(data)) return undefined;
  return Array.from({ length: (data.length - 2) / 64 }, (_, at): Hex => `0x${data.slice(2 + at * 64, 66 + at * 64)}`);
}

/** A length, then so many bytes, filled up with zeros to whole words. */
function findBytes([length = NO_WORD, ...words]: readonly Hex[]): Uint8Array | undefined {
  if (BigInt(length) > BigInt(MAX_VALUE_BYTES)) return undefined;
  const count = Number(length);
  const digits = words.map((word) => word.slice(2)).join("");
  if (words.length !== Math.ceil(count / 32) || /[^0]/.test(digits.slice(count * 2))) return undefined;
  return fromHex(`0x${digits.slice(0, count * 2)}`);
}

/** The text in front of the zeros: who wrote it is the account's affair, so what is no text stays unlike any name we know. */
function toName(word: Hex): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(fromHex(word)).replace(/\0+$/, "");
}

/** The address in one word of 32 bytes; anything larger is none. */
function findAddress(word: Hex): Hex | undefined {
  return /^0x0{24}[0-9a-f]{40}$/.test(word) ? `0x${word.slice(26)}` : undefined;
}

async function readWord(view: ChainView, registry: Hex, data: Hex): Promise<Answer<Hex>> {
  const answer = await view.callContract(registry, data);
  if (answer.kind === "silent") return answer;
  const [word, more] = (answer.value.kind === "returned" ? wordsOf(answer.value.data) : undefined) ?? [];
  return word === undefined || more !== undefined ? unusable(view, registry) : { kind: "answer", value: word };
}

function pad(account: Hex): string {
  return account.slice(2).padStart(64, "0");
}

function unusable({ readAt }: ChainView, registry: Hex): Answer<never> {
  return silence(`the DID registry ${registry} on chain ${readAt.chainId} gave no usable answer`);
}

function silence(reason: string): Answer<never> {
  return { kind: "silent", reason };
}
