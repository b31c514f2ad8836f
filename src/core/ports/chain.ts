/** Reading chains: what `verify/` and `identity/` ask, and `chain/` answers. */

import type { Hex } from "../bytes.ts";
import type { Inclusion } from "../claims.ts";
import type { ReadAt } from "../report.ts";
import type { Answer } from "./answer.ts";

/** What a verifier may call "the chain": views of the chains it was explicitly pointed at. */
export interface ChainReader {
  /**
   * One view for one verification session: chain id checked, one block pinned.
   *
   * @param chainId  the chain the document names; absent: the reader's default chain.
   * Never rejects: no node for that chain is `not-configured`, trouble is `silent`.
   */
  viewOf(chainId?: number): Promise<ChainViewAnswer>;
}

export type ChainViewAnswer =
  | { readonly kind: "view"; readonly view: ChainView }
  /**
   * `isTestNetwork` tells whether the chain asked for is known to be a test network; `closed` names one that was shut down,
   * so that only an archive of it could be asked.
   */
  | { readonly kind: "not-configured"; readonly isTestNetwork: boolean; readonly closed?: string }
  | { readonly kind: "behind"; readonly reason: string }
  | { readonly kind: "silent"; readonly reason: string };

/** One chain, read at one block. Questions asked in the same turn travel together. */
export interface ChainView extends ContractReader {
  readonly readAt: ReadAt;
  readonly network: "main" | "test";
  /** What the store says of the root and of every node between leaf and root. */
  standingOf(store: Hex, inclusion: Inclusion): Promise<Answer<StoreStanding>>;
  /** What the store's status list says of one entry; silence for whatever is not a store that keeps lists. */
  entryOf(store: Hex, list: Hex, index: number): Promise<Answer<ListEntryStanding>>;
  /**
   * Both bitmaps of a store's status list, one bit an entry, the first at the left.
   *
   * @param entries  how many are asked for, from the list's first: a multiple of 256.
   */
  bitmapsOf(store: Hex, list: Hex, entries: number): Promise<Answer<ListBitmaps>>;
  /** Who owns the token whose id is the root. */
  mintingOf(registry: Hex, root: Hex): Promise<Answer<"minted" | "not-minted" | "no-contract">>;
  /** The transaction of that hash (32 bytes), as far as a block up to the pinned one has it. */
  transactionOf(hash: Hex): Promise<Answer<TransactionOnRecord>>;
}

export type TransactionOnRecord = MinedTransaction | { readonly kind: "absent" };

/** A transaction in a block: what it says is proven by its hash, who sent it by its signature. */
export interface MinedTransaction {
  readonly kind: "mined";
  /** Lower case. */
  readonly from: Hex;
  /** Lower case; absent where it created a contract. */
  readonly to?: Hex;
  readonly input: Hex;
  /** False when it was reverted: it is in its block, and has done nothing. */
  readonly succeeded: boolean;
  readonly block: number;
  readonly blockHash: Hex;
  /** The block's own time, ISO 8601. */
  readonly time: string;
  /** Whether its block can no longer change. */
  readonly final: boolean;
}

export type StoreStanding =
  /** Provably no code at the address at that block. */
  | { readonly kind: "no-contract" }
  | {
      readonly kind: "store";
      readonly issued: boolean;
      /** False when the root is on record at the pinned block but not yet at a final one. */
      readonly final: boolean;
      readonly anchoredBlock?: number;
      readonly anchoredAt?: string;
      readonly revocation?: StoreRevocation;
      /** Hash of the runtime code (minimal proxies resolved), and whether it is one of our releases. */
      readonly codeHash?: Hex;
      readonly codeKnown?: boolean;
    };

/** The first node, leaf first, that the store calls revoked. */
export interface StoreRevocation {
  readonly node: Hex;
  readonly block?: number;
  readonly at?: string;
  readonly reason?: string;
  /** True when the root's account was declared compromised before it anchored. */
  readonly byCompromise?: boolean;
}

/** One entry of a status list: each member is there while it is so. */
export interface ListEntryStanding {
  readonly revocation?: StatusChange;
  readonly suspension?: StatusChange;
}

/** `entries / 8` bytes each. */
export interface ListBitmaps {
  readonly revocation: Uint8Array;
  readonly suspension: Uint8Array;
}

/** When and why an entry was changed, as far as the node still has the event. */
export interface StatusChange {
  readonly block?: number;
  readonly at?: string;
  readonly reason?: string;
}

/** Plain contract reads for rooms that must not know about RPC: at the pinned block, decoded by the caller. */
export interface ContractReader {
  /**
   * @returns the returned bytes; `reverted` with the revert data; `no-contract` where provably no code stands.
   */
  callContract(address: Hex, data: Hex): Promise<Answer<ContractResult>>;
  /**
   * What a contract logged in one block, in order; nodes keep that without keeping the state of old blocks.
   *
   * @param topics  a position each: one topic, or several of which one must stand there.
   * @param block  at most the pinned one.
   */
  eventsIn(
    address: Hex,
    topics: readonly (Hex | readonly Hex[])[],
    block: number,
  ): Promise<Answer<readonly ContractEvent[]>>;
  /** The time of a block up to the pinned one, ISO 8601. */
  timeOf(block: number): Promise<Answer<string>>;
}

export interface ContractEvent {
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

export type ContractResult =
  | { readonly kind: "returned"; readonly data: Hex }
  | { readonly kind: "reverted"; readonly data: Hex }
  | { readonly kind: "no-contract" };

/** A block and its time, ISO 8601. */
export interface AnchorMoment {
  readonly chainId: number;
  readonly block: number;
  readonly time: string;
}
