/** Everything that changes a store beside anchoring: deploying, revoking, roles, pause. Each act is tried, signed, sent and waited for. */

import { encodeDeployData, encodeFunctionData } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Account } from "./account.ts";
import { refusePoverty, refuseWriting } from "./anchor-preflight.ts";
import { documentStoreAbi, documentStoreBytecode } from "./artifacts/document-store.ts";
import { openBlockReads } from "./block-reads.ts";
import { broadcast } from "./broadcast.ts";
import { demand } from "./demand.ts";
import { balanceQuestion } from "./rpc-questions.ts";
import { receiptQuestion } from "./transaction-questions.ts";
import { makeOffer, signTransaction, type Wish } from "./sign-transaction.ts";
import { readStoreFacts, type StoreFacts } from "./store-facts.ts";
import { roleId, type StoreRole } from "./store-roles.ts";
import { pinForWriting, proveReceipt, readStanding } from "./transaction-standing.ts";
import { openWriting, type WritingOptions, type WritingSession } from "./writing-session.ts";

export interface StoreWriterOptions extends WritingOptions {
  readonly account: Account;
  /** No transaction may cost more than this, in wei. */
  readonly maxFeeWei?: bigint;
  readonly now: () => Date;
}

/** A transaction that is in a block and did what it should. */
export interface Act {
  readonly hash: Hex;
  readonly block: number;
  readonly gasUsed: bigint;
}

export interface StoreWriter {
  readonly account: Hex;
  /** A new store; `owner` gets all three roles, the signing account unless told otherwise. */
  deploy(name: string, owner?: Hex): Promise<Act & { readonly store: Hex }>;
  /**
   * Revokes nodes for ever, all or none of each chunk: one transaction a chunk.
   *
   * @param onChunk  told after each transaction how many nodes are done: what is left is known, whatever happens next.
   */
  revoke(store: Hex, nodes: readonly Hex[], reason: number, onChunk?: (done: number) => void): Promise<readonly Act[]>;
  /** What the revocation would take: nothing is sent. */
  rehearseRevoke(
    store: Hex,
    nodes: readonly Hex[],
    reason: number,
  ): Promise<{ readonly gas: bigint; readonly costWei: bigint }>;
  grant(store: Hex, role: StoreRole, to: Hex): Promise<Act>;
  withdraw(store: Hex, role: StoreRole, from: Hex): Promise<Act>;
  setPaused(store: Hex, stop: boolean): Promise<Act>;
}

/** Nodes a transaction: about 9 million gas, far below what any block takes. */
const REVOKE_CHUNK = 180;
/** How long a transaction may wait for its block before a person is asked. */
const PATIENCE_MS = 180_000;
const POLL_MS = 250;

/**
 * Every method throws what keeps it from being done before anything is signed: `CHAIN_WRONG`, `KEY_WELL_KNOWN`,
 * `CONTRACT_ABSENT`, `STORE_PAUSED`, `ROLE_MISSING`, `FUNDS_INSUFFICIENT`, `FEE_ABOVE_CAP`, `TRANSACTION_REVERTED`.
 *
 * @throws {TestamurError} `CONFIGURATION_INVALID` when an address cannot be understood.
 */
export function openStoreWriter(options: StoreWriterOptions): StoreWriter {
  const { account } = options;
  const open = openWriting(options);

  async function act(wish: Wish): Promise<Act & { readonly contract: Hex | undefined }> {
    const session = await open();
    await refuseIfTooPoor(session, wish, options);
    const cap = options.maxFeeWei === undefined ? {} : { maxFeeWei: options.maxFeeWei };
    const transaction = await signTransaction(session, account, wish, cap);
    await broadcast(session, transaction);
    return settle(open, transaction, wish, options.now);
  }

  async function change(store: Hex, role: StoreRole, data: Hex, what: string): Promise<Act> {
    await refuseUnlessWritable(await open(), store, account.address, role, options.now());
    return act({ to: store, data, what });
  }

  return {
    account: account.address,
    async deploy(name, owner = account.address) {
      const data = encodeDeployData({ abi: documentStoreAbi, bytecode: documentStoreBytecode, args: [name, owner] });
      const { contract, ...done } = await act({ data, what: "deploying a store" });
      if (contract === undefined)
        throw new TestamurError("NODE_LYING", `the receipt of ${done.hash} names no contract`);
      return { ...done, store: contract };
    },
    async revoke(store, nodes, reason, onChunk) {
      const facts = await demandStoreFacts(await open(), store, account.address, options.now());
      const acts: Act[] = [];
      let done = 0;
      for (const { chunk, wish } of revocationWishes(store, nodes, reason, facts)) {
        acts.push(await change(store, "revoker", wish.data, wish.what));
        done += chunk.length;
        onChunk?.(done);
      }
      return acts;
    },
    async rehearseRevoke(store, nodes, reason) {
      const session = await open();
      const facts = await demandStoreFacts(session, store, account.address, options.now());
      refuseWriting(facts, store, account.address, "revoker");
      let gas = 0n;
      let costWei = 0n;
      for (const { wish } of revocationWishes(store, nodes, reason, facts)) {
        const offer = await makeOffer(session, account.address, wish, {});
        gas += offer.gas;
        costWei += offer.gas * offer.fee.maxFeePerGas;
      }
      return { gas, costWei };
    },
    grant: async (store, role, to) =>
      change(
        store,
        "admin",
        encodeFunctionData({ abi: documentStoreAbi, functionName: "grantRole", args: [roleId(role), to] }),
        `granting ${role} to ${to}`,
      ),
    withdraw: async (store, role, from) =>
      change(
        store,
        "admin",
        encodeFunctionData({ abi: documentStoreAbi, functionName: "revokeRole", args: [roleId(role), from] }),
        `taking ${role} from ${from}`,
      ),
    setPaused: async (store, stop) =>
      change(
        store,
        "admin",
        encodeFunctionData({ abi: documentStoreAbi, functionName: "setPaused", args: [stop] }),
        `${stop ? "pausing" : "resuming"} ${store}`,
      ),
  };
}

