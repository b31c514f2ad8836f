/** Looks at a store from outside, without a key: what it is, who holds which role, and everything that ever happened in it. */

import { parseEventLogs } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { parseBool } from "./abi-answers.ts";
import { contractAbsent } from "./anchor-record.ts";
import { documentStoreAbi } from "./artifacts/document-store.ts";
import { openBlockReads, type BlockReads } from "./block-reads.ts";
import { demand, nodeFault } from "./demand.ts";
import { readLogs } from "./read-logs.ts";
import { isTrouble } from "./rpc-outcome.ts";
import { blockQuestion, toLower } from "./rpc-questions.ts";
import { hasRoleCall, readStoreFacts, type StoreFacts } from "./store-facts.ts";
import { openStoreNodes } from "./store-nodes.ts";
import { STORE_ROLES, type StoreRole } from "./role-names.ts";
import { roleName } from "./store-roles.ts";
import type { Log } from "./transaction-questions.ts";
import { pinForWriting } from "./transaction-standing.ts";
import { openWriting, type WritingOptions, type WritingSession } from "./writing-session.ts";

export interface StoreInspectorOptions extends WritingOptions {
  readonly now: () => Date;
}

/** All throw `TestamurError`: `CONTRACT_ABSENT`, `CONTRACT_UNKNOWN`, `CHAIN_WRONG`, `NODE_UNAVAILABLE`, `NODE_LYING`. */
export interface StoreInspector {
  /** What must be known before a store is used; `account` is the one whose roles are asked for. */
  inspect(store: Hex, account: Hex): Promise<StoreFacts>;
  /** Those of the roots that the store has not on record: no document of theirs is the store's. */
  findUnissued(store: Hex, roots: readonly Hex[]): Promise<readonly Hex[]>;
  /** Who holds which role now; found in the events, then asked of the store. */
  rolesOf(store: Hex, fromBlock?: number): Promise<Readonly<Record<StoreRole, readonly Hex[]>>>;
  /** Every event of the store, oldest first. `fromBlock` spares nodes that limit how much they search. */
  historyOf(store: Hex, fromBlock?: number): Promise<readonly StoreEvent[]>;
}

export interface StoreEvent {
  readonly block: number;
  readonly transaction: Hex;
  /** The event's own name; "unknown" for one that no store of ours has. */
  readonly name: string;
  readonly values: Readonly<Record<string, Json>>;
}

export function openStoreInspector(options: StoreInspectorOptions): StoreInspector {
  const open = openWriting(options);
  return {
    inspect: async (store, account) => inspectStore(await open(), toLower(store), toLower(account), options.now()),
    async findUnissued(store, roots) {
      const { rpc, network, patience } = await open();
      const block = demand(await rpc.ask(blockQuestion("latest"), patience), "the newest block");
      const nodes = openStoreNodes(openBlockReads(rpc, block, patience), network.chainId, toLower(store), {
        isRefused: false,
      });
      const said = await Promise.all(roots.map(nodes.isIssued));
      return roots.filter((root, at) => {
        const answer = said[at];
        if (answer?.kind === "bool") return !answer.value;
        const reason = answer !== undefined && "reason" in answer ? answer.reason : "no contract";
        throw new TestamurError("NODE_UNAVAILABLE", `whether ${root} is on record in ${store}: ${reason}`, {
          next: "nothing was sent; try again when the node answers",
        });
      });
    },
    historyOf: async (store, fromBlock = 0) => {
      const session = await open();
      const { block } = await pinForWriting(session, options.now());
      const filter = { address: toLower(store), fromBlock, toBlock: block.number };
      return (await readLogs(session, filter)).map(toEvent);
    },
    async rolesOf(store, fromBlock = 0) {
      const session = await open();
      const { block } = await pinForWriting(session, options.now());
      const address = toLower(store);
      const events = (await readLogs(session, { address, fromBlock, toBlock: block.number })).map(toEvent);
      const reads = openBlockReads(session.rpc, block, session.patience);
      const roles = STORE_ROLES.map(async (role) => [role, await holdersOf(reads, address, role, events)] as const);
      return { admin: [], issuer: [], revoker: [], ...Object.fromEntries(await Promise.all(roles)) };
    },
  };
}

/** @throws {TestamurError} `CONTRACT_ABSENT`, `CONTRACT_UNKNOWN`, and what nodes do. */
export async function inspectStore(session: WritingSession, store: Hex, account: Hex, now: Date): Promise<StoreFacts> {
  const { rpc, network, patience } = session;
  const { block } = await pinForWriting(session, now);
  const facts = await readStoreFacts(openBlockReads(rpc, block, patience), store, account);
  if (facts === undefined) throw contractAbsent(store, network.name);
  if (facts.generation !== "none") return facts;
  throw new TestamurError("CONTRACT_UNKNOWN", `the contract at ${store} does not answer as a document store does`, {
    next: "is this the address of the store, or that of an account or a token?",
  });
}

/** Everybody who was ever granted the role and has it still. */
async function holdersOf(
  reads: BlockReads,
  store: Hex,
  role: StoreRole,
  events: readonly StoreEvent[],
): Promise<readonly Hex[]> {
  const granted = events.filter((event) => event.name === "RoleGranted" && event.values["role"] === role);
  const accounts = [...new Set(granted.map((event) => toLower(event.values["account"] as Hex)))];
  const held = await Promise.all(
    accounts.map(async (account) => {
      const called = await reads.call({ to: store, data: hasRoleCall(role, account) });
      if (isTrouble(called)) throw nodeFault(called, `the roles of ${store}`);
      return called.kind === "ok" && parseBool(called.value) === true;
    }),
  );
  return accounts.filter((_, at) => held[at]);
}

type EventLogs = Parameters<typeof parseEventLogs>[0]["logs"];

function toEvent(log: Log): StoreEvent {
  const { block, transactionHash: transaction, topics, data } = log;
  const [parsed] = parseEventLogs({ abi: documentStoreAbi, logs: [{ topics, data }] as unknown as EventLogs });
  if (parsed === undefined) return { block, transaction, name: "unknown", values: { topics, data } };
  const values = Object.entries(parsed.args).map(([name, value]) => [name, toJson(name, value)] as const);
  return { block, transaction, name: parsed.eventName, values: Object.fromEntries(values) };
}

/** Roles by name, addresses in lower case, numbers as text: what JSON can hold. */
function toJson(name: string, value: unknown): Json {
  if (Array.isArray(value)) return value.map((item) => toJson(name, item));
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "string") return /role$/i.test(name) ? roleName(value) : value.toLowerCase();
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}
