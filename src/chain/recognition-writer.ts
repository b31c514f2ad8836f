/** What recognisers do to the recognition register: put one on the chain, recognise, withdraw; and what it says, from outside. */

import { encodeDeployData, encodeFunctionData, decodeFunctionResult, parseEventLogs, stringToHex } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Account } from "./account.ts";
import { recognitionRegistryAbi, recognitionRegistryBytecode } from "./artifacts/recognition-registry.ts";
import { openBlockReads, type BlockReads } from "./block-reads.ts";
import { carryOut, type WritePorts, type Written } from "./carry-out.ts";
import { nodeFault } from "./demand.ts";
import { readLogs } from "./read-logs.ts";
import { isTrouble } from "./rpc-outcome.ts";
import { toLower } from "./rpc-questions.ts";
import type { Log } from "./transaction-questions.ts";
import { pinForWriting } from "./transaction-standing.ts";
import { openWriting, type WritingOptions } from "./writing-session.ts";

/** What a subject may issue, and how far it may pass that on. */
export interface RecognitionScope {
  /** One bit a type of achievement; not zero. */
  readonly types: bigint;
  /** Highest level, 0 to 8; 0: only awards without one. */
  readonly level: number;
  /** ISO 3166; an empty text for everywhere. */
  readonly jurisdiction: string;
  /** First second, and the second before which it ends; seconds since 1970. */
  readonly from: number;
  readonly until: number;
  /** Steps the subject may pass it on; 0 for none. */
  readonly depth: number;
}

export interface RecognitionGrant {
  /** A DID, or a store as `eip155:<chain id>:<address>`. */
  readonly subject: string;
  readonly scope: RecognitionScope;
  /** The account that may pass it on, where depth is not 0. */
  readonly delegate?: Hex;
  /** The recognition that is passed on; absent: in one's own right. */
  readonly parent?: number;
}

/** All throw `TestamurError`, with the codes of `carryOut`. */
export interface RecognitionWriter {
  readonly account: Hex;
  deploy(): Promise<Written & { readonly registry: Hex }>;
  recognise(registry: Hex, grant: RecognitionGrant): Promise<Written & { readonly id: number }>;
  /** Void from a block on, with all that was passed on from it; the newest block unless told otherwise. */
  withdraw(registry: Hex, id: number, reason: number, sinceBlock?: number): Promise<Written>;
}

/** A recognition as the register tells it. */
export interface RecognitionRecord extends RecognitionGrant {
  readonly id: number;
  readonly recogniser: Hex;
  readonly grantedAt: number;
  /** First block at which it is void. */
  readonly withdrawnSince?: number;
}

export const FOREVER: number = 2 ** 48 - 1;

const NOBODY: Hex = `0x${"00".repeat(20)}`;

export function openRecognitionWriter(
  options: WritingOptions & { readonly account: Account; readonly now: () => Date; readonly maxFeeWei?: bigint },
): RecognitionWriter {
  const { account, now, maxFeeWei } = options;
  const ports: WritePorts = { open: openWriting(options), account, now, ...(maxFeeWei !== undefined && { maxFeeWei }) };
  return {
    account: account.address,
    async deploy() {
      const data = encodeDeployData({ abi: recognitionRegistryAbi, bytecode: recognitionRegistryBytecode });
      const { written, receipt } = await carryOut(ports, { data, what: "deploying a register of recognition" });
      return { ...written, registry: receipt.contract ?? missing(written, "register") };
    },
    async recognise(registry, { subject, scope, delegate = NOBODY, parent = 0 }) {
      const { jurisdiction, from, until, ...rest } = scope;
      const args = [
        subject,
        delegate,
        BigInt(parent),
        { ...rest, jurisdiction: stringToHex(jurisdiction, { size: 6 }), from, until },
      ] as const;
      const data = encodeFunctionData({ abi: recognitionRegistryAbi, functionName: "recognise", args });
      const { written, receipt } = await carryOut(ports, {
        to: toLower(registry),
        data,
        what: `recognising ${subject}`,
      });
      const logs = receipt.logs.filter((log) => log.address === toLower(registry));
      return { ...written, id: logs.flatMap(toGrants)[0]?.id ?? missing(written, "recognition") };
    },
    async withdraw(registry, id, reason, sinceBlock) {
      const { block } = await pinForWriting(await ports.open(), now());
      const args = [BigInt(id), BigInt(sinceBlock ?? block.number), reason] as const;
      const data = encodeFunctionData({ abi: recognitionRegistryAbi, functionName: "withdraw", args });
      const wish = { to: toLower(registry), data, what: `withdrawing recognition ${id}` };
      return (await carryOut(ports, wish)).written;
    },
  };
}

