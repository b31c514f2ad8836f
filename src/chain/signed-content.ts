/** What a transaction says, proven by itself: its hash is computed again, its sender recovered from its signature. */

import { formatTransaction, keccak256, serializeTransaction, type Signature, type TransactionSerializable } from "viem";

import { fromHex, type Hex } from "../core/bytes.ts";
import { memberOf, type Json, type JsonObject } from "../core/json.ts";
import { recoverSigner } from "../core/secp256k1.ts";
import { readAddress, readHex, readNumber, readQuantity } from "./rpc-questions.ts";

/** Addresses and bytes in lower case. */
export interface SignedContent {
  readonly from: Hex;
  /** Absent where it creates a contract. */
  readonly to?: Hex;
  readonly input: Hex;
  /** Absent where the signature is good on every chain (before EIP-155). */
  readonly chainId?: number;
}

/** The newest type whose bytes are known here: EIP-7702. Layer-2 networks have others, some of them not signed at all. */
const NEWEST_TYPE = 4;

/** True where the hash of such a transaction can be computed here; one without a type is of the oldest. */
export function isOfKnownType(transaction: JsonObject): boolean {
  const type = readNumber(memberOf(transaction, "type") ?? "0x0");
  return type !== undefined && type <= NEWEST_TYPE;
}

/**
 * The content of a transaction, of a type that is known.
 *
 * @param transaction  a node's answer: untrusted, and believed only as far as the hash proves it.
 * @param hash  of the transaction that was asked for.
 * @returns undefined when its bytes do not have that hash, or when nobody signed them.
 */
export function findSignedContent(transaction: JsonObject, hash: Hex): SignedContent | undefined {
  const parts = findSignature(transaction);
  const input = readHex(memberOf(transaction, "input"));
  const stated = memberOf(transaction, "to") ?? null;
  const to = readAddress(stated);
  if (parts === undefined || input === undefined || (stated !== null && to === undefined)) return undefined;
  const bytes = findBytes({ ...transaction, input, to: to ?? null }, parts);
  if (bytes === undefined || keccak256(bytes.signed) !== hash) return undefined;
  const from = recoverSigner(fromHex(keccak256(bytes.unsigned)), `${parts.r}${parts.s.slice(2)}0${parts.parity}`);
  if (from === undefined) return undefined;
  const { chainId } = bytes;
  return { from, ...(to !== undefined && { to }), input, ...(chainId !== undefined && { chainId }) };
}

interface SignatureParts {
  /** 32 bytes, as is `s`. */
  readonly r: Hex;
  readonly s: Hex;
  readonly v: bigint | undefined;
  readonly parity: 0 | 1;
}

const SIGNATURE_MEMBERS: readonly string[] = ["r", "s", "v", "yParity"];

/** Newer transactions state a parity; the oldest hide it, and the chain, in `v` (EIP-155). */
function findSignature(transaction: JsonObject): SignatureParts | undefined {
  const [r, s, v, yParity] = SIGNATURE_MEMBERS.map((name) => readQuantity(memberOf(transaction, name)));
  if (r === undefined || s === undefined) return undefined;
  const parity = yParity ?? (v === undefined || v < 27n ? v : v < 35n ? v - 27n : (v - 35n) % 2n);
  if (parity !== 0n && parity !== 1n) return undefined;
  return { r: toWord(r), s: toWord(s), v, parity: parity === 1n ? 1 : 0 };
}

interface TransactionBytes {
  readonly signed: Hex;
  /** The sender signed the hash of these. */
  readonly unsigned: Hex;
  readonly chainId: number | undefined;
}

/** What is malformed has no bytes, or bytes of another hash. */
function findBytes(
  transaction: Readonly<Record<string, Json>>,
  { r, s, v, parity }: SignatureParts,
): TransactionBytes | undefined {
  try {
    const unsigned = Object.entries(transaction).filter(([name]) => !SIGNATURE_MEMBERS.includes(name));
    const { input, ...fields } = formatTransaction({ type: "0x0", ...Object.fromEntries(unsigned) });
    const isLegacy = fields.type === "legacy";
    const chainId = isLegacy ? chainOf(v) : fields.chainId;
    const content = { ...fields, chainId, data: input } as TransactionSerializable;
    const signature = (isLegacy ? { r, s, v } : { r, s, yParity: parity }) as Signature;
    return { signed: serializeTransaction(content, signature), unsigned: serializeTransaction(content), chainId };
  } catch {
    return undefined;
  }
}

function chainOf(v: bigint | undefined): number | undefined {
  return v === undefined || v < 35n ? undefined : Number((v - 35n) / 2n);
}

function toWord(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, "0")}`;
}
