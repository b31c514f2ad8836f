/** What must be known of a chain before it is believed: is it a test network, when is a block final, how old may its head be. */

import type { Hex } from "../core/bytes.ts";

export interface Network {
  readonly chainId: number;
  readonly name: string;
  /** Hash of its first block: anybody can give a chain of their own the same id. Absent: there is no one such chain. */
  readonly genesis?: Hex;
  /** `local` is a chain on the developer's own machine: nothing on it is worth anything, and nobody keeps it. */
  readonly kind: "main" | "test" | "local";
  readonly finality: Finality;
  /** What fees are paid in. */
  readonly currency: string;
  /** Seconds from block to block, roughly: how long to wait before looking again. */
  readonly blockSeconds: number;
  /** A head older than this means that the node is behind; absent: blocks come only when somebody sends something. */
  readonly maxHeadAgeSeconds?: number;
  /** True where its makers have shut it down: only an archive can still be asked. */
  readonly isClosed?: boolean;
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
  isClosed: true,
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

/**
 * First blocks. Ethereum and its test networks: ethereum/go-ethereum, params; Gnosis, Polygon, Arbitrum: the chain
 * specifications of erigontech/erigon; OP stack: ethereum-optimism/superchain-registry. XDC and Kovan: not known to us.
 */
const GENESIS: Readonly<Record<number, Hex>> = {
  1: "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3",
  3: "0x41941023680923e0fe4d74a34bdac8141f2540e3ae90623718e47d66d1ca4a2d",
  4: "0x6341fd3daf94b748c72ced5a5b26028f2474f5f00d824504e4fa37a75767e177",
  5: "0xbf7e331f7f7c1dd2e05159666b3bf8bc7a8a3a9eb1d518969eab529dd9b88c1a",
  10: "0x7ca38a1916c42007829c55e69d3e9a73265554b586a499015373241b8a3fa48b",
  100: "0x4f1dd23188aab3a76b463e4af801b52b1248ef073c648cbdc4c9333d3da79756",
  137: "0xa9c28ce2141b56c474f1dc504bee9b01eb1bd7d1a507580d5519d4437a97de1b",
  8453: "0xf712aa9241cc24369b143cf6dce85f0902a9731e70d66818a3a5845b296c73dd",
  10200: "0xada44fd8d2ecab8b08f256af07ad3e777f17fb434f8f8e678b312f576212ba9a",
  17000: "0xb5f7f912443c940f21fd611f12828d75b534364ed9e95ca4e307729a4661bde4",
  42161: "0x7ee576b35482195fc49205cec9af72ce14f003b9ae69f6ba0faef4514be8b442",
  80001: "0x7b66506a9ebdbf30d32b43c5f15a3b1216269a1ec3a75aa3182b86176a2b1ca7",
  80002: "0x7202b2b53c5a0836e773e319d18922cc756dd67432f9a1f65352b61f4406c697",
  84532: "0x0dcc9e089e30b90ddfc55be9a37dd15bc551aeee999d2e2b51414c54eaf934e4",
  421614: "0x77194da4010e549a7028a9c3c51c3e277823be6ac7d138d0bb8a70197b5c004c",
  560048: "0xbbe312868b376a3001692a646dd2d7d1e4406380dfd86b98aa8a34d1557c971b",
  11155111: "0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9",
  11155420: "0x102de6ffb001480cc9b8b548fd05c34cd4f46ae4aa91759393db90ea0409887d",
};

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
  localChain(1337),
  localChain(31337),
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
  const own = known.find((network) => network.chainId === chainId);
  if (own !== undefined) return own;
  const listed = NETWORKS.find((network) => network.chainId === chainId);
  const genesis = GENESIS[chainId];
  if (listed === undefined) return { chainId, name: `unlisted chain ${chainId}`, ...UNKNOWN };
  return genesis === undefined ? listed : { ...listed, genesis };
}

function localChain(chainId: number): Network {
  return { chainId, name: `local chain ${chainId}`, ...LOCAL };
}

/**
 * A chain on this machine that has taken a test network's id, for trying things out. What is signed for it counts on that
 * network too, so it is still a test network; all else is as on any chain of the machine.
 */
export function inPlaceOf({ chainId }: Network): Network {
  return { ...localChain(chainId), kind: "test" };
}

/** When a block of this chain is final, in words. */
export function describeFinality({ finality, blockSeconds }: Network): string {
  if (finality.kind === "tag") return `about ${finality.minutes} min`;
  if (finality.count === 1) return "at once";
  return `${finality.count} blocks, about ${Math.ceil((finality.count * blockSeconds) / 60)} min`;
}
