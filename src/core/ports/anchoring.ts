/** Writing the chain: what `issue/` asks for, and `chain/` does. */

import type { Hex } from "../bytes.ts";

/** How a root gets into a store: by its function, or as the bare 32 bytes of a transaction, which is a Blockcerts anchor too. */
export type AnchorEntry = "issue" | "raw";

/** Anchors roots in one store with one account. Every method checks the chain id first and throws `TestamurError`. */
export interface Anchorer {
  readonly account: Hex;
  /**
   * Everything that would make anchoring fail, found before anything is signed: wrong chain, no contract, paused, role
   * missing, funds, fee above the cap, node not reachable.
   */
  preflight(): Promise<Preflight>;
  /** Whether, and by whom and when, the store has the root: the truth that recovery starts from. */
  findAnchor(root: Hex): Promise<AnchorRecord | undefined>;
  /**
   * Signs, sends nothing. `nonce` is given to replace or repeat a transaction, else the account's next one is taken.
   *
   * @throws {TestamurError} `ROOT_NOT_USABLE` when the root's first four bytes collide with a selector of the store.
   */
  sign(
    root: Hex,
    options?: { readonly nonce?: number; readonly raiseAbove?: SignedTransaction },
  ): Promise<SignedTransaction>;
  /** Sends the very bytes; "already known" is success, as is "nonce too low" when the receipt is ours. */
  broadcast(transaction: SignedTransaction): Promise<void>;
  /**
   * Where a transaction stands, read from reality. `replaced`: another transaction used the nonce in a final block.
   */
  standingOf(transaction: SignedTransaction): Promise<TransactionStanding>;
  /** Resolves after about one block time, or when a new block is seen. */
  nextBlock(): Promise<void>;
}

export interface Preflight {
  readonly chainId: number;
  readonly networkName: string;
  readonly store: Hex;
  readonly storeName: string;
  readonly account: Hex;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  /** gas × fee at the cap we would sign, in wei. */
  readonly costWei: bigint;
  readonly balanceWei: bigint;
  /** About how long until final, for people. */
  readonly finality: string;
}

export interface SignedTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly nonce: number;
  readonly from: Hex;
  readonly chainId: number;
}

export interface AnchorRecord {
  readonly root: Hex;
  readonly block: number;
  readonly time?: string;
  readonly account?: Hex;
  readonly final: boolean;
}

export type TransactionStanding =
  | { readonly kind: "unknown" }
  | { readonly kind: "pending" }
  | {
      readonly kind: "mined";
      readonly block: number;
      readonly blockHash: Hex;
      readonly gasUsed: bigint;
      readonly final: boolean;
    }
  | { readonly kind: "reverted"; readonly block: number; readonly final: boolean }
  | { readonly kind: "replaced" };

/** A root on record: what `attach` writes into documents that name their transaction. */
export interface Anchor {
  readonly chainId: number;
  readonly store: Hex;
  readonly root: Hex;
  readonly transaction?: Hex;
  readonly block: number;
}
