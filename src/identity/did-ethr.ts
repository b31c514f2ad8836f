/** did:ethr: a DID that is an Ethereum account until the ERC-1056 registry of its chain says that another one controls it. */

import { isAddress, type Hex } from "../core/bytes.ts";
import type { Answer, ChainReader } from "../core/ports.ts";
import { openMemory } from "../core/memory.ts";

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

/** `identityOwner(address)`. */
const IDENTITY_OWNER = "0x8733d4e8";

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

export interface DidEthrOptions {
  readonly chain: ChainReader;
  /** Registries by chain id; they come before the well-known ones. */
  readonly registries: Readonly<Record<number, Hex>>;
}

export interface ControllerReader {
  /** The account that controls the DID, lower case. Silence for a chain or a registry that cannot be asked. Never rejects. */
  controllerOf(did: DidEthr): Promise<Answer<Hex>>;
}

/** Opens the registries for one session. Delegates and added keys are not read: only who controls the DID. */
export function openControllers(options: DidEthrOptions): ControllerReader {
  const memory = openMemory<Hex>();
  return {
    controllerOf: async (did) => {
      const opened = await options.chain.viewOf(did.chainId);
      if (opened.kind === "not-configured") {
        return silence(`the DID lives on chain ${did.chainId}, for which no node is set`);
      }
      if (opened.kind !== "view") return silence(opened.reason);
      const registry = options.registries[did.chainId] ?? findRegistry(did.chainId);
      if (registry === undefined) return silence(`no DID registry is known on chain ${did.chainId}`);
      const { view } = opened;
      // the block is part of the key: an answer belongs to the block it was read at
      return memory.recall(`${view.readAt.hash} ${registry} ${did.account}`, async () => {
        const answer = await view.callContract(registry, `${IDENTITY_OWNER}${did.account.slice(2).padStart(64, "0")}`);
        if (answer.kind === "silent") return answer;
        const owner = answer.value.kind === "returned" ? findOwner(answer.value.data) : undefined;
        return owner === undefined
          ? silence(`the DID registry ${registry} on chain ${did.chainId} gave no usable answer`)
          : { kind: "answer", value: owner };
      });
    },
  };
}

function findRegistry(chainId: number): Hex | undefined {
  return NETWORKS.find((network) => network.chainId === chainId)?.registry;
}

/** The address in one word of 32 bytes; anything longer, shorter or larger is no answer. */
function findOwner(data: Hex): Hex | undefined {
  return /^0x0{24}[0-9a-f]{40}$/i.test(data) ? `0x${data.slice(26).toLowerCase()}` : undefined;
}

function silence(reason: string): Answer<never> {
  return { kind: "silent", reason };
}
