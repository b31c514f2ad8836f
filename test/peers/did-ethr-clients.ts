/** The registry of did:ethr and its resolver, unmodified, behind types of ours. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { Abi } from "viem";

import type { Hex } from "../../src/core/bytes.ts";

const load = createRequire(join(import.meta.dirname, "package.json"));

interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

const artifact = JSON.parse(
  readFileSync(
    load
      .resolve("ethr-did-registry")
      .replace(/dist.index\.js$/, "artifacts/contracts/EthereumDIDRegistry.sol/EthereumDIDRegistry.json"),
    "utf8",
  ),
) as Artifact;

/** The contract as its project published it. */
export const DID_REGISTRY_CODE: Hex = artifact.bytecode;
export const DID_REGISTRY_ABI: Abi = artifact.abi;

export interface PeerMethod {
  readonly id: string;
  readonly type: string;
  readonly blockchainAccountId?: string;
  readonly publicKeyHex?: string;
}

export interface PeerDidDocument {
  readonly verificationMethod: readonly PeerMethod[];
  readonly assertionMethod: readonly string[];
  readonly authentication: readonly string[];
}

interface Resolution {
  readonly didDocument: PeerDidDocument | null;
  readonly didResolutionMetadata: { readonly message?: string };
}

interface EthrResolver {
  getResolver(options: {
    readonly networks: readonly {
      readonly name: string;
      readonly chainId: number;
      readonly rpcUrl: string;
      readonly registry: Hex;
    }[];
  }): object;
}

interface DidResolver {
  readonly Resolver: new (methods: object) => { resolve(did: string): Promise<Resolution> };
}

/** The document of a DID of chain 1337, as of a block. */
export function ethrResolver(rpcUrl: string, registry: Hex): (did: string, block: number) => Promise<PeerDidDocument> {
  const { getResolver } = load("ethr-did-resolver") as EthrResolver;
  const own = createRequire(load.resolve("ethr-did-resolver"));
  const { Resolver } = own("did-resolver") as DidResolver;
  const resolver = new Resolver(getResolver({ networks: [{ name: "0x539", chainId: 1337, rpcUrl, registry }] }));
  return async (did, block) => {
    const { didDocument, didResolutionMetadata } = await resolver.resolve(`${did}?versionId=${block}`);
    if (didDocument === null) throw new Error(didResolutionMetadata.message ?? "no document");
    return didDocument;
  };
}
