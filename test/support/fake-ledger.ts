/** A chain in memory with one store on it: blocks, nonces, fees, a pool, reorganisations, all under a test's hand. */

import { fromUtf8, fromHex, toHex, toUtf8, type Hex } from "../../src/core/bytes.ts";
import { TestamurError } from "../../src/core/errors.ts";
import { keccakOfText } from "../../src/core/keccak.ts";
import type {
  AnchorRecord,
  Anchorer,
  Preflight,
  SignedTransaction,
  TransactionStanding,
} from "../../src/core/ports/anchoring.ts";
import type { ChainView, StoreStanding } from "../../src/core/ports/chain.ts";

export const STORE: Hex = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
export const ACCOUNT: Hex = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
export const STRANGER: Hex = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const CHAIN_ID = 1337;

interface Content {
  readonly root: string;
  readonly nonce: number;
  readonly from: Hex;
  readonly fee: number;
}

interface Block {
  readonly number: number;
  readonly hash: Hex;
  readonly transactions: readonly SignedTransaction[];
}

export interface LedgerRules {
  /** Blocks that follow before one is final. */
  finalAfter: number;
  /** Whether `nextBlock` makes a block. */
  isMining: boolean;
  /** Transactions that offer less stay in the pool. */
  baseFee: number;
  /** Fee that `sign` offers first, and the most it may. */
  firstFee: number;
  feeCap: number;
  isPaused: boolean;
  /** Whether the store says who anchored. */
  namesAccounts: boolean;
}

export interface Ledger {
  readonly rules: LedgerRules;
  anchorer(account?: Hex): Anchorer;
  /** Makes a block of what the pool holds. */
  mine(): void;
  /** Takes the newest blocks back; their transactions go back to the pool, or are lost. */
  reorganise(depth: number, lost?: boolean): void;
  /** Empties the pool, as nodes do. */
  forget(): void;
  /** Sends another transaction with the account's next nonce, straight into a block. */
  spendNonce(account?: Hex): void;
  /** Transactions in blocks that carry this root. */
  anchoringsOf(root: string): number;
  /** Every transaction in a block. */
  mined(): readonly SignedTransaction[];
  /** Everything that was ever sent, again and again. */
  readonly sent: readonly Hex[];
  view(): ChainView;
}

/** Contents of bytes that `sign` made; null for a transaction that is not ours. */
function contentOf(raw: Hex): Content {
  return JSON.parse(fromUtf8(fromHex(raw))) as Content;
}

function toTransaction(content: Content): SignedTransaction {
  const raw = toHex(toUtf8(JSON.stringify(content)));
  return { hash: toHex(keccakOfText(raw)), raw, nonce: content.nonce, from: content.from, chainId: CHAIN_ID };
}

