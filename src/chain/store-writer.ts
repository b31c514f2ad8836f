/** Everything but anchoring that an issuer does to stores: deploys one, revokes, appoints, pauses, declares a key stolen. */

import { encodeDeployData, encodeFunctionData, parseEventLogs } from "viem";

import type { Hex } from "../core/bytes.ts";
import { TestamurError } from "../core/errors.ts";
import type { Account } from "./account.ts";
import { documentStoreFactoryAbi } from "./artifacts/document-store-factory.ts";
import { documentStoreAbi, documentStoreBytecode } from "./artifacts/document-store.ts";
import { carryOut, type WritePorts, type Written } from "./carry-out.ts";
import { refuseWriting } from "./refuse-writing.ts";
import { revokeInChunks, type Revoked } from "./revoke-in-chunks.ts";
import { toLower } from "./rpc-questions.ts";
import type { StoreFacts } from "./store-facts.ts";
import { setStatus, type StatusOrder, type StatusSet } from "./set-status.ts";
import { inspectStore } from "./store-inspector.ts";
import type { StoreRole } from "./role-names.ts";
import { roleId } from "./store-roles.ts";
import { openWriting, type WritingOptions } from "./writing-session.ts";

export interface StoreWriterOptions extends WritingOptions {
  readonly account: Account;
  /** No single transaction may cost more than this, in wei. */
  readonly maxFeeWei?: bigint;
  readonly now: () => Date;
}

export interface Deployed extends Written {
  readonly store: Hex;
}

/**
 * Every method finds out before it signs whether it can work, and resolves when its transaction is in a block.
 * All throw `TestamurError`, with the codes of `carryOut` and `CONTRACT_ABSENT`, `CONTRACT_UNKNOWN`, `STORE_PAUSED`,
 * `ROLE_MISSING`.
 */
export interface StoreWriter {
  readonly account: Hex;
  /** @param owner  gets all three roles; this account unless told otherwise. */
  deploy(name: string, owner?: Hex): Promise<Deployed>;
  /**
   * A store that shares the code of a template: cheap once, a little more for every call.
   *
   * @param factory  a DocumentStoreFactory; what it makes must be a release of ours.
   * @param salt  32 bytes; tells stores of the same name and owner apart.
   */
  deployClone(factory: Hex, name: string, salt: Hex, owner?: Hex): Promise<Deployed>;
  /**
   * Revokes nodes, in as few transactions as the chain allows; those that are revoked already are left out, so that an
   * interrupted run is simply repeated.
   *
   * @param reason  RFC 5280 number; only stores of ours keep it.
   * @param onChunk  told after each transaction: what is done cannot be undone.
   * @returns one entry a transaction; none when nothing was left to do.
   */
  revoke(
    store: Hex,
    nodes: readonly Hex[],
    reason: number,
    onChunk?: (done: Revoked) => void,
  ): Promise<readonly Revoked[]>;
  /**
   * Revokes, suspends or reinstates places in the store's status lists, in as few transactions as the chain allows; what is
   * so already is left out.
   *
   * @returns one entry a transaction; none when nothing was left to do.
   */
  setStatus(order: StatusOrder, onChunk?: (done: StatusSet) => void): Promise<readonly StatusSet[]>;
  grantRole(store: Hex, role: StoreRole, to: Hex): Promise<Written>;
  revokeRole(store: Hex, role: StoreRole, from: Hex): Promise<Written>;
  setPaused(store: Hex, paused: boolean): Promise<Written>;
  /** What `account` anchored from `sinceBlock` on is void, for good. */
  declareCompromise(store: Hex, account: Hex, sinceBlock: number): Promise<Written>;
  /** What each revoker may revoke a UTC day; 0 for no cap. */
  setRevocationCap(store: Hex, perDay: number): Promise<Written>;
  /** Offers all roles of this account; nothing moves until they are accepted. Nobody as heir withdraws the offer. */
  offerRoles(store: Hex, heir: Hex | undefined): Promise<Written>;
  /** Takes over all roles that `from` has offered to this account. */
  acceptRoles(store: Hex, from: Hex): Promise<Written>;
}

const NOBODY: Hex = `0x${"00".repeat(20)}`;

type StoreAbi = typeof documentStoreAbi;
type AdminCall = Parameters<typeof encodeFunctionData<StoreAbi>>[0];