interface RevocationWish {
  readonly chunk: readonly Hex[];
  readonly wish: Wish & { readonly to: Hex };
}

/** Many at a time, with their reason, where the store is ours; every maker's store knows `revoke`, one at a time. */
function revocationWishes(
  store: Hex,
  nodes: readonly Hex[],
  reason: number,
  { codeKnown }: StoreFacts,
): readonly RevocationWish[] {
  const size = codeKnown ? REVOKE_CHUNK : 1;
  const chunks = Array.from({ length: Math.ceil(nodes.length / size) }, (_, at) =>
    nodes.slice(at * size, (at + 1) * size),
  );
  return chunks.map((chunk) => {
    const what = `revoking ${chunk.length} ${chunk.length === 1 ? "node" : "nodes"} in ${store}`;
    return { chunk, wish: { to: store, data: codeKnown ? revokeCall(chunk, reason) : revokeOneCall(chunk), what } };
  });
}

function revokeCall(nodes: readonly Hex[], reason: number): Hex {
  return encodeFunctionData({ abi: documentStoreAbi, functionName: "revokeWithReason", args: [nodes, reason] });
}

function revokeOneCall([node]: readonly Hex[]): Hex {
  if (node === undefined) throw new TestamurError("INTERNAL", "there is nothing to revoke");
  return encodeFunctionData({ abi: documentStoreAbi, functionName: "revoke", args: [node] });
}

/** @throws {TestamurError} `CONTRACT_ABSENT`, `CONTRACT_UNKNOWN`, `STORE_PAUSED`, `ROLE_MISSING`. */
async function refuseUnlessWritable(
  session: WritingSession,
  store: Hex,
  account: Hex,
  role: StoreRole,
  now: Date,
): Promise<void> {
  refuseWriting(await demandStoreFacts(session, store, account, now), store, account, role);
}

/**
 * What stands at an address, where it is a store.
 *
 * @throws {TestamurError} `CONTRACT_ABSENT`, `CONTRACT_UNKNOWN`.
 */
export async function demandStoreFacts(
  session: WritingSession,
  store: Hex,
  account: Hex,
  now: Date,
): Promise<StoreFacts> {
  const { block } = await pinForWriting(session, now);
  const facts = await readStoreFacts(openBlockReads(session.rpc, block, session.patience), store, account);
  if (facts === undefined) {
    throw new TestamurError("CONTRACT_ABSENT", `there is no contract at ${store} on ${session.network.name}`, {
      next: "is this the right chain (--rpc) and the right address (--store)?",
    });
  }
  if (facts.generation === "none") {
    throw new TestamurError("CONTRACT_UNKNOWN", `the contract at ${store} does not answer as a document store does`, {
      next: "is this the address of the store, or that of an account or a token?",
    });
  }
  return facts;
}

async function refuseIfTooPoor(
  session: WritingSession,
  wish: Wish,
  { account, maxFeeWei }: StoreWriterOptions,
): Promise<void> {
  const offer = await makeOffer(session, account.address, wish, maxFeeWei === undefined ? {} : { maxFeeWei });
  const balance = demand(
    await session.rpc.ask(balanceQuestion(account.address), session.patience),
    `the balance of ${account.address}`,
  );
  refusePoverty(account.address, offer.gas * offer.fee.maxFeePerGas, balance, session.network);
}

/** Waits for the block, and believes it only when the chain lists the transaction. */
async function settle(
  open: () => Promise<WritingSession>,
  transaction: Parameters<typeof readStanding>[1],
  { what }: Wish,
  now: () => Date,
): Promise<Act & { readonly contract: Hex | undefined }> {
  const { hash } = transaction;
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const session = await open();
    const standing = await readStanding(session, transaction, now());
    if (standing.kind === "reverted")
      throw new TestamurError("TRANSACTION_REVERTED", `${what} was refused by the contract (${hash})`);
    if (standing.kind === "replaced")
      throw new TestamurError(
        "BATCH_NEEDS_ATTENTION",
        `${what}: another transaction of this account took nonce ${transaction.nonce}`,
        { next: "something else uses this key; try again" },
      );
    if (standing.kind === "mined") {
      const receipt = demand(await session.rpc.ask(receiptQuestion(hash), session.patience), `the receipt of ${hash}`);
      const proven = await proveReceipt(session, receipt);
      return { hash, block: standing.block, gasUsed: standing.gasUsed, contract: proven.receipt.contract };
    }
    await new Promise((resolve) => void setTimeout(resolve, POLL_MS));
  }
  throw new TestamurError("NODE_UNAVAILABLE", `${what}: transaction ${hash} is still not in a block`, {
    next: "it was sent and may still be mined: look it up before you try again",
  });
}