/** A fresh chain that mines at once. */
export function openLedger(changes: Partial<LedgerRules> = {}): Ledger {
  const rules: LedgerRules = {
    finalAfter: 0,
    isMining: true,
    baseFee: 1,
    firstFee: 10,
    feeCap: 1_000,
    isPaused: false,
    namesAccounts: true,
    ...changes,
  };
  let blocks: Block[] = [];
  let pool: SignedTransaction[] = [];
  let forks = 0;
  const sent: Hex[] = [];

  const mined = (): readonly SignedTransaction[] => blocks.flatMap(({ transactions }) => transactions);
  const blockOf = (hash: Hex): Block | undefined =>
    blocks.find(({ transactions }) => transactions.some((transaction) => transaction.hash === hash));
  const nonceOf = (account: Hex): number => mined().filter(({ from }) => from === account).length;
  const isFinal = ({ number }: Block): boolean => blocks.length - number >= rules.finalAfter;
  /** The first transaction with a root anchors it; a later one is refused by the store. */
  const anchoring = (root: string): SignedTransaction | undefined =>
    mined().find(({ raw }) => contentOf(raw).root === root);

  function add(transactions: readonly SignedTransaction[]): void {
    const number = blocks.length + 1;
    blocks.push({ number, hash: toHex(keccakOfText(`${number}/${forks}`)), transactions });
  }

  function mine(): void {
    const taken: SignedTransaction[] = [];
    for (;;) {
      const next = pool
        .filter(({ raw }) => contentOf(raw).fee >= rules.baseFee)
        .find(({ from, nonce }) => nonce === nonceOf(from) + taken.filter((other) => other.from === from).length);
      if (next === undefined) break;
      taken.push(next);
      pool = pool.filter(({ from, nonce }) => from !== next.from || nonce !== next.nonce);
    }
    add(taken);
  }

  function recordOf(root: Hex): AnchorRecord | undefined {
    const transaction = anchoring(root);
    const block = transaction === undefined ? undefined : blockOf(transaction.hash);
    if (transaction === undefined || block === undefined) return undefined;
    const account = rules.namesAccounts ? { account: transaction.from } : {};
    return { root, block: block.number, final: isFinal(block), ...account };
  }

  function standingOf(transaction: SignedTransaction): TransactionStanding {
    const block = blockOf(transaction.hash);
    if (block !== undefined) {
      const { root } = contentOf(transaction.raw);
      const final = isFinal(block);
      return anchoring(root)?.hash === transaction.hash
        ? { kind: "mined", block: block.number, blockHash: block.hash, gasUsed: 47_874n, final }
        : { kind: "reverted", block: block.number, final };
    }
    if (pool.some(({ hash }) => hash === transaction.hash)) return { kind: "pending" };
    const finalBlocks = blocks.filter(isFinal).flatMap(({ transactions }) => transactions);
    const used = finalBlocks.filter(({ from }) => from === transaction.from).length;
    return used > transaction.nonce ? { kind: "replaced" } : { kind: "unknown" };
  }

  function send(transaction: SignedTransaction): void {
    sent.push(transaction.hash);
    const { from, nonce, raw, hash } = transaction;
    if (blockOf(hash) !== undefined || pool.some((other) => other.hash === hash)) return; // already known
    if (nonce < nonceOf(from)) throw new TestamurError("BATCH_NEEDS_ATTENTION", "nonce too low");
    const rival = pool.find((other) => other.from === from && other.nonce === nonce);
    if (rival !== undefined && contentOf(raw).fee < contentOf(rival.raw).fee * 1.1) return; // the rival is ours, too
    pool = [...pool.filter((other) => other !== rival), transaction];
  }

  function anchorer(account: Hex = ACCOUNT): Anchorer {
    return {
      account,
      preflight: async (): Promise<Preflight> => {
        if (rules.isPaused) throw new TestamurError("STORE_PAUSED", "the store is paused");
        const fees = { gas: 50_000n, maxFeePerGas: 10n, costWei: 500_000n, balanceWei: 10n ** 18n };
        const names = { networkName: "memory", storeName: "Test", finality: "at once" };
        return { chainId: CHAIN_ID, store: STORE, account, ...fees, ...names };
      },
      findAnchor: async (root) => recordOf(root),
      async sign(root, { nonce, raiseAbove } = {}) {
        const fee = raiseAbove === undefined ? rules.firstFee : Math.ceil(contentOf(raiseAbove.raw).fee * 1.1);
        if (fee > rules.feeCap) throw new TestamurError("FEE_ABOVE_CAP", `${fee} is more than ${rules.feeCap}`);
        const waiting = pool.filter(({ from }) => from === account).length;
        return toTransaction({ root, nonce: nonce ?? nonceOf(account) + waiting, from: account, fee });
      },
      broadcast: async (transaction) => send(transaction),
      standingOf: async (transaction) => standingOf(transaction),
      nextBlock: async () => {
        if (rules.isMining) mine();
      },
    };
  }

  return {
    rules,
    anchorer,
    mine,
    reorganise(depth, lost = false) {
      const taken = blocks.slice(-depth).flatMap(({ transactions }) => transactions);
      blocks = blocks.slice(0, -depth);
      forks++;
      if (!lost) pool = [...pool, ...taken];
    },
    forget: () => void (pool = []),
    spendNonce(account = ACCOUNT) {
      add([
        toTransaction({
          root: `other ${sent.length}/${blocks.length}`,
          nonce: nonceOf(account),
          from: account,
          fee: 99,
        }),
      ]);
      pool = pool.filter(({ from, nonce }) => from !== account || nonce >= nonceOf(account));
    },
    anchoringsOf: (root) => mined().filter(({ raw }) => contentOf(raw).root === root).length,
    mined,
    sent,
    view: () => viewOf(recordOf, blocks.length),
  };
}

function viewOf(recordOf: (root: Hex) => AnchorRecord | undefined, height: number): ChainView {
  return {
    readAt: { chainId: CHAIN_ID, block: height, hash: `0x${"dd".repeat(32)}`, time: "2026-07-01T10:00:00Z" },
    network: "test",
    async standingOf(store, { root }) {
      if (store.toLowerCase() !== STORE) return { kind: "answer", value: { kind: "no-contract" } };
      const record = recordOf(root.computed);
      const value: StoreStanding = {
        kind: "store",
        issued: record !== undefined,
        final: record?.final ?? false,
        ...(record !== undefined && { anchoredBlock: record.block }),
      };
      return { kind: "answer", value };
    },
    entryOf: async () => ({ kind: "answer", value: {} }),
    bitmapsOf: async () => ({ kind: "silent", reason: "not asked here" }),
    mintingOf: async () => ({ kind: "answer", value: "not-minted" }),
    transactionOf: async () => ({ kind: "answer", value: { kind: "absent" } }),
    callContract: async () => ({ kind: "answer", value: { kind: "no-contract" } }),
    eventsIn: async () => ({ kind: "silent", reason: "not asked here" }),
    timeOf: async () => ({ kind: "silent", reason: "not asked here" }),
  };
}
