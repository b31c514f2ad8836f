/** An account that signs on this machine: the only file that handles a private key. */

import { SigningKey, Transaction, computeAddress } from "ethers";

import { isHex, type Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { SignedTransaction } from "../core/ports/anchoring.ts";
import { toLower } from "./rpc-questions.ts";

/** Signs transactions; the key never leaves it. */
export interface Account {
  /** Lower case. */
  readonly address: Hex;
  sign(transaction: TransactionFields): SignedTransaction;
}

export interface TransactionFields {
  readonly chainId: number;
  readonly nonce: number;
  /** Absent: the transaction creates a contract. */
  readonly to?: Hex;
  readonly data: Hex;
  readonly gas: bigint;
  readonly fee: Fee;
}

/** What is offered for each unit of gas, in wei. */
export type Fee =
  | { readonly kind: "market"; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
  /** For chains without EIP-1559. */
  | { readonly kind: "legacy"; readonly maxFeePerGas: bigint };

/**
 * @param privateKey  32 bytes; never repeated in a message.
 * @throws {TestamurError} `KEYSTORE_INVALID` when it is no private key.
 */
export function openAccount(privateKey: Hex): Account {
  const { key, address } = parseKey(privateKey);
  return {
    address,
    sign(fields) {
      const { chainId, nonce, data, gas, fee } = fields;
      const transaction = Transaction.from({
        chainId,
        nonce,
        data,
        gasLimit: gas,
        value: 0n,
        ...(fields.to !== undefined && { to: fields.to }),
        ...(fee.kind === "legacy"
          ? { type: 0, gasPrice: fee.maxFeePerGas }
          : { type: 2, maxFeePerGas: fee.maxFeePerGas, maxPriorityFeePerGas: fee.maxPriorityFeePerGas }),
      });
      transaction.signature = key.sign(transaction.unsignedHash);
      const raw = toHexText(transaction.serialized);
      const signed = { ...parseTransaction(raw), raw };
      if (signed.from !== address) throw new TestamurError("INTERNAL", `the signature is that of ${signed.from}`);
      return { hash: signed.hash, raw, nonce, from: address, chainId };
    },
  };
}

/** What a signed transaction says, read back from its bytes. */
export interface ParsedTransaction {
  readonly hash: Hex;
  readonly from: Hex;
  readonly to: Hex | undefined;
  readonly data: Hex;
  readonly nonce: number;
  readonly chainId: number;
  readonly gas: bigint;
  readonly fee: Fee;
}

/** @throws {TestamurError} `BATCH_CORRUPT` when the bytes are no signed transaction. */
export function parseTransaction(raw: Hex): ParsedTransaction {
  const transaction = readTransaction(raw);
  const { hash, from, to, maxFeePerGas, maxPriorityFeePerGas, gasPrice } = transaction;
  if (hash === null || from === null) throw notSigned();
  return {
    hash: toHexText(hash),
    from: toHexText(from),
    to: to === null ? undefined : toHexText(to),
    data: toHexText(transaction.data),
    nonce: transaction.nonce,
    chainId: Number(transaction.chainId),
    gas: transaction.gasLimit,
    fee:
      maxFeePerGas === null || maxPriorityFeePerGas === null
        ? { kind: "legacy", maxFeePerGas: gasPrice ?? 0n }
        : { kind: "market", maxFeePerGas, maxPriorityFeePerGas },
  };
}

function readTransaction(raw: Hex): Transaction {
  try {
    return Transaction.from(raw);
  } catch (cause) {
    throw notSigned(cause);
  }
}

function notSigned(cause?: unknown): TestamurError {
  return new TestamurError("BATCH_CORRUPT", "the stored bytes are no signed transaction", {
    cause,
    next: "restore the database from a backup, or look the batch up on the chain (fsck)",
  });
}

function parseKey(privateKey: Hex): { readonly key: SigningKey; readonly address: Hex } {
  try {
    const key = new SigningKey(privateKey);
    return { key, address: toHexText(computeAddress(key.publicKey)) };
  } catch {
    throw new TestamurError("KEYSTORE_INVALID", "this is not a private key", {
      next: "a private key is 0x and 64 hexadecimal digits",
    });
  }
}

function toHexText(text: string): Hex {
  if (!isHex(text))
    throw new TestamurError("INTERNAL", "the signing library gave something other than hexadecimal text");
  return toLower(text);
}
