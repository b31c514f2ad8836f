/** One local chain per test file, the contracts built first, and contracts typed by their ABI's function names. */
import "@nomicfoundation/hardhat-ethers";
import "@nomicfoundation/hardhat-ethers-chai-matchers";
import "@nomicfoundation/hardhat-network-helpers";
import type { BaseContract, BaseContractMethod, ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import { network, tasks } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import type { credentialVerifierAbi } from "../../../src/chain/artifacts/credential-verifier.ts";
import type { documentStoreFactoryAbi } from "../../../src/chain/artifacts/document-store-factory.ts";
import type { documentStoreAbi } from "../../../src/chain/artifacts/document-store.ts";
import type { recognitionRegistryAbi } from "../../../src/chain/artifacts/recognition-registry.ts";
import type { soulboundAwardAbi } from "../../../src/chain/artifacts/soulbound-award.ts";

type FunctionNames<Abi extends readonly unknown[]> =
  Extract<Abi[number], { readonly type: "function" }> extends {
    readonly name: infer Name extends string;
  }
    ? Name
    : never;

/** A contract whose methods are those of `Abi`; arguments are checked by the encoder, not by the compiler. */
export type Typed<Abi extends readonly unknown[]> = BaseContract & {
  readonly [Name in FunctionNames<Abi>]: BaseContractMethod;
};

export type CredentialVerifier = Typed<typeof credentialVerifierAbi>;
export type DocumentStore = Typed<typeof documentStoreAbi>;
export type DocumentStoreFactory = Typed<typeof documentStoreFactoryAbi>;
export type RecognitionRegistry = Typed<typeof recognitionRegistryAbi>;
export type SoulboundAward = Typed<typeof soulboundAwardAbi>;

export type Chain = NetworkConnection<"l1">;
export type Ethers = Chain["ethers"];
export type Signer = Awaited<ReturnType<Ethers["getSigners"]>>[number];

/** A fresh chain with all contracts compiled. */
export async function freshChain(): Promise<Chain> {
  await tasks.getTask("build").run({ quiet: true, noTests: true });
  return await network.create({ network: "default", chainType: "l1" });
}

/** The mined receipt of a transaction: gas, logs, block. */
export async function mined(sent: Promise<ContractTransactionResponse>): Promise<ContractTransactionReceipt> {
  const receipt = await (await sent).wait();
  if (receipt === null) throw new Error("the transaction was not mined");
  return receipt;
}

/** Deploys `name` and types it. The caller states the ABI type that belongs to the name. */
export async function deploy<Contract extends BaseContract>(
  ethers: Ethers,
  name: string,
  args: unknown[],
): Promise<Contract> {
  const contract: BaseContract = await ethers.deployContract(name, args);
  return contract as Contract;
}

/** The same contract, called by `signer`. */
export function as<Contract extends BaseContract>(contract: Contract, signer: Signer): Contract {
  return contract.connect(signer) as Contract;
}

/** The accounts of the chain, at least five. */
export async function accounts(
  ethers: Ethers,
): Promise<readonly [Signer, Signer, Signer, Signer, Signer, ...Signer[]]> {
  const [a, b, c, d, e, ...rest] = await ethers.getSigners();
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined) {
    throw new Error("no accounts");
  }
  return [a, b, c, d, e, ...rest];
}
