/** did:ethr: a DID that is an Ethereum account, and where the ERC-1056 registry of its chain keeps what else is said of it. */

import { isAddress, type Hex } from "../core/bytes.ts";

/** A did:ethr, taken apart. */
export interface DidEthr {
  readonly chainId: number;
  /** Lower case. */
  readonly account: Hex;
}

interface Network {
  readonly chainId: number;
  /** How a DID names the network; the first one is also meant by a DID that names none. */
  readonly name: string;
  readonly registry: Hex;
}

/**
 * Registries that are well known.
 *
 * @see https://github.com/decentralized-identity/ethr-did-resolver/blob/master/src/config/deployments.ts, and for Sepolia the
 * list of deployments in the README of https://github.com/uport-project/ethr-did-registry
 */
const NETWORKS: readonly [Network, ...Network[]] = [
  { chainId: 1, name: "mainnet", registry: "0xdca7ef03e98e0dc2b855be647c39abe984fcf21b" },
  { chainId: 137, name: "polygon", registry: "0xdca7ef03e98e0dc2b855be647c39abe984fcf21b" },
  { chainId: 11_155_111, name: "sepolia", registry: "0x03d5003bf0e79c5f5223588f347eba39afbc3818" },
];

/**
 * The DID that a text is: `did:ethr:0x…` (mainnet), `did:ethr:<name>:0x…` or `did:ethr:0x<chain id>:0x…`; undefined for any
 * other text and for names of networks that are not known here.
 */
export function findDidEthr(did: string): DidEthr | undefined {
  const parts = did.split(":");
  const account = parts.at(-1);
  if (parts[0] !== "did" || parts[1] !== "ethr" || !isAddress(account)) return undefined;
  const chainId = parts.length === 3 ? NETWORKS[0].chainId : findChainId(parts.slice(2, -1).join(":"));
  return chainId === undefined ? undefined : { chainId, account: `0x${account.slice(2).toLowerCase()}` };
}

function findChainId(network: string): number | undefined {
  if (!network.startsWith("0x")) return NETWORKS.find(({ name }) => name === network)?.chainId;
  const chainId = Number(network);
  return /^0x[1-9a-fA-F][0-9a-fA-F]*$/.test(network) && Number.isSafeInteger(chainId) ? chainId : undefined;
}

/** The well-known registry of a chain. */
export function findRegistry(chainId: number): Hex | undefined {
  return NETWORKS.find((network) => network.chainId === chainId)?.registry;
}