/** @throws {TestamurError} `CONFIGURATION_INVALID` when an address cannot be understood. */
export function openStoreWriter(options: StoreWriterOptions): StoreWriter {
  const { account, now, maxFeeWei } = options;
  const open = openWriting(options);
  const ports: WritePorts = { open, account, now, ...(maxFeeWei !== undefined && { maxFeeWei }) };

  /** What an admin does; only stores of ours and of OpenZeppelin's AccessControl know it. */
  async function administer(store: Hex, call: Omit<AdminCall, "abi">, what: string): Promise<Written> {
    const address = toLower(store);
    await readFacts(address, "admin");
    const data = encodeFunctionData({ abi: documentStoreAbi, ...call });
    return (await carryOut(ports, { to: address, data, what: `${what} in ${store}` })).written;
  }

  async function readFacts(store: Hex, role: StoreRole): Promise<StoreFacts> {
    const facts = await inspectStore(await open(), store, account.address, now());
    refuseWriting(facts, store, account.address, role);
    return facts;
  }

  return {
    account: account.address,
    async deploy(name, owner = account.address) {
      const data = encodeDeployData({ abi: documentStoreAbi, bytecode: documentStoreBytecode, args: [name, owner] });
      const { written, receipt } = await carryOut(ports, { data, what: `deploying store "${name}"` });
      return provenRelease(ports, receipt.contract, written);
    },
    async deployClone(factory, name, salt, owner = account.address) {
      const args = [name, owner, salt] as const;
      const data = encodeFunctionData({ abi: documentStoreFactoryAbi, functionName: "cloneStore", args });
      const wish = { to: toLower(factory), data, what: `deploying store "${name}" through ${factory}` };
      const { written, receipt } = await carryOut(ports, wish);
      const logs = receipt.logs.filter((log) => log.address === toLower(factory));
      return provenRelease(ports, findDeployed(logs), written);
    },
    async revoke(store, nodes, reason, onChunk) {
      const address = toLower(store);
      const facts = await readFacts(address, "revoker");
      return revokeInChunks(ports, { store: address, facts, nodes: nodes.map(toLower), reason }, onChunk);
    },
    async setStatus(order, onChunk) {
      const store = toLower(order.store);
      const facts = await readFacts(store, "revoker");
      return setStatus(ports, { ...order, store }, facts, onChunk);
    },
    grantRole: async (store, role, to) =>
      administer(store, { functionName: "grantRole", args: [roleId(role), to] }, `granting ${role} to ${to}`),
    revokeRole: async (store, role, from) =>
      administer(store, { functionName: "revokeRole", args: [roleId(role), from] }, `taking ${role} from ${from}`),
    setPaused: async (store, paused) =>
      administer(store, { functionName: "setPaused", args: [paused] }, paused ? "pausing" : "resuming"),
    declareCompromise: async (store, stolen, sinceBlock) =>
      administer(
        store,
        { functionName: "declareCompromise", args: [stolen, BigInt(sinceBlock)] },
        `declaring ${stolen} compromised`,
      ),
    setRevocationCap: async (store, perDay) =>
      administer(
        store,
        { functionName: "setRevocationCap", args: [BigInt(perDay)] },
        `capping revocations at ${perDay} a day`,
      ),
    offerRoles: async (store, heir) =>
      administer(
        store,
        { functionName: "offerRoles", args: [heir ?? NOBODY] },
        heir === undefined ? "withdrawing the offer of roles" : `offering all roles to ${heir}`,
      ),
    async acceptRoles(store, from) {
      // whoever accepts has no role yet
      const data = encodeFunctionData({ abi: documentStoreAbi, functionName: "acceptRoles", args: [from] });
      const wish = { to: toLower(store), data, what: `taking over the roles of ${from} in ${store}` };
      return (await carryOut(ports, wish)).written;
    },
  };
}

type EventLogs = Parameters<typeof parseEventLogs>[0]["logs"];

function findDeployed(logs: readonly { readonly topics: readonly Hex[]; readonly data: Hex }[]): Hex | undefined {
  const events = parseEventLogs({ abi: documentStoreFactoryAbi, eventName: "StoreDeployed", logs: logs as EventLogs });
  const store = events[0]?.args.store;
  return store === undefined ? undefined : toLower(store);
}

/** What was deployed must be what we meant to deploy. */
async function provenRelease(ports: WritePorts, store: Hex | undefined, written: Written): Promise<Deployed> {
  if (store !== undefined) {
    const facts = await inspectStore(await ports.open(), store, ports.account.address, ports.now());
    if (facts.codeKnown) return { store, ...written };
  }
  throw new TestamurError(
    "CONTRACT_UNKNOWN",
    `transaction ${written.hash} left no store of our release${store === undefined ? "" : ` at ${store}`}`,
    { next: "do not use it; is the factory the right one?" },
  );
}
