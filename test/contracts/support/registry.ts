/** A recognition register on a chain of its own, and scopes to recognise with. */
import { toUtf8Bytes, ZeroAddress } from "ethers";
import {
  accounts,
  as,
  deploy,
  freshChain,
  mined,
  type RecognitionRegistry,
  type Signer,
  type Chain,
  type Ethers,
} from "./chain.ts";

const chain = await freshChain();
export const ethers: Ethers = chain.ethers;
export const networkHelpers: Chain["networkHelpers"] = chain.networkHelpers;

const cast = await accounts(ethers);
export const ministry: Signer = cast[0];
export const accreditor: Signer = cast[1];
export const stranger: Signer = cast[2];
export const club: Signer = cast[3];
export const faculty: Signer = cast[4];

export interface Scope {
  readonly types: bigint;
  readonly level: number;
  readonly jurisdiction: string;
  readonly from: number;
  readonly until: number;
  readonly depth: number;
}

export const FOREVER: number = 2 ** 48 - 1;
export const EVERYWHERE: string = place("");

/** ISO 3166 code as the contract takes it: 6 bytes, filled with zeros on the right. */
export function place(code: string): string {
  return `0x${Buffer.from(toUtf8Bytes(code)).toString("hex").padEnd(12, "0")}`;
}

export const WIDE: Scope = { types: 0xffn, level: 8, jurisdiction: EVERYWHERE, from: 0, until: FOREVER, depth: 3 };
export const LEAF: Scope = { ...WIDE, depth: 0 };
export const DID: string = "did:web:uni.example";

export async function deployRegistry(): Promise<RecognitionRegistry> {
  return await deploy(ethers, "RecognitionRegistry", []);
}

/** Recognises, and answers with the number and the block of the grant. */
export async function recognise(
  registry: RecognitionRegistry,
  by: Signer,
  scope: Scope,
  { text = DID, delegate = ZeroAddress, parent = 0n }: { text?: string; delegate?: string; parent?: bigint } = {},
): Promise<{ number: bigint; block: number }> {
  const receipt = await mined(as(registry, by).recognise(text, delegate, parent, scope));
  return { number: (await registry.count()) as bigint, block: receipt.blockNumber };
}

export const now: { readonly blockNumber: number; readonly time: number; readonly knownAt: number } = {
  blockNumber: FOREVER,
  time: 1_000_000,
  knownAt: FOREVER,
};
