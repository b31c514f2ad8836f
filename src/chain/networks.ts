/** What must be known of a chain before it is believed: is it a test network, when is a block final, how old may its head be. */

export interface Network {
  readonly chainId: number;
  readonly name: string;
  /** `local` is a chain on the developer's own machine: nothing on it is worth anything, and nobody keeps it. */
  readonly kind: "main" | "test" | "local";
  readonly finality: Finality;
  /** What fees are paid in. */
  readonly currency: string;
  /** Seconds from block to block, roughly: how long to wait before looking again. */
  readonly blockSeconds: number;
  /** A head older than this means that the node is behind; absent: blocks come only when somebody sends something. */
  readonly maxHeadAgeSeconds?: number;
  /** True where `block.number` in a contract is the parent chain's, so that a store's block numbers cannot be looked up. */
  readonly countsParentBlocks?: boolean;
}

export type Finality =
  /** The node answers for the block tag `finalized`; `minutes` is for people. */
  | { readonly kind: "tag"; readonly minutes: number }
  /** The block itself counts as the first confirmation. */
  | { readonly kind: "confirmations"; readonly count: number };

const MAIN = { kind: "main", maxHeadAgeSeconds: 300 } as const;
const TEST = { kind: "test", maxHeadAgeSeconds: 600 } as const;
/** Shut down by their makers: known only so that old documents can be told from real ones. */
const RETIRED = {
  kind: "test",
  finality: { kind: "confirmations", count: 64 },
  blockSeconds: 15,
  currency: "ETH",
} as const;
const LOCAL = {
  kind: "local",
  finality: { kind: "confirmations", count: 1 },
  blockSeconds: 1,
  currency: "ETH",
} as const;

/** Two epochs of 32 slots: ethereum/consensus-specs, phase0 "Finalization"; tag: ethereum/execution-apis, BlockTag. */
const CASPER = { finality: { kind: "tag", minutes: 15 }, blockSeconds: 12, currency: "ETH" } as const;
/** Two epochs of 16 slots of 5 seconds: gnosischain/specs, consensus/preset/gnosis. */
const GNOSIS = { finality: { kind: "tag", minutes: 4 }, blockSeconds: 5, currency: "xDAI" } as const;
/** Milestones agreed by two thirds of the validators: docs.polygon.technology/pos/concepts/finality. */
const MILESTONES = { finality: { kind: "tag", minutes: 1 }, blockSeconds: 2, currency: "POL" } as const;
/** Final with the Ethereum block that holds its data: docs.optimism.io, transaction finality. */
const OP_STACK = { finality: { kind: "tag", minutes: 30 }, blockSeconds: 2, currency: "ETH" } as const;
/** Tag since OffchainLabs/nitro v2.0.10; block numbers: docs.arbitrum.io, "block gas limit, numbers and time". */
const NITRO = {
  finality: { kind: "tag", minutes: 30 },
  blockSeconds: 1,
  countsParentBlocks: true,
  currency: "ETH",
} as const;
/** Three linked certificates make a block final (XDPoS 2.0, arXiv:2108.01420); we wait ten times as long. */
const XDPOS = { finality: { kind: "confirmations", count: 32 }, blockSeconds: 2, currency: "XDC" } as const;

/** Chain ids and names: github.com/ethereum-lists/chains. */
const NETWORKS: readonly Network[] = [
  { chainId: 1, name: "Ethereum", ...MAIN, ...CASPER },
  { chainId: 11155111, name: "Sepolia", ...TEST, ...CASPER },
  { chainId: 560048, name: "Hoodi", ...TEST, ...CASPER },
  { chainId: 17000, name: "Holesky", ...TEST, ...CASPER },
  { chainId: 100, name: "Gnosis", ...MAIN, ...GNOSIS },
  { chainId: 10200, name: "Chiado", ...TEST, ...GNOSIS },
  { chainId: 137, name: "Polygon", ...MAIN, ...MILESTONES },
  { chainId: 80002, name: "Polygon Amoy", ...TEST, ...MILESTONES },
  { chainId: 10, name: "OP Mainnet", ...MAIN, ...OP_STACK },
  { chainId: 11155420, name: "OP Sepolia", ...TEST, ...OP_STACK },
  { chainId: 8453, name: "Base", ...MAIN, ...OP_STACK },
  { chainId: 84532, name: "Base Sepolia", ...TEST, ...OP_STACK },
  { chainId: 42161, name: "Arbitrum One", ...MAIN, ...NITRO },
  { chainId: 421614, name: "Arbitrum Sepolia", ...TEST, ...NITRO },
  { chainId: 50, name: "XDC", ...MAIN, ...XDPOS },
  { chainId: 51, name: "XDC Apothem", ...TEST, ...XDPOS },
  { chainId: 3, name: "Ropsten", ...RETIRED },
  { chainId: 4, name: "Rinkeby", ...RETIRED },
  { chainId: 5, name: "Goerli", ...RETIRED },
  { chainId: 42, name: "Kovan", ...RETIRED },
  { chainId: 80001, name: "Polygon Mumbai", ...RETIRED },
  { chainId: 1337, name: "local chain 1337", ...LOCAL },
  { chainId: 31337, name: "local chain 31337", ...LOCAL },
];

/** A chain nobody told us about is taken seriously: not a test network, and final only after as many blocks as Ethereum. */
const UNKNOWN = {
  kind: "main",
  finality: { kind: "confirmations", count: 64 },
  blockSeconds: 12,
  currency: "coins",
  maxHeadAgeSeconds: 3600,
} as const;

/**
 * What is known of the chain; for an unlisted one, the careful assumptions above and a name that says so.
 *
 * @param known  entries that come before the table: an operator's private chains.
 */
export function networkOf(chainId: number, known: readonly Network[] = []): Network {
  return (
    [...known, ...NETWORKS].find((network) => network.chainId === chainId) ?? {
      chainId,
      name: `unlisted chain ${chainId}`,
      ...UNKNOWN,
    }
  );
}

/** When a block of this chain is final, in words. */
export function describeFinality({ finality, blockSeconds }: Network): string {
  if (finality.kind === "tag") return `about ${finality.minutes} min`;
  if (finality.count === 1) return "at once";
  return `${finality.count} blocks, about ${Math.ceil((finality.count * blockSeconds) / 60)} min`;
}