/** Everything the register holds, oldest first. @throws {TestamurError} `NODE_UNAVAILABLE`, `CONTRACT_UNKNOWN`. */
export async function readRecognitions(
  options: WritingOptions & { readonly now: () => Date },
  registry: Hex,
): Promise<readonly RecognitionRecord[]> {
  const session = await openWriting(options)();
  const { block } = await pinForWriting(session, options.now());
  const address = toLower(registry);
  const logs = await readLogs(session, { address, fromBlock: 0, toBlock: block.number });
  const reads = openBlockReads(session.rpc, block, session.patience);
  return Promise.all(logs.flatMap(toGrants).map(async ({ id, text }) => readRecord(reads, address, id, text)));
}

async function readRecord(reads: BlockReads, registry: Hex, id: number, subject: string): Promise<RecognitionRecord> {
  const number = BigInt(id);
  const [granted, withdrawn] = await Promise.all([
    read(
      reads,
      registry,
      encodeFunctionData({ abi: recognitionRegistryAbi, functionName: "recognitionOf", args: [number] }),
    ),
    read(
      reads,
      registry,
      encodeFunctionData({ abi: recognitionRegistryAbi, functionName: "withdrawnSince", args: [number, FOREVER] }),
    ),
  ]);
  const found = decodeFunctionResult({ abi: recognitionRegistryAbi, functionName: "recognitionOf", data: granted });
  const since = decodeFunctionResult({ abi: recognitionRegistryAbi, functionName: "withdrawnSince", data: withdrawn });
  const { recogniser, parent, delegate, grantedAt, scope } = found;
  return {
    id,
    subject,
    recogniser: toLower(recogniser),
    grantedAt,
    scope: { ...scope, jurisdiction: toCode(scope.jurisdiction) },
    ...(parent !== 0n && { parent: Number(parent) }),
    ...(delegate !== NOBODY && { delegate: toLower(delegate) }),
    ...(since !== 0n && { withdrawnSince: Number(since) }),
  };
}

async function read(reads: BlockReads, registry: Hex, data: Hex): Promise<Hex> {
  const called = await reads.call({ to: registry, data });
  if (called.kind === "ok") return called.value;
  if (isTrouble(called)) throw nodeFault(called, `the register of recognition ${registry}`);
  throw new TestamurError(
    "CONTRACT_UNKNOWN",
    `the contract at ${registry} does not answer as a register of recognition does`,
    {
      next: "is this the address of the register?",
    },
  );
}

type EventLogs = Parameters<typeof parseEventLogs>[0]["logs"];

function toGrants({ topics, data }: Log): readonly { readonly id: number; readonly text: string }[] {
  const logs = [{ topics, data }] as unknown as EventLogs;
  const [event] = parseEventLogs({ abi: recognitionRegistryAbi, eventName: "Recognised", logs });
  return event === undefined ? [] : [{ id: Number(event.args.id), text: event.args.text }];
}

/** The letters before the zeros. */
function toCode(bytes: Hex): string {
  const codes = (bytes.slice(2).match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return String.fromCharCode(...codes.filter((code) => code !== 0));
}

function missing({ hash }: Written, what: string): never {
  throw new TestamurError("CONTRACT_UNKNOWN", `transaction ${hash} left no ${what}`, {
    next: "is this the address of a register of recognition?",
  });
}
