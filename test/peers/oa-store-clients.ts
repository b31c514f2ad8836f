/** OpenAttestation's clients of document stores, of both generations, unmodified, behind types of ours. */

import { createRequire } from "node:module";
import { join } from "node:path";

const load = createRequire(join(import.meta.dirname, "package.json"));

interface Sent {
  wait(): Promise<unknown>;
}

/** What both generations call by these names. */
interface PeerStore {
  ISSUER_ROLE(): Promise<string>;
  REVOKER_ROLE(): Promise<string>;
  grantRole(role: string, account: string): Promise<Sent>;
  hasRole(role: string, account: string): Promise<boolean>;
  isIssued(document: string): Promise<boolean>;
  isRevoked(document: string): Promise<boolean>;
  issue(document: string): Promise<Sent>;
  bulkIssue(documents: readonly string[]): Promise<Sent>;
  multicall(calls: readonly string[]): Promise<Sent>;
  revoke(document: string): Promise<Sent>;
  readonly interface: { encodeFunctionData(name: string, values: readonly unknown[]): string };
  /** Functions whose name has several meanings. */
  readonly [signature: `${string}(${string})`]: (...values: readonly unknown[]) => Promise<Sent>;
}

interface Factory {
  connect(address: string, signer: object): PeerStore;
}

interface EthersV5 {
  readonly providers: {
    readonly JsonRpcProvider: new (url: string, network: { chainId: number; name: string }) => object;
  };
  readonly Wallet: new (key: string, provider: object) => object & { readonly address: string };
}

/** The newer generation, whose stores answer with a path. */
export const newerStore: Factory = factoryOf("@govtechsg/document-store-ethers-v5", "DocumentStore__factory");

/** The older generation, which most stores on chains are of. */
export const olderStore: Factory = factoryOf("@govtechsg/document-store", "DocumentStoreFactory");

const { providers, Wallet } = load("ethers") as EthersV5;

/** A signer of ethers 5, as these clients want it. */
export function peerSigner(rpcUrl: string, key: string): object & { readonly address: string } {
  return new Wallet(key, new providers.JsonRpcProvider(rpcUrl, { chainId: 1337, name: "local" }));
}

function factoryOf(name: string, member: string): Factory {
  const factory = (load(name) as Readonly<Record<string, Factory>>)[member];
  if (factory === undefined) throw new Error(`${name} has no ${member}`);
  return factory;
}
