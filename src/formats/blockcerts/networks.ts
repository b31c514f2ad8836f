/** The chains Blockcerts can name, in each of its three spellings: numbers in a packed proof, BLink words, version 2's names. */

import type { Hex } from "../../core/bytes.ts";

export type ChainName = "btc" | "eth" | "mtc" | "mocknet";

interface ChainTable {
  readonly code: number;
  readonly networks: Readonly<Record<string, number>>;
}

/** @see lds-merkle-proof-2019, the tables of its JavaScript and Python packages, taken together */
const CHAINS: Readonly<Record<ChainName, ChainTable>> = {
  btc: { code: 0, networks: { mainnet: 1, regtest: 2, testnet: 3 } },
  eth: { code: 1, networks: { mainnet: 1, ropsten: 3, rinkeby: 4, goerli: 5, sepolia: 11155111 } },
  mtc: { code: 2, networks: { mainnet: 137, mumbai: 80001 } },
  mocknet: { code: -1, networks: { mocknet: -1 } },
};

/** Chains as MerkleProof2017 names them. */
const NAMES_2017: Readonly<Record<string, Network>> = {
  bitcoinMainnet: { chain: "btc", network: "mainnet" },
  bitcoinTestnet: { chain: "btc", network: "testnet" },
  bitcoinRegtest: { chain: "btc", network: "regtest" },
  ethereumMainnet: { chain: "eth", network: "mainnet" },
  ethereumRopsten: { chain: "eth", network: "ropsten" },
  ethereumRinkeby: { chain: "eth", network: "rinkeby" },
  ethereumGoerli: { chain: "eth", network: "goerli" },
  ethereumSepolia: { chain: "eth", network: "sepolia" },
  mockchain: { chain: "mocknet", network: "mocknet" },
};

/** One network of one chain, in BLink's words. */
export interface Network {
  readonly chain: ChainName;
  readonly network: string;
}

/** Where a root is said to be on record. */
export interface ProofAnchor extends Network {
  /** Hexadecimal digits without `0x`, lower case; on a mock chain any text, for there is no transaction. */
  readonly transaction: string;
}

/** The chain of a code, or undefined. */
export function findChain(code: number): ChainName | undefined {
  return chainNames().find((chain) => CHAINS[chain].code === code);
}

/** The network of a code on that chain, or undefined. */
export function findNetwork(chain: ChainName, code: number): string | undefined {
  return Object.entries(CHAINS[chain].networks).find(([, number]) => number === code)?.[0];
}

/** The codes of a network. @throws {RangeError} for a network that the chain does not have. */
export function codesOf({ chain, network }: Network): readonly [chain: number, network: number] {
  const code = CHAINS[chain].networks[network];
  if (code === undefined) throw new RangeError(`Blockcerts has no name for the network ${network} of ${chain}`);
  return [CHAINS[chain].code, code];
}

/** The network that version 2 calls so, or undefined. */
export function findNetwork2017(name: string): Network | undefined {
  return Object.hasOwn(NAMES_2017, name) ? NAMES_2017[name] : undefined;
}

/** The Ethereum network of a chain id, or undefined: nothing but these five can be named in a document. */
export function findEthereumNetwork(chainId: number): Network | undefined {
  const network = findNetwork("eth", chainId);
  return network === undefined ? undefined : { chain: "eth", network };
}

/**
 * The chain a verifier has to ask: Ethereum's by number. Mock chains and private test chains bind nobody; Bitcoin and
 * Polygon anchors are read, but nobody here can look them up.
 */
export function toChainId({ chain, network }: Network): number | "mock" | "unsupported" {
  if (chain === "mocknet" || network === "regtest") return "mock";
  return chain === "eth" ? (CHAINS.eth.networks[network] ?? "unsupported") : "unsupported";
}

/** The transaction as `0x…`; a mock chain's note is no transaction and gives `0x`. */
export function toTransactionHash({ transaction }: ProofAnchor): Hex {
  return /^(?:[0-9a-f]{2})+$/.test(transaction) ? `0x${transaction}` : "0x";
}

/** The anchor as a BLink, `blink:<chain>:<network>:<transaction>`. @see https://w3c-ccg.github.io/blockchain-links/ */
export function toBLink(anchor: ProofAnchor): string {
  const prefix = anchor.chain === "eth" || anchor.chain === "mtc" ? "0x" : "";
  return `blink:${anchor.chain}:${anchor.network}:${prefix}${anchor.transaction}`;
}

function chainNames(): readonly ChainName[] {
  return ["btc", "eth", "mtc", "mocknet"];
}
